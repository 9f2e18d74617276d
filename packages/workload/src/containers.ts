import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IEnvFromSource } from 'kubernetes-models/v1/EnvFromSource';
import type { NamedPort } from '@fairlead/objects';
import { SharedParts } from '@fairlead/objects/shared-parts';
import type { EnvironmentValue } from './environment.ts';
import { environmentVariables } from './environment.ts';
import type { MountedVolume } from './files.ts';
import type { Check, Health } from './probes.ts';
import { probes } from './probes.ts';
import type { SecurityOptOuts } from './security.ts';
import { containerSecurityContext } from './security.ts';
import type { Resources, Size } from './sizes.ts';
import { resourceRequirements, resourcesOf } from './sizes.ts';

/** What runs in one container of a pod. */
export interface ContainerSpec {
  readonly name: string;
  /** Complete reference, with digest where the environment demands one. */
  readonly image: string;
  /** Replaces the image's entry point. */
  readonly command?: readonly string[] | undefined;
  readonly args?: readonly string[] | undefined;
  readonly workingDirectory?: string | undefined;
  readonly ports: readonly NamedPort[];
  readonly environment: Readonly<Record<string, EnvironmentValue>>;
  /** ConfigMaps whose keys all become environment variables. */
  readonly configMaps: readonly string[];
  readonly health?: Check | Health | undefined;
  readonly size: Size | Resources;
  /** Extended resources, such as `nvidia.com/gpu: 1`; request and limit are one. */
  readonly devices?: Readonly<Record<string, number>> | undefined;
  readonly security: SecurityOptOuts;
  readonly volumes: readonly MountedVolume[];
  /** Seconds between the pod's removal from its Services and the stop signal; 0: none. */
  readonly drainSeconds: number;
  /** Of an init container: runs beside the others instead of before them. */
  readonly sidecar?: boolean | undefined;
}

/** A container as Pod Security *restricted* and a careful team want it. */
export function container(spec: ContainerSpec, kubernetes: string): IContainer {
  const volumeMounts: NonNullable<IContainer['volumeMounts']> = [];
  for (const { mounts } of spec.volumes) volumeMounts.push(...mounts);
  const env = environmentVariables(spec.environment);
  const envFrom = spec.configMaps.map((name): IEnvFromSource => ({ configMapRef: { name } }));
  const result: IContainer = {
    name: spec.name,
    image: spec.image,
    // Digests and released versions never change under one reference; `Always` would only add a dependency on the registry.
    imagePullPolicy: 'IfNotPresent',
    resources: resources(spec),
    securityContext: containerSecurityContext(spec.security),
  };
  if (spec.command) result.command = [...spec.command];
  if (spec.args) result.args = [...spec.args];
  if (spec.workingDirectory !== undefined) result.workingDir = spec.workingDirectory;
  if (env.length > 0) result.env = env;
  if (envFrom.length > 0) result.envFrom = envFrom;
  if (spec.sidecar) result.restartPolicy = 'Always';
  if (spec.ports.length > 0) result.ports = portLists.of(portsKey(spec.ports), () => spec.ports.map(containerPort));
  if (spec.health !== undefined) Object.assign(result, probes(spec.health, spec.ports[0]?.name));
  if (spec.drainSeconds > 0) result.lifecycle = lifecycle(spec.drainSeconds, kubernetes);
  if (volumeMounts.length > 0) result.volumeMounts = volumeMounts;
  return result;
}

const requirements = new SharedParts<ReturnType<typeof resourceRequirements>>();

function resources({ size, devices }: ContainerSpec): ReturnType<typeof resourceRequirements> {
  const make = (): ReturnType<typeof resourceRequirements> => resourceRequirements(resourcesOf(size), devices);
  return typeof size === 'string' && devices === undefined ? requirements.of([size], make) : make();
}

const portLists = new SharedParts<NonNullable<IContainer['ports']>>();

/** What a list of ports is made of, as a key of {@link SharedParts}. */
export function portsKey(ports: readonly NamedPort[]): (string | number | undefined)[] {
  const key: (string | number | undefined)[] = [ports.length];
  for (const { name, port, protocol } of ports) key.push(name, port, protocol);
  return key;
}

function containerPort({ name, port, protocol }: NamedPort): NonNullable<IContainer['ports']>[number] {
  return { name, containerPort: port, protocol: protocol ?? 'TCP' };
}

type Lifecycle = NonNullable<IContainer['lifecycle']>;
const lifecycles = new SharedParts<Lifecycle>();

function lifecycle(drainSeconds: number, kubernetes: string): Lifecycle {
  return lifecycles.of([drainSeconds, kubernetes], () => ({ preStop: drain(drainSeconds, kubernetes) }));
}

/** `sleep` as an action of the kubelet needs no shell in the image: on by default since 1.30 (KEP-3960). */
function drain(seconds: number, kubernetes: string): NonNullable<NonNullable<IContainer['lifecycle']>['preStop']> {
  return Number(kubernetes.split('.')[1]) >= 30
    ? { sleep: { seconds } }
    : { exec: { command: ['/bin/sh', '-c', `sleep ${seconds}`] } };
}
