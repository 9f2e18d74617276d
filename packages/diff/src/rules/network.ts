import {
  contains,
  createReachability,
  parseBlock,
  newlyReachable,
  portText,
  type NewlyReachable,
} from '@fairlead/network-policy/reachability';
import type { Claims, Finding, Sides } from '../finding.ts';
import type { ObjectChange } from '../pair.ts';
import { dig, isWorkload, kindOf, list } from '../workloads.ts';

/** What a change does to who can talk to whom. */
export interface NetworkEffect {
  readonly opened: readonly string[];
  readonly cut: readonly string[];
}

const policy = 'networking.k8s.io/NetworkPolicy';

/** True when a change can alter who reaches whom: policies, and the labels that they select by. */
export function touchesNetwork(change: ObjectChange): boolean {
  const source = change.after ?? change.before;
  if (source === undefined) return false;
  const kind = kindOf(source);
  if (kind === policy) return true;
  if (change.change !== 'modified') return false;
  if (kind === '/Namespace') return change.leaves.some((leaf) => leaf.path.startsWith('metadata.labels'));
  return isWorkload(source) && change.leaves.some((leaf) => /(^|\.)template\.metadata\.labels\b/.test(leaf.path));
}

/** Simulates the NetworkPolicies of both sides of a cluster and tells which change lets which pairs talk, or no longer. */
export function networkEffects(changes: readonly ObjectChange[], sides: Sides): Map<ObjectChange, NetworkEffect> {
  const effects = new Map<ObjectChange, { opened: string[]; cut: string[] }>();
  // A policy explains more than a label does, so policies are asked first.
  const weight = (change: ObjectChange) => ((change.after ?? change.before)?.manifest.kind === 'NetworkPolicy' ? 0 : 1);
  const touching = changes.filter(touchesNetwork).sort((a, b) => weight(a) - weight(b));
  if (touching.length === 0) return effects;
  const before = createReachability(sides.before.manifests.map((each) => each.manifest));
  const after = createReachability(sides.after.manifests.map((each) => each.manifest));
  const blame = (pairs: readonly NewlyReachable[], key: 'opened' | 'cut'): void => {
    for (const pair of pairs) {
      if (pair.added) continue;
      const change = culprit(pair, touching, key);
      if (change === undefined) continue;
      let effect = effects.get(change);
      if (effect === undefined) effects.set(change, (effect = { opened: [], cut: [] }));
      effect[key].push(`${pair.source} to ${pair.destination} (${pair.ports.map(portText).join(', ')})`);
    }
  };
  blame(newlyReachable(before, after), 'opened');
  blame(newlyReachable(after, before), 'cut');
  return effects;
}

function culprit(
  pair: NewlyReachable,
  changes: readonly ObjectChange[],
  key: 'opened' | 'cut',
): ObjectChange | undefined {
  const named = changes.filter((change) => {
    const side = key === 'opened' ? change.after : change.before;
    return (
      side !== undefined &&
      kindOf(side) === policy &&
      pair.policies.includes(`${side.manifest.metadata.namespace ?? 'default'}/${side.manifest.metadata.name}`)
    );
  });
  if (named[0] !== undefined) return named[0];
  const ends = [pair.source, pair.destination].map((end) => end.split('/')[0]);
  const here = changes.filter((change) => {
    const metadata = (change.after ?? change.before)?.manifest.metadata;
    const kind = (change.after ?? change.before)?.manifest.kind;
    return ends.includes((kind === 'Namespace' ? metadata?.name : metadata?.namespace) ?? 'default');
  });
  const decisive = here.find((change) => (key === 'opened' ? change.change === 'removed' : change.change === 'added'));
  return decisive ?? here[0] ?? changes[0];
}

/** What a changed NetworkPolicy opens and cuts: by simulation, or by its rules where none of its pods is known. */
export function networkChanges(change: ObjectChange, claims: Claims, effect: NetworkEffect | undefined): Finding[] {
  const source = change.after ?? change.before;
  if (source === undefined) return [];
  const findings: Finding[] = [];
  const own = kindOf(source) === policy && change.change === 'modified';
  const inSpec = (leaf: { path: string }) => own && leaf.path.startsWith('spec.');
  if (effect !== undefined) {
    const { opened, cut } = effect;
    if (opened.length > 0)
      findings.push({
        code: 'reachable',
        change,
        leaves: claims.take((leaf) => inSpec(leaf) && (cut.length === 0 || leaf.after !== undefined)),
        words: { pairs: sample(opened) },
      });
    if (cut.length > 0)
      findings.push({ code: 'connections-cut', change, leaves: claims.take(inSpec), words: { pairs: sample(cut) } });
  }
  if (!own) return findings;
  const looser = claims.take((leaf) => loosens(leaf, change));
  if (looser.length > 0) findings.push({ code: 'policy-opened', change, leaves: looser });
  const tighter = claims.take(inSpec);
  if (tighter.length > 0) findings.push({ code: 'policy-tightened', change, leaves: tighter });
  return findings;
}

/** Whether one changed leaf of a policy by itself admits more. */
function loosens(
  leaf: { readonly path: string; readonly before?: unknown; readonly after?: unknown; readonly pointer: string },
  { before, after }: ObjectChange,
): boolean {
  const direction = /^spec\.(ingress|egress)\b/.exec(leaf.path)?.[1];
  if (direction === undefined) {
    if (leaf.path.startsWith('spec.policyTypes')) return leaf.before !== undefined && leaf.after === undefined;
    // One label more selects fewer pods: the others lose their isolation.
    return leaf.path.startsWith('spec.podSelector') && leaf.after !== undefined;
  }
  const rules = (side: ObjectChange['before']) => list(dig(side?.manifest, 'spec', direction));
  if (/\.except\b/.test(leaf.path)) return leaf.before !== undefined && leaf.after === undefined;
  if (/\.cidr$/.test(leaf.path) && leaf.before !== undefined && leaf.after !== undefined) {
    const [old, now] = [parseBlock(String(leaf.before)), parseBlock(String(leaf.after))];
    return old === undefined || now === undefined || !contains(old, now);
  }
  // A rule without peers or ports admits all of them, so taking away the last one opens.
  const field = direction === 'ingress' ? 'from' : 'to';
  for (const part of [field, 'ports']) {
    if (!leaf.path.startsWith(`spec.${direction}.*.${part}.`)) continue;
    const index = Number(/^\/spec\/(?:ingress|egress)\/(\d+)/.exec(leaf.pointer)?.[1]);
    const had = list(dig(rules(before)[index], part)).length;
    const has = list(dig(rules(after)[index], part)).length;
    if (rules(before)[index] !== undefined && rules(after)[index] !== undefined) {
      if (had === 0) return false;
      if (has === 0) return true;
    }
    return leaf.after !== undefined;
  }
  return leaf.after !== undefined;
}

function sample(pairs: readonly string[]): string {
  const sorted = [...new Set(pairs)].sort();
  return sorted.length > 3 ? `${sorted.slice(0, 3).join(', ')} and ${sorted.length - 3} more` : sorted.join(', ');
}
