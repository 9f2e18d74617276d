/** CPU and memory of a container, as Kubernetes quantities. */
export interface Resources {
  /** Requested CPU; the scheduler reserves it. */
  readonly cpu: string;
  /** Requested memory. */
  readonly memory: string;
  /** Ceiling of CPU; above it the container is throttled. */
  readonly cpuLimit?: string;
  /** Ceiling of memory; above it the container is killed. Default: the request, so that no node is overcommitted. */
  readonly memoryLimit?: string;
}

/**
 * Named sizes. Memory is never overcommitted (limit equals request); CPU may burst to four times the request,
 * because an idle neighbour's CPU is free to use and a start-up needs more than the steady state.
 */
export const sizes = {
  nano: { cpu: '25m', memory: '64Mi', cpuLimit: '100m' },
  small: { cpu: '100m', memory: '128Mi', cpuLimit: '400m' },
  medium: { cpu: '250m', memory: '512Mi', cpuLimit: '1' },
  large: { cpu: '500m', memory: '1Gi', cpuLimit: '2' },
  xlarge: { cpu: '1', memory: '2Gi', cpuLimit: '4' },
} as const satisfies Record<string, Resources>;

export type Size = keyof typeof sizes;

/** The resources of a size, or the explicit ones. */
export function resourcesOf(size: Size | Resources): Resources {
  return typeof size === 'string' ? sizes[size] : size;
}

/** The `resources` of a container; extended resources are stated as limits and as requests, which must be equal. */
export function resourceRequirements(
  { cpu, memory, cpuLimit, memoryLimit }: Resources,
  devices: Readonly<Record<string, number>> = {},
): {
  limits: Record<string, string>;
  requests: Record<string, string>;
} {
  const limits: Record<string, string> = { memory: memoryLimit ?? memory };
  const requests: Record<string, string> = { cpu, memory };
  if (cpuLimit !== undefined) limits['cpu'] = cpuLimit;
  for (const name in devices) limits[name] = requests[name] = `${devices[name]}`;
  return { limits, requests };
}
