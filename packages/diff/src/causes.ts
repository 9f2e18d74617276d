import type { SourceManifest } from './model.ts';

/** The package that writes a kind, so that a change in it explains the kind. */
const writers: Readonly<Record<string, readonly string[]>> = {
  NetworkPolicy: ['network-policy'],
  Role: ['rbac'],
  ClusterRole: ['rbac'],
  RoleBinding: ['rbac'],
  ClusterRoleBinding: ['rbac'],
  ServiceAccount: ['rbac', 'workload'],
  PrometheusRule: ['monitoring'],
  ServiceMonitor: ['monitoring'],
  PodMonitor: ['monitoring'],
  Ingress: ['ingress'],
  HTTPRoute: ['ingress'],
  HorizontalPodAutoscaler: ['autoscaling'],
  PodDisruptionBudget: ['autoscaling', 'workload'],
  ScaledObject: ['autoscaling'],
  ScaledJob: ['autoscaling', 'workload'],
  SecretProviderClass: ['vault-csi'],
  ExternalSecret: ['vault-csi'],
  PersistentVolumeClaim: ['storage'],
  StorageClass: ['storage'],
  StatefulSet: ['workload', 'storage'],
  Deployment: ['workload'],
  DaemonSet: ['workload'],
  Job: ['workload'],
  CronJob: ['workload'],
  Application: ['gitops'],
  ApplicationSet: ['gitops'],
  AppProject: ['gitops'],
  Kustomization: ['gitops'],
};

const notRendered =
  /^packages\/(diff|validate|testing|diagnostics|schemas|manifests)\/|\.test\.ts$|\.md$|(^|\/)tests?\//;
const general = /^(environments\/|packages\/|package-lock\.json$)/;

/**
 * The changed source files that explain changed objects: those beside the source that an object's header names and of its cluster;
 * without one, environments and the packages that write its kind; without one, every library. A guess by place, not a proof.
 */
export function causesOf(objects: readonly SourceManifest[], changedSources: readonly string[]): string[] {
  const sources = changedSources.filter((file) => !notRendered.test(file));
  const found = new Set<string>();
  const cache = new Map<string, readonly string[]>();
  for (const { origin, app, cluster, manifest } of objects) {
    const folder =
      origin?.includes('/') === true
        ? `${origin.slice(0, origin.lastIndexOf('/'))}/`
        : app === undefined
          ? ''
          : `apps/${app}/`;
    const key = `${folder}|${cluster ?? ''}|${manifest.kind}`;
    let causes = cache.get(key);
    if (causes === undefined) cache.set(key, (causes = narrowest(folder, cluster, manifest.kind, sources)));
    for (const file of causes) found.add(file);
  }
  return [...found].sort();
}

function narrowest(
  folder: string,
  cluster: string | undefined,
  kind: string,
  sources: readonly string[],
): readonly string[] {
  const near = sources.filter(
    (file) =>
      (folder !== '' && file.startsWith(folder)) || (cluster !== undefined && file.startsWith(`clusters/${cluster}.`)),
  );
  if (near.length > 0) return near;
  const packages = (Object.hasOwn(writers, kind) ? (writers[kind] ?? []) : []).map((name) => `packages/${name}/`);
  const writing = sources.filter(
    (file) => file.startsWith('environments/') || packages.some((each) => file.startsWith(each)),
  );
  return writing.length > 0 ? writing : sources.filter((file) => general.test(file));
}
