/** Kubernetes minor versions with schemas of their own, ascending. */
export const schemaVersions = ['1.28', '1.34', '1.36'] as const;

export type SchemaVersion = (typeof schemaVersions)[number];

/**
 * The version whose schemas judge a cluster of `kubernetes` (`1.35`, `1.35.2`, `v1.35`): its own, else the nearest one, and
 * the lower of two equally near ones. So 1.31 is judged as 1.28, 1.32 and 1.33 as 1.34, 1.35 as 1.34, 1.37 as 1.36.
 * A far lower one would refuse many fields that such a cluster knows; a far higher one would let through some that it does not.
 */
export function schemaVersionOf(kubernetes: string): SchemaVersion {
  const wanted = minorOf(kubernetes);
  let nearest: SchemaVersion = schemaVersions[0];
  for (const version of schemaVersions) {
    if (Math.abs(minorOf(version) - wanted) < Math.abs(minorOf(nearest) - wanted)) nearest = version;
  }
  return nearest;
}

/** The folder of a version in the registry, as kubeconform names it: `v1.34.0-standalone-strict`. */
export function schemaFolder(version: SchemaVersion): string {
  return `v${version}.0-standalone-strict`;
}

function minorOf(version: string): number {
  return Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? 0);
}
