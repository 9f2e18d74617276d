import { slipOf } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import { configData } from '../../config-data.ts';
import type { Check, Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, listAt, numberAt, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { missingSecretSeverity, missingSeverity } from '../../missing.ts';
import { type IndexedService, serviceIndex } from '../../service-index.ts';

const istio = 'networking.istio.io';

/**
 * What the routes of Istio and Traefik name exists: gateways, Services and their ports, subsets, middlewares, Secrets.
 * https://istio.io/latest/docs/reference/config/networking/ and https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/
 */
export const routerReferences: Check = (set, report) => {
  for (const route of set.ofKind(istio, 'VirtualService')) checkVirtualService(set, report, route);
  for (const rule of set.ofKind(istio, 'DestinationRule')) {
    const service = serviceOf(set, rule, textAt(rule, 'spec', 'host'), '/spec/host', report);
    for (const [index, subset] of listAt(rule, 'spec', 'subsets').entries()) {
      const labels = at(subset, 'labels');
      if (service?.pods === undefined || service.pods.length === 0) continue;
      const wanted = Object.entries(labels ?? {});
      if (service.pods.some((each) => wanted.every(([key, value]) => each.labels[key] === value))) continue;
      report(
        'references/service-selects-nothing',
        rule,
        `/spec/subsets/${index}/labels`,
        `no pod of Service "${service.name}" has ${wanted.map(([key, value]) => `${key}=${String(value)}`).join(', ')}`,
        { severity: set.offered },
      );
    }
  }
  for (const group of ['traefik.io', 'traefik.containo.us']) {
    for (const route of set.ofKind(group, 'IngressRoute')) checkIngressRoute(set, report, route, group);
    for (const each of set.ofKind(group, 'Middleware')) {
      for (const kind of ['basicAuth', 'digestAuth'])
        secret(set, report, each, textAt(each, 'spec', kind, 'secret'), `/spec/${kind}/secret`);
    }
  }
};

function checkVirtualService(set: ManifestSet, report: Report, route: Manifest): void {
  const namespace = set.namespaceOf(route);
  for (const [index, each] of listAt(route, 'spec', 'gateways').entries()) {
    if (typeof each !== 'string' || each === 'mesh') continue;
    const [home, name] = each.includes('/') ? [each.split('/')[0] ?? '', each.split('/')[1] ?? ''] : [namespace, each];
    if (set.get(istio, 'Gateway', home, name) !== undefined) continue;
    const known = set
      .ofKind(istio, 'Gateway')
      .flatMap((other) => (set.namespaceOf(other) === home ? other.metadata.name : []));
    if (known.length === 0 && (home !== namespace || set.ofKind(istio, 'Gateway').length === 0)) continue;
    report('references/missing-gateway', route, `/spec/gateways/${index}`, `Gateway "${each}" does not exist`, {
      hint: hintFrom(name, known),
      severity: missingSeverity(set, known),
    });
  }
  for (const protocol of ['http', 'tcp', 'tls']) {
    for (const [index, rule] of listAt(route, 'spec', protocol).entries()) {
      const base = `/spec/${protocol}/${index}`;
      for (const [place, destination] of [
        ...listAt(rule, 'route').map((each, place) => [`route/${place}/destination`, at(each, 'destination')] as const),
        ...listAt(rule, 'mirrors').map(
          (each, place) => [`mirrors/${place}/destination`, at(each, 'destination')] as const,
        ),
        ['mirror', at(rule, 'mirror')] as const,
      ]) {
        const pointer = `${base}/${place}`;
        const host = textAt(destination, 'host');
        const service = serviceOf(set, route, host, `${pointer}/host`, report);
        if (service === undefined) continue;
        port(report, route, service, numberAt(destination, 'port', 'number'), `${pointer}/port/number`);
        const subset = textAt(destination, 'subset');
        if (subset === undefined) continue;
        const subsets = set
          .ofKind(istio, 'DestinationRule')
          .filter((rule) => found(set, rule, textAt(rule, 'spec', 'host')) === service)
          .flatMap((rule) => listAt(rule, 'spec', 'subsets').flatMap((known) => textAt(known, 'name') ?? []));
        if (!subsets.includes(subset))
          report(
            'references/missing-subset',
            route,
            `${pointer}/subset`,
            `no DestinationRule gives "${host}" a subset "${subset}"`,
            {
              hint: hintFrom(subset, subsets),
              severity: missingSeverity(set, subsets),
            },
          );
      }
    }
  }
}

function checkIngressRoute(set: ManifestSet, report: Report, route: Manifest, group: string): void {
  const namespace = set.namespaceOf(route);
  for (const [index, rule] of listAt(route, 'spec', 'routes').entries()) {
    for (const [place, each] of listAt(rule, 'services').entries()) {
      if ((textAt(each, 'kind') ?? 'Service') !== 'Service') continue;
      const pointer = `/spec/routes/${index}/services/${place}`;
      const home = textAt(each, 'namespace') ?? namespace;
      const service = named(set, report, route, textAt(each, 'name'), home, `${pointer}/name`);
      const stated = at(each, 'port');
      if (service === undefined) continue;
      if (typeof stated === 'number') port(report, route, service, stated, `${pointer}/port`);
      else if (
        typeof stated === 'string' &&
        !service.ports.some((known) => known.name === stated || String(known.port) === stated)
      )
        report(
          'references/missing-service-port',
          route,
          `${pointer}/port`,
          `Service "${service.name}" has no port "${stated}"`,
          {
            hint: hintFrom(
              stated,
              service.ports.flatMap((known) => known.name ?? []),
            ),
          },
        );
    }
    for (const [place, each] of listAt(rule, 'middlewares').entries()) {
      const name = textAt(each, 'name') ?? '';
      const home = textAt(each, 'namespace') ?? namespace;
      if (name === '' || name.includes('@') || set.get(group, 'Middleware', home, name) !== undefined) continue;
      const known = set.ofKind(group, 'Middleware').map((other) => other.metadata.name);
      report(
        'references/missing-middleware',
        route,
        `/spec/routes/${index}/middlewares/${place}/name`,
        `Middleware "${name}" does not exist in namespace ${home}`,
        { hint: hintFrom(name, known), severity: slipOf(name, known) === undefined ? set.offered : 'error' },
      );
    }
  }
  secret(set, report, route, textAt(route, 'spec', 'tls', 'secretName'), '/spec/tls/secretName');
}

function secret(set: ManifestSet, report: Report, manifest: Manifest, name: string | undefined, pointer: string): void {
  const namespace = set.namespaceOf(manifest);
  const data = configData(set);
  if (name === undefined || data.secret(namespace, name) !== undefined || data.mayBeMade(namespace, name)) return;
  const known = data.names('Secret', namespace);
  report('references/missing-secret', manifest, pointer, `Secret "${name}" does not exist in namespace ${namespace}`, {
    hint: hintFrom(name, known),
    severity: missingSecretSeverity(set, name, known),
  });
}

function port(
  report: Report,
  manifest: Manifest,
  service: IndexedService,
  wanted: number | undefined,
  pointer: string,
): void {
  if (wanted === undefined || service.ports.length === 0 || service.ports.some((each) => each.port === wanted)) return;
  report('references/missing-service-port', manifest, pointer, `Service "${service.name}" has no port ${wanted}`, {
    hint: `it has ${service.ports.map((each) => each.port).join(', ')}`,
  });
}

/** The Service that a host of Istio means: a short name is one of the rule's own namespace. */
function found(set: ManifestSet, manifest: Manifest, host: string | undefined): IndexedService | undefined {
  const [name = '', namespace] = placeOf(host ?? '');
  return serviceIndex(set).get(namespace ?? set.namespaceOf(manifest), name);
}

function entryHosts(set: ManifestSet): Set<unknown> {
  return new Set(set.ofKind(istio, 'ServiceEntry').flatMap((each) => listAt(each, 'spec', 'hosts')));
}

function placeOf(host: string): [name: string, namespace: string | undefined] {
  if (!host.includes('.')) return [host, undefined];
  const match = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\..+)?$/.exec(host);
  return match === null ? ['', undefined] : [match[1] ?? '', match[2]];
}

function serviceOf(
  set: ManifestSet,
  manifest: Manifest,
  host: string | undefined,
  pointer: string,
  report: Report,
): IndexedService | undefined {
  const [name, namespace] = placeOf(host ?? '');
  // Other hosts are those of ServiceEntries, or outside.
  return name === '' || set.memo(entryHosts).has(host ?? '') || host?.includes('*') === true
    ? undefined
    : named(set, report, manifest, name, namespace ?? set.namespaceOf(manifest), pointer);
}

function named(
  set: ManifestSet,
  report: Report,
  manifest: Manifest,
  name: string | undefined,
  namespace: string,
  pointer: string,
): IndexedService | undefined {
  if (name === undefined || name === '' || name.includes('@')) return undefined;
  const services = serviceIndex(set);
  const service = services.get(namespace, name);
  if (service !== undefined || services.mayBeMade(namespace, name)) return service;
  const known = services.in(namespace).map((each) => each.name);
  report(
    'references/missing-service',
    manifest,
    pointer,
    `Service "${name}" does not exist in namespace ${namespace}`,
    {
      hint: hintFrom(name, known),
      severity: missingSeverity(set, known),
    },
  );
  return undefined;
}
