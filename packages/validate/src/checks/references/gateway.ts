import type { Manifest } from '@fairlead/objects';
import { groupOf } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, isMap, listAt, numberAt, textAt } from '../../json.ts';
import { matches } from '../../label-selector.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { missingSeverity, offeredSeverity } from '../../missing.ts';
import { checkBackend } from './backend.ts';
import { checkTlsSecret } from './ingress.ts';

const gatewayGroup = 'gateway.networking.k8s.io';
const routeKinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const;

/** Protocols of listeners that each kind of route attaches to: Gateway API, "Route Kinds". */
const routeProtocols: Readonly<Record<string, readonly string[]>> = {
  HTTPRoute: ['HTTP', 'HTTPS'],
  GRPCRoute: ['HTTP', 'HTTPS'],
  TLSRoute: ['TLS'],
  TCPRoute: ['TCP', 'TLS'],
  UDPRoute: ['UDP'],
};

/** Gateways name classes and certificates that exist; routes attach to listeners that take them and name Services with their ports. */
export const gatewayReferences: Check = (set, report) => {
  for (const gateway of set.ofKind(gatewayGroup, 'Gateway')) checkGateway(set, report, gateway);
  for (const kind of routeKinds) {
    for (const route of set.ofKind(gatewayGroup, kind)) {
      listAt(route, 'spec', 'parentRefs').forEach((parent, index) =>
        checkParent(set, report, route, parent, `/spec/parentRefs/${index}`),
      );
      listAt(route, 'spec', 'rules').forEach((rule, index) =>
        checkRule(set, report, route, rule, `/spec/rules/${index}`),
      );
    }
  }
};

function checkGateway(set: ManifestSet, report: Report, gateway: Manifest): void {
  const name = textAt(gateway, 'spec', 'gatewayClassName');
  const known = [
    ...set.ofKind(gatewayGroup, 'GatewayClass').map((each) => each.metadata.name),
    ...(set.offers?.gatewayClasses ?? []),
  ];
  if (name !== undefined && !known.includes(name)) {
    report(
      'references/missing-gateway-class',
      gateway,
      '/spec/gatewayClassName',
      `GatewayClass "${name}" does not exist`,
      {
        hint: hintFrom(name, known, 'declare it, or list it under offers.gatewayClasses of the cluster'),
        severity: offeredSeverity(set, name, known),
      },
    );
  }
  const namespace = set.namespaceOf(gateway);
  for (const [index, listener] of listAt(gateway, 'spec', 'listeners').entries()) {
    for (const [place, reference] of listAt(listener, 'tls', 'certificateRefs').entries()) {
      const secret = textAt(reference, 'name');
      if (secret === undefined || (textAt(reference, 'kind') ?? 'Secret') !== 'Secret') continue;
      const pointer = `/spec/listeners/${index}/tls/certificateRefs/${place}`;
      const target = textAt(reference, 'namespace') ?? namespace;
      checkTlsSecret(set, report, gateway, target, secret, `${pointer}/name`);
      if (target !== namespace)
        checkGrant(
          set,
          report,
          gateway,
          { namespace: target, group: '', kind: 'Secret', name: secret },
          `${pointer}/namespace`,
        );
    }
  }
}

function checkParent(set: ManifestSet, report: Report, route: Manifest, parent: unknown, pointer: string): void {
  const name = textAt(parent, 'name');
  if (
    name === undefined ||
    (textAt(parent, 'kind') ?? 'Gateway') !== 'Gateway' ||
    (textAt(parent, 'group') ?? gatewayGroup) !== gatewayGroup
  )
    return;
  const namespace = textAt(parent, 'namespace') ?? set.namespaceOf(route);
  const gateway = set.get(gatewayGroup, 'Gateway', namespace, name);
  if (gateway === undefined) {
    if (set.offers?.namespaces.includes(namespace)) return;
    const known = set
      .ofKind(gatewayGroup, 'Gateway')
      .map((each) =>
        set.namespaceOf(each) === namespace ? each.metadata.name : `${set.namespaceOf(each)}/${each.metadata.name}`,
      );
    report(
      'references/missing-gateway',
      route,
      `${pointer}/name`,
      `Gateway "${name}" does not exist in namespace ${namespace}`,
      { hint: hintFrom(name, known), severity: missingSeverity(set, known) },
    );
    return;
  }
  const section = textAt(parent, 'sectionName');
  const port = numberAt(parent, 'port');
  const all = set
    .variantsOf(gateway)
    .flatMap((each) => listAt(each, 'spec', 'listeners'))
    .filter(isMap);
  const wanted = all.filter(
    (each) => (section === undefined || each['name'] === section) && (port === undefined || each['port'] === port),
  );
  if (wanted.length === 0) {
    const names = all.flatMap((each) => textAt(each, 'name') ?? []);
    const what =
      section === undefined ? `on port ${port}` : `named "${section}"${port === undefined ? '' : ` on port ${port}`}`;
    report(
      'references/missing-listener',
      route,
      `${pointer}/${section === undefined ? 'port' : 'sectionName'}`,
      `Gateway "${name}" has no listener ${what}`,
      { hint: hintFrom(section ?? '', names) },
    );
    return;
  }
  const admitting = wanted.filter((each) => admits(set, each, gateway, route));
  if (admitting.length === 0) {
    const from = textAt(wanted[0], 'allowedRoutes', 'namespaces', 'from') ?? 'Same';
    report(
      'references/route-not-allowed',
      route,
      pointer,
      `no listener of Gateway "${namespace}/${name}" takes a ${route.kind} from namespace ${set.namespaceOf(route)}`,
      {
        hint: `its listeners take routes of kinds that fit their protocol, from: ${from}; see allowedRoutes of the Gateway`,
      },
    );
    return;
  }
  const hosts = listAt(route, 'spec', 'hostnames').filter((each) => typeof each === 'string');
  const listening = admitting.map((each) => textAt(each, 'hostname') ?? '');
  if (hosts.length === 0 || listening.some((each) => hosts.some((host) => intersects(host, each)))) return;
  report(
    'references/route-hostname',
    route,
    '/spec/hostnames',
    `no listener of Gateway "${name}" serves ${hosts.join(', ')}`,
    { hint: `it serves ${[...new Set(listening)].join(', ')}` },
  );
}

