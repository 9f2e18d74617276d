import { fileURLToPath } from 'node:url';
import { readKubernetesClient } from './kubernetes-client.ts';
import { readJsii } from './jsii.ts';
import type { Kind, Source } from './schema.ts';
import { nativeFileName, standalone } from './standalone.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Every file of `packages/schemas/registry`, as text by its path there. */
export function generate(): Map<string, string> {
  const v1_36 = readKubernetesClient(`${root}node_modules/kubernetes-client-1.36`);
  const v1_34 = readKubernetesClient(`${root}node_modules/kubernetes-client-1.34`);
  const v1_28 = readJsii(`${root}node_modules/cdk8s-plus-28`, v1_34.kinds);
  const files = new Map<string, string>();
  for (const [version, source] of [
    ['1.28', v1_28],
    ['1.34', v1_34],
    ['1.36', v1_36],
  ] as const) {
    addVersion(files, version, source);
  }
  return files;
}

function addVersion(files: Map<string, string>, version: string, source: Source): void {
  const folder = `v${version}.0-standalone-strict`;
  for (const kind of source.kinds) {
    files.set(`${folder}/${nativeFileName(kind)}`, text(standalone(kind, source.definitions)));
  }
  files.set(`${folder}/kinds.json`, text({ kinds: source.kinds.map(kindEntry).sort(byKind) }));
}

interface KindEntry {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural?: string;
  readonly namespaced?: boolean;
}

function kindEntry({ apiVersion, kind, plural, namespaced }: Kind): KindEntry {
  return {
    apiVersion,
    kind,
    ...(plural !== undefined && { plural }),
    ...(namespaced !== undefined && { namespaced }),
  };
}

function byKind(a: KindEntry, b: KindEntry): number {
  const left = `${a.apiVersion} ${a.kind}`;
  const right = `${b.apiVersion} ${b.kind}`;
  return left < right ? -1 : left > right ? 1 : 0;
}

function text(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
