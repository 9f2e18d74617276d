import type { Manifest } from '@fairlead/objects';
import type { Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { missingSeverity } from '../../missing.ts';
import { serviceIndex } from '../../service-index.ts';

/** A Service, and perhaps a port of it, that something sends traffic to. */
export interface Backend {
  readonly namespace: string;
  readonly name: string;
  /** Number or name; undefined: any port will do. */
  readonly port: string | number | undefined;
  readonly namePointer: string;
  readonly portPointer: string;
}

/** Reports a backend Service that does not exist or has no such port. */
export function checkBackend(set: ManifestSet, report: Report, manifest: Manifest, backend: Backend): void {
  const services = serviceIndex(set);
  const { namespace, name, port } = backend;
  const service = services.get(namespace, name);
  if (service === undefined) {
    // Services of namespaces that the cluster brings along are not in any manifest.
    if (services.mayBeMade(namespace, name) || set.offers?.namespaces.includes(namespace)) return;
    const known = services.in(namespace).map((each) => each.name);
    report(
      'references/missing-service',
      manifest,
      backend.namePointer,
      `Service "${name}" does not exist in namespace ${namespace}`,
      {
        hint: hintFrom(name, known, elsewhere(set, name)),
        severity: missingSeverity(set, known),
      },
    );
    return;
  }
  if (port === undefined || service.ports.length === 0) return;
  if (service.ports.some((each) => each.port === port || each.name === port)) return;
  const known = service.ports.map((each) =>
    typeof port === 'number' || each.name === undefined ? `${each.port}` : each.name,
  );
  report(
    'references/missing-service-port',
    manifest,
    backend.portPointer,
    `Service "${name}" has no port ${typeof port === 'string' ? `named "${port}"` : port}`,
    { hint: hintFrom(`${port}`, known) },
  );
}

function elsewhere(set: ManifestSet, name: string): string | undefined {
  const found = serviceIndex(set).all.find((each) => each.name === name);
  return found === undefined ? undefined : `there is one in namespace ${found.namespace}`;
}
