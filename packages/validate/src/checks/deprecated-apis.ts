/** An API version of a kind that Kubernetes deprecated, with the minor versions of 1.x in which that happened. */
export interface RemovedApi {
  readonly deprecated: number;
  /** First minor version that no longer serves it; absent: still served everywhere. */
  readonly removed?: number;
  /** What to write instead. */
  readonly replacement: string;
}

/** By `apiVersion/Kind`. From the deprecated API migration guide, https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
export const removedApis: ReadonlyMap<string, RemovedApi> = new Map();
