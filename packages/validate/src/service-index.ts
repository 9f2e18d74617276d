import type { Manifest } from '@fairlead/objects';
import { isMap, listAt, numberAt, textAt, textsAt } from './json.ts';
import { LabelIndex, parseSelector } from '@fairlead/objects/label-selector';
import type { Labels } from './label-selector.ts';
import { lazily } from './lazily.ts';
import { madeNames } from './made-names.ts';
import type { ManifestSet } from './manifest-set.ts';
import { isBuiltInGroup } from './scope.ts';
import type { Workload } from './workload.ts';

/** One port of a Service. */
export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number | undefined;
  readonly targetPort: string | number | undefined;
  readonly protocol: string;
  /** Whether `targetPort` is written out. */
  readonly stated: boolean;
  /** Pointer inside the Service. */
  readonly pointer: string;
}

export interface IndexedService {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly ports: readonly ServicePort[];
  /** Undefined where the Service has no selector or is an ExternalName: somebody else says where its traffic goes. */
  readonly pods: readonly Workload[] | undefined;
}

export interface ServiceIndex {
  get(namespace: string, name: string): IndexedService | undefined;
  in(namespace: string): readonly IndexedService[];
  /** Names of the Services of a namespace, with those that operators are known to make there. */
  namesIn(namespace: string): readonly string[];
  readonly all: readonly IndexedService[];
  /** Services whose own labels a LabelSelector selects, in some namespaces or in all. */
  select(namespaces: readonly string[] | 'all', selector: unknown): readonly IndexedService[];
  /** True when an operator's custom resource of the namespace may make a Service, or pods, under this name or label value. */
  mayBeMade(namespace: string, name: string): boolean;
}

/** The Services of a set with the workloads behind them. */
export function serviceIndex(set: ManifestSet): ServiceIndex {
  return set.memo(collect);
}

function collect(set: ManifestSet): ServiceIndex {
  const all = set.ofKind('', 'Service').map((manifest) => indexed(set, manifest));
  const byKey = new Map(all.map((each) => [`${each.namespace}/${each.name}`, each]));
  const byNamespace = new Map<string, IndexedService[]>();
  for (const each of all) {
    const list = byNamespace.get(each.namespace);
    if (list === undefined) byNamespace.set(each.namespace, [each]);
    else list.push(each);
  }
  const labelsOf = ({ manifest }: IndexedService): Labels => textsAt(manifest, 'metadata', 'labels');
  // Most sets have few monitors, or none, that ask for Services by label.
  const labelled = lazily(() => {
    const everywhere = new LabelIndex(labelsOf);
    const byNamespace = new Map<string, LabelIndex<IndexedService>>();
    for (const each of all) {
      everywhere.add(each);
      const home = byNamespace.get(each.namespace) ?? new LabelIndex(labelsOf);
      byNamespace.set(each.namespace, home);
      home.add(each);
    }
    return { everywhere, byNamespace };
  });
  const owners = new Map<string, Set<string>>();
  const made = new Map<string, string[]>();
  for (const { group, kind, key, manifests } of set.kinds) {
    if (!makesPods(group, kind)) continue;
    const endings = madeNames[key]?.services ?? [];
    for (const manifest of manifests) {
      for (const ending of endings) {
        const home = set.namespaceOf(manifest);
        const known = made.get(home);
        if (known === undefined) made.set(home, [manifest.metadata.name + ending]);
        else known.push(manifest.metadata.name + ending);
      }
      // A chart puts its objects where it is released to, under names that start with the release.
      const namespace =
        textAt(manifest, 'spec', 'targetNamespace') ??
        (group === 'argoproj.io' ? textAt(manifest, 'spec', 'destination', 'namespace') : undefined) ??
        set.namespaceOf(manifest);
      if (group === 'argoproj.io' && textAt(manifest, 'spec', 'source', 'chart') === undefined) continue;
      const names = owners.get(namespace) ?? new Set<string>();
      owners.set(namespace, names.add(manifest.metadata.name));
      // https://tekton.dev/docs/triggers/eventlisteners/#understanding-the-deployment-of-an-eventlistener
      if (kind === 'EventListener') names.add(`el-${manifest.metadata.name}`);
      for (const release of [
        textAt(manifest, 'spec', 'releaseName'),
        textAt(manifest, 'spec', 'source', 'helm', 'releaseName'),
      ])
        if (release !== undefined) names.add(release);
    }
  }
  return {
    all,
    get: (namespace, name) => byKey.get(`${namespace}/${name}`),
    select(namespaces, selector) {
      const { everywhere, byNamespace } = labelled();
      const wanted = parseSelector(selector);
      if (namespaces === 'all') return everywhere.select(wanted);
      return namespaces.flatMap((each) => byNamespace.get(each)?.select(wanted) ?? []);
    },
    in: (namespace) => byNamespace.get(namespace) ?? [],
    namesIn: (namespace) => [
      ...(byNamespace.get(namespace) ?? []).map((each) => each.name),
      ...(made.get(namespace) ?? []),
    ],
    mayBeMade(namespace, name) {
      // The API server keeps its own Service. https://kubernetes.io/docs/tasks/access-application-cluster/access-cluster-services/
      if (namespace === 'default' && name === 'kubernetes') return true;
      const names = owners.get(namespace);
      if (names === undefined) return false;
      if (names.has(name)) return true;
      for (let end = name.lastIndexOf('-'); end > 0; end = name.lastIndexOf('-', end - 1))
        if (names.has(name.slice(0, end))) return true;
      return false;
    },
  };
}

