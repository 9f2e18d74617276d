import { groupOf } from '@fairlead/objects';
import type { Check } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, textAt } from '../../json.ts';

/** Kinds that Karpenter reads a node class from, by API group. */
const kinds: readonly (readonly [group: string, kind: string])[] = [
  ['karpenter.k8s.aws', 'EC2NodeClass'],
  ['karpenter.azure.com', 'AKSNodeClass'],
  ['eks.amazonaws.com', 'NodeClass'],
];

/** The node class of a Karpenter NodePool exists; told only where node classes are declared, because clouds bring some of their own. */
export const nodeClassReferences: Check = (set, report) => {
  const pools = set.ofKind('karpenter.sh', 'NodePool');
  if (pools.length === 0) return;
  const classes = kinds.flatMap(([group, kind]) => set.ofKind(group, kind));
  if (classes.length === 0) return;
  const pointer = '/spec/template/spec/nodeClassRef';
  for (const pool of pools) {
    const reference = at(pool, 'spec', 'template', 'spec', 'nodeClassRef');
    const [group, kind, name] = ['group', 'kind', 'name'].map((field) => textAt(reference, field) ?? '');
    if (group === undefined || kind === undefined || name === undefined || name === '') continue;
    if (set.get(group, kind, '', name) !== undefined) continue;
    const same = classes.find((each) => each.metadata.name === name);
    const field = same === undefined ? 'name' : groupOf(same.apiVersion) === group ? 'kind' : 'group';
    report(
      'references/missing-node-class',
      pool,
      `${pointer}/${field}`,
      `${kind} "${name}" of ${group} does not exist`,
      {
        hint:
          same === undefined
            ? hintFrom(
                name,
                classes.map((each) => each.metadata.name),
              )
            : `there is ${same.kind} "${name}" of ${groupOf(same.apiVersion)}`,
      },
    );
  }
};
