import {
  intersectPorts,
  portRanges,
  portText,
  servicePorts,
  type Group,
  type Peer,
  type Policy,
  type PortRange,
} from '@fairlead/network-policy/reachability';
import type { Manifest } from '@fairlead/objects';
import type { Code } from '@fairlead/diagnostics';
import type { Report } from '../../check.ts';
import { at, listAt, mapAt, numberAt, textAt, textsAt } from '../../json.ts';
import { matches } from '../../label-selector.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { groupName, inFolderWarning, policyFor, reachabilityOf } from './reach.ts';

/** Load balancers of a cloud reach pods from addresses; other proxies are pods. */
const addressClasses = /^(?:alb|gce|gce-internal)$/;
const routeKinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

/** Backends of Ingresses and routes admit somebody from outside. */
export function checkBackends(set: ManifestSet, report: Report): void {
  for (const ingress of set.ofKind('networking.k8s.io', 'Ingress')) {
    const namespace = set.namespaceOf(ingress);
    const className =
      textAt(ingress, 'spec', 'ingressClassName') ??
      textAt(ingress, 'metadata', 'annotations', 'kubernetes.io/ingress.class') ??
      '';
    const visit = (backend: unknown, pointer: string) => {
      const name = textAt(backend, 'service', 'name');
      if (name === undefined) return;
      const port = numberAt(backend, 'service', 'port', 'number') ?? textAt(backend, 'service', 'port', 'name');
      checkBackend(set, report, ingress, `${pointer}/service`, namespace, name, port, addressClasses.test(className));
    };
    visit(at(ingress, 'spec', 'defaultBackend'), '/spec/defaultBackend');
    for (const [rule, each] of listAt(ingress, 'spec', 'rules').entries()) {
      for (const [path, entry] of listAt(each, 'http', 'paths').entries())
        visit(at(entry, 'backend'), `/spec/rules/${rule}/http/paths/${path}/backend`);
    }
  }
  for (const kind of routeKinds) {
    for (const route of set.ofKind('gateway.networking.k8s.io', kind)) {
      for (const [rule, each] of listAt(route, 'spec', 'rules').entries()) {
        for (const [position, backend] of listAt(each, 'backendRefs').entries()) {
          const name = textAt(backend, 'name');
          if (name === undefined || (textAt(backend, 'kind') ?? 'Service') !== 'Service') continue;
          const namespace = textAt(backend, 'namespace') ?? set.namespaceOf(route);
          checkBackend(
            set,
            report,
            route,
            `/spec/rules/${rule}/backendRefs/${position}`,
            namespace,
            name,
            numberAt(backend, 'port'),
            false,
          );
        }
      }
    }
  }
}

function checkBackend(
  set: ManifestSet,
  report: Report,
  manifest: Manifest,
  pointer: string,
  namespace: string,
  name: string,
  port: number | string | undefined,
  byAddress: boolean,
): void {
  const service = set.get('', 'Service', namespace, name);
  if (!service) return;
  for (const group of reachabilityOf(set).index.behind(service)) {
    const wanted = targetPorts(service, group, port);
    if (wanted.length === 0) continue;
    requireOutside(
      set,
      report,
      'network/blocked-backend',
      group,
      wanted,
      byAddress,
      manifest,
      pointer,
      `${manifest.kind} ${namespace}/${manifest.metadata.name}`,
    );
  }
}

function targetPorts(service: Manifest, group: Group, port: number | string | undefined): PortRange[] {
  return servicePorts(service)
    .filter((each) => port === undefined || each.port === port || each.name === port)
    .flatMap(({ targetPort, protocol }): PortRange[] =>
      typeof targetPort === 'number' ? [{ protocol, from: targetPort, to: targetPort }] : namedPort(group, targetPort),
    );
}

const namedPort = (group: Group, name: string): PortRange[] =>
  group.ports.filter((each) => each.name === name).map(({ port, protocol }) => ({ protocol, from: port, to: port }));

/** Scraped ports admit somebody from outside. */
export function checkScrapes(set: ManifestSet, report: Report): void {
  const { index } = reachabilityOf(set);
  if (index.policies.length === 0) return;
  for (const monitor of set.ofKind('monitoring.coreos.com', 'ServiceMonitor')) {
    for (const namespace of monitoredNamespaces(set, monitor)) {
      for (const service of monitoredServices(set, namespace, at(monitor, 'spec', 'selector'))) {
        for (const [position, endpoint] of listAt(monitor, 'spec', 'endpoints').entries()) {
          const port = textAt(endpoint, 'port');
          for (const group of index.behind(service)) {
            const target = at(endpoint, 'targetPort');
            const wanted = port !== undefined ? targetPorts(service, group, port) : directPort(group, target);
            requireOutside(
              set,
              report,
              'network/blocked-scrape',
              group,
              wanted,
              false,
              monitor,
              `/spec/endpoints/${position}/port`,
              `ServiceMonitor ${monitor.metadata.name}`,
            );
          }
        }
      }
    }
  }
  for (const monitor of set.ofKind('monitoring.coreos.com', 'PodMonitor')) {
    for (const namespace of monitoredNamespaces(set, monitor)) {
      for (const workload of set.select(namespace, mapAt(monitor, 'spec', 'selector'))) {
        const found = index.workloads.get(`${namespace}/${workload.kind}/${workload.name}`);
        if (!found) continue;
        for (const [position, endpoint] of listAt(monitor, 'spec', 'podMetricsEndpoints').entries()) {
          const wanted = directPort(
            found.group,
            at(endpoint, 'port') ?? at(endpoint, 'portNumber') ?? at(endpoint, 'targetPort'),
          );
          requireOutside(
            set,
            report,
            'network/blocked-scrape',
            found.group,
            wanted,
            false,
            monitor,
            `/spec/podMetricsEndpoints/${position}`,
            `PodMonitor ${monitor.metadata.name}`,
          );
        }
      }
    }
  }
}

