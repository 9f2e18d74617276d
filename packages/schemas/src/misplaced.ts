import type { Rule } from './rule.ts';

/**
 * Where a field of this name belongs in a kind, as people write paths (`spec.template.spec.containers[]`), for one that stands at
 * `pointer`, where it does not. The nearest place wins: the one that shares most of its path, then the shortest. Undefined where the
 * kind has no such field, or only in maps that are far from here.
 */
export function rightPlace(root: Rule | undefined, name: string, pointer: string): string | undefined {
  const here = pointer.split('/').slice(1, -1).map(stepName);
  let best: { readonly path: readonly string[]; readonly shared: number } | undefined;
  const seen = new Set<Rule>();
  let level: { readonly rule: Rule | undefined; readonly path: readonly string[] }[] = [{ rule: root, path: [] }];
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { rule, path } of level) {
      if (rule === undefined || seen.has(rule)) continue;
      seen.add(rule);
      if (rule.properties?.has(name) === true) {
        const shared = commonLength(path, here);
        if (best === undefined || shared > best.shared) best = { path, shared };
      }
      for (const [key, inner] of rule.properties ?? []) next.push({ rule: inner, path: [...path, key] });
      next.push({ rule: rule.items, path: [...path, '[]'] });
      for (const inner of rule.all) next.push({ rule: inner, path });
    }
    level = next;
  }
  if (best === undefined || (best.shared === 0 && here.length > 0)) return undefined;
  return best.path.join('.').replaceAll('.[]', '[]');
}

/** A container of a CronJob lies this deep. */
const deepest = 16;

const stepName = (step: string): string => (/^\d+$/.test(step) ? '[]' : step);

function commonLength(one: readonly string[], other: readonly string[]): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
