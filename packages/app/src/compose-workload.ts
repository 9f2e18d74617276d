import { hash } from 'node:crypto';
import type { ContainerResources } from '@fairlead/autoscaling';
import { diagnostic, suggest } from '@fairlead/diagnostics';
import type { ImageReference } from '@fairlead/inventory';
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { Labels, Manifest, WorkloadReference } from '@fairlead/objects';
import { joinName } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import type { Behaviour, ContainerSpec, MountedVolume, PodSpec, Scheduled, WritableFolder } from '@fairlead/workload';
import { claimSpec } from '@fairlead/storage';
import {
  Workload,
  configFiles,
  fileKeys,
  optOutReasons,
  resourceRequirements,
  resourcesOf,
  writableFolders,
} from '@fairlead/workload';
import { JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AppGraph, WorkloadDeclaration } from './builder.ts';
import { exportsAnnotation } from './compose-monitoring.ts';
import { commonPlatforms, composeScheduling } from './compose-scheduling.ts';
import type { ImageResolver } from './images.ts';
import { isImageReference } from './images.ts';
import type {
  ContainerOptions,
  DeploymentOptions,
  ExtraContainer,
  PatchOperation,
  Replicas,
} from './workload-options.ts';

/** What other capabilities add to a workload. */
export interface Additions {
  readonly volumes: readonly MountedVolume[];
  readonly podLabels: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly serviceAnnotations: Readonly<Record<string, string>>;
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** True when a route leads to the workload. */
  readonly routed: boolean;
}

/** What other compositions need to know of a workload that was made. */
export interface ComposedWorkload {
  readonly scheduled: Scheduled;
  readonly resources: readonly ContainerResources[];
  readonly pod: PodSpec;
}

/** Seconds for which a pod that has left its Service still gets requests from load balancers that have not heard of it. */
const drainSeconds = 15;

