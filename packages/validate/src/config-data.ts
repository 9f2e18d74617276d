import type { Manifest } from '@fairlead/objects';
import { at, isMap, listAt, mapAt, textAt } from './json.ts';
import type { ManifestSet } from './manifest-set.ts';
import { lazily } from './lazily.ts';
import { madeNames } from './made-names.ts';
import { isBuiltInGroup } from './scope.ts';

/** The keys a ConfigMap or Secret will have; `any` where a controller decides. */
export type Keys = ReadonlySet<string> | 'any';

/** ConfigMaps and Secrets that will exist on the cluster, whoever makes them. */
export interface ConfigData {
  configMap(namespace: string, name: string): Keys | undefined;
  secret(namespace: string, name: string): Keys | undefined;
  /** Names of one namespace, for hints. */
  names(kind: 'ConfigMap' | 'Secret', namespace: string): readonly string[];
  /** Secrets that exist only while a pod mounts their SecretProviderClass: its name, by `namespace/name`. */
  readonly mounted: ReadonlyMap<string, string>;
  /** True when a custom resource of that namespace may have made this Secret or ConfigMap under a name of its own choice. */
  mayBeMade(namespace: string, name: string): boolean;
}

/** What is known of the ConfigMaps and Secrets of a set. */
export function configData(set: ManifestSet): ConfigData {
  return set.memo(collect);
}