function admits(set: ManifestSet, listener: unknown, gateway: Manifest, route: Manifest): boolean {
  const kinds = listAt(listener, 'allowedRoutes', 'kinds').flatMap((each) => textAt(each, 'kind') ?? []);
  if (kinds.length > 0 && !kinds.includes(route.kind)) return false;
  const protocol = textAt(listener, 'protocol');
  if (
    kinds.length === 0 &&
    protocol !== undefined &&
    !protocol.includes('/') &&
    !(routeProtocols[route.kind] ?? [protocol]).includes(protocol)
  )
    return false;
  const namespaces = at(listener, 'allowedRoutes', 'namespaces');
  switch (textAt(namespaces, 'from') ?? 'Same') {
    case 'All':
      return true;
    case 'Selector': {
      const declared = set.namespaces.get(set.namespaceOf(route));
      // Labels of a namespace that no manifest declares are not known.
      return declared === undefined
        ? set.offers?.namespaces.includes(set.namespaceOf(route)) === true || set.context === 'folder'
        : matches(at(namespaces, 'selector'), declared.labels);
    }
    default:
      return set.namespaceOf(route) === set.namespaceOf(gateway);
  }
}

/** Whether two host names, either of which may start with `*.` or be empty for all, have a name in common. */
export function intersects(one: string, other: string): boolean {
  if (one === '' || other === '' || one === '*' || other === '*' || one === other) return true;
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (a.startsWith('*.') && b.startsWith('*.')) return a.endsWith(b.slice(1)) || b.endsWith(a.slice(1));
  if (a.startsWith('*.')) return b.endsWith(a.slice(1));
  return b.startsWith('*.') ? a.endsWith(b.slice(1)) : a === b;
}

function checkRule(set: ManifestSet, report: Report, route: Manifest, rule: unknown, pointer: string): void {
  listAt(rule, 'backendRefs').forEach((each, index) =>
    checkRouteBackend(set, report, route, each, `${pointer}/backendRefs/${index}`),
  );
  listAt(rule, 'filters').forEach((each, index) => {
    const mirror = at(each, 'requestMirror', 'backendRef');
    if (mirror !== undefined)
      checkRouteBackend(set, report, route, mirror, `${pointer}/filters/${index}/requestMirror/backendRef`);
  });
}

function checkRouteBackend(set: ManifestSet, report: Report, route: Manifest, backend: unknown, pointer: string): void {
  const name = textAt(backend, 'name');
  if (
    name === undefined ||
    (textAt(backend, 'kind') ?? 'Service') !== 'Service' ||
    (textAt(backend, 'group') ?? '') !== ''
  )
    return;
  const own = set.namespaceOf(route);
  const namespace = textAt(backend, 'namespace') ?? own;
  const port = numberAt(backend, 'port');
  checkBackend(set, report, route, {
    namespace,
    name,
    port,
    namePointer: `${pointer}/name`,
    portPointer: `${pointer}/port`,
  });
  if (port === undefined)
    report('references/missing-service-port', route, pointer, `backend Service "${name}" needs a port`, {
      hint: 'add port: with a port of the Service',
    });
  if (namespace !== own)
    checkGrant(set, report, route, { namespace, group: '', kind: 'Service', name }, `${pointer}/namespace`);
}

function checkGrant(
  set: ManifestSet,
  report: Report,
  from: Manifest,
  to: { namespace: string; group: string; kind: string; name: string },
  pointer: string,
): void {
  const own = set.namespaceOf(from);
  const granted = set
    .ofKind(gatewayGroup, 'ReferenceGrant')
    .some(
      (grant) =>
        set.namespaceOf(grant) === to.namespace &&
        listAt(grant, 'spec', 'from').some(
          (each) =>
            textAt(each, 'group') === groupOf(from.apiVersion) &&
            textAt(each, 'kind') === from.kind &&
            textAt(each, 'namespace') === own,
        ) &&
        listAt(grant, 'spec', 'to').some(
          (each) =>
            (textAt(each, 'group') ?? '') === to.group &&
            textAt(each, 'kind') === to.kind &&
            (textAt(each, 'name') ?? to.name) === to.name,
        ),
    );
  if (granted) return;
  report(
    'references/missing-reference-grant',
    from,
    pointer,
    `no ReferenceGrant in namespace ${to.namespace} lets a ${from.kind} of ${own} use ${to.kind} "${to.name}"`,
    {
      hint: `add a ReferenceGrant in namespace ${to.namespace}, from ${from.kind} of namespace ${own} to ${to.kind}`,
    },
  );
}
