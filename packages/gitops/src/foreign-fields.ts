import type { Manifest } from '@fairlead/objects';
import { groupOf } from '@fairlead/objects';
import type { Placement } from '@fairlead/render';

/** Fields of one object that the cluster writes and git does not state. */
interface ForeignFields {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly jsonPointers: readonly string[];
}

/**
 * Makes an Argo CD Application or a Flux Kustomization leave alone what controllers write into objects of its placement: AKS
 * application routing fetches certificates from Key Vault and puts `certificateRefs` into the listeners that ask for one. Argo CD also
 * has to leave alone what only newer definitions fill into lists, which therefore cannot be stated: `invert` of a rate limit's client
 * addresses, from Envoy Gateway 1.8 on. Of other placements nothing changes. Flux knows `ignore` from 2.9 on.
 *
 * @see https://learn.microsoft.com/azure/aks/app-routing-gateway-api-dns-tls
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
 */
export function leaveForeignFields(manifest: Manifest, { manifests }: Placement): Manifest {
  const flux = manifest.kind === 'Kustomization';
  const fields = manifests.flatMap((each) => [
    ...certificatesOf(each.manifest),
    ...(flux ? [] : invertsOf(each.manifest)),
  ]);
  if (fields.length === 0) return manifest;
  const spec = record(manifest['spec']);
  if (flux) {
    const ignore = fields.map(({ jsonPointers, ...target }) => ({ paths: jsonPointers, target }));
    return { ...manifest, spec: { ...spec, ignore } };
  }
  const policy = record(spec['syncPolicy']);
  const options = Array.isArray(policy['syncOptions']) ? policy['syncOptions'].map(String) : [];
  // Without the option, Argo CD shows no difference and takes the fields away all the same.
  const syncOptions = [...options, 'RespectIgnoreDifferences=true'].sort();
  return { ...manifest, spec: { ...spec, ignoreDifferences: fields, syncPolicy: { ...policy, syncOptions } } };
}

function certificatesOf({ apiVersion, kind, metadata, spec }: Manifest): ForeignFields[] {
  if (kind !== 'Gateway') return [];
  const group = groupOf(apiVersion);
  const { listeners } = record(spec);
  if (group !== 'gateway.networking.k8s.io' || !Array.isArray(listeners)) return [];
  const jsonPointers = listeners.flatMap((listener: unknown, index) =>
    'kubernetes.azure.com/tls-cert-keyvault-uri' in record(record(record(listener)['tls'])['options'])
      ? [`/spec/listeners/${index}/tls/certificateRefs`]
      : [],
  );
  if (jsonPointers.length === 0) return [];
  return [{ group, kind, namespace: metadata.namespace ?? 'default', name: metadata.name, jsonPointers }];
}

function invertsOf({ apiVersion, kind, metadata, spec }: Manifest): ForeignFields[] {
  if (kind !== 'BackendTrafficPolicy') return [];
  const group = groupOf(apiVersion);
  if (group !== 'gateway.envoyproxy.io') return [];
  const limits = record(record(spec)['rateLimit']);
  const jsonPointers = ['local', 'global'].flatMap((scope) =>
    list(record(limits[scope])['rules']).flatMap((rule, at) =>
      list(record(rule)['clientSelectors']).flatMap((selector, index) =>
        'sourceCIDR' in record(selector)
          ? [`/spec/rateLimit/${scope}/rules/${at}/clientSelectors/${index}/sourceCIDR/invert`]
          : [],
      ),
    ),
  );
  if (jsonPointers.length === 0) return [];
  return [{ group, kind, namespace: metadata.namespace ?? 'default', name: metadata.name, jsonPointers }];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
