import { typoOf } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { at, atPath, isMap, type JsonMap, listAt, mapAt, step, textAt } from '../../json.ts';
import type { Workload } from '../../workload.ts';
import {
  annotationNames,
  architectures,
  capacityTypes,
  controllers,
  drivers,
  gatewayControllers,
  nodeLabels,
  operatingSystems,
  recommendedLabels,
  secretProviders,
  secretTypes,
  storageParameters,
  volumeTypes,
} from './known-names-tables.ts';

/**
 * Names that other programs decide, of which a word is evidently a misspelling: no schema knows them, and whoever reads them takes a
 * wrong one for nothing at all. Only what is a letter or two away from a known name is told, so that names of others stay unaccused.
 */
export const knownNameRules: Check = (set, report) => {
  for (const [group, kind, known, ...path] of fields) {
    for (const manifest of set.ofKind(group, kind)) {
      const name = atPath(manifest, path);
      tell(report, manifest, typeof name === 'string' ? name : undefined, known, `/${path.join('/')}`);
    }
  }
  for (const secret of set.ofKind('', 'Secret')) tell(report, secret, textAt(secret, 'type'), secretTypes, '/type');
  for (const each of set.ofKind('secrets-store.csi.x-k8s.io', 'SecretProviderClass')) {
    listAt(each, 'spec', 'secretObjects').forEach((object, index) =>
      tell(report, each, textAt(object, 'type'), secretTypes, `/spec/secretObjects/${index}/type`),
    );
  }
  for (const storage of set.ofKind('storage.k8s.io', 'StorageClass')) checkStorage(report, storage);
  for (const pool of set.ofKind('karpenter.sh', 'NodePool')) {
    checkExpressions(
      report,
      pool,
      at(pool, 'spec', 'template', 'spec', 'requirements'),
      '/spec/template/spec/requirements',
    );
    for (const key of Object.keys(mapAt(pool, 'spec', 'limits')))
      tell(report, pool, key, resourceNames, `/spec/limits/${step(key)}`);
  }
  for (const kind of ['Ingress', 'Service', 'ServiceAccount']) {
    for (const manifest of set.ofKind(kind === 'Ingress' ? 'networking.k8s.io' : '', kind))
      checkAnnotations(report, manifest, mapAt(manifest, 'metadata', 'annotations'), '/metadata/annotations');
  }
  for (const workload of set.workloads) checkPods(report, workload);
  for (const application of set.ofKind('argoproj.io', 'Application')) {
    listAt(application, 'metadata', 'finalizers').forEach((each, index) =>
      tell(
        report,
        application,
        typeof each === 'string' ? each : undefined,
        argoFinalizers,
        `/metadata/finalizers/${index}`,
      ),
    );
    listAt(application, 'spec', 'syncPolicy', 'syncOptions').forEach((each, index) =>
      tell(
        report,
        application,
        typeof each === 'string' ? each.split('=', 1)[0] : undefined,
        argoSyncOptions,
        `/spec/syncPolicy/syncOptions/${index}`,
      ),
    );
  }
};

/** https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/ A wrong one is never removed, so that the object can never be deleted. */
const argoFinalizers = [
  'resources-finalizer.argocd.argoproj.io',
  'resources-finalizer.argocd.argoproj.io/background',
  'resources-finalizer.argocd.argoproj.io/foreground',
  'post-delete-finalizer.argocd.argoproj.io',
  'post-delete-finalizer.argocd.argoproj.io/cleanup',
  'pre-delete-finalizer.argocd.argoproj.io',
  'pre-delete-finalizer.argocd.argoproj.io/cleanup',
];

/** https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ */
const argoSyncOptions =
  'ApplyOutOfSyncOnly ClientSideApplyMigration CreateNamespace Delete FailOnSharedResource Force Prune PruneLast PrunePropagationPolicy Replace RespectIgnoreDifferences ServerSideApply SkipDryRunOnMissingResource Validate'.split(
    ' ',
  );

const resourceNames = ['cpu', 'memory', 'ephemeral-storage', 'pods', 'nodes', 'nvidia.com/gpu'];

/** Fields that hold one name: group, kind, what is known, path. */
const fields: readonly (readonly [string, string, readonly string[], ...string[]])[] = [
  ['networking.k8s.io', 'IngressClass', controllers, 'spec', 'controller'],
  ['gateway.networking.k8s.io', 'GatewayClass', gatewayControllers, 'spec', 'controllerName'],
  ['snapshot.storage.k8s.io', 'VolumeSnapshotClass', drivers, 'driver'],
  ['', 'PersistentVolume', drivers, 'spec', 'csi', 'driver'],
  ['secrets-store.csi.x-k8s.io', 'SecretProviderClass', secretProviders, 'spec', 'provider'],
];

function tell(
  report: Report,
  manifest: Manifest,
  word: string | undefined,
  known: readonly string[],
  pointer: string,
): void {
  if (word === undefined) return;
  const meant = meantBy(word, known);
  if (meant !== undefined)
    report('rules/known-name', manifest, pointer, `nothing is known as "${word}"`, {
      hint: `did you mean "${meant}"?`,
    });
}

/** What was found for words of a list: thousands of objects hold the same few. */
const answers = new Map<readonly string[], Map<string, string | undefined>>();

function meantBy(word: string, known: readonly string[]): string | undefined {
  let found = answers.get(known);
  if (found === undefined || found.size > 10_000) {
    found = new Map(known.map((each) => [each, undefined]));
    answers.set(known, found);
  }
  if (!found.has(word)) found.set(word, typoOf(word, known));
  return found.get(word);
}

