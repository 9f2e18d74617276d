import { podTemplates, type Running } from '@fairlead/objects';
import type { Leaf } from '../../compare.ts';
import { quantity } from '../../meaning.ts';
import type { ObjectChange } from '../../pair.ts';
import { text } from '../../workloads.ts';
import type { Code } from '../codes.ts';
import { fieldName } from '../immutable.ts';

/** A rule about one field: where it stands and how it has to change. Rules are tried in order; the first that matches takes the leaf. */
export interface LeafRule {
  readonly code: Code;
  /** `group/Kind`; absent: every kind. */
  readonly kind?: RegExp;
  readonly path: RegExp;
  readonly when?: (leaf: Leaf, change: ObjectChange) => boolean;
  readonly words?: (leaf: Leaf, change: ObjectChange) => Readonly<Record<string, string>>;
  /** Words for all leaves of the rule together, in place of a finding for each wording. */
  readonly wordsOfAll?: (leaves: readonly Leaf[], change: ObjectChange) => Readonly<Record<string, string>>;
  /** True when the rule speaks of added objects and of parts that are added, too. */
  readonly onAdded?: boolean;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const prefixes = new Set(
  Object.values(podTemplates).map(({ path }) => path.map((key) => `${escaped(key)}\\.`).join('')),
);

/** Where pod templates begin, whatever the kind. */
const template = `^(?:${[...prefixes].filter((each) => each !== '').join('|')})?`;
export const inTemplate = (rest: string) => new RegExp(`${template}${rest}`);
export const pod = `${template}spec\\.`;
export const container = `${pod}(?:containers|initContainers|ephemeralContainers)\\.\\*\\.`;
export const inPod = (rest: string) => new RegExp(`${pod}${rest}`);
export const inContainer = (rest: string) => new RegExp(`${container}${rest}`);
const kindsThat = (runs: readonly Running[]) =>
  new RegExp(
    `^(?:${Object.entries(podTemplates)
      .filter(([, facts]) => runs.includes(facts.runs))
      .map(([kind]) => escaped(kind))
      .join('|')})$`,
  );
/** Everything that makes pods. */
export const workload = kindsThat(['replicas', 'nodes', 'done', 'one']);
/** Everything that runs a stated number of pods. */
export const replicated = kindsThat(['replicas']);
export const ingress = /^networking\.k8s\.io\/Ingress$/;
export const service = /^\/Service$/;

export const plain = (value: unknown): string =>
  value === undefined ? 'none' : typeof value === 'object' ? JSON.stringify(value) : String(value);
export const fromTo = (leaf: Leaf, fallback?: unknown) => ({
  from: plain(leaf.before ?? fallback),
  to: plain(leaf.after ?? fallback),
  field: fieldName(leaf.path),
});
export const what = (sentence: string) => () => ({ what: sentence });
export const becomes = (value: unknown) => (leaf: Leaf) => leaf.after === value;
export const leaves = (value: unknown) => (leaf: Leaf) => leaf.before === value;
export const gone = (leaf: Leaf) => leaf.before !== undefined && leaf.after === undefined;
export const lower = (fallback: number) => (leaf: Leaf) =>
  (quantity(leaf.after) ?? fallback) < (quantity(leaf.before) ?? fallback);
export const higher = (fallback: number) => (leaf: Leaf) =>
  (quantity(leaf.after) ?? fallback) > (quantity(leaf.before) ?? fallback);
export const last = (leaf: Leaf) => leaf.path.slice(leaf.path.lastIndexOf('.') + 1);
export const containerField = (leaf: Leaf) => leaf.path.replace(new RegExp(container), '');

export function bound(value: unknown): number | undefined {
  if (typeof value === 'string' && value.endsWith('%')) return Number.parseFloat(value);
  return quantity(value);
}
export const boundLower = (leaf: Leaf) => (bound(leaf.after) ?? 0) < (bound(leaf.before) ?? 0);
export const boundHigher = (leaf: Leaf) => (bound(leaf.after) ?? 0) > (bound(leaf.before) ?? 0);

export const levels = ['restricted', 'baseline', 'privileged'];
export const looser = (leaf: Leaf) =>
  levels.indexOf(text(leaf.after) ?? 'privileged') > levels.indexOf(text(leaf.before) ?? 'privileged');
export const severities = [
  'none',
  'info',
  'low',
  'notice',
  'ticket',
  'warning',
  'medium',
  'error',
  'high',
  'critical',
  'page',
];
export const quieter = (leaf: Leaf) => severities.indexOf(String(leaf.after)) < severities.indexOf(String(leaf.before));

export const annotation = (name: string) => new RegExp(`^metadata\\.annotations\\.${name}$`);
