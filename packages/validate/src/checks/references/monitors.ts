import { typoOf } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import type { Check } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, listAt, textAt, textsAt } from '../../json.ts';
import { matches } from '../../label-selector.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { isOperatorLabel, podsMayBeMade } from '../../made-pods.ts';
import { missingSeverity } from '../../missing.ts';
import { type IndexedService, serviceIndex } from '../../service-index.ts';
import type { Workload } from '../../workload.ts';
import { declares, portNames } from './services.ts';

/** A ServiceMonitor finds Services with the ports it scrapes, a PodMonitor pods with theirs. */
export const monitorReferences: Check = (set, report) => {
  const services = serviceIndex(set);
  for (const monitor of set.ofKind('monitoring.coreos.com', 'ServiceMonitor')) {
    const selector = at(monitor, 'spec', 'selector');
    const searched = namespacesOf(set, monitor);
    if (searched === 'foreign') continue;
    const selected = services.select(searched, selector);
    if (selected.length === 0) {
      if (
        Object.values(textsAt(selector, 'matchLabels')).some((value) =>
          (searched === 'all' ? [] : searched).some((each) => services.mayBeMade(each, value)),
        )
      )
        continue;
      // The operator itself keeps the Service of the kubelets, the API server its own.
      if (Object.values(textsAt(selector, 'matchLabels')).includes('kubelet')) continue;
      if (searched.includes('default') && isApiServer(textsAt(selector, 'matchLabels'))) continue;
      const candidates = searched === 'all' ? services.all : searched.flatMap((each) => services.in(each));
      report(
        'references/monitor-selects-nothing',
        monitor,
        '/spec/selector',
        `ServiceMonitor "${monitor.metadata.name}" selects no Service`,
        {
          hint: nearestService(candidates, textsAt(selector, 'matchLabels')),
          // Services of kube-system (DNS, metrics) come with the cluster.
          severity: missingSeverity(
            set,
            candidates.filter((each) => each.namespace !== 'kube-system'),
          ),
        },
      );
      continue;
    }
    for (const [index, endpoint] of listAt(monitor, 'spec', 'endpoints').entries()) {
      const port = textAt(endpoint, 'port');
      const pointer = `/spec/endpoints/${index}`;
      if (port !== undefined && !selected.some((each) => each.ports.some((known) => known.name === port))) {
        const known = selected.flatMap((each) => each.ports.flatMap((candidate) => candidate.name ?? []));
        report(
          'references/missing-metrics-port',
          monitor,
          `${pointer}/port`,
          `Service "${selected[0]?.name}" has no port named "${port}"`,
          { hint: hintFrom(port, new Set(known)) },
        );
      }
      const target = at(endpoint, 'targetPort');
      const pods = selected.flatMap((each) => each.pods ?? []);
      if (typeof target === 'string' && pods.length > 0 && !pods.some((each) => declares(each, target))) {
        report(
          'references/missing-metrics-port',
          monitor,
          `${pointer}/targetPort`,
          `no selected pod has a container port named "${target}"`,
          { hint: hintFrom(target, new Set(pods.flatMap(portNames))) },
        );
      }
    }
  }
  for (const monitor of set.ofKind('monitoring.coreos.com', 'PodMonitor')) {
    const searched = namespacesOf(set, monitor);
    if (searched === 'foreign') continue;
    const selector = at(monitor, 'spec', 'selector');
    const pods: readonly Workload[] =
      searched === 'all'
        ? set.workloads.filter((each) => matches(selector, each.labels))
        : searched.flatMap((each) => set.select(each, selector));
    if (pods.length === 0) {
      if (
        (searched === 'all' ? [] : searched).some((each) =>
          podsMayBeMade(set, each, textsAt(selector, 'matchLabels')),
        ) ||
        [
          ...Object.keys(textsAt(selector, 'matchLabels')),
          ...listAt(selector, 'matchExpressions').map((each) => textAt(each, 'key') ?? ''),
        ].some(isOperatorLabel)
      )
        continue;
      report(
        'references/monitor-selects-nothing',
        monitor,
        '/spec/selector',
        `PodMonitor "${monitor.metadata.name}" selects no pods`,
        {
          // Operators make pods that no manifest shows; a slip of a label that is there is none of theirs.
          severity: missingSeverity(
            set,
            (searched === 'all' ? set.workloads : searched.flatMap((each) => set.workloadsIn(each))).filter((each) =>
              Object.entries(textsAt(selector, 'matchLabels')).some(
                ([key, value]) => each.labels[key] !== undefined && typoOf(value, [each.labels[key]]) !== undefined,
              ),
            ),
          ),
        },
      );
      continue;
    }
    for (const [index, endpoint] of listAt(monitor, 'spec', 'podMetricsEndpoints').entries()) {
      const port = textAt(endpoint, 'port');
      if (port === undefined || pods.some((each) => portNames(each).includes(port))) continue;
      report(
        'references/missing-metrics-port',
        monitor,
        `/spec/podMetricsEndpoints/${index}/port`,
        `no container of ${pods[0]?.kind} "${pods[0]?.name}" has a port named "${port}"`,
        { hint: hintFrom(port, new Set(pods.flatMap(portNames))) },
      );
    }
  }
};

/** Labels of the Service `default/kubernetes`: https://github.com/kubernetes/kubernetes/blob/v1.34.2/pkg/controlplane/controller/kubernetesservice/controller.go */
function isApiServer(labels: Readonly<Record<string, string>>): boolean {
  const entries = Object.entries(labels);
  return (
    entries.length > 0 &&
    entries.every(
      ([key, value]) => `${key}=${value}` === 'component=apiserver' || `${key}=${value}` === 'provider=kubernetes',
    )
  );
}

/** Where a monitor looks: `foreign` where only in namespaces whose Services no manifest shows. */
function namespacesOf(set: ManifestSet, monitor: Manifest): readonly string[] | 'all' | 'foreign' {
  const selector = at(monitor, 'spec', 'namespaceSelector');
  if (at(selector, 'any') === true) return 'all';
  const names = listAt(selector, 'matchNames').filter((each) => typeof each === 'string');
  const searched = names.length > 0 ? names : [set.namespaceOf(monitor)];
  const offered = new Set(['kube-system', 'default', ...(set.offers?.namespaces ?? [])]);
  return searched.every((each) => offered.has(each) && serviceIndex(set).in(each).length === 0) ? 'foreign' : searched;
}

function nearestService(
  candidates: readonly IndexedService[],
  wanted: Readonly<Record<string, string>>,
): string | undefined {
  const near = candidates
    .slice(0, 500)
    .find((each) =>
      Object.entries(wanted).some(
        ([key, value]) => textAt(each.manifest, 'metadata', 'labels', key) === value || each.name === value,
      ),
    );
  if (near === undefined) return undefined;
  const labels = Object.entries(textsAt(near.manifest, 'metadata', 'labels')).map(([key, value]) => `${key}=${value}`);
  return labels.length === 0
    ? `Service "${near.name}" has no labels`
    : `Service "${near.name}" has ${labels.join(', ')}`;
}