function directPort(group: Group, port: unknown): PortRange[] {
  if (typeof port === 'number') return [{ protocol: 'TCP', from: port, to: port }];
  return typeof port === 'string' ? namedPort(group, port) : [];
}

/** The Services of a namespace by label, so that many monitors of many Services stay cheap. */
function servicesByLabel(set: ManifestSet): Map<string, Manifest[]> {
  const index = new Map<string, Manifest[]>();
  for (const service of set.ofKind('', 'Service')) {
    const namespace = set.namespaceOf(service);
    const labels = textsAt(service, 'metadata', 'labels');
    for (const key of ['', ...Object.keys(labels).map((each) => `${each}=${labels[each]}`)]) {
      const list = index.get(`${namespace} ${key}`);
      if (list) list.push(service);
      else index.set(`${namespace} ${key}`, [service]);
    }
  }
  return index;
}

function monitoredServices(set: ManifestSet, namespace: string, selector: unknown): readonly Manifest[] {
  const index = set.memo(servicesByLabel);
  const [first] = Object.entries(textsAt(selector, 'matchLabels'));
  const candidates = index.get(`${namespace} ${first ? `${first[0]}=${first[1]}` : ''}`) ?? [];
  return candidates.filter((each) => matches(selector, textsAt(each, 'metadata', 'labels')));
}

function monitoredNamespaces(set: ManifestSet, monitor: Manifest): readonly string[] {
  const selector = mapAt(monitor, 'spec', 'namespaceSelector');
  if (selector['any'] === true) return [...new Set(set.workloads.map((each) => each.namespace))];
  const names = listAt(selector, 'matchNames').filter((each): each is string => typeof each === 'string');
  return names.length > 0 ? names : [set.namespaceOf(monitor)];
}

function requireOutside(
  set: ManifestSet,
  report: Report,
  code: Code,
  group: Group,
  wanted: readonly PortRange[],
  byAddress: boolean,
  manifest: Manifest,
  pointer: string,
  user: string,
): void {
  if (group.ingress.length === 0 || wanted.length === 0) return;
  const blocked = wanted.filter((port) => !admitsOutside(set, group, port, byAddress));
  if (blocked.length === 0) return;
  const policy = policyFor(group, 'ingress');
  const whom = byAddress ? 'address' : 'peer outside its own workloads';
  report(
    code,
    policy?.manifest ?? manifest,
    policy ? '/spec/ingress' : pointer,
    `${user} needs ${groupName(group)} on ${blocked.map(portText).join(', ')}, where its policies admit no ${whom}`,
    {
      hint: byAddress
        ? 'admit the subnets of the load balancer with an ipBlock'
        : 'admit the namespace of the proxy or of Prometheus with a namespaceSelector',
      ...(code === 'network/blocked-scrape' ? inFolderWarning(set) : {}),
    },
  );
}

/** Whether any ingress rule admits, on the port, a peer that is not merely the workloads of these manifests beside it. */
function admitsOutside(set: ManifestSet, group: Group, port: PortRange, byAddress: boolean): boolean {
  return group.ingress.some((policy) =>
    (policy.ingress ?? []).some(
      (rule) =>
        intersectPorts(portRanges(rule.ports, group.ports), [port]).length > 0 &&
        (rule.peers === undefined || rule.peers.some((peer) => isOutside(set, policy, peer, byAddress))),
    ),
  );
}

function isOutside(set: ManifestSet, policy: Policy, peer: Peer, byAddress: boolean): boolean {
  if (peer.type === 'block') return true;
  if (byAddress) return false;
  const { index } = reachabilityOf(set);
  const names = peer.namespaces?.requirements.find(
    (each) => each.key === 'kubernetes.io/metadata.name' && each.operator === 'In',
  )?.values;
  const elsewhere =
    peer.namespaces !== undefined && (names === undefined || names.some((each) => each !== policy.namespace));
  // Pods that no manifest describes may be a proxy that a controller runs; described ones beside it are applications.
  const groups = index.peerGroups(peer, policy.namespace);
  if (groups === 'all') return true;
  if (elsewhere) return true;
  return (
    groups.length === 0 ||
    groups.some((each) => each.workloads.some(({ name, labels }) => looksLikeProxy([name, ...Object.values(labels)])))
  );
}

const looksLikeProxy = (texts: readonly string[]): boolean =>
  texts.some((each) =>
    /ingress|gateway|prometheus|nginx|traefik|envoy|haproxy|proxy|collector|alloy|agent/i.test(each),
  );