/** A workload's ConfigMaps and the workload itself. */
export function composeWorkload(
  scope: Construct,
  graph: AppGraph,
  declaration: WorkloadDeclaration,
  images: ImageResolver,
  additions: Additions,
): ComposedWorkload {
  const { reference, options } = declaration;
  const { cluster } = graph;
  const configName = joinName(reference.name, 'config');
  const filesName = joinName(reference.name, 'files');
  const { config, files, metadata: extraMetadata = {} } = options;
  if (config) addConfigMap(scope, 'Config', reference, configName, stringValues(config));
  const filePaths = Object.keys(files ?? {});
  if (files) addConfigMap(scope, 'Files', reference, filesName, fileData(files));
  const volumes: MountedVolume[] = [
    ...additions.volumes,
    ...(options.volumes ?? []),
    ...(filePaths.length > 0 ? [configFiles(filesName, filePaths)] : []),
    ...writableFolders(writable(options.writable)),
    ...(declaration.kind === 'StatefulSet' && declaration.options.storage
      ? [{ mounts: [{ name: 'data', mountPath: declaration.options.storage.path }] }]
      : []),
  ];
  const serves = reference.ports.length > 0;
  // What clients find by itself, such as a database, is told by its peers that it goes; a load balancer has to be waited for.
  const drain = serves && (declaration.kind === 'Deployment' || additions.routed) ? drainSeconds : 0;
  const security = options.security ?? {};
  const image = imageOf(scope, graph, declaration, options.image ?? declaration.name, images);
  const extras = (options.init ?? []).map((each) => imageOf(scope, graph, declaration, each.image, images));
  const main: ContainerSpec = {
    name: declaration.name,
    image: image.reference,
    command: options.command,
    args: options.args,
    ports: reference.ports,
    environment: options.env ?? {},
    configMaps: config ? [configName] : [],
    health: 'health' in options ? options.health : undefined,
    size: options.size ?? 'small',
    devices: options.scheduling?.devices,
    security,
    volumes,
    drainSeconds: drain,
  };
  const extra = (each: ExtraContainer, index: number): ContainerSpec => ({
    ...main,
    name: each.name,
    image: extras[index]?.reference ?? each.image,
    devices: undefined,
    command: each.command,
    args: each.args,
    ports: [],
    environment: each.env ?? options.env ?? {},
    health: each.health,
    size: each.size ?? main.size,
    drainSeconds: 0,
    sidecar: each.sidecar,
  });
  if (options.init?.some(({ sidecar }) => sidecar) && !runsSidecars(cluster.kubernetes)) {
    report(
      scope,
      diagnostic('app/invalid-option', {
        message: `workload "${declaration.name}" has a sidecar, which Kubernetes ${cluster.kubernetes} of cluster "${cluster.name}" would run to its end first`,
        hint: 'upgrade the cluster to 1.29 or later, or make it a workload of its own',
        clusters: [cluster.name],
      }),
    );
  }
  const minimum = checkedReplicas(scope, graph, declaration);
  const optOuts = optOutReasons(security);
  const scheduled = composeScheduling(scope, graph, declaration, {
    platforms: commonPlatforms([image, ...extras].map(({ platforms }) => platforms)),
    replicas: minimum,
    drainSeconds: drain,
    routed: additions.routed,
  });
  const { placement } = scheduled;
  const nodeSelector = { ...placement.nodeSelector, ...additions.nodeSelector };
  const pod: PodSpec = {
    containers: [{ ...main, drainSeconds: scheduled.drainSeconds }],
    initContainers: options.init?.map(extra),
    user: options.user,
    security,
    serviceAccount: reference.serviceAccount,
    mountToken: (options.permissions?.length ?? 0) > 0,
    labels: podLabels(reference, extraMetadata.podLabels, additions.podLabels),
    annotations: {
      ...extraMetadata.podAnnotations,
      ...additions.podAnnotations,
      ...checksums(options),
      ...scheduled.annotations,
    },
    graceSeconds: scheduled.graceSeconds,
    spread: scheduled.spread,
    placement: {
      ...placement,
      ...(declaration.kind === 'DaemonSet' &&
        declaration.options.everyNode && { tolerations: [{ operator: 'Exists' }] }),
      priorityClass: options.priorityClass ?? placement.priorityClass,
      nodeSelector: Object.keys(nodeSelector).length > 0 ? nodeSelector : undefined,
    },
    restartPolicy: declaration.kind === 'Job' || declaration.kind === 'CronJob' ? 'Never' : undefined,
  };
  const workload = new Workload(scope, 'Workload', {
    reference,
    kubernetes: cluster.kubernetes,
    behaviour: behaviour(scope, graph, declaration),
    minimumReplicas: minimum,
    annotations: {
      ...additions.annotations,
      ...exportsAnnotation(declaration),
      ...(optOuts !== undefined && { 'fairlead.dev/security-opt-outs': optOuts }),
      ...('singleton' in options && options.singleton !== undefined && { 'fairlead.dev/singleton': options.singleton }),
    },
    serviceAnnotations: { ...extraMetadata.serviceAnnotations, ...additions.serviceAnnotations },
    serviceAccountAnnotations: additions.serviceAccountAnnotations,
    pod,
  });
  for (const { op, path, value } of options.patch ?? []) {
    const object = workload.node.tryFindChild(declaration.kind);
    if (!(object instanceof KubernetesObject)) continue;
    const missing = missingPart(object.toJson(), op, path);
    if (missing !== undefined) {
      report(
        scope,
        diagnostic('app/invalid-option', {
          message: `workload "${declaration.name}": patch wants to ${op} "${path}", and the ${declaration.kind} has no ${missing}`,
          hint: `correct the path, or add ${missing} first: { op: 'add', path: '${missing}', value: … }`,
          clusters: [cluster.name],
        }),
      );
      continue;
    }
    object.addJsonPatch(
      op === 'add'
        ? JsonPatch.add(path, value)
        : op === 'replace'
          ? JsonPatch.replace(path, value)
          : JsonPatch.remove(path),
    );
  }
  return { scheduled, resources: [main, ...(pod.initContainers ?? [])].map(resourcesIn), pod };
}

