import type { Check, Report } from '../../check.ts';
import { listAt, mapAt, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import type { Workload } from '../../workload.ts';

/** Parameters without which the provider of a SecretProviderClass refuses to mount, as each provider's documentation says. */
const needed: Readonly<Record<string, readonly string[] | undefined>> = {
  aws: ['objects'],
  azure: ['keyvaultName', 'objects', 'tenantId'],
  gcp: ['secrets'],
  gke: ['secrets'],
  vault: ['objects'],
  openbao: ['objects'],
};

/** What the Secrets Store CSI driver needs before it mounts: a list of objects in the class, and a read-only volume in the pod. */
export const secretMountReferences: Check = (set, report) => {
  for (const provider of set.ofKind('secrets-store.csi.x-k8s.io', 'SecretProviderClass')) {
    const name = textAt(provider, 'spec', 'provider') ?? '';
    const parameters = mapAt(provider, 'spec', 'parameters');
    const stated = new Set(Object.keys(parameters).map((each) => each.toLowerCase()));
    for (const key of needed[name] ?? []) {
      if (stated.has(key.toLowerCase())) continue;
      report('rules/incomplete', provider, '/spec/parameters', `provider ${name} needs the parameter ${key}`, {
        hint: `add spec.parameters.${key}`,
      });
    }
  }
  for (const workload of set.workloads) {
    listAt(workload.spec, 'volumes').forEach((volume, index) => {
      const csi = mapAt(volume, 'csi');
      if (csi['driver'] !== 'secrets-store.csi.k8s.io') return;
      const pointer = `${workload.specPointer}/volumes/${index}/csi`;
      // pkg/secrets-store/nodeserver.go: "Readonly is not true in request".
      if (csi['readOnly'] !== true)
        report(
          'rules/volume',
          workload.manifest,
          pointer,
          'the Secrets Store CSI driver mounts read-only volumes alone',
          {
            hint: 'add readOnly: true',
          },
        );
      checkIdentity(set, report, workload, `${workload.specPointer}/serviceAccountName`);
    });
  }
};

/** A store of secrets lets service accounts in; nobody gives it the default one. */
function checkIdentity(
  set: ManifestSet,
  report: Report,
  { manifest, spec, kind, name }: Workload,
  pointer: string,
): void {
  const account = textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount') ?? '';
  if (account === '' || account === 'default')
    report(
      'security/default-service-account',
      manifest,
      pointer,
      `${kind} "${name}" fetches secrets as the default service account of its namespace, as every other pod there could`,
      {
        hint: 'name a ServiceAccount of its own, which the store of secrets knows',
        severity: set.context === 'folder' ? 'info' : undefined,
      },
    );
}