/** True for custom resources of which a controller may make pods and Services. */
export function makesPods(group: string, kind: string): boolean {
  return !isBuiltInGroup(group) && !makesNoPods.test(group) && !monitors.has(kind);
}

/** Groups whose custom resources make neither pods nor Services. */
const makesNoPods =
  /^(?:cert-manager\.io|external-secrets\.io|gateway\.networking\.k8s\.io|keda\.sh|autoscaling\.k8s\.io|cilium\.io|(?:networking|security|telemetry)\.istio\.io|traefik\.(?:io|containo\.us)|kyverno\.io|karpenter\.(?:sh|k8s\.aws)|elbv2\.k8s\.aws|snapshot\.storage\.k8s\.io|secrets-store\.csi\.x-k8s\.io|bitnami\.com|(?:notification|image|source)\.toolkit\.fluxcd\.io|networking\.gke\.io|cloud\.google\.com|gateway\.envoyproxy\.io|velero\.io|policy\.networking\.k8s\.io|crd\.projectcalico\.org|monitoring\.googleapis\.com)$/;

const monitors = new Set([
  'ServiceMonitor',
  'PodMonitor',
  'PrometheusRule',
  'Probe',
  'ScrapeConfig',
  'AlertmanagerConfig',
]);

function indexed(set: ManifestSet, manifest: Manifest): IndexedService {
  const namespace = set.namespaceOf(manifest);
  const selector = textsAt(manifest, 'spec', 'selector');
  const selects = Object.keys(selector).length > 0 && textAt(manifest, 'spec', 'type') !== 'ExternalName';
  return {
    manifest,
    namespace,
    name: manifest.metadata.name,
    ports: listAt(manifest, 'spec', 'ports').flatMap((each, index) =>
      isMap(each)
        ? {
            name: textAt(each, 'name'),
            port: numberAt(each, 'port'),
            targetPort: targetOf(each),
            protocol: textAt(each, 'protocol') ?? 'TCP',
            stated: each['targetPort'] !== undefined,
            pointer: `/spec/ports/${index}`,
          }
        : [],
    ),
    pods: selects ? set.select(namespace, { matchLabels: selector }) : undefined,
  };
}

function targetOf(port: Readonly<Record<string, unknown>>): string | number | undefined {
  const target = port['targetPort'];
  return typeof target === 'string' || typeof target === 'number' ? target : numberAt(port, 'port');
}
