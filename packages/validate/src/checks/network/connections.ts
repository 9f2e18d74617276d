import { servicePorts, type ReachResult, type Traffic } from '@fairlead/network-policy/reachability';
import { podTemplateKinds, type Manifest } from '@fairlead/objects';
import type { Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { listAt, mapAt, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import type { Workload } from '../../workload.ts';
import { hostsIn, mayNameHosts, type Variable } from './hosts.ts';
import { nameOf, policyFor, reachabilityOf } from './reach.ts';

/** The annotation in which a workload declares whom it calls: `namespace/Kind/name:port`, by comma; `*` for any kind. */
export const callsAnnotation = 'fairlead.dev/calls';

/** A connection that somebody wants, with the place that says so. */
export interface Connection {
  /** `namespace/Kind/name` of the caller. */
  readonly source: string;
  readonly target: { readonly type: 'workload' | 'service'; readonly id: string };
  /** The port of a workload, or the Service's. */
  readonly port: number | string | undefined;
  readonly manifest: Manifest;
  readonly pointer: string;
  readonly text: string;
}

export interface Connections {
  readonly all: readonly Connection[];
  readonly bySource: ReadonlyMap<string, readonly Connection[]>;
  /** True when workloads declare their calls, so that what they do not declare is not wanted. */
  readonly declared: boolean;
  /** Annotations that name no workload. */
  readonly unknown: readonly { readonly manifest: Manifest; readonly text: string }[];
  /** Ports that no Service has. */
  readonly unknownPorts: readonly (Connection & { readonly ports: readonly number[] })[];
}

const callsPointer = `/metadata/annotations/${step(callsAnnotation)}`;

const idOf = ({ namespace, kind, name }: Workload): string => `${namespace}/${kind}/${name}`;

/** The connections that annotations and environment variables ask for. */
export const connectionsOf = (set: ManifestSet): Connections => set.memo(collect);

function collect(set: ManifestSet): Connections {
  const all: Connection[] = [];
  const unknown: { manifest: Manifest; text: string }[] = [];
  const unknownPorts: (Connection & { ports: readonly number[] })[] = [];
  let declared = false;
  for (const workload of set.workloads) {
    const { manifest } = workload;
    const calls = textAt(manifest, 'metadata', 'annotations', callsAnnotation);
    if (calls !== undefined) {
      declared = true;
      for (const text of calls.split(',').map((each) => each.trim())) {
        if (text === '') continue;
        const found = declaredTarget(set, text);
        if (!found) unknown.push({ manifest, text });
        else {
          const { target, port } = found;
          all.push({ source: idOf(workload), target, port, manifest, pointer: callsPointer, text });
        }
      }
    }
    for (const place of environmentOf(set, workload)) {
      if (!mayNameHosts(place)) continue;
      for (const { service, port, text } of hostsIn(set, workload.namespace, place)) {
        const id = `${service.metadata.namespace ?? 'default'}/Service/${service.metadata.name}`;
        const ports = servicePorts(service);
        const connection: Connection = {
          source: idOf(workload),
          target: { type: 'service', id },
          port,
          manifest: place.manifest,
          pointer: place.pointer,
          text,
        };
        if (port !== undefined && !ports.some((each) => each.port === port)) {
          // The name of a headless Service leads to the pods themselves, on whatever port they have.
          if (textAt(service, 'spec', 'clusterIP') === 'None') all.push(...serviceWorkloads(set, service, connection));
          else if (ports.length > 0) unknownPorts.push({ ...connection, ports: ports.map((each) => each.port) });
        } else all.push(connection);
      }
    }
  }
  const bySource = new Map<string, Connection[]>();
  for (const each of all) {
    const list = bySource.get(each.source);
    if (list) list.push(each);
    else bySource.set(each.source, [each]);
  }
  return { all, bySource, declared, unknown, unknownPorts };
}

function serviceWorkloads(set: ManifestSet, service: Manifest, connection: Connection): Connection[] {
  return reachabilityOf(set)
    .index.behind(service)
    .flatMap((group) =>
      group.workloads.map(({ id }) => ({ ...connection, target: { type: 'workload' as const, id } })),
    );
}

/** `shop/Deployment/api:4000`; any kind where it says `*`. */
function declaredTarget(set: ManifestSet, text: string): Pick<Connection, 'target' | 'port'> | undefined {
  const [, namespace = '', kind = '', name = '', portText] = /^([^/]+)\/([^/]+)\/([^/:]+)(?::(.+))?$/.exec(text) ?? [];
  const port = portText === undefined ? undefined : /^\d+$/.test(portText) ? Number(portText) : portText;
  if (kind === 'Service')
    return (
      set.get('', 'Service', namespace, name) && {
        target: { type: 'service', id: `${namespace}/Service/${name}` },
        port,
      }
    );
  const { workloads } = reachabilityOf(set).index;
  const kinds = kind === '*' ? podTemplateKinds : [kind];
  const id = kinds.map((each) => `${namespace}/${each}/${name}`).find((each) => workloads.has(each));
  return id === undefined ? undefined : { target: { type: 'workload', id }, port };
}

interface PlacedVariable extends Variable {
  readonly manifest: Manifest;
  readonly pointer: string;
}

/** Environment variables with values in the manifests: literal, or from a ConfigMap. */
function environmentOf(set: ManifestSet, workload: Workload): readonly PlacedVariable[] {
  const all: PlacedVariable[] = [];
  for (const container of workload.containers) {
    const siblings: PlacedVariable[] = [];
    const add = (name: string, value: string, manifest: Manifest, pointer: string): void => {
      siblings.push({ name, value, manifest, pointer, siblings });
    };
    for (const each of listAt(container.spec, 'envFrom')) {
      const name = textAt(each, 'configMapRef', 'name');
      const source = name === undefined ? undefined : set.get('', 'ConfigMap', workload.namespace, name);
      if (!source) continue;
      const data = mapAt(source, 'data');
      for (const key in data) {
        const value = data[key];
        if (typeof value === 'string') add(key, value, source, `/data/${step(key)}`);
      }
    }
    for (const [position, each] of listAt(container.spec, 'env').entries()) {
      const name = textAt(each, 'name') ?? '';
      const value = textAt(each, 'value');
      if (value !== undefined) {
        add(name, value, workload.manifest, `${container.pointer}/env/${position}/value`);
        continue;
      }
      const reference = mapAt(each, 'valueFrom', 'configMapKeyRef');
      const source = set.get('', 'ConfigMap', workload.namespace, textAt(reference, 'name') ?? '');
      const key = textAt(reference, 'key') ?? '';
      const text = textAt(source, 'data', key);
      if (source && text !== undefined) add(name, text, source, `/data/${step(key)}`);
    }
    all.push(...siblings);
  }
  return all;
}

/** Every connection that is wanted passes both ends. */
export function checkConnections(set: ManifestSet, report: Report): void {
  const reachability = reachabilityOf(set);
  const { all, bySource, unknown, unknownPorts } = connectionsOf(set);
  for (const { manifest, text } of unknown) {
    const known = set.workloads.map(idOf);
    report(
      'network/unknown-callee',
      manifest,
      callsPointer,
      `${nameOf(manifest)} calls ${text}, which does not exist`,
      {
        hint: hintFrom(text.replace(/:.*$/, ''), known),
      },
    );
  }
  for (const { source, target, port, ports, manifest, pointer } of unknownPorts) {
    report(
      'network/unknown-service-port',
      manifest,
      pointer,
      `${source} is told to call ${target.id} on port ${port}, where it does not listen`,
      {
        hint: `its ports: ${ports.join(', ')}`,
      },
    );
  }
  const judged = new Set<string>();
  for (const { source, target, port, manifest, pointer } of all) {
    const key = `${source} ${target.id} ${port}`;
    if (judged.has(key)) continue;
    judged.add(key);
    // A host in one variable and its port in another are one connection, told with the port.
    if (
      port === undefined &&
      bySource.get(source)?.some((each) => each.port !== undefined && each.target.id === target.id)
    )
      continue;
    const from = reachability.endpoint(source).endpoint;
    const to = reachability.endpoint(target.id).endpoint;
    if (from?.type !== 'workload' || !to || to.type === 'address' || to.type === 'world') continue;
    if (to.type === 'service' && to.groups.length === 0) continue;
    // A Service may have more ports than one caller uses, so without a port one of them is enough.
    const wanted: readonly Traffic[] =
      to.type === 'service' && port === undefined ? servicePorts(to.manifest) : [{ port }];
    const [first] = wanted;
    if (!first || wanted.some((each) => reachability.allows(from, to, each))) continue;
    tell(report, reachability.reach(from, to, first), from.group, to.type === 'service' ? to.groups[0] : to.group, {
      source,
      target: target.id,
      port,
      manifest,
      pointer,
    });
  }
}

type Groups = NonNullable<Parameters<typeof policyFor>[0]>;

function tell(
  report: Report,
  result: ReachResult,
  from: Groups,
  to: Groups | undefined,
  {
    source,
    target,
    port,
    manifest,
    pointer,
  }: { source: string; target: string; port: number | string | undefined; manifest: Manifest; pointer: string },
): void {
  const side = result.egress.allowed ? 'ingress' : 'egress';
  const blocked = [
    ...(result.egress.allowed ? [] : [`egress of the caller is limited by ${result.egress.policies.join(', ')}`]),
    ...(result.ingress.allowed
      ? []
      : [`ingress of the callee is limited by ${result.ingress.policies.join(', ') || 'nothing it runs'}`]),
  ];
  const policy = side === 'egress' ? policyFor(from, 'egress') : to && policyFor(to, 'ingress');
  const on = port === undefined ? '' : ` on port ${port}`;
  report(
    'network/blocked-connection',
    policy?.manifest ?? manifest,
    policy ? `/spec/${side}` : pointer,
    `${source} calls ${target}${on}, which the policies do not allow: ${blocked.join('; ')}`,
    {
      hint:
        side === 'egress'
          ? `allow egress to ${target} in ${policy?.id ?? `a policy that selects ${source}`}`
          : `allow ingress from ${source} in ${policy?.id ?? `a policy that selects ${target}`}`,
    },
  );
}