/** The part of an object without which an operation of RFC 6902 cannot be done; undefined: it can. */
function missingPart(manifest: unknown, op: PatchOperation['op'], path: string): string | undefined {
  const parts = path.split('/').slice(1);
  let at = manifest;
  let pointer = '';
  for (const [index, part] of parts.entries()) {
    if (typeof at !== 'object' || at === null) return pointer;
    const last = index === parts.length - 1;
    if (last && op === 'add')
      return Array.isArray(at) && part !== '-' && !(Number(part) <= at.length) ? `${pointer}/${part}` : undefined;
    pointer += `/${part}`;
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!Object.hasOwn(at, key)) return pointer;
    at = Reflect.get(at, key);
  }
  return undefined;
}

/** Sidecars are on by default since 1.29. @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/ */
function runsSidecars(kubernetes: string): boolean {
  return Number(kubernetes.split('.')[1]) >= 29;
}

/** What a container asks for; all but the main one and its sidecars run before it. */
function resourcesIn({ name, size, sidecar }: ContainerSpec, index: number): ContainerResources {
  return { container: name, ...resourceRequirements(resourcesOf(size)), init: index > 0 && sidecar !== true };
}

/** The smallest number of pods that replicas stand for. */
export function minimumOf(replicas: Replicas | undefined, fallback: number): number {
  if (replicas === undefined) return fallback;
  return typeof replicas === 'number' ? replicas : replicas.min;
}

function behaviour(scope: Construct, graph: AppGraph, declaration: WorkloadDeclaration): Behaviour {
  const { cluster } = graph;
  switch (declaration.kind) {
    case 'Deployment': {
      const { replicas, singleton } = declaration.options;
      if (singleton !== undefined) return { kind: 'Deployment', replicas: 1, recreate: true };
      if (typeof replicas === 'object') return { kind: 'Deployment' };
      return { kind: 'Deployment', replicas: replicas ?? cluster.environment.minimumReplicas };
    }
    case 'StatefulSet': {
      const { replicas: stated = 1, storage } = declaration.options;
      const replicas = typeof stated === 'object' ? undefined : stated;
      const { clustered } = declaration.options;
      if (!storage) return { kind: 'StatefulSet', replicas, claims: [], clustered };
      const claim = claimSpec(cluster, { intent: storage.intent, size: storage.size });
      for (const each of claim.diagnostics) report(scope, each);
      return { kind: 'StatefulSet', replicas, claims: [{ name: 'data', spec: claim.spec }], clustered };
    }
    case 'DaemonSet':
      return { kind: 'DaemonSet' };
    case 'Job':
      return { kind: 'Job', run: declaration.options, template: declaration.options.startedBy !== undefined };
    case 'CronJob': {
      const { schedule, timeZone } = declaration.options;
      return { kind: 'CronJob', run: declaration.options, schedule, timeZone };
    }
  }
}

/** The number of pods that run at least; a diagnostic where the environment asks for more. */
function checkedReplicas(scope: Construct, graph: AppGraph, declaration: WorkloadDeclaration): number {
  if (declaration.kind !== 'Deployment' && declaration.kind !== 'StatefulSet') return 1;
  const { name: environment, minimumReplicas } = graph.cluster.environment;
  const { singleton, replicas }: Pick<DeploymentOptions, 'singleton' | 'replicas'> = declaration.options;
  const fallback = declaration.kind === 'Deployment' ? minimumReplicas : 1;
  const minimum = singleton === undefined ? minimumOf(replicas, fallback) : 1;
  // A workload that events wake from zero is judged by what wakes it.
  const sleeps = minimum === 0 && typeof replicas === 'object';
  if (!sleeps && minimum < minimumReplicas && singleton === undefined && declaration.reference.ports.length > 0) {
    report(
      scope,
      diagnostic('app/too-few-replicas', {
        message: `workload "${declaration.name}" runs ${minimum} of the ${minimumReplicas} replicas that environment "${environment}" asks for`,
        hint: `set replicas to ${minimumReplicas} or more, or say why one is enough with singleton: '…'`,
        clusters: [graph.cluster.name],
      }),
    );
  }
  return minimum;
}

