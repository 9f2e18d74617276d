import { quantityNumber } from '@fairlead/objects/quantity';
import type { Check } from '../../check.ts';
import { at, listAt, textAt } from '../../json.ts';

/**
 * A claim that names a volume, and that volume, agree; else they are never bound.
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reserving-a-persistentvolume
 */
export const volumePairReferences: Check = (set, report) => {
  for (const claim of set.ofKind('', 'PersistentVolumeClaim')) {
    const name = textAt(claim, 'spec', 'volumeName');
    const volume = name === undefined ? undefined : set.get('', 'PersistentVolume', '', name);
    if (volume === undefined) continue;
    const differ = (field: string, says: string): void =>
      report(
        'references/missing-volume',
        claim,
        `/spec/${field}`,
        `PersistentVolume "${name}" ${says}, so that the claim is never bound`,
      );
    const reference = at(volume, 'spec', 'claimRef');
    const [home, wanted] = [textAt(reference, 'namespace'), textAt(reference, 'name')];
    if (wanted !== undefined && (wanted !== claim.metadata.name || (home ?? 'default') !== set.namespaceOf(claim)))
      differ('volumeName', `is reserved for claim ${home ?? 'default'}/${wanted}`);
    const [asked, offered] = [
      textAt(claim, 'spec', 'storageClassName'),
      textAt(volume, 'spec', 'storageClassName') ?? '',
    ];
    if (asked !== undefined && asked !== offered)
      differ('storageClassName', `is of class "${offered}", not of "${asked}"`);
    const modes = listAt(volume, 'spec', 'accessModes');
    const lacking = listAt(claim, 'spec', 'accessModes').find((each) => !modes.includes(each));
    if (lacking !== undefined) differ('accessModes', `does not offer ${String(lacking)}`);
    const size = quantityNumber(at(claim, 'spec', 'resources', 'requests', 'storage'));
    const capacity = quantityNumber(at(volume, 'spec', 'capacity', 'storage'));
    if (size !== undefined && capacity !== undefined && size > capacity)
      differ('resources/requests/storage', 'is smaller than what it asks for');
  }
};
