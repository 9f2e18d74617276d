import { groupOf } from '@fairlead/objects';
import type { Check } from '../../check.ts';
import { nearestDefined } from '../../defined-kinds.ts';
import { textAt } from '../../json.ts';

/** A Composition of Crossplane composes a kind that is defined, where others of nearly that name are. */
export const compositionReferences: Check = (set, report) => {
  for (const composition of set.ofKind('apiextensions.crossplane.io', 'Composition')) {
    const kind = textAt(composition, 'spec', 'compositeTypeRef', 'kind');
    const version = textAt(composition, 'spec', 'compositeTypeRef', 'apiVersion');
    if (kind === undefined || version === undefined) continue;
    const meant = nearestDefined(set, groupOf(version), kind);
    if (meant === undefined) continue;
    report(
      'references/missing-object',
      composition,
      '/spec/compositeTypeRef/kind',
      `nothing defines ${kind} of ${groupOf(version)}`,
      { hint: `did you mean "${meant}"?` },
    );
  }
};
