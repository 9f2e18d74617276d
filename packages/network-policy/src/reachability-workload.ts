import { type Fields, fieldsOf, isFields, listOf } from '@fairlead/objects/fields';
import type { Labels } from '@fairlead/objects/labels';
import type { Manifest } from '@fairlead/objects/manifest';
import { podTemplateKind } from '@fairlead/objects/pod-templates';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** A port that a container declares. */
export interface ContainerPort {
  readonly name?: string | undefined;
  readonly port: number;
  readonly protocol: Protocol;
}

/** What a policy sees of the pods of one workload. */
export interface Workload {
  /** `namespace/Kind/name`. */
  readonly id: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  /** Policies neither select such pods nor match them as peers. */
  readonly hostNetwork: boolean;
  readonly manifest: Manifest;
}

/** The namespace an object lands in; `default` where none is written. */
export const namespaceOf = (manifest: Manifest): string => manifest.metadata.namespace || 'default';

/** Labels as strings, whatever YAML made of them. */
export function labelsOf(metadata: unknown): Labels {
  const labels = fieldsOf(fieldsOf(metadata)['labels']);
  for (const key in labels) {
    if (typeof labels[key] !== 'string')
      return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));
  }
  return labels as Labels;
}

/** The workload that a manifest describes; undefined for other kinds and for a Rollout that only refers to a Deployment. */
export function workloadOf(manifest: Manifest): Workload | undefined {
  const facts = podTemplateKind(manifest);
  if (facts === undefined) return undefined;
  let template: unknown = manifest;
  for (const step of facts.path) template = fieldsOf(template)[step];
  if (!isFields(template)) return undefined;
  const spec = fieldsOf(template['spec']);
  const namespace = namespaceOf(manifest);
  return {
    id: `${namespace}/${manifest.kind}/${manifest.metadata.name}`,
    namespace,
    kind: manifest.kind,
    name: manifest.metadata.name,
    labels: labelsOf(template['metadata']),
    ports: portsOf(spec),
    hostNetwork: spec['hostNetwork'] === true,
    manifest,
  };
}

/** Ports of the containers and of init containers that keep running (native sidecars). */
function portsOf(spec: Fields): ContainerPort[] {
  const sidecars = listOf(spec['initContainers']).filter((each) => fieldsOf(each)['restartPolicy'] === 'Always');
  const ports: ContainerPort[] = [];
  for (const container of [...listOf(spec['containers']), ...sidecars]) {
    for (const entry of listOf(fieldsOf(container)['ports'])) {
      const { name, containerPort, protocol } = fieldsOf(entry);
      if (typeof containerPort !== 'number') continue;
      ports.push({
        name: typeof name === 'string' ? name : undefined,
        port: containerPort,
        protocol: protocolOf(protocol),
      });
    }
  }
  return ports;
}

/** A protocol as written; TCP where none is. */
export function protocolOf(value: unknown): Protocol {
  return value === 'UDP' || value === 'SCTP' ? value : 'TCP';
}
