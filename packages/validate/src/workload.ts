import type { Manifest } from '@fairlead/objects';
import { podTemplateKind, type Running } from '@fairlead/objects';
import { at, atPath, isMap, type JsonMap, listAt, textAt, textsAt } from './json.ts';
import type { Labels } from './label-selector.ts';

/** One container of a pod template, with the pointer to it inside its manifest. */
export interface Container {
  readonly name: string;
  readonly spec: JsonMap;
  readonly pointer: string;
  /** `sidecar`: an init container with `restartPolicy: Always`. */
  readonly role: 'main' | 'init' | 'sidecar';
}

/** Anything that makes pods from a template of its own (`podTemplates`): Deployment, CronJob, Pod, Rollout, ScaledJob … */
export interface Workload {
  readonly manifest: Manifest;
  readonly kind: string;
  readonly runs: Running;
  /** Never empty: `default` where the manifest states none. */
  readonly namespace: string;
  readonly name: string;
  /** Labels and annotations of its pods. */
  readonly labels: Labels;
  readonly annotations: Labels;
  /** The pod template: the manifest itself for a Pod. */
  readonly template: JsonMap;
  /** The pod spec. */
  readonly spec: JsonMap;
  /** Pointer to the template (empty for a Pod) and to the pod spec. */
  readonly templatePointer: string;
  readonly specPointer: string;
  readonly containers: readonly Container[];
  /** Stated replicas; 1 where none are stated; undefined where the kind has none (DaemonSet, Job, ScaledJob, Pod …). */
  readonly replicas: number | undefined;
}

/** The workload that a manifest is, or undefined where it makes no pods. */
export function workloadOf(manifest: Manifest, namespace: string): Workload | undefined {
  const facts = podTemplateKind(manifest);
  if (facts === undefined) return undefined;
  const { path, runs } = facts;
  const template = atPath(manifest, path);
  if (!isMap(template)) return undefined;
  const spec = template['spec'];
  if (!isMap(spec)) return undefined;
  const templatePointer = path.map((each) => `/${each}`).join('');
  const specPointer = `${templatePointer}/spec`;
  const stated = at(manifest, 'spec', 'replicas');
  return {
    manifest,
    kind: manifest.kind,
    runs,
    namespace,
    name: manifest.metadata.name,
    labels: podLabels(manifest, template),
    annotations: textsAt(template, 'metadata', 'annotations'),
    template,
    spec,
    templatePointer,
    specPointer,
    containers: containersOf(spec, specPointer),
    replicas: runs === 'replicas' ? (typeof stated === 'number' ? stated : 1) : undefined,
  };
}

/** Labels of the pods: those of the template, and what the controller of Jobs adds. */
function podLabels(manifest: Manifest, template: JsonMap): Labels {
  const labels = textsAt(template, 'metadata', 'labels');
  if (manifest.kind !== 'Job' || manifest.apiVersion !== 'batch/v1') return labels;
  // https://kubernetes.io/docs/reference/labels-annotations-taints/#batchkubernetesio-job-name
  const { name } = manifest.metadata;
  return { 'job-name': name, 'batch.kubernetes.io/job-name': name, ...labels };
}

/** The Job that a workload is or starts: its spec, and the pointer to it. */
export function jobOf({ manifest, templatePointer }: Workload): { readonly spec: unknown; readonly pointer: string } {
  const pointer = templatePointer.slice(0, -'/template'.length);
  return { spec: atPath(manifest, pointer.slice(1).split('/')), pointer };
}

function containersOf(spec: JsonMap, pointer: string): Container[] {
  const found: Container[] = [];
  for (const field of ['initContainers', 'containers'] as const) {
    listAt(spec, field).forEach((each, index) => {
      if (!isMap(each)) return;
      const role = field === 'containers' ? 'main' : each['restartPolicy'] === 'Always' ? 'sidecar' : 'init';
      found.push({ name: textAt(each, 'name') ?? '', spec: each, pointer: `${pointer}/${field}/${index}`, role });
    });
  }
  return found;
}