function imageOf(
  scope: Construct,
  graph: AppGraph,
  { name }: WorkloadDeclaration,
  image: string,
  images: ImageResolver,
): ImageReference {
  const { environment, name: cluster } = graph.cluster;
  const releases = `apps/${graph.definition.name}/releases.yaml`;
  const resolved = isImageReference(image) ? { reference: image, digest: image.includes('@sha256:') } : images(image);
  if (!resolved) {
    const nearest = images.keys?.includes(image) === false ? suggest(image, images.keys) : undefined;
    report(
      scope,
      diagnostic('app/missing-image', {
        message: `workload "${name}" runs image "${image}", which ${releases} does not give for environment "${environment.name}"`,
        hint: `${nearest === undefined ? '' : `did you mean "${nearest}"? else `}add to ${releases}: images: { ${image}: { repository: …, ${environment.name}: { version: …, digest: … } } }`,
        clusters: [cluster],
      }),
    );
    // With a digest, so that what is missing is told once.
    return { reference: `registry.invalid/missing:0.0.0@sha256:${'0'.repeat(64)}`, digest: true };
  }
  // Of an image in releases.yaml the inventory tells this, with the line there.
  if (environment.images === 'digest' && !resolved.digest && isImageReference(image)) {
    report(
      scope,
      diagnostic('app/image-without-digest', {
        message: `image "${resolved.reference}" of workload "${name}" has no digest, which environment "${environment.name}" demands`,
        hint: `write @sha256:… behind it, as the registry gives it, or name an image of ${releases}`,
        clusters: [cluster],
      }),
    );
    // As above: the verdict on the objects would tell it again.
    return { ...resolved, reference: `${resolved.reference}@sha256:${'0'.repeat(64)}` };
  }
  return resolved;
}

/** The labels of the pods: the very ones of the workload, unless there are more. */
function podLabels({ labels }: WorkloadReference, below: Labels = {}, above: Labels = {}): Labels {
  const more = Object.keys(below).length > 0 || Object.keys(above).length > 0;
  return more ? { ...below, ...labels, ...above } : labels;
}

function addConfigMap(
  scope: Construct,
  id: string,
  { namespace, labels }: WorkloadReference,
  name: string,
  data: Record<string, string>,
): void {
  new KubernetesObject(scope, id, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels },
    data,
  } satisfies IConfigMap & Manifest);
}

function stringValues(values: Readonly<Record<string, string | number | boolean>>): Record<string, string> {
  const result: Record<string, string> = {};
  for (const key in values) result[key] = String(values[key]);
  return result;
}

function fileData(files: Readonly<Record<string, string>>): Record<string, string> {
  const keys = fileKeys(Object.keys(files));
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [keys.get(path) ?? path, text]));
}

/** A change of what a pod reads at its start must restart it, and nothing in Kubernetes does that by itself. */
function checksums({ config, files }: ContainerOptions): Record<string, string> {
  if (!config && !files) return {};
  const text = JSON.stringify([sorted(config), sorted(files)]);
  return { 'checksum/config': hash('sha256', text).slice(0, 16) };
}

function sorted(values: Readonly<Record<string, unknown>> | undefined): unknown {
  return Object.entries(values ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

function writable(folders: ContainerOptions['writable']): Record<string, WritableFolder> {
  if (folders === undefined) return { '/tmp': {} };
  if (isList(folders)) return Object.fromEntries(folders.map((path) => [path, {}]));
  return { ...folders };
}

function isList(folders: readonly string[] | Readonly<Record<string, WritableFolder>>): folders is readonly string[] {
  return Array.isArray(folders);
}
