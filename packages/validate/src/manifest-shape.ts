import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic, suggest } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import { groupOf } from '@fairlead/objects';
import { isMap, type JsonMap } from './json.ts';
import { locate } from './locate.ts';
import { isBuiltInGroup } from './scope.ts';
import type { Source } from './source.ts';

/** API groups of files that tools read, and of questions that API servers answer: nothing that a cluster keeps, although they carry `apiVersion` and `kind`. */
const configurationGroups =
  /^(?:kustomize\.config\.k8s\.io|kind\.x-k8s\.io|kubeadm\.k8s\.io|kubelet\.config\.k8s\.io|kubeproxy\.config\.k8s\.io|kubescheduler\.config\.k8s\.io|apiserver\.config\.k8s\.io|apiserver\.k8s\.io|audit\.k8s\.io|client\.authentication\.k8s\.io|eksctl\.io|k3d\.io|k0sctl\.k0sproject\.io|skaffold|ctlptl\.dev|backstage\.io|cli\.kyverno\.io|config\.kio\.kpt\.dev|fn\.kpt\.dev|chainsaw\.kyverno\.io|kuttl\.dev|talos\.dev|testing\.k8s\.io|builtin|config\.kubernetes\.io|authentication\.k8s\.io|authorization\.k8s\.io|admission\.k8s\.io|imagepolicy\.k8s\.io|meta\.pkg\.crossplane\.io|deploy\.cloud\.google\.com|krew\.googlecontainertools\.github\.com|openslo)(?:\/|$)/;

/** True for a document that is configuration of a tool and not an object of a cluster: a kubeconfig, a Chart.yaml, a Skaffold file … */
export function isConfiguration(content: unknown): boolean {
  if (!isMap(content)) return false;
  const { apiVersion, kind } = content;
  if (typeof apiVersion !== 'string') return false;
  if (configurationGroups.test(apiVersion)) return true;
  if (apiVersion === 'v1' && kind === 'Config') return true;
  // Programs borrow the form for their own settings: an object of a cluster has at least one of the two.
  if (
    typeof kind === 'string' &&
    !kind.endsWith('List') &&
    !isBuiltInGroup(groupOf(apiVersion)) &&
    !('metadata' in content) &&
    !('spec' in content)
  )
    return true;
  return kind === undefined && content['name'] !== undefined && content['version'] !== undefined;
}

/** Hands over the manifests of one parsed document (several, if it is a List), and a diagnostic for whatever is no manifest. */
export function manifestsOf(
  content: unknown,
  source: Source,
  found: (manifest: Manifest, source: Source) => void,
  report: (diagnostic: Diagnostic) => void,
): void {
  const complain = (code: Diagnostic['code'], pointer: string, message: string, hint?: string): void =>
    report(
      diagnostic(code, {
        message,
        hint,
        file: source.file,
        pointer: source.prefix + pointer,
        origin: source.origin,
        ...locate(source, pointer),
      }),
    );
  if (!isMap(content)) {
    complain(
      'validate/not-a-manifest',
      '',
      'the document is no Kubernetes object',
      'keep only objects with apiVersion, kind and metadata here',
    );
    return;
  }
  const { apiVersion, kind } = content;
  if (typeof apiVersion !== 'string' || apiVersion === '') {
    complain('validate/no-api-version', '', `${describe(kind)} has no apiVersion`, hintFor('apiVersion', content));
    return;
  }
  if (typeof kind !== 'string' || kind === '') {
    complain('validate/no-kind', '', 'the object has no kind', hintFor('kind', content));
    return;
  }
  if (kind.endsWith('List') && Array.isArray(content['items'])) {
    const item = kind.slice(0, -4);
    content['items'].forEach((each: unknown, index) => {
      // Items of a typed list (DeploymentList) carry neither kind nor version of their own.
      const filled = item !== '' && isMap(each) ? { apiVersion, kind: item, ...each } : each;
      manifestsOf(filled, { ...source, prefix: `${source.prefix}/items/${index}` }, found, report);
    });
    return;
  }
  const metadata = content['metadata'];
  if (!isMap(metadata)) {
    complain('validate/no-name', '', `${kind} has no metadata`, 'add metadata with a name');
    return;
  }
  const name = metadata['name'];
  if (typeof name === 'string' && name !== '') found(content as Manifest, source);
  else if (typeof metadata['generateName'] === 'string')
    found(named(content, metadata, metadata['generateName']), source);
  else if (name === undefined || name === null || name === '')
    complain('validate/no-name', '/metadata', `${kind} has no name`, 'add metadata.name');
  else
    complain(
      'validate/no-name',
      '/metadata/name',
      `the name of ${kind} is ${JSON.stringify(name)}, not text`,
      'quote it',
    );
}

function named(content: JsonMap, metadata: JsonMap, name: string): Manifest {
  return { ...content, metadata: { ...metadata, name } } as unknown as Manifest;
}

function describe(kind: unknown): string {
  return typeof kind === 'string' ? kind : 'the object';
}

function hintFor(field: string, content: JsonMap): string {
  const written = suggest(field, Object.keys(content));
  return written === undefined ? `add ${field}` : `write ${field} instead of ${written}`;
}
