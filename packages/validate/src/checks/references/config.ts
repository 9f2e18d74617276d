import type { Manifest } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { type ConfigData, configData, type Keys } from '../../config-data.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, isMap, listAt, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { missingSecretSeverity, missingSeverity } from '../../missing.ts';
import { nameSlipOf } from '../../name-slips.ts';
import type { Workload } from '../../workload.ts';

type Kind = 'ConfigMap' | 'Secret';

/** One mention of a ConfigMap or Secret by a pod. */
interface Mention {
  readonly kind: Kind;
  readonly name: string;
  /** Pointer to the name. */
  readonly pointer: string;
  /** The keys that must be there, each with its pointer. */
  readonly keys: readonly (readonly [key: string, pointer: string])[];
}

/** env, envFrom, volumes and imagePullSecrets name ConfigMaps and Secrets that exist, and keys that these have. */
export const configReferences: Check = (set, report) => {
  const data = configData(set);
  for (const workload of set.workloads) {
    const mentions = mentionsOf(workload);
    for (const mention of mentions) judge(set, data, report, workload, mention);
    checkSubPaths(data, report, workload);
    if (data.mounted.size > 0) checkMounted(set, data, report, workload, mentions);
  }
};

const providers = 'secrets-store.csi.x-k8s.io';

/** A Secret made by a SecretProviderClass appears only when a pod mounts the class; a pod that only reads it waits for ever. */
function checkMounted(
  set: ManifestSet,
  data: ConfigData,
  report: Report,
  workload: Workload,
  mentions: readonly Mention[],
): void {
  const classes = new Set(
    listAt(workload.spec, 'volumes').flatMap(
      (each) => textAt(each, 'csi', 'volumeAttributes', 'secretProviderClass') ?? [],
    ),
  );
  // A class that is kept elsewhere may make the Secret too.
  const elsewhere = [...classes].some(
    (each) => set.get(providers, 'SecretProviderClass', workload.namespace, each) === undefined,
  );
  for (const mention of mentions) {
    const made = mention.kind === 'Secret' ? data.mounted.get(`${workload.namespace}/${mention.name}`) : undefined;
    if (made === undefined || classes.has(made) || elsewhere) continue;
    report(
      'references/unmounted-secret',
      workload.manifest,
      mention.pointer,
      `Secret "${mention.name}" appears only while a pod mounts SecretProviderClass "${made}", and these pods do not`,
      {
        hint: `add a volume with csi.volumeAttributes.secretProviderClass: ${made}, and mount it`,
      },
    );
  }
}

/** A subPath of a ConfigMap or Secret volume that is none of its files mounts an empty folder instead. */
function checkSubPaths(data: ConfigData, report: Report, workload: Workload): void {
  const files = new Map<string, ReadonlySet<string>>();
  for (const volume of listAt(workload.spec, 'volumes')) {
    const name = textAt(volume, 'name') ?? '';
    for (const [kind, source, field] of [
      ['ConfigMap', at(volume, 'configMap'), 'name'],
      ['Secret', at(volume, 'secret'), 'secretName'],
    ] as const) {
      if (!isMap(source) || source['optional'] === true) continue;
      const items = listAt(source, 'items');
      const keys = lookUp(data, kind, workload.namespace, textAt(source, field) ?? '');
      if (items.length > 0) files.set(name, new Set(items.flatMap((each) => textAt(each, 'path') ?? [])));
      else if (keys !== undefined && keys !== 'any') files.set(name, keys);
    }
  }
  if (files.size === 0) return;
  for (const container of workload.containers) {
    for (const [index, mount] of listAt(container.spec, 'volumeMounts').entries()) {
      const path = textAt(mount, 'subPath');
      const known = files.get(textAt(mount, 'name') ?? '');
      checkFolder(report, workload, mount, known, `${container.pointer}/volumeMounts/${index}`);
      if (
        path === undefined ||
        path === '' ||
        known === undefined ||
        known.has(path) ||
        [...known].some((each) => each.startsWith(`${path}/`))
      )
        continue;
      report(
        'references/missing-key',
        workload.manifest,
        `${container.pointer}/volumeMounts/${index}/subPath`,
        `volume "${textAt(mount, 'name')}" has no file "${path}"`,
        { hint: hintFrom(path, known) },
      );
    }
  }
}

/** Without subPath a volume is a folder, even at a path that is the name of one of its files. */
function checkFolder(
  report: Report,
  workload: Workload,
  mount: unknown,
  known: ReadonlySet<string> | undefined,
  pointer: string,
): void {
  const path = textAt(mount, 'mountPath') ?? '';
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (known?.has(file) !== true || !file.includes('.') || at(mount, 'subPath') !== undefined) return;
  if (at(mount, 'subPathExpr') !== undefined) return;
  report(
    'rules/mount',
    workload.manifest,
    `${pointer}/mountPath`,
    `${path} becomes a folder, in which the file ${file} lies`,
    {
      hint: `add subPath: ${file}, or mount the folder above`,
    },
  );
}

