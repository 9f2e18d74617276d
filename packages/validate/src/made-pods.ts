import { isMap, textsAt } from './json.ts';
import type { Labels } from './label-selector.ts';
import type { ManifestSet } from './manifest-set.ts';
import { makesPods, serviceIndex } from './service-index.ts';

/**
 * True when pods with these labels may come from somewhere that no manifest shows: an operator makes them for a custom resource of the
 * namespace, which is called like one of the values or states the labels for its pods; or every cluster has them in `kube-system`.
 */
export function podsMayBeMade(set: ManifestSet, namespace: string, labels: Labels): boolean {
  const services = serviceIndex(set);
  const entries = Object.entries(labels);
  if (entries.length === 0) return false;
  if (entries.some(([key, value]) => services.mayBeMade(namespace, value) || isOperatorLabel(key))) return true;
  if (namespace === 'kube-system' && entries.every(([key, value]) => systemPods[key]?.includes(value) === true))
    return set.context === 'folder';
  return (
    set
      .memo(statedByOwners)
      .get(namespace)
      ?.some((stated) => entries.every(([key, value]) => stated[key] === value)) ?? false
  );
}

/** Labels that operators put on pods which no manifest shows. */
export function isOperatorLabel(key: string): boolean {
  return /(?:^|\.)(?:cnpg\.io|strimzi\.io|k8s\.elastic\.co|crunchydata\.com|zalan\.do|percona\.com|rabbitmq\.com|opensearch\.org|kubevirt\.io|knative\.dev|argoproj\.io|operator\.prometheus\.io|gateway\.envoyproxy\.io|gateway\.networking\.k8s\.io)\//.test(
    key,
  );
}

/**
 * Labels of the pods that kubeadm and the addons of Kubernetes bring.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.2/cmd/kubeadm/app/util/staticpod/utils.go and cluster/addons/dns
 */
const systemPods: Readonly<Record<string, readonly string[]>> = {
  'k8s-app': ['kube-dns', 'kube-proxy'],
  component: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'],
  tier: ['control-plane'],
};

/** Every map named `labels` inside the custom resources of each namespace, below their own metadata. */
function statedByOwners(set: ManifestSet): Map<string, Labels[]> {
  const stated = new Map<string, Labels[]>();
  for (const { group, kind, manifests } of set.kinds) {
    if (!makesPods(group, kind)) continue;
    for (const manifest of manifests) {
      const namespace = set.namespaceOf(manifest);
      const found = stated.get(namespace) ?? [];
      stated.set(namespace, found);
      collect(manifest['spec'], found, 0);
    }
  }
  return stated;
}

/** Pod templates lie at most this deep: Kafka's `spec.kafka.template.pod.metadata.labels`. */
const deepest = 8;

function collect(value: unknown, found: Labels[], depth: number): void {
  if (depth > deepest) return;
  if (Array.isArray(value)) for (const each of value) collect(each, found, depth + 1);
  else if (isMap(value)) {
    for (const [key, each] of Object.entries(value)) {
      if (/labels$/i.test(key) && !/^match/i.test(key)) found.push(textsAt(value, key));
      else collect(each, found, depth + 1);
    }
  }
}