function collect(set: ManifestSet): ConfigData {
  const configMaps = new Map<string, Keys>();
  const secrets = new Map<string, Keys>();
  const mounted = new Map<string, string>();
  const replicated = { configMaps: new Map<string, Keys>(), secrets: new Map<string, Keys>() };
  const owners = new Map<string, string[]>();
  const add = (map: Map<string, Keys>, namespace: string, name: string | undefined, keys: Keys): void => {
    if (name === undefined || name === '') return;
    const known = map.get(`${namespace}/${name}`);
    map.set(
      `${namespace}/${name}`,
      known === undefined ? keys : known === 'any' || keys === 'any' ? 'any' : new Set([...known, ...keys]),
    );
  };

  for (const { group, key: kind, manifests } of set.kinds) {
    const custom = !isBuiltInGroup(group);
    for (const manifest of manifests) {
      const namespace = set.namespaceOf(manifest);
      const { name } = manifest.metadata;
      const spec = manifest['spec'];
      const secret = (of: string | undefined, keys: Keys): void => add(secrets, namespace, of, keys);
      switch (kind) {
        case '/ConfigMap': {
          const keys = isInjected(manifest) ? 'any' : keysOf(manifest, 'data', 'binaryData');
          add(configMaps, namespace, name, keys);
          if (isReplicated(manifest)) add(replicated.configMaps, '', name, keys);
          break;
        }
        case '/Secret': {
          const token = manifest['type'] === 'kubernetes.io/service-account-token';
          const keys: Keys = token
            ? new Set(['token', 'ca.crt', 'namespace'])
            : isInjected(manifest)
              ? 'any'
              : keysOf(manifest, 'data', 'stringData');
          secret(name, keys);
          if (isReplicated(manifest)) add(replicated.secrets, '', name, keys);
          break;
        }
        case 'bitnami.com/SealedSecret':
          secret(
            textAt(spec, 'template', 'metadata', 'name') ?? name,
            union(keysOf(spec, 'encryptedData'), keysOf(at(spec, 'template'), 'data')),
          );
          break;
        case 'external-secrets.io/ExternalSecret':
          secret(textAt(spec, 'target', 'name') || name, externalKeys(spec));
          break;
        case 'external-secrets.io/ClusterExternalSecret': {
          const inner = at(spec, 'externalSecretSpec');
          add(
            replicated.secrets,
            '',
            textAt(inner, 'target', 'name') ?? textAt(spec, 'externalSecretName') ?? name,
            externalKeys(inner),
          );
          break;
        }
        case 'secrets-store.csi.x-k8s.io/SecretProviderClass':
          for (const each of listAt(spec, 'secretObjects')) {
            const made = textAt(each, 'secretName');
            secret(made, new Set(listAt(each, 'data').flatMap((item) => textAt(item, 'key') ?? [])));
            if (made !== undefined) mounted.set(`${namespace}/${made}`, name);
          }
          break;
        case 'secret-sync.gke.io/SecretSync':
          secret(
            name,
            new Set(listAt(spec, 'secretObject', 'data').flatMap((item) => textAt(item, 'targetKey') ?? [])),
          );
          break;
        case 'cert-manager.io/Certificate':
          secret(textAt(spec, 'secretName'), certificateKeys(spec));
          break;
        case 'trust.cert-manager.io/Bundle': {
          const key = textAt(spec, 'target', 'configMap', 'key');
          add(replicated.configMaps, '', name, key === undefined ? 'any' : new Set([key]));
          add(replicated.secrets, '', name, 'any');
          break;
        }
        case 'networking.k8s.io/Ingress':
          if (asksForCertificate(manifest))
            for (const each of listAt(spec, 'tls')) secret(textAt(each, 'secretName'), tlsKeys);
          break;
        case 'gateway.networking.k8s.io/Gateway':
          if (asksForCertificate(manifest)) {
            for (const listener of listAt(spec, 'listeners')) {
              for (const each of listAt(listener, 'tls', 'certificateRefs'))
                add(secrets, textAt(each, 'namespace') ?? namespace, textAt(each, 'name'), tlsKeys);
            }
          }
          break;
        case '/Service':
          secret(
            textAt(manifest, 'metadata', 'annotations', 'service.beta.openshift.io/serving-cert-secret-name') ??
              textAt(manifest, 'metadata', 'annotations', 'service.alpha.openshift.io/serving-cert-secret-name'),
            tlsKeys,
          );
          break;
        case 'batch/Job':
          // kube-webhook-certgen and its like: a Job that is told which Secret to make.
          for (const container of set.workloadOf(manifest)?.containers ?? []) {
            const words = [...listAt(container.spec, 'command'), ...listAt(container.spec, 'args')];
            for (const word of words)
              if (typeof word === 'string' && word.startsWith('--secret-name='))
                secret(word.slice('--secret-name='.length), 'any');
          }
          break;
        default:
          if (custom) {
            customSecrets(manifest, (of, where = namespace) => add(secrets, where, of, 'any'));
            for (const ending of madeNames[kind]?.secrets ?? []) secret(name + ending, 'any');
            if (!makesNoConfig.test(group)) {
              const list = owners.get(namespace);
              if (list === undefined) owners.set(namespace, [name]);
              else list.push(name);
            }
          }
      }
    }
  }
  for (const kustomization of set.kustomizations ?? []) {
    for (const [field, map] of [
      ['configMapGenerator', replicated.configMaps],
      ['secretGenerator', replicated.secrets],
    ] as const) {
      for (const each of listAt(kustomization.content, field)) add(map, '', textAt(each, 'name'), 'any');
    }
  }
  const configMapNames = lazily(() => namesByNamespace(configMaps));
  const secretNames = lazily(() => namesByNamespace(secrets));
  return {
    configMap: (namespace, name) => configMaps.get(`${namespace}/${name}`) ?? replicated.configMaps.get(`/${name}`),
    secret: (namespace, name) => secrets.get(`${namespace}/${name}`) ?? replicated.secrets.get(`/${name}`),
    names: (kind, namespace) => (kind === 'Secret' ? secretNames() : configMapNames()).get(namespace) ?? [],
    mounted,
    mayBeMade: (namespace, name) =>
      (owners.get(namespace) ?? []).some(
        (owner) => name.startsWith(`${owner}-`) || name.endsWith(`-${owner}`) || name.includes(`.${owner}.`),
      ),
  };
}

const tlsKeys: Keys = new Set(['tls.crt', 'tls.key', 'ca.crt']);

/** Groups whose objects never make a Secret or ConfigMap named after themselves. */
const makesNoConfig =
  /^(?:monitoring\.coreos\.com|cert-manager\.io|external-secrets\.io|gateway\.networking\.k8s\.io|keda\.sh|argoproj\.io|autoscaling\.k8s\.io|cilium\.io|(?:networking|security|telemetry)\.istio\.io|traefik\.(?:io|containo\.us)|kyverno\.io|karpenter\.sh|karpenter\.k8s\.aws|elbv2\.k8s\.aws|snapshot\.storage\.k8s\.io|secrets-store\.csi\.x-k8s\.io|bitnami\.com|(?:kustomize|helm|source|notification|image)\.toolkit\.fluxcd\.io|networking\.gke\.io|cloud\.google\.com|gateway\.envoyproxy\.io|velero\.io|metrics\.k8s\.io|monitoring\.googleapis\.com|azmonitoring\.coreos\.com|policy\.networking\.k8s\.io|crd\.projectcalico\.org)$/;

