import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic } from '@fairlead/diagnostics';
import { receiverSecrets } from '@fairlead/monitoring';
import { principalOf } from '@fairlead/rbac';
import { report } from '@fairlead/objects/report';
import type { MountedVolume } from '@fairlead/workload';
import type { Secret, SecretUse } from '@fairlead/vault-csi';
import { Secrets, consumptionOf, secretMount, undeclaredKey } from '@fairlead/vault-csi';
import { Construct } from 'constructs';
import { alertingSecret, alertmanagerReference } from './compose-cluster-monitoring.ts';
import type { AppGraph, SecretDeclaration, WorkloadDeclaration } from './builder.ts';

/** The objects of each secret, in every namespace where a workload reads it. */
export function composeSecrets(chart: Construct, graph: AppGraph): void {
  for (const declaration of graph.secrets) {
    const readers = graph.workloads.filter((workload) => secretsOf(graph, workload).includes(declaration));
    const told = alertingNamespaces(graph, declaration);
    const namespaces = new Set([...readers.map(({ reference }) => reference.namespace), ...told]);
    for (const namespace of [...namespaces].sort()) {
      const scope = new Construct(chart, `secret-${declaration.name}@${namespace}`);
      const here = readers.filter(({ reference }) => reference.namespace === namespace);
      const secret: Secret = {
        ...secretIn(graph, declaration, namespace),
        serviceAccount: here[0]?.reference.serviceAccount,
        ...readerOf(graph, here),
        sync:
          told.includes(namespace) ||
          here.some((workload) => wantedKeys(workload).some(({ secret: name }) => name === declaration.objectName)),
      };
      if (here.length === 0 && consumptionOf(secret).mountRequired)
        report(scope, unmounted(graph, declaration, namespace));
      new Secrets(scope, 'Secret', secret);
      for (const workload of here) {
        for (const { secret: name, key } of wantedKeys(workload)) {
          const fault = name === declaration.objectName ? undeclaredKey(secret, key, workload.name) : undefined;
          if (fault) report(scope, fault);
        }
      }
    }
  }
}

/** Namespaces in which receivers of the app's alerts refer to a secret. */
function alertingNamespaces({ alerting, cluster, workloads }: AppGraph, { objectName }: SecretDeclaration): string[] {
  const { metrics } = cluster.capabilities;
  if (!alerting || !cluster.environment.alerts.enabled || metrics.implementation !== 'prometheus-operator') return [];
  if (!receiverSecrets(alerting.receivers).some(({ secret }) => secret === objectName)) return [];
  return [...new Set(workloads.map(({ reference }) => reference.namespace))];
}

function unmounted({ cluster, definition }: AppGraph, { name }: SecretDeclaration, namespace: string): Diagnostic {
  return diagnostic('metrics/route', {
    message: `${definition.name}: receivers of alerts read secret "${name}", and no workload of namespace ${namespace} does, so it does not exist there`,
    hint: `secrets of ${cluster.capabilities.secrets.implementation} exist while a pod mounts them: name the secret in env or secretFiles of a workload, or use External Secrets`,
    severity: 'warning',
    clusters: [cluster.name],
  });
}

/** Whose identity reads a secret, where the provider wants it stated. A missing one is told of the workload. */
function readerOf({ cluster }: AppGraph, [reader]: readonly WorkloadDeclaration[]): Pick<Secret, 'clientId'> {
  if (cluster.capabilities.secrets.implementation !== 'azure' || reader === undefined) return {};
  return { clientId: principalOf(cluster, reader.reference).principal ?? false };
}

/** The app's secrets that a workload reads, as variables or as files. */
export function secretsOf(graph: AppGraph, workload: WorkloadDeclaration): SecretDeclaration[] {
  const names = new Set(wantedKeys(workload).map(({ secret }) => secret));
  const files = new Set(Object.values(workload.options.secretFiles ?? {}).map(({ name }) => name));
  return graph.secrets.filter(({ name, objectName }) => names.has(objectName) || files.has(name));
}

/** The volumes of a workload's secrets: those it wants as files, and those that must be mounted for their variables to exist. */
export function secretVolumes(graph: AppGraph, workload: WorkloadDeclaration): MountedVolume[] {
  const folders = Object.entries(workload.options.secretFiles ?? {});
  return secretsOf(graph, workload).flatMap((declaration): MountedVolume[] => {
    const consumption = consumptionOf(secretIn(graph, declaration, workload.reference.namespace));
    const paths = folders.flatMap(([path, { name }]) => (name === declaration.name ? [path] : []));
    if (paths.length === 0 && !consumption.mountRequired) return [];
    const mounts = paths.length > 0 ? paths.map((path) => secretMount(consumption, path)) : [secretMount(consumption)];
    return [{ volume: consumption.volume, mounts }];
  });
}

/** The secrets that an app reads, per namespace, with the service accounts that read them. */
export function secretUses(graph: AppGraph): SecretUse[] {
  const alerting = alertingSecret(graph);
  const own = graph.secrets.flatMap((declaration) => {
    const byNamespace = new Map<string, string[]>();
    for (const workload of graph.workloads) {
      if (!secretsOf(graph, workload).includes(declaration)) continue;
      const { namespace, serviceAccount } = workload.reference;
      byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), serviceAccount]);
    }
    return [...byNamespace].map(([namespace, serviceAccounts]) => ({
      ...secretIn(graph, declaration, namespace),
      serviceAccounts,
    }));
  });
  if (!alerting) return own;
  return [...own, { ...alerting, serviceAccounts: [alertmanagerReference(graph).serviceAccount] }];
}

function secretIn({ cluster, ownership }: AppGraph, declaration: SecretDeclaration, namespace: string): Secret {
  const { name, objectName, keys, path } = declaration;
  return { cluster, owner: ownership, namespace, name: objectName, secret: name, keys, path };
}

/** The keys of secrets that a workload's variables refer to. */
function wantedKeys({ options }: WorkloadDeclaration): { secret: string; key: string }[] {
  const values = [options.env, ...(options.init ?? []).map(({ env }) => env)].flatMap((env) =>
    Object.values(env ?? {}),
  );
  return values.flatMap((value) => (typeof value === 'object' && 'secret' in value ? [value] : []));
}
