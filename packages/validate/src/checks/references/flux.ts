import type { Manifest } from '@fairlead/objects';
import { groupOf } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { atPath, listAt, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { missingSeverity } from '../../missing.ts';
import { plain } from './argo.ts';

const sourceGroup = 'source.toolkit.fluxcd.io';

/** A Flux Kustomization or HelmRelease names a source that exists, a path that exists, and dependencies that exist and do not go in a circle. */
export const fluxReferences: Check = (set, report) => {
  for (const [group, kind, sourcePointer] of [
    ['kustomize.toolkit.fluxcd.io', 'Kustomization', '/spec/sourceRef'],
    ['helm.toolkit.fluxcd.io', 'HelmRelease', '/spec/chart/spec/sourceRef'],
  ] as const) {
    const all = set.ofKind(group, kind);
    for (const manifest of all) {
      checkSource(set, report, manifest, sourcePointer);
      checkDependencies(set, report, manifest, all);
    }
    reportCycles(set, report, all);
  }
  reportWaves(set, report);
};

function checkSource(set: ManifestSet, report: Report, manifest: Manifest, pointer: string): void {
  const reference = atPath(manifest, pointer.slice(1).split('/'));
  const kind = textAt(reference, 'kind');
  const name = textAt(reference, 'name');
  if (kind === undefined || name === undefined) return;
  const namespace = textAt(reference, 'namespace') ?? set.namespaceOf(manifest);
  const source = set.get(sourceGroup, kind, namespace, name);
  if (source === undefined) {
    // `flux bootstrap` makes the source that reads this repository itself.
    if (name === 'flux-system' && kind === 'GitRepository') return;
    const known = set.ofKind(sourceGroup, kind).map((each) => each.metadata.name);
    report(
      'references/missing-flux-source',
      manifest,
      `${pointer}/name`,
      `${kind} "${name}" does not exist in namespace ${namespace}`,
      { hint: hintFrom(name, known), severity: missingSeverity(set, known) },
    );
  }
  const path = textAt(manifest, 'spec', 'path');
  const url = textAt(source, 'spec', 'url');
  const same =
    source === undefined || (url !== undefined && set.repository !== undefined && plain(url) === plain(set.repository));
  if (kind !== 'GitRepository' || path === undefined || !same || set.pathExists === undefined) return;
  if (!set.pathExists(path.replace(/^\.?\//, '').replace(/\/$/, '')))
    report('references/missing-path', manifest, '/spec/path', `path "${path}" does not exist in the repository`, {
      hint: 'paths are relative to the root of the repository',
    });
}

function checkDependencies(set: ManifestSet, report: Report, manifest: Manifest, all: readonly Manifest[]): void {
  for (const [index, each] of listAt(manifest, 'spec', 'dependsOn').entries()) {
    const name = textAt(each, 'name');
    if (name === undefined) continue;
    const namespace = textAt(each, 'namespace') ?? set.namespaceOf(manifest);
    if (set.get(groupOf(manifest.apiVersion), manifest.kind, namespace, name) !== undefined) continue;
    report(
      'references/missing-dependency',
      manifest,
      `/spec/dependsOn/${index}/name`,
      `${manifest.kind} "${name}" does not exist in namespace ${namespace}`,
      {
        hint: hintFrom(
          name,
          all.map((other) => other.metadata.name),
        ),
        severity: missingSeverity(set, all),
      },
    );
  }
}

function reportCycles(set: ManifestSet, report: Report, all: readonly Manifest[]): void {
  const done = new Set<Manifest>();
  for (const start of all) {
    const path: Manifest[] = [];
    const stack: { manifest: Manifest; next: number }[] = [{ manifest: start, next: 0 }];
    if (done.has(start)) continue;
    path.push(start);
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (top === undefined) break;
      const reference = listAt(top.manifest, 'spec', 'dependsOn')[top.next++];
      if (reference === undefined) {
        done.add(top.manifest);
        stack.pop();
        path.pop();
        continue;
      }
      const target = set.get(
        groupOf(top.manifest.apiVersion),
        top.manifest.kind,
        textAt(reference, 'namespace') ?? set.namespaceOf(top.manifest),
        textAt(reference, 'name') ?? '',
      );
      if (target === undefined || done.has(target)) continue;
      const loop = path.indexOf(target);
      if (loop >= 0) {
        const names = [...path.slice(loop), target].map((each) => each.metadata.name);
        report(
          'references/dependency-cycle',
          target,
          '/spec/dependsOn',
          `dependencies go in a circle: ${names.join(' → ')}`,
          { hint: 'none of them is ever applied: remove one of the dependencies' },
        );
        continue;
      }
      stack.push({ manifest: target, next: 0 });
      path.push(target);
    }
  }
}

/** Argo CD sync waves: a number, and never later for a namespace or a definition than for what needs it. */
function reportWaves(set: ManifestSet, report: Report): void {
  const annotation = 'argocd.argoproj.io/sync-wave';
  const wave = (manifest: Manifest): number | undefined => {
    const text = textAt(manifest.metadata.annotations, annotation);
    return text === undefined ? undefined : Number(text);
  };
  const pointer = `/metadata/annotations/${step(annotation)}`;
  const latestNamespace = new Map<string, number>();
  for (const [name, { manifest }] of set.namespaces) latestNamespace.set(name, wave(manifest) ?? 0);
  for (const manifest of set.manifests) {
    const own = wave(manifest);
    if (own === undefined) {
      const later = latestNamespace.get(set.namespaceOf(manifest));
      if (later !== undefined && later > 0 && set.context === 'fleet')
        report(
          'references/late-wave',
          manifest,
          '/metadata',
          `${manifest.kind} "${manifest.metadata.name}" syncs before its namespace, which has wave ${later}`,
          { hint: 'give the namespace a lower wave' },
        );
      continue;
    }
    if (!Number.isInteger(own)) {
      report(
        'references/late-wave',
        manifest,
        pointer,
        `sync wave "${textAt(manifest, 'metadata', 'annotations', annotation)}" is no whole number`,
        { hint: 'write a whole number in quotes' },
      );
      continue;
    }
    const namespaceWave = latestNamespace.get(set.namespaceOf(manifest));
    if (namespaceWave !== undefined && namespaceWave > own)
      report(
        'references/late-wave',
        manifest,
        pointer,
        `${manifest.kind} "${manifest.metadata.name}" syncs in wave ${own}, before its namespace in wave ${namespaceWave}`,
        { hint: 'give the namespace a lower wave' },
      );
  }
}