function keysOf(value: unknown, ...fields: readonly string[]): Set<string> {
  return new Set(fields.flatMap((field) => Object.keys(mapAt(value, field))));
}

function union(...sets: readonly Set<string>[]): Set<string> {
  return new Set(sets.flatMap((each) => [...each]));
}

/** Keys of the Secret that an ExternalSecret makes: those of its template, where it has one that replaces, else those of `data`. */
function externalKeys(spec: unknown): Keys {
  const template = at(spec, 'target', 'template');
  const templated = Object.keys(mapAt(template, 'data'));
  if (listAt(template, 'templateFrom').length > 0) return 'any';
  const replaces = templated.length > 0 && textAt(template, 'mergePolicy') !== 'Merge';
  if (!replaces && listAt(spec, 'dataFrom').length > 0) return 'any';
  return new Set([
    ...templated,
    ...(replaces ? [] : listAt(spec, 'data').flatMap((each) => textAt(each, 'secretKey') ?? [])),
  ]);
}

function certificateKeys(spec: unknown): Keys {
  const keys = new Set(tlsKeys);
  if (at(spec, 'keystores', 'jks') !== undefined) for (const key of ['keystore.jks', 'truststore.jks']) keys.add(key);
  if (at(spec, 'keystores', 'pkcs12') !== undefined)
    for (const key of ['keystore.p12', 'truststore.p12']) keys.add(key);
  for (const each of listAt(spec, 'additionalOutputFormats')) {
    const type = textAt(each, 'type');
    if (type === 'CombinedPEM') keys.add('tls-combined.pem');
    if (type === 'DER') keys.add('key.der');
  }
  return keys;
}

function asksForCertificate(manifest: Manifest): boolean {
  const annotations = mapAt(manifest, 'metadata', 'annotations');
  return [
    'cert-manager.io/cluster-issuer',
    'cert-manager.io/issuer',
    'kubernetes.io/tls-acme',
    'certmanager.k8s.io/cluster-issuer',
    'cert.gardener.cloud/purpose',
  ].some((each) => annotations[each] !== undefined);
}

function isReplicated(manifest: Manifest): boolean {
  return Object.keys(mapAt(manifest, 'metadata', 'annotations')).some((each) =>
    /^(?:reflector\.v1\.k8s\.emberstack\.com|replicator\.v1\.mittwald\.de|kubed\.appscode\.com)\//.test(each),
  );
}

/** Objects that a controller fills after they were applied. */
function isInjected(manifest: Manifest): boolean {
  const annotations = mapAt(manifest, 'metadata', 'annotations');
  const labels = mapAt(manifest, 'metadata', 'labels');
  return (
    [
      'service.beta.openshift.io/inject-cabundle',
      'replicator.v1.mittwald.de/replicate-from',
      'reflector.v1.k8s.emberstack.com/reflects',
      'kubernetes.io/service-account.name',
    ].some((each) => annotations[each] !== undefined) ||
    labels['config.openshift.io/inject-trusted-cabundle'] !== undefined
  );
}

/** Secrets that custom resources say they write: a destination, a connection secret, or a name that their operator is known for. */
function customSecrets(manifest: Manifest, add: (name: string | undefined, namespace?: string) => void): void {
  const spec = manifest['spec'];
  for (const field of ['writeConnectionSecretToRef', 'destination', 'connectionSecret', 'secretTemplate']) {
    const found = at(spec, field);
    add(textAt(found, 'name'), textAt(found, 'namespace'));
  }
  for (const each of Object.values(mapAt(spec, 'operatorSpec', 'secrets'))) if (isMap(each)) add(textAt(each, 'name'));
  if (/(?:User|Secret|Credentials?|Account|Key)$/.test(manifest.kind)) add(manifest.metadata.name);
}

function namesByNamespace(keys: ReadonlyMap<string, Keys>): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const key of keys.keys()) {
    const slash = key.indexOf('/');
    const list = names.get(key.slice(0, slash));
    if (list === undefined) names.set(key.slice(0, slash), [key.slice(slash + 1)]);
    else list.push(key.slice(slash + 1));
  }
  return names;
}
