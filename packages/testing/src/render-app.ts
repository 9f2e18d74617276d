import type { AppDefinition, ImageResolver } from '@fairlead/app';
import type { Diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';
import { createReachability } from '@fairlead/network-policy/reachability';
import type { Manifest } from '@fairlead/objects';
import { emit, renderPlacement } from '@fairlead/render';

/** An app rendered on one cluster, with what a test asks of it. */
export interface RenderedApp {
  readonly manifests: readonly Manifest[];
  readonly diagnostics: readonly Diagnostic[];
  /** The manifest of a kind and name. Throws with the names that are there. */
  get(kind: string, name: string): Manifest;
  /** All manifests of a kind, by name. */
  all(kind: string): readonly Manifest[];
  /** YAML of a manifest, or of one part of it by its JSON pointer. */
  yaml(kind: string, name: string, pointer?: string): string;
  /** True when the rendered network policies let a workload reach another on a port; `<kind>/<name>` or `<namespace>/<kind>/<name>`. */
  reaches(from: string, to: string, port: number): boolean;
}

const anyImage: ImageResolver = (key) => ({
  reference: `registry.example.com/${key}:1.0.0@sha256:${'0'.repeat(64)}`,
  digest: true,
});

/** Renders an app on a cluster in memory. Images come from releases.yaml only if the test gives a resolver. */
export function renderApp(definition: AppDefinition, cluster: Cluster, images: ImageResolver = anyImage): RenderedApp {
  const { manifests: placed, diagnostics } = renderPlacement(definition, cluster, images);
  const manifests = placed.map(({ manifest }) => manifest);
  const all = (kind: string): Manifest[] => manifests.filter((each) => each.kind === kind);
  const get = (kind: string, name: string): Manifest => {
    const found = all(kind).find(({ metadata }) => metadata.name === name);
    if (found) return found;
    const names = all(kind).map(({ metadata }) => metadata.name);
    throw new Error(`no ${kind} "${name}"; there ${names.length === 0 ? 'is none' : `are ${names.join(', ')}`}`);
  };
  const complete = (reference: string): string =>
    reference.split('/').length === 2 ? `${definition.namespace}/${reference}` : reference;
  return {
    manifests,
    diagnostics,
    all,
    get,
    yaml: (kind, name, pointer = '') => partText(get(kind, name), pointer),
    reaches: (from, to, port) => createReachability(manifests).reach(complete(from), complete(to), { port }).allowed,
  };
}

function partText(manifest: Manifest, pointer: string): string {
  if (pointer === '') return emit(manifest);
  const part = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, key) => (isRecord(value) ? value[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
      manifest,
    );
  // The emitter writes whole manifests; a part is shown as the only field of an empty one.
  const text = emit({ apiVersion: 'v1', kind: 'Part', metadata: { name: 'part' }, part });
  const shown = text.slice(text.indexOf('\npart:') + '\npart:'.length).replace(/^\n/, '');
  // The emitter does not indent the items of a list.
  return (Array.isArray(part) ? shown : shown.replace(/^ {2}/gm, '')).trimStart();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
