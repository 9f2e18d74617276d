import { fieldsOf, isFields } from '@fairlead/objects/fields';
import { groupOf } from '@fairlead/objects/manifest';
import type { Group, PolicyIndex } from './reachability-index.ts';
import type { Direction } from './reachability-policy.ts';
import type { Party } from './reachability-rules.ts';
import { parseSelector, selects } from '@fairlead/objects/label-selector';

// These allow hosts outside by name and say nothing about pods.
const outsideOnly = new Set(['networking.gke.io/FQDNNetworkPolicy', 'networking.k8s.aws/ApplicationNetworkPolicy']);
const clusterWide = /Clusterwide|Cluster|Global|Admin/;

/**
 * Notes on policies of other kinds that may select the pods: what they allow or deny is not simulated, so nothing that they
 * could allow is called denied.
 */
export function foreignNotes(direction: Direction, group: Group, party: Party, index: PolicyIndex): string[] {
  const notes: string[] = [];
  for (const manifest of index.foreign) {
    const { kind, metadata } = manifest;
    if (!clusterWide.test(kind) && (metadata.namespace ?? 'default') !== group.namespace) continue;
    if (
      outsideOnly.has(`${groupOf(manifest.apiVersion)}/${kind}`) &&
      (direction === 'ingress' || party.type === 'group')
    )
      continue;
    const spec = fieldsOf(manifest['spec']);
    if (
      groupOf(manifest.apiVersion) === 'cilium.io' &&
      spec[direction] === undefined &&
      manifest['specs'] === undefined
    )
      continue;
    const selector = spec['endpointSelector'] ?? spec['podSelector'];
    if (isFields(selector) && !mentionsOther(selector) && !selects(parseSelector(selector), group.labels)) continue;
    const name = metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
    notes.push(`${kind} ${name} is not simulated: it may allow or deny this ${direction}`);
  }
  return notes;
}

/** Cilium prefixes keys by their source (`k8s:`, `any:`) and adds labels of its own, which pods do not show. */
const mentionsOther = (selector: unknown): boolean =>
  /"(k8s|any|reserved|io\.kubernetes|io\.cilium)[:.]/.test(JSON.stringify(selector));
