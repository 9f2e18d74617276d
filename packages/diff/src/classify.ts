import { Claims, type Finding, type Sides } from './finding.ts';
import type { ObjectChange } from './pair.ts';
import { autoscaled } from './rules/autoscaled.ts';
import { removed, replaced } from './rules/deletions.ts';
import { fallback } from './rules/fallback.ts';
import { rejected } from './rules/immutable.ts';
import { leafRules } from './rules/leaf-rules.ts';
import { networkChanges, type NetworkEffect } from './rules/network.ts';
import { imageEdits } from './images.ts';
import { permissionChanges } from './rules/permissions.ts';
import { standardLoosened } from './rules/pod-standard.ts';
import { restarts } from './rules/restarts.ts';
import { codes } from './rules/codes.ts';
import { kindOf } from './workloads.ts';

/** Everything that is to be said about one changed object. Each leaf belongs to exactly one finding. */
export function classify(change: ObjectChange, sides: Sides, network?: NetworkEffect): Finding[] {
  const claims = new Claims(change.leaves);
  switch (change.change) {
    case 'removed':
      return [...removed(change, claims), ...networkChanges(change, claims, network)];
    case 'added':
      return [
        ...byLeaf(change, claims),
        ...permissionChanges(change, claims, sides),
        ...networkChanges(change, claims, network),
        ...added(change, claims),
      ];
    case 'renamed':
    case 'moved':
      return [
        ...byLeaf(change, claims, (code) => codes[code].class === 'opens'),
        ...networkChanges(change, claims, network),
        ...replaced(change, claims, sides),
      ];
    case 'modified':
      return [
        ...byLeaf(change, claims, (code) => codes[code].class === 'destroys'),
        ...rejected(change, claims),
        ...permissionChanges(change, claims, sides),
        ...networkChanges(change, claims, network),
        ...autoscaled(change, claims, sides),
        ...withStandard(change, byLeaf(change, claims)),
        ...restarts(change, claims, sides),
        ...images(change),
        ...fallback(change, claims, sides),
      ];
  }
}

function withStandard(change: ObjectChange, told: Finding[]): Finding[] {
  return [...told, ...standardLoosened(change, told)];
}

const imageCodes = {
  downgrade: 'image-downgraded',
  upgrade: 'image-upgraded',
  rebuilt: 'image-rebuilt',
  replaced: 'image-replaced',
  unknown: 'image-changed',
} as const;

// The leaf is told where the pods restart; here only what it means.
function images(change: ObjectChange): Finding[] {
  // A Job's image cannot change at all.
  if (change.after?.manifest.kind === 'Job') return [];
  return imageEdits(change).map(({ from, to, direction, step }) => ({
    code: imageCodes[direction],
    change,
    leaves: [],
    words: { from, to, step: step === undefined ? '' : ` (${step})` },
  }));
}

function byLeaf(
  change: ObjectChange,
  claims: Claims,
  wanted?: (code: Finding['code']) => boolean,
  onlyAdded = change.change === 'added',
): Finding[] {
  const source = change.after ?? change.before;
  if (source === undefined) return [];
  const kind = kindOf(source);
  const findings: Finding[] = [];
  for (const rule of rulesOf(kind)) {
    if (wanted !== undefined && !wanted(rule.code)) continue;
    if (onlyAdded && rule.onAdded !== true) continue;
    const groups = new Map<string, { leaves: Finding['leaves'][number][]; words: Finding['words'] }>();
    for (const leaf of claims.take((each) => rule.path.test(each.path) && (rule.when?.(each, change) ?? true))) {
      const words = rule.wordsOfAll === undefined ? rule.words?.(leaf, change) : undefined;
      const key = JSON.stringify(words) ?? '';
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { leaves: [leaf], words });
      else group.leaves.push(leaf);
    }
    for (const { leaves, words = rule.wordsOfAll?.(leaves, change) } of groups.values())
      findings.push({ code: rule.code, change, leaves, ...(words === undefined ? {} : { words }) });
  }
  return findings;
}

const rulesByKind = new Map<string, typeof leafRules>();

function rulesOf(kind: string): typeof leafRules {
  let rules = rulesByKind.get(kind);
  if (rules === undefined) {
    rules = leafRules.filter((rule) => rule.kind === undefined || rule.kind.test(kind));
    rulesByKind.set(kind, rules);
  }
  return rules;
}

const isolating = new Set([
  'networking.k8s.io/NetworkPolicy',
  'cilium.io/CiliumNetworkPolicy',
  'projectcalico.org/NetworkPolicy',
  'crd.projectcalico.org/NetworkPolicy',
]);

function added(change: ObjectChange, claims: Claims): Finding[] {
  const { after } = change;
  if (after === undefined) return [];
  return [{ code: isolating.has(kindOf(after)) ? 'policy-added' : 'object-added', change, leaves: claims.rest() }];
}
