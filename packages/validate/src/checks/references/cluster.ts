import { type Code, slipOf } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import { systemNamespaces } from '@fairlead/objects/system-namespaces';
import type { Check, Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, listAt, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { missingSeverity, offeredSeverity } from '../../missing.ts';
import { serviceIndex } from '../../service-index.ts';
import type { Workload } from '../../workload.ts';

/** What pods need of the cluster and of their namespace: accounts, classes, claims, secret providers. */
export const podReferences: Check = (set, report) => {
  const priorityClasses = offered(set, 'scheduling.k8s.io', 'PriorityClass', set.offers?.priorityClasses);
  const runtimeClasses = offered(set, 'node.k8s.io', 'RuntimeClass', undefined);
  const storageClasses = offered(set, 'storage.k8s.io', 'StorageClass', set.offers?.storageClasses);
  const accounts = namesByNamespace(set, '', 'ServiceAccount');
  const claims = namesByNamespace(set, '', 'PersistentVolumeClaim');
  const providers = namesByNamespace(set, 'secrets-store.csi.x-k8s.io', 'SecretProviderClass');

  for (const workload of set.workloads) {
    const { manifest, spec, specPointer, namespace } = workload;
    const field = spec['serviceAccountName'] === undefined ? 'serviceAccount' : 'serviceAccountName';
    const account = textAt(spec, field);
    if (account !== undefined && account !== '' && account !== 'default') {
      missing(
        set,
        report,
        manifest,
        `${specPointer}/${field}`,
        account,
        accounts.get(namespace),
        'references/missing-service-account',
        'ServiceAccount',
        namespace,
      );
    }
    const priority = textAt(spec, 'priorityClassName');
    if (priority !== undefined && priority !== '' && !priority.startsWith('system-')) {
      missingClass(
        set,
        report,
        manifest,
        `${specPointer}/priorityClassName`,
        priority,
        priorityClasses,
        'references/missing-priority-class',
        'PriorityClass',
      );
    }
    const runtime = textAt(spec, 'runtimeClassName');
    if (runtime !== undefined)
      missingClass(
        set,
        report,
        manifest,
        `${specPointer}/runtimeClassName`,
        runtime,
        runtimeClasses,
        'references/missing-runtime-class',
        'RuntimeClass',
        'warning',
      );
    for (const [index, volume] of listAt(spec, 'volumes').entries()) {
      const pointer = `${specPointer}/volumes/${index}`;
      const claim = textAt(volume, 'persistentVolumeClaim', 'claimName');
      if (claim !== undefined && !serviceIndex(set).mayBeMade(namespace, claim)) {
        missing(
          set,
          report,
          manifest,
          `${pointer}/persistentVolumeClaim/claimName`,
          claim,
          claims.get(namespace),
          'references/missing-claim',
          'PersistentVolumeClaim',
          namespace,
        );
      }
      const provider = textAt(volume, 'csi', 'volumeAttributes', 'secretProviderClass');
      if (provider !== undefined) {
        missing(
          set,
          report,
          manifest,
          `${pointer}/csi/volumeAttributes/secretProviderClass`,
          provider,
          providers.get(namespace),
          'references/missing-secret-provider-class',
          'SecretProviderClass',
          namespace,
        );
      }
      checkStorageClass(
        set,
        report,
        manifest,
        at(volume, 'ephemeral', 'volumeClaimTemplate'),
        `${pointer}/ephemeral/volumeClaimTemplate`,
        storageClasses,
      );
    }
    for (const [index, claim] of listAt(manifest, 'spec', 'volumeClaimTemplates').entries())
      checkStorageClass(set, report, manifest, claim, `/spec/volumeClaimTemplates/${index}`, storageClasses);
    if (manifest.kind === 'StatefulSet') checkServiceName(set, report, workload);
  }
  const volumes = set.ofKind('', 'PersistentVolume').map((each) => each.metadata.name);
  for (const claim of set.ofKind('', 'PersistentVolumeClaim')) {
    checkStorageClass(set, report, claim, claim, '', storageClasses);
    const volume = textAt(claim, 'spec', 'volumeName');
    if (volume !== undefined && volume !== '' && !volumes.includes(volume)) {
      report('references/missing-volume', claim, '/spec/volumeName', `PersistentVolume "${volume}" does not exist`, {
        hint: hintFrom(volume, volumes),
        severity: volumes.length > 0 ? 'error' : 'warning',
      });
    }
  }
};

/** Every namespace that objects go to is declared, offered by the cluster, or its own. */
export const namespaceReferences: Check = (set, report) => {
  const created = new Set<string>([...systemNamespaces, ...(set.offers?.namespaces ?? [])]);
  for (const application of set.ofKind('argoproj.io', 'Application')) {
    if (listAt(application, 'spec', 'syncPolicy', 'syncOptions').includes('CreateNamespace=true'))
      created.add(textAt(application, 'spec', 'destination', 'namespace') ?? '');
  }
  for (const release of set.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease'))
    if (at(release, 'spec', 'install', 'createNamespace') === true)
      created.add(textAt(release, 'spec', 'targetNamespace') ?? '');
  // Who applies the folder lives there already.
  if (set.context === 'folder') for (const each of ['argocd', 'openshift-gitops', 'flux-system']) created.add(each);
  // A folder without any Namespace leaves them to the platform.
  if (set.context === 'folder' && set.namespaces.size === 0) return;
  const told = new Set<string>();
  for (const manifest of set.manifests) {
    const namespace = set.namespaceOf(manifest);
    if (namespace === '' || set.namespaces.has(namespace) || created.has(namespace)) continue;
    // That nobody has said whether the metrics stack is there is one omission, however much goes to it.
    const stack = namespace === set.metrics?.namespace;
    if ((set.context === 'folder' || stack) && told.has(namespace)) continue;
    told.add(namespace);
    report('references/missing-namespace', manifest, '/metadata/namespace', `Namespace "${namespace}" does not exist`, {
      hint: hintFrom(
        namespace,
        [...set.namespaces.keys(), ...created],
        stack
          ? `if the metrics stack is there, state offers: { namespaces: [${namespace}] } in the cluster's file, else capabilities.metrics.namespace`
          : 'declare it, or list it under offers.namespaces of the cluster',
      ),
      severity: offeredSeverity(set, namespace, [...set.namespaces.keys()]),
    });
  }
};

function checkServiceName(set: ManifestSet, report: Report, workload: Workload): void {
  const { manifest, namespace } = workload;
  const name = textAt(manifest, 'spec', 'serviceName');
  if (name === undefined || name === '') {
    report(
      'references/service-not-headless',
      manifest,
      '/spec',
      `StatefulSet "${workload.name}" names no Service, so that its pods get no names of their own`,
      {
        hint: 'add serviceName, and a Service of that name with clusterIP: None',
        severity: set.context === 'folder' ? 'info' : undefined,
      },
    );
    return;
  }
  const services = serviceIndex(set);
  const service = services.get(namespace, name);
  if (service === undefined) {
    if (services.mayBeMade(namespace, name)) return;
    const known = services.in(namespace).map((each) => each.name);
    report(
      'references/missing-service',
      manifest,
      '/spec/serviceName',
      `Service "${name}" of StatefulSet "${workload.name}" does not exist in namespace ${namespace}`,
      {
        hint: hintFrom(name, known, 'add a headless Service (clusterIP: None) of that name'),
        // One replica whose name nobody resolves runs without it, and well-known projects do.
        severity:
          (workload.replicas ?? 1) > 1 || slipOf(name, known) !== undefined ? missingSeverity(set, known) : set.offered,
      },
    );
    return;
  }
  if (textAt(service.manifest, 'spec', 'clusterIP') !== 'None') {
    report(
      'references/service-not-headless',
      manifest,
      '/spec/serviceName',
      `Service "${name}" of StatefulSet "${workload.name}" has a cluster IP, so that its pods get no names of their own`,
      {
        hint: 'name a Service with clusterIP: None',
        severity: set.context === 'folder' ? 'info' : undefined,
      },
    );
  } else if (service.pods !== undefined && service.pods.length > 0 && !service.pods.includes(workload)) {
    report(
      'references/service-selects-nothing',
      manifest,
      '/spec/serviceName',
      `Service "${name}" does not select the pods of StatefulSet "${workload.name}"`,
      { hint: 'make its selector agree with the labels of the template' },
    );
  }
}

function checkStorageClass(
  set: ManifestSet,
  report: Report,
  manifest: Manifest,
  claim: unknown,
  pointer: string,
  known: readonly string[],
): void {
  const annotation = 'volume.beta.kubernetes.io/storage-class';
  const stated = textAt(claim, 'spec', 'storageClassName');
  const name = stated ?? textAt(claim, 'metadata', 'annotations', annotation);
  // Empty: bind to a volume that was made by hand. A named volume needs no class that exists.
  if (name === undefined || name === '' || textAt(claim, 'spec', 'volumeName') !== undefined) return;
  if (set.memo(volumeClasses).has(name)) return;
  missingClass(
    set,
    report,
    manifest,
    stated === undefined ? `${pointer}/metadata/annotations/${step(annotation)}` : `${pointer}/spec/storageClassName`,
    name,
    known,
    'references/missing-storage-class',
    'StorageClass',
  );
}

/** Class names that only pair claims with volumes made by hand. */
function volumeClasses(set: ManifestSet): Set<string> {
  return new Set(set.ofKind('', 'PersistentVolume').flatMap((each) => textAt(each, 'spec', 'storageClassName') ?? []));
}

function offered(set: ManifestSet, group: string, kind: string, names: readonly string[] | undefined): string[] {
  return [...set.ofKind(group, kind).map((each) => each.metadata.name), ...(names ?? [])];
}

/** Names of the objects of a kind, by namespace. */
export function namesByNamespace(set: ManifestSet, group: string, kind: string): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const each of set.ofKind(group, kind)) {
    const namespace = set.namespaceOf(each);
    const known = names.get(namespace);
    if (known === undefined) names.set(namespace, new Set([each.metadata.name]));
    else known.add(each.metadata.name);
  }
  return names;
}

function missing(
  set: ManifestSet,
  report: Report,
  manifest: Manifest,
  pointer: string,
  name: string,
  known: ReadonlySet<string> | undefined,
  code: Code,
  kind: string,
  namespace: string,
): void {
  if (known?.has(name)) return;
  const others = [...(known ?? [])];
  report(code, manifest, pointer, `${kind} "${name}" does not exist in namespace ${namespace}`, {
    hint: hintFrom(name, others, `add the ${kind}`),
    // Much of kube-system comes with the cluster.
    severity: missingSeverity(set, namespace === 'kube-system' ? [] : others),
  });
}

function missingClass(
  set: ManifestSet,
  report: Report,
  manifest: Manifest,
  pointer: string,
  name: string,
  known: readonly string[],
  code: Code,
  kind: string,
  severity = offeredSeverity(set, name, known),
): void {
  if (known.includes(name)) return;
  report(code, manifest, pointer, `${kind} "${name}" does not exist`, {
    hint: hintFrom(name, known, `declare it, or list it among what the cluster offers`),
    severity,
  });
}
