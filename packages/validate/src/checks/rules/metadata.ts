import type { Manifest } from '@fairlead/objects';
import { groupOf } from '@fairlead/objects';
import { dnsLabel, dnsLabel1035, dnsSubdomain, labelValue, pathSegment, qualifiedName } from '@fairlead/objects/forms';
import type { Check, Report } from '../../check.ts';
import { foldersOfAlternatives } from '../../alternatives.ts';
import { at, isMap, type JsonMap, listAt, mapAt, step, textAt } from '../../json.ts';
import { folderOf, inOneFolder, type ManifestSet } from '../../manifest-set.ts';
import { isBuiltInGroup } from '../../scope.ts';
import { unlessSound } from '../../unless-sound.ts';

/** Kinds whose names are held to more, or less, than a DNS name. */
const nameRules: Readonly<Record<string, (name: string) => string | undefined>> = {
  '/Namespace': dnsLabel,
  '/Service': dnsLabel1035,
  'rbac.authorization.k8s.io/Role': pathSegment,
  'rbac.authorization.k8s.io/ClusterRole': pathSegment,
  'rbac.authorization.k8s.io/RoleBinding': pathSegment,
  'rbac.authorization.k8s.io/ClusterRoleBinding': pathSegment,
  // Eleven characters are for the suffix of the Jobs it makes, whose names are labels of pods.
  'batch/CronJob': (name) =>
    name.length > 52 ? `has ${name.length} characters, at most 52 are allowed` : dnsSubdomain(name),
  'batch/Job': (name) =>
    name.length > 63 ? `has ${name.length} characters, at most 63 are allowed` : dnsSubdomain(name),
  'apps/StatefulSet': (name) => dnsLabel(name),
};

/** Names, namespaces, labels and annotations have the form that API servers demand. */
export const metadataRules: Check = (set, report) => {
  for (const { key, manifests } of set.kinds) {
    const rule = nameRules[key] ?? dnsSubdomain;
    for (const manifest of manifests) checkMetadata(set, report, manifest, rule);
  }
};

function checkMetadata(
  set: ManifestSet,
  report: Report,
  manifest: Manifest,
  rule: (name: string) => string | undefined,
): void {
  const { name } = manifest.metadata;
  const generated = manifest.metadata['generateName'] === name;
  // A kustomization calls the Namespaces it reaches as it says itself.
  const renamed = manifest.kind === 'Namespace' && set.isPlaced(manifest);
  const fault = generated || renamed ? undefined : rule(name);
  if (fault !== undefined)
    report('rules/name', manifest, '/metadata/name', `the name "${short(name)}" ${fault}`, {
      hint: 'rename it everywhere',
    });
  const namespace: unknown = manifest.metadata.namespace;
  if (typeof namespace === 'string' && namespace !== '') {
    const wrong = dnsLabel(namespace);
    if (wrong !== undefined)
      report('rules/name', manifest, '/metadata/namespace', `the namespace "${short(namespace)}" ${wrong}`);
    if (set.namespaceOf(manifest) === '')
      report(
        'rules/cluster-scoped',
        manifest,
        '/metadata/namespace',
        `${manifest.kind} lives in no namespace; "${namespace}" is ignored`,
        { hint: 'remove metadata.namespace' },
      );
  }
  checkFinalizers(report, manifest);
  checkLabels(report, manifest, manifest.metadata.labels, '/metadata/labels');
  checkAnnotations(report, manifest, manifest.metadata.annotations, '/metadata/annotations');
  const workload = set.workloadOf(manifest);
  if (workload !== undefined && workload.templatePointer !== '') {
    checkLabels(
      report,
      manifest,
      at(workload.template, 'metadata', 'labels'),
      `${workload.templatePointer}/metadata/labels`,
    );
    checkAnnotations(
      report,
      manifest,
      at(workload.template, 'metadata', 'annotations'),
      `${workload.templatePointer}/metadata/annotations`,
    );
  }
}

const soundLabels = new WeakSet<object>();

function checkLabels(report: Report, manifest: Manifest, labels: unknown, pointer: string): void {
  if (isMap(labels)) unlessSound(soundLabels, labels, report, (told) => eachLabel(told, manifest, labels, pointer));
}

function eachLabel(report: Report, manifest: Manifest, labels: JsonMap, pointer: string): void {
  const tell = (key: string, message: string, hint?: string): void =>
    report('rules/label', manifest, `${pointer}/${step(key)}`, message, { hint });
  for (const key in labels) {
    const fault = qualifiedName(key);
    if (fault !== undefined) tell(key, `the label key "${short(key)}" ${fault}`);
    const value = labels[key];
    if (typeof value !== 'string') {
      if (value !== null)
        tell(key, `label ${key} is ${JSON.stringify(value)}, not text`, `quote it: "${String(value)}"`);
      continue;
    }
    const wrong = labelValue(value);
    if (wrong !== undefined) tell(key, `the value "${short(value)}" of label ${key} ${wrong}`);
  }
}

/** Bytes that the annotations of one object may have together. */
const annotationLimit = 256 * 1024;

