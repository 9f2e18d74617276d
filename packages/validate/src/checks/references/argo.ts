import type { Manifest } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, isMap, listAt, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { missingSeverity } from '../../missing.ts';

/** An Argo CD Application belongs to a project that exists and allows its sources and destination, and its paths exist. */
export const argoReferences: Check = (set, report) => {
  for (const each of set.ofKind('argoproj.io', 'ApplicationSet')) {
    const name = textAt(at(each, 'spec', 'template'), 'spec', 'project');
    if (name !== undefined && name !== 'default' && !name.includes('{{'))
      checkProject(set, report, each, '/spec/template/spec/project', name);
  }
  for (const application of set.ofKind('argoproj.io', 'Application')) {
    const name = textAt(application, 'spec', 'project') ?? 'default';
    const project = set.get('argoproj.io', 'AppProject', set.namespaceOf(application), name);
    if (project === undefined && name !== 'default') checkProject(set, report, application, '/spec/project', name);
    const single = at(application, 'spec', 'source');
    const sources: [unknown, string][] = isMap(single) ? [[single, '/spec/source']] : [];
    listAt(application, 'spec', 'sources').forEach((each, index) => sources.push([each, `/spec/sources/${index}`]));
    for (const [source, pointer] of sources) {
      if (project !== undefined) checkSource(report, application, project, source, pointer);
      checkPath(set, report, application, source, pointer);
    }
    if (project !== undefined) checkDestination(report, application, project);
    if (
      (textAt(application, 'spec', 'destination', 'server') ?? '') !== '' &&
      (textAt(application, 'spec', 'destination', 'name') ?? '') !== ''
    )
      report('rules/incomplete', application, '/spec/destination', 'a destination has a server or a name, not both', {
        hint: 'remove one of the two',
      });
    const namespace = textAt(application, 'spec', 'destination', 'namespace');
    const creates = listAt(application, 'spec', 'syncPolicy', 'syncOptions').includes('CreateNamespace=true');
    const here =
      ['https://kubernetes.default.svc', undefined].includes(textAt(application, 'spec', 'destination', 'server')) &&
      (textAt(application, 'spec', 'destination', 'name') ?? 'in-cluster') === 'in-cluster';
    if (
      namespace !== undefined &&
      here &&
      !creates &&
      set.context === 'fleet' &&
      !set.namespaces.has(namespace) &&
      !set.offers?.namespaces.includes(namespace) &&
      !['default', 'kube-system'].includes(namespace) &&
      !(namespace === set.metrics?.namespace && set.manifests.some((each) => set.namespaceOf(each) === namespace))
    ) {
      report(
        'references/missing-namespace',
        application,
        '/spec/destination/namespace',
        `Namespace "${namespace}" of the destination does not exist`,
        { hint: hintFrom(namespace, set.namespaces.keys(), 'declare it, or add CreateNamespace=true to syncOptions') },
      );
    }
  }
};

/** Whether a project exists where the applications lie. */
function checkProject(set: ManifestSet, report: Report, manifest: Manifest, pointer: string, name: string): void {
  if (set.get('argoproj.io', 'AppProject', set.namespaceOf(manifest), name) !== undefined) return;
  const projects = set.ofKind('argoproj.io', 'AppProject').map((each) => each.metadata.name);
  report(
    'references/missing-project',
    manifest,
    pointer,
    `AppProject "${name}" does not exist in namespace ${set.namespaceOf(manifest)}`,
    { hint: hintFrom(name, projects), severity: missingSeverity(set, projects) },
  );
}

function checkSource(report: Report, application: Manifest, project: Manifest, source: unknown, pointer: string): void {
  const url = textAt(source, 'repoURL');
  const allowed = listAt(project, 'spec', 'sourceRepos').filter((each) => typeof each === 'string');
  if (url === undefined || permits(allowed, url)) return;
  report(
    'references/source-not-allowed',
    application,
    `${pointer}/repoURL`,
    `AppProject "${project.metadata.name}" does not allow the repository ${url}`,
    {
      hint: allowed.length === 0 ? 'it allows none: list it under spec.sourceRepos' : `it allows ${allowed.join(', ')}`,
    },
  );
}

function checkDestination(report: Report, application: Manifest, project: Manifest): void {
  const { server, name, namespace } = {
    server: textAt(application, 'spec', 'destination', 'server'),
    name: textAt(application, 'spec', 'destination', 'name'),
    namespace: textAt(application, 'spec', 'destination', 'namespace'),
  };
  const destinations = listAt(project, 'spec', 'destinations');
  const denied = (field: string, value: string | undefined): boolean =>
    destinations.some(
      (each) =>
        textAt(each, field)?.startsWith('!') === true &&
        value !== undefined &&
        glob(textAt(each, field)?.slice(1) ?? '', value),
    );
  const ok =
    !denied('namespace', namespace) &&
    destinations.some((each) => {
      const cluster = server !== undefined ? textAt(each, 'server') : textAt(each, 'name');
      // A destination given by name may be allowed by server and the other way round; only what is stated alike can be compared.
      const reaches = cluster === undefined || glob(cluster, server ?? name ?? '');
      return reaches && (namespace === undefined || glob(textAt(each, 'namespace') ?? '', namespace));
    });
  if (ok) return;
  report(
    'references/destination-not-allowed',
    application,
    '/spec/destination',
    `AppProject "${project.metadata.name}" does not allow the destination ${[server ?? name, namespace].filter(Boolean).join(', namespace ')}`,
    {
      hint: `it allows ${destinations.map((each) => `${textAt(each, 'server') ?? textAt(each, 'name') ?? '*'}/${textAt(each, 'namespace') ?? ''}`).join(', ') || 'none'}`,
    },
  );
}

/** Paths are judged only for the repository at hand, or where none is known to be another. */
function checkPath(set: ManifestSet, report: Report, application: Manifest, source: unknown, pointer: string): void {
  const path = textAt(source, 'path');
  const url = textAt(source, 'repoURL');
  if (
    path === undefined ||
    set.pathExists === undefined ||
    set.repository === undefined ||
    url === undefined ||
    plain(url) !== plain(set.repository)
  )
    return;
  if (!set.pathExists(path.replace(/^\.?\//, '').replace(/\/$/, '')))
    report(
      'references/missing-path',
      application,
      `${pointer}/path`,
      `path "${path}" does not exist in the repository`,
      { hint: 'paths are relative to the root of the repository' },
    );
}

/** A Git URL without what does not tell repositories apart. */
export function plain(url: string): string {
  return url
    .toLowerCase()
    .replace(/^(?:https?|ssh|git):\/\/(?:[^@/]*@)?/, '')
    .replace(/^[^@/]+@([^:/]+):/, '$1/')
    .replace(/\.git$/, '')
    .replace(/\/$/, '');
}

function permits(patterns: readonly string[], value: string): boolean {
  if (patterns.some((each) => each.startsWith('!') && glob(plain(each.slice(1)), plain(value)))) return false;
  return patterns.some((each) => each === '*' || glob(plain(each), plain(value)));
}

function glob(pattern: string, value: string): boolean {
  if (pattern === '*' || pattern === value) return true;
  if (!/[*?]/.test(pattern)) return false;
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**', '*')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(value);
}