function checkStorage(report: Report, storage: Manifest): void {
  const driver = textAt(storage, 'provisioner') ?? '';
  const known = storageParameters[driver];
  if (known === undefined) return;
  const parameters = mapAt(storage, 'parameters');
  for (const key of Object.keys(parameters)) {
    // Drivers fold the case of their parameters.
    if (known.some((each) => each.toLowerCase() === key.toLowerCase())) continue;
    tell(report, storage, key, known, `/parameters/${step(key)}`);
  }
  const types = volumeTypes[driver];
  const type = textAt(parameters, 'type');
  if (types !== undefined && type !== undefined && !types.includes(type))
    report('rules/known-name', storage, '/parameters/type', `${driver} has no volume type "${type}"`, {
      hint: `known: ${types.join(', ')}`,
    });
}

function checkPods(
  report: Report,
  { manifest, spec, specPointer, templatePointer, labels, annotations }: Workload,
): void {
  for (const [key, value] of Object.entries(mapAt(spec, 'nodeSelector')))
    checkNodeLabel(report, manifest, key, [value], `${specPointer}/nodeSelector/${step(key)}`);
  const affinity = spec['affinity'];
  if (isMap(affinity)) checkAffinity(report, manifest, affinity, `${specPointer}/affinity`);
  listAt(spec, 'topologySpreadConstraints').forEach((each, index) =>
    tell(
      report,
      manifest,
      textAt(each, 'topologyKey'),
      nodeLabels,
      `${specPointer}/topologySpreadConstraints/${index}/topologyKey`,
    ),
  );
  listAt(spec, 'volumes').forEach((each, index) =>
    tell(report, manifest, textAt(each, 'csi', 'driver'), drivers, `${specPointer}/volumes/${index}/csi/driver`),
  );
  checkLabels(report, manifest, labels, `${templatePointer}/metadata/labels`);
  checkAnnotations(report, manifest, annotations, `${templatePointer}/metadata/annotations`);
}

function checkAffinity(report: Report, manifest: Manifest, affinity: JsonMap, pointer: string): void {
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
  listAt(affinity, 'nodeAffinity', required, 'nodeSelectorTerms').forEach((term, index) =>
    checkExpressions(
      report,
      manifest,
      at(term, 'matchExpressions'),
      `${pointer}/nodeAffinity/${required}/nodeSelectorTerms/${index}/matchExpressions`,
    ),
  );
  listAt(affinity, 'nodeAffinity', preferred).forEach((term, index) =>
    checkExpressions(
      report,
      manifest,
      at(term, 'preference', 'matchExpressions'),
      `${pointer}/nodeAffinity/${preferred}/${index}/preference/matchExpressions`,
    ),
  );
  for (const kind of ['podAffinity', 'podAntiAffinity']) {
    listAt(affinity, kind, required).forEach((term, index) =>
      tell(
        report,
        manifest,
        textAt(term, 'topologyKey'),
        nodeLabels,
        `${pointer}/${kind}/${required}/${index}/topologyKey`,
      ),
    );
    listAt(affinity, kind, preferred).forEach((term, index) =>
      tell(
        report,
        manifest,
        textAt(term, 'podAffinityTerm', 'topologyKey'),
        nodeLabels,
        `${pointer}/${kind}/${preferred}/${index}/podAffinityTerm/topologyKey`,
      ),
    );
  }
}

function checkExpressions(report: Report, manifest: Manifest, expressions: unknown, pointer: string): void {
  listAt(expressions).forEach((each, index) => {
    const key = textAt(each, 'key');
    if (key !== undefined)
      checkNodeLabel(
        report,
        manifest,
        key,
        listAt(each, 'values'),
        `${pointer}/${index}/key`,
        `${pointer}/${index}/values`,
      );
  });
}

/** A label of nodes, and its values where there are few. */
function checkNodeLabel(
  report: Report,
  manifest: Manifest,
  key: string,
  values: readonly unknown[],
  pointer: string,
  valuesPointer = pointer,
): void {
  tell(report, manifest, key, nodeLabels, pointer);
  const known = nodeLabelValues[key];
  if (known === undefined) return;
  for (const value of values) {
    if (typeof value !== 'string' || known.includes(value)) continue;
    report('rules/known-name', manifest, valuesPointer, `no node has ${key}: ${value}`, {
      hint: `known: ${known.join(', ')}`,
    });
  }
}

const nodeLabelValues: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/arch': architectures,
  'kubernetes.io/os': operatingSystems,
  'karpenter.sh/capacity-type': capacityTypes,
};

/** The recommended labels; other keys below `app.kubernetes.io/` are whoever's. */
function checkLabels(report: Report, manifest: Manifest, labels: JsonMap, pointer: string): void {
  for (const key in labels)
    if (key.startsWith('app.kubernetes.io/')) tell(report, manifest, key, recommendedLabels, `${pointer}/${step(key)}`);
}

function checkAnnotations(report: Report, manifest: Manifest, annotations: JsonMap, pointer: string): void {
  for (const key in annotations) {
    const slash = key.indexOf('/');
    const prefix = key.slice(0, slash + 1);
    const known = annotationNames.get(prefix);
    if (known !== undefined) {
      const name = key.slice(slash + 1);
      // Some carry a name of the author's after a dot: `actions.redirect`.
      if (!name.includes('.')) tell(report, manifest, name, known, `${pointer}/${step(key)}`);
    } else if (slash > 0) {
      const meant = meantBy(prefix, prefixes);
      if (meant !== undefined)
        report(
          'rules/known-name',
          manifest,
          `${pointer}/${step(key)}`,
          `nothing reads annotations that start with ${prefix}`,
          {
            hint: `did you mean ${meant}${key.slice(slash + 1)}?`,
          },
        );
    }
  }
}

const prefixes = [...annotationNames.keys()];
