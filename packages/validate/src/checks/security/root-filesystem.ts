import type { Report } from '../../check.ts';
import { at, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';

/** Containers that may write to their own image. Told where an environment is stated: a folder promised nobody so much. */
export function checkRootFilesystem(set: ManifestSet, report: Report): void {
  if (set.environment === undefined) return;
  for (const { manifest, containers, spec } of set.workloads) {
    if (textAt(spec, 'os', 'name') === 'windows') continue;
    for (const { name, spec: container, pointer } of containers) {
      if (at(container, 'securityContext', 'readOnlyRootFilesystem') === true) continue;
      report(
        'security/writable-root',
        manifest,
        `${pointer}/securityContext`,
        `container "${name}" may write to its image`,
        {
          hint: 'set readOnlyRootFilesystem: true, and mount an emptyDir where it writes',
        },
      );
    }
  }
}
