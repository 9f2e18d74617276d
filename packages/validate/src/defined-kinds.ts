import { typoOf } from '@fairlead/diagnostics';
import { at, textAt } from './json.ts';
import type { ManifestSet } from './manifest-set.ts';

/** The kind that the set defines in an API group of which another is evidently a slip; undefined where it defines that one itself. */
export function nearestDefined(set: ManifestSet, group: string, kind: string): string | undefined {
  const kinds = set.memo(definedKinds).get(group);
  return kinds === undefined || kinds.includes(kind) ? undefined : typoOf(kind, kinds);
}

/**
 * Kinds by API group that the set defines: by CustomResourceDefinitions, by Crossplane's CompositeResourceDefinitions
 * (https://docs.crossplane.io/latest/composition/composite-resource-definitions/) and by Gatekeeper's ConstraintTemplates
 * (https://open-policy-agent.github.io/gatekeeper/website/docs/constrainttemplates/).
 */
function definedKinds(set: ManifestSet): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (group: string | undefined, kind: string | undefined): void => {
    if (group === undefined || kind === undefined) return;
    const kinds = found.get(group);
    if (kinds === undefined) found.set(group, [kind]);
    else kinds.push(kind);
  };
  for (const key of set.definitions.keys()) add(key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1));
  for (const each of set.ofKind('apiextensions.crossplane.io', 'CompositeResourceDefinition'))
    for (const names of ['names', 'claimNames'])
      add(textAt(each, 'spec', 'group'), textAt(each, 'spec', names, 'kind'));
  for (const each of set.ofKind('templates.gatekeeper.sh', 'ConstraintTemplate'))
    add('constraints.gatekeeper.sh', textAt(at(each, 'spec', 'crd', 'spec'), 'names', 'kind'));
  return found;
}
