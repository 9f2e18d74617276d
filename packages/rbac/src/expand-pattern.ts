import type { Cluster } from '@fairlead/inventory/model';
import type { WorkloadReference } from '@fairlead/objects';

/** What `capabilities.identity.pattern` may contain, for one workload. */
export function placeholders(cluster: Cluster, workload: WorkloadReference): Readonly<Record<string, string>> {
  return {
    account: cluster.account,
    app: workload.app,
    cluster: cluster.name,
    environment: cluster.environment.name,
    namespace: workload.namespace,
    region: cluster.region,
    serviceAccount: workload.serviceAccount,
    workload: workload.component,
  };
}

/** A pattern with its placeholders replaced, and the words in braces that nothing replaces. */
export function expandPattern(
  pattern: string,
  values: Readonly<Record<string, string>>,
): { text: string; unknown: string[] } {
  const unknown: string[] = [];
  const text = pattern.replace(/\{([^{}]*)\}/g, (whole, word: string) => {
    const value = Object.hasOwn(values, word) ? values[word] : undefined;
    if (value === undefined) unknown.push(word);
    return value ?? whole;
  });
  return { text, unknown };
}