function judge(set: ManifestSet, data: ConfigData, report: Report, workload: Workload, mention: Mention): void {
  const { kind, name, pointer } = mention;
  const keys = lookUp(data, kind, workload.namespace, name);
  if (keys === undefined) {
    const known = data.names(kind, workload.namespace);
    if (data.mayBeMade(workload.namespace, name)) {
      // What is meant may bear its owner's name too.
      const meant = nameSlipOf(name, known);
      if (meant === undefined || !data.mayBeMade(workload.namespace, meant)) return;
    }
    report(
      kind === 'Secret' ? 'references/missing-secret' : 'references/missing-config-map',
      workload.manifest,
      pointer,
      `${kind} "${name}" does not exist in namespace ${workload.namespace}`,
      {
        hint: hintFrom(name, known, `add it, or mark the reference optional: true`),
        severity: kind === 'Secret' ? missingSecretSeverity(set, name, known) : missingSeverity(set, known),
      },
    );
    return;
  }
  if (keys === 'any') return;
  for (const [key, place] of mention.keys) {
    if (keys.has(key)) continue;
    report('references/missing-key', workload.manifest, place, `${kind} "${name}" has no key "${key}"`, {
      hint: hintFrom(key, keys),
    });
  }
}

function lookUp(data: ConfigData, kind: Kind, namespace: string, name: string): Keys | undefined {
  if (kind === 'Secret') return data.secret(namespace, name);
  if (name === 'kube-root-ca.crt') return new Set(['ca.crt']);
  if (name === 'istio-ca-root-cert' || name === 'openshift-service-ca.crt') return 'any';
  return data.configMap(namespace, name);
}

function mentionsOf(workload: Workload): readonly Mention[] {
  const found: Mention[] = [];
  for (const container of workload.containers) {
    for (const [index, each] of listAt(container.spec, 'env').entries()) {
      const from = at(each, 'valueFrom');
      if (!isMap(from)) continue;
      keyed(found, 'ConfigMap', from['configMapKeyRef'], `${container.pointer}/env/${index}/valueFrom/configMapKeyRef`);
      keyed(found, 'Secret', from['secretKeyRef'], `${container.pointer}/env/${index}/valueFrom/secretKeyRef`);
    }
    for (const [index, each] of listAt(container.spec, 'envFrom').entries()) {
      whole(found, 'ConfigMap', at(each, 'configMapRef'), 'name', `${container.pointer}/envFrom/${index}/configMapRef`);
      whole(found, 'Secret', at(each, 'secretRef'), 'name', `${container.pointer}/envFrom/${index}/secretRef`);
    }
  }
  for (const [index, volume] of listAt(workload.spec, 'volumes').entries()) {
    const pointer = `${workload.specPointer}/volumes/${index}`;
    whole(found, 'ConfigMap', at(volume, 'configMap'), 'name', `${pointer}/configMap`);
    whole(found, 'Secret', at(volume, 'secret'), 'secretName', `${pointer}/secret`);
    for (const [place, source] of listAt(volume, 'projected', 'sources').entries()) {
      whole(found, 'ConfigMap', at(source, 'configMap'), 'name', `${pointer}/projected/sources/${place}/configMap`);
      whole(found, 'Secret', at(source, 'secret'), 'name', `${pointer}/projected/sources/${place}/secret`);
    }
    const publish = at(volume, 'csi', 'nodePublishSecretRef');
    whole(found, 'Secret', publish, 'name', `${pointer}/csi/nodePublishSecretRef`);
  }
  return found;
}

function keyed(found: Mention[], kind: Kind, reference: unknown, pointer: string): void {
  if (reference === undefined) return;
  const name = textAt(reference, 'name');
  const key = textAt(reference, 'key');
  if (name === undefined || name === '' || at(reference, 'optional') === true) return;
  found.push({ kind, name, pointer: `${pointer}/name`, keys: key === undefined ? [] : [[key, `${pointer}/key`]] });
}

function whole(found: Mention[], kind: Kind, reference: unknown, field: string, pointer: string): void {
  if (reference === undefined) return;
  const name = textAt(reference, field);
  if (name === undefined || name === '' || at(reference, 'optional') === true) return;
  const keys = listAt(reference, 'items').flatMap((each, index) => {
    const key = textAt(each, 'key');
    return key === undefined ? [] : ([[key, `${pointer}/items/${index}/key`]] as const);
  });
  found.push({ kind, name, pointer: `${pointer}/${step(field)}`, keys });
}

/** Secrets that pods or service accounts pull images with. They are often made by the platform, so a missing one is a warning. */
export const pullSecretReferences: Check = (set, report) => {
  const data = configData(set);
  const check = (manifest: Manifest, namespace: string, list: readonly unknown[], pointer: string): void => {
    for (const [index, each] of list.entries()) {
      const name = textAt(each, 'name');
      if (name === undefined || data.secret(namespace, name) !== undefined || data.mayBeMade(namespace, name)) continue;
      report(
        'references/missing-pull-secret',
        manifest,
        `${pointer}/${index}/name`,
        `Secret "${name}" to pull images with does not exist in namespace ${namespace}`,
        {
          hint: hintFrom(name, data.names('Secret', namespace)),
        },
      );
    }
  };
  for (const workload of set.workloads)
    check(
      workload.manifest,
      workload.namespace,
      listAt(workload.spec, 'imagePullSecrets'),
      `${workload.specPointer}/imagePullSecrets`,
    );
  for (const account of set.ofKind('', 'ServiceAccount'))
    check(account, set.namespaceOf(account), listAt(account, 'imagePullSecrets'), '/imagePullSecrets');
};
