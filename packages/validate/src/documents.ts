/** One document of a YAML stream. */
export interface YamlDocument {
  readonly text: string;
  /** Lines of the stream before it. */
  readonly line: number;
}

const marker = /^(?:---(?=\s|$)|\.\.\.(?=\s|$))/gm;

/**
 * Splits a YAML stream at its document markers, so that one broken document does not spoil the others.
 * A marker at the start of a line ends a document everywhere in YAML, even inside block and quoted scalars.
 */
export function splitDocuments(text: string): YamlDocument[] {
  const found: YamlDocument[] = [];
  let start = 0;
  let line = 0;
  const add = (end: number): void => {
    const chunk = text.slice(start, end);
    if (!isBlank(chunk)) found.push({ text: chunk, line });
    for (let at = chunk.indexOf('\n'); at >= 0; at = chunk.indexOf('\n', at + 1)) line++;
    start = end;
  };
  marker.lastIndex = 0;
  for (let match = marker.exec(text); match !== null; match = marker.exec(text)) {
    if (match.index > start) add(match.index);
    if (match[0] === '...') start = match.index + 3;
  }
  add(text.length);
  return found;
}

/** Only comments, directives, markers and white space: no line that starts with anything else. */
function isBlank(chunk: string): boolean {
  return !/^[ \t]*[^\s#%]/m.test(chunk.replace(/^---[ \t\r]*(?=\n|$|#)/, ''));
}