function checkAnnotations(report: Report, manifest: Manifest, annotations: unknown, pointer: string): void {
  if (!isMap(annotations)) return;
  let size = 0;
  for (const key in annotations) {
    const value = annotations[key];
    // Keys of annotations may use capitals in the prefix.
    const fault = qualifiedName(key.toLowerCase());
    if (fault !== undefined)
      report('rules/annotation', manifest, `${pointer}/${step(key)}`, `the annotation key "${short(key)}" ${fault}`);
    if (typeof value !== 'string') {
      if (value !== null)
        report(
          'rules/annotation',
          manifest,
          `${pointer}/${step(key)}`,
          `annotation ${key} is ${short(JSON.stringify(value))}, not text`,
          { hint: isMap(value) ? 'write it as one string' : `quote it: "${String(value)}"` },
        );
      continue;
    }
    size += key.length + value.length;
  }
  if (size > annotationLimit)
    report(
      'rules/annotation-size',
      manifest,
      pointer,
      `the annotations have ${size} bytes together, at most ${annotationLimit} are allowed`,
      { hint: 'move large content into a ConfigMap' },
    );
}

const soundSelectors = new WeakSet<object>();

/** Checks one LabelSelector. */
export function checkSelector(report: Report, manifest: Manifest, selector: unknown, pointer: string): void {
  if (isMap(selector))
    unlessSound(soundSelectors, selector, report, (told) => checkRequirements(told, manifest, selector, pointer));
}

function checkRequirements(report: Report, manifest: Manifest, selector: JsonMap, pointer: string): void {
  const labels = mapAt(selector, 'matchLabels');
  for (const key in labels) {
    const value = labels[key];
    const fault = qualifiedName(key) ?? (typeof value === 'string' ? labelValue(value) : 'needs a value that is text');
    if (fault !== undefined)
      report(
        'rules/selector',
        manifest,
        `${pointer}/matchLabels/${step(key)}`,
        `the selector ${key}: ${short(String(value))} ${fault}`,
      );
  }
  listAt(selector, 'matchExpressions').forEach((each, index) => {
    const place = `${pointer}/matchExpressions/${index}`;
    const operator = textAt(each, 'operator');
    const values = listAt(each, 'values').length;
    if (operator === undefined || !['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator))
      report(
        'rules/selector',
        manifest,
        `${place}/operator`,
        `"${operator ?? ''}" is no operator of a label selector`,
        { hint: 'one of In, NotIn, Exists, DoesNotExist' },
      );
    else if (operator.endsWith('In') && values === 0)
      report('rules/selector', manifest, place, `operator ${operator} needs values`);
    else if (operator.endsWith('Exist') || operator === 'Exists') {
      if (values > 0) report('rules/selector', manifest, `${place}/values`, `operator ${operator} takes no values`);
    }
    const key = textAt(each, 'key');
    const fault = key === undefined ? 'is missing' : qualifiedName(key);
    if (fault !== undefined)
      report('rules/selector', manifest, `${place}/key`, `the key "${short(key ?? '')}" ${fault}`);
  });
}

const standardFinalizers = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

/** https://github.com/kubernetes/kubernetes/blob/v1.34.2/pkg/apis/core/validation/validation.go validateKubeFinalizerName */
function checkFinalizers(report: Report, manifest: Manifest): void {
  if (manifest.metadata['finalizers'] === undefined) return;
  const finalizers = listAt(manifest, 'metadata', 'finalizers');
  const group = groupOf(manifest.apiVersion);
  if (!isBuiltInGroup(group) || /^api(?:extensions|registration)\./.test(group)) return;
  finalizers.forEach((each, index) => {
    if (typeof each === 'string' && !each.includes('/') && !standardFinalizers.has(each))
      report(
        'rules/name',
        manifest,
        `/metadata/finalizers/${index}`,
        `the finalizer "${short(each)}" is neither a standard one nor qualified with a domain`,
        { hint: `such as example.com/${each}` },
      );
  });
}

/** Two manifests are the same object. Files that repeat each other are told once, at the first object. */
export const duplicateRules: Check = (set, report) => {
  const byFiles = new Map<string, { manifest: Manifest; first: Manifest }[]>();
  for (const each of set.duplicates) {
    const files = `${set.fileOf?.(each.first) ?? ''}\n${set.fileOf?.(each.manifest) ?? ''}`;
    const same = byFiles.get(files);
    if (same === undefined) byFiles.set(files, [each]);
    else same.push(each);
  }
  const alternatives = set.memo(foldersOfAlternatives);
  for (const same of byFiles.values()) {
    const told = same.length < repeated ? same : same.slice(0, 1);
    for (const { manifest, first } of told) {
      const namespace = set.namespaceOf(manifest);
      const file = set.fileOf?.(first);
      const others = same.length - told.length;
      const where =
        file !== undefined && file !== set.fileOf?.(manifest)
          ? `: also in ${file.slice(file.lastIndexOf('/') + 1)}`
          : '';
      report(
        'validate/duplicate-object',
        manifest,
        '/metadata/name',
        `${manifest.kind} "${manifest.metadata.name}"${namespace === '' ? '' : ` of namespace ${namespace}`}${others > 0 ? `, and ${others} more of this file,` : ''} is declared twice${where}`,
        {
          hint: others > 0 ? 'keep one of the two files' : 'remove or rename one of the two',
          severity: areVariants(set, first, manifest) || alternatives.has(folderOf(file)) ? 'warning' : undefined,
        },
      );
    }
  }
};

/** From so many common objects on, two files are copies of each other. */
const repeated = 3;

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** Overlays of a kustomization repeat objects on purpose, and so do folders by environment, cloud or example. */
function areVariants(set: ManifestSet, one: Manifest, other: Manifest): boolean {
  return set.context === 'folder' && ((set.kustomizations ?? []).length > 0 || !inOneFolder(set, one, other));
}
