import type { Cluster } from '@fairlead/inventory';
import type { Peer, PeerPort, WorkloadReference } from '@fairlead/objects';
import { joinName, selectorLabels } from '@fairlead/objects';
import type { Traffic } from '@fairlead/network-policy';
import type { AppGraph, WorkloadDeclaration } from './builder.ts';
import type { Caller, Target } from './targets.ts';

/** Addresses that are not of the open Internet (RFC 1918, 6598, 3927, 1122). */
const privateRanges = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
];

/** Who talks to whom within an app and over its borders: the traffic of each workload in both directions. */
export interface Connections {
  readonly ingress: Traffic[];
  readonly egress: Traffic[];
  /** `<namespace>/<kind>/<name>:<port>` of every call to a workload, for the annotation that the verdict reads. */
  readonly calls: string[];
}

/** The traffic that the calls of an app's workloads add up to, by workload. */
export function connectionsOf(graph: AppGraph): Map<string, Connections> {
  const byName = new Map(graph.workloads.map((workload) => [workload.name, workload]));
  const result = new Map<string, Connections>(
    graph.workloads.map(({ name }) => [name, { ingress: [], egress: [], calls: [] }]),
  );
  for (const caller of graph.workloads) {
    const own = result.get(caller.name);
    if (!own) continue;
    for (const target of caller.calls) {
      if (target.kind !== 'workload') {
        // A peer without a port is told when both sides are known; a missing store, where it was asked for.
        if (target.kind === 'peer' && target.port === 0) continue;
        own.egress.push(outward(target, graph.cluster));
        if (target.kind === 'peer') {
          own.calls.push(`${target.namespace}/*/${joinName(target.app, target.workload)}:${target.port}`);
        }
        continue;
      }
      const callee = byName.get(target.name);
      const other = result.get(target.name);
      if (!callee || !other) continue;
      const { portName } = target;
      const open = callee.reference.ports.filter(({ name }) => portName === undefined || name === portName);
      const ports = portsOf({ ports: open });
      own.egress.push({ peer: pods(callee.reference), ports });
      other.ingress.push({ peer: pods(caller.reference), ports });
      own.calls.push(
        ...open.map(({ port }) => `${callee.reference.namespace}/${callee.kind}/${callee.reference.name}:${port}`),
      );
    }
    if (caller.kind === 'StatefulSet' && caller.options.clustered === true) {
      const among = { peer: pods(caller.reference), ports: portsOf(caller.reference) };
      own.egress.push(among);
      own.ingress.push(among);
    }
    for (const admitted of caller.options.admits ?? []) own.ingress.push(inward(admitted, caller));
  }
  return result;
}

/** Pods of a workload, as a policy names them. */
export function pods({ namespace, selector }: WorkloadReference): Peer {
  return { namespace, selector };
}

/** The container ports of a workload, by number, as network policies count them. */
export function portsOf({ ports }: Pick<WorkloadReference, 'ports'>): PeerPort[] {
  return ports.map(({ port, protocol }) => ({ port, ...(protocol && { protocol }) }));
}

function outward(target: Exclude<Target, { kind: 'workload' }>, cluster: Cluster): Traffic {
  switch (target.kind) {
    case 'peer':
      return {
        peer: { namespace: target.namespace, selector: selectorLabels(target.app, target.workload) },
        ports: [{ port: target.port }],
      };
    case 'external':
      return {
        peer: target.hosts ? { hosts: target.hosts } : { cidrs: target.cidrs },
        ports: [{ port: target.port }],
      };
    case 'internet':
      return { peer: { cidrs: ['0.0.0.0/0'], except: privateRanges }, ports: target.ports.map((port) => ({ port })) };
    case 'kubernetes-api':
      return { peer: { cidrs: cluster.network.controlPlane }, ports: [{ port: 443 }, { port: 6443 }] };
    case 'namespace-pods':
      return { peer: { namespace: target.namespace, selector: target.selector }, ports: target.ports };
  }
}

function inward(caller: Caller, { reference }: WorkloadDeclaration): Traffic {
  return caller.kind === 'peer'
    ? {
        peer: { namespace: caller.namespace, selector: selectorLabels(caller.app, caller.workload) },
        ports: portsOf(reference),
      }
    : { peer: { namespace: caller.namespace, selector: caller.selector }, ports: portsOf(reference) };
}
