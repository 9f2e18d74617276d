/** Deepest nesting that is read; CustomResourceDefinitions of the field reach about 60. */
const maximumDepth = 200;

/**
 * Says why a parsed document is not finite plain JSON: nested too deeply (or circular through an anchor), an alias bomb, a key that is
 * itself a map (an unrendered template), or a number that JSON cannot hold. Undefined where all is well.
 *
 * Without aliases a document of n characters has at most n nodes, so a generous multiple of that bounds the work.
 */
export function inspect(document: unknown, characters: number): string | undefined {
  let budget = 100_000 + characters * 4;
  const visit = (value: unknown, depth: number): string | undefined => {
    if (--budget < 0) return 'anchors and aliases expand without bound';
    if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${value} is no number in JSON`;
    if (typeof value !== 'object' || value === null) return undefined;
    if (depth > maximumDepth) return `nested more than ${maximumDepth} levels deep, or circular`;
    if (Array.isArray(value)) {
      for (const each of value) {
        const problem = visit(each, depth + 1);
        if (problem !== undefined) return problem;
      }
      return undefined;
    }
    for (const key in value) {
      if (key === '[object Object]') return 'a key is itself a map';
      const problem = visit((value as Readonly<Record<string, unknown>>)[key], depth + 1);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
  return visit(document, 0);
}
