import yaml from 'js-yaml';
import type { Manifest } from '@fairlead/objects/manifest';
import type { SourceFile, SourceManifest } from './model.ts';

/** A file that could not be read as YAML, with the parser's reason. */
export interface Unreadable {
  readonly path: string;
  readonly reason: string;
}

const truths = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']);
const lies = new Set(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']);
const integer = /^[-+]?(0b[01_]+|0o?[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+)$/;

// kubectl, Argo CD and Flux read YAML 1.1 (sigs.k8s.io/yaml): `yes` is true and `0755` is octal.
const schema = yaml.FAILSAFE_SCHEMA.extend({
  implicit: [
    new yaml.Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (text: unknown) => text === '<<' }),
    new yaml.Type('tag:yaml.org,2002:null', {
      kind: 'scalar',
      resolve: (text: unknown) =>
        text === null || text === '' || text === '~' || text === 'null' || text === 'Null' || text === 'NULL',
      construct: () => null,
    }),
    new yaml.Type('tag:yaml.org,2002:bool', {
      kind: 'scalar',
      resolve: (text: unknown) => typeof text === 'string' && text.length < 6 && (truths.has(text) || lies.has(text)),
      construct: (text: string) => truths.has(text),
    }),
    new yaml.Type('tag:yaml.org,2002:int', {
      kind: 'scalar',
      resolve: (text: unknown) => typeof text === 'string' && startsLikeNumber(text) && integer.test(text),
      construct: (text: string) => toInteger(text),
    }),
    new yaml.Type('tag:yaml.org,2002:float', {
      kind: 'scalar',
      resolve: (text: unknown) =>
        typeof text === 'string' &&
        startsLikeNumber(text) &&
        /^[-+]?([0-9][0-9_]*)?\.?[0-9]*([eE][-+]?[0-9]+)?$/.test(text) &&
        /[0-9]/.test(text),
      construct: (text: string) => Number(text.replaceAll('_', '')),
    }),
  ],
  explicit: [
    new yaml.Type('tag:yaml.org,2002:binary', {
      kind: 'scalar',
      resolve: () => true,
      construct: (text: string) => text.replace(/\s/g, ''),
    }),
  ],
});

function startsLikeNumber(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
}

function toInteger(text: string): number {
  const digits = text.replaceAll('_', '').replace(/^\+/, '');
  const sign = digits.startsWith('-') ? -1 : 1;
  const bare = digits.replace('-', '');
  if (/^0[0-7]+$/.test(bare)) return sign * Number.parseInt(bare, 8);
  return sign * Number(bare);
}

/** Parses every document of a YAML or JSON text as Kubernetes tools read it (YAML 1.1). Throws the parser's error. */
export function parseYaml(text: string): unknown[] {
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  // Ten aliases to ten aliases to … is a bomb; hand-written manifests hold a few dozen at most.
  if (bare.includes('*') && (bare.match(/(^|[\s[{,:-])\*[A-Za-z0-9_-]+/gm)?.length ?? 0) > 500)
    throw new Error('more than 500 YAML aliases');
  const documents: unknown[] = [];
  yaml.loadAll(bare, (each) => documents.push(each), { schema, json: true });
  return documents;
}

const clusterPath = /(?:^|\/)clusters\/([^/]+)\/(?:([^/]+)\/)?[^/]+$/;
const source = /^#\s*(?:Source:\s*(\S+)|Rendered by .*? from (\S+?)[.,]?(?:\s|$))/m;

/** Which cluster and app a path of the layout `clusters/<cluster>/<app>/<file>` belongs to; empty for other layouts. */
export function placementOf(path: string): { cluster?: string; app?: string } {
  const match = clusterPath.exec(path);
  if (match === null) return {};
  const [, cluster, app] = match;
  return { ...(cluster === undefined ? {} : { cluster }), ...(app === undefined ? {} : { app }) };
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (!('apiVersion' in value) || !('kind' in value) || !('metadata' in value)) return false;
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof metadata !== 'object' || metadata === null)
    return false;
  return nameOf(metadata) !== undefined;
}

/** The name, or the prefix from which the API server makes one. A name that YAML reads as a number or truth value is its text. */
function nameOf(metadata: object): string | undefined {
  for (const key of ['name', 'generateName']) {
    const value: unknown = Reflect.get(metadata, key);
    if (value !== undefined && value !== null && value !== '' && typeof value !== 'object') return String(value);
  }
  return undefined;
}

function* objectsIn(document: unknown, depth = 0): Generator<Manifest> {
  if (typeof document !== 'object' || document === null) return;
  if (
    'kind' in document &&
    typeof document.kind === 'string' &&
    document.kind.endsWith('List') &&
    'items' in document &&
    Array.isArray(document.items) &&
    depth < 3
  ) {
    for (const item of document.items) yield* objectsIn(item, depth + 1);
    return;
  }
  if (!isManifest(document)) return;
  const name = nameOf(document.metadata) ?? '';
  yield document.metadata.name === name ? document : { ...document, metadata: { ...document.metadata, name } };
}

/** The Kubernetes objects of a file: many documents and Lists are opened, whatever is no object is passed over. Throws on YAML that no tool reads. */
export function parseManifests(file: SourceFile): SourceManifest[] {
  const header = file.text.startsWith('#') ? source.exec(file.text.slice(0, 500)) : null;
  const origin = header?.[1] ?? header?.[2];
  const placement = placementOf(file.path);
  const found: SourceManifest[] = [];
  for (const document of parseYaml(file.text)) {
    for (const manifest of objectsIn(document))
      found.push({ manifest, file: file.path, ...placement, ...(origin === undefined ? {} : { origin }) });
  }
  return found;
}

/** Parses many files; what cannot be read is returned apart instead of thrown. */
export function parseFiles(files: readonly SourceFile[]): { manifests: SourceManifest[]; unreadable: Unreadable[] } {
  const manifests: SourceManifest[] = [];
  const unreadable: Unreadable[] = [];
  for (const file of files) {
    try {
      for (const each of parseManifests(file)) manifests.push(each);
    } catch (error) {
      unreadable.push({
        path: file.path,
        reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
      });
    }
  }
  return { manifests, unreadable };
}
