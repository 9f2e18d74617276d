import { fileURLToPath } from 'node:url';
import { customSchemaPath, nativeSchemaPath } from '@fairlead/schemas/schema-path';
import { schemaFolder } from '@fairlead/schemas/versions';
import ts from 'typescript';
import { readDeclarations } from './declarations.ts';
import { readJsii } from './jsii.ts';
import { readKubernetesClient } from './kubernetes-client.ts';
import { withConstraints } from './constraints.ts';
import type { Kind, Schema, Source } from './schema.ts';
import { standalone } from './standalone.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Every file of `packages/schemas/registry`, as text by its path there. */
export async function generate(): Promise<Map<string, string>> {
  const v1_36 = readKubernetesClient(`${root}node_modules/kubernetes-client-1.36`);
  const v1_34 = readKubernetesClient(`${root}node_modules/kubernetes-client-1.34`);
  const v1_28 = readJsii(`${root}node_modules/cdk8s-plus-28`, v1_34.kinds);
  const files = new Map<string, string>();
  for (const [version, source] of [
    ['1.28', v1_28],
    ['1.34', v1_34],
    ['1.36', v1_36],
  ] as const) {
    addFiles(files, schemaFolder(version), source, (kind) => nativeSchemaPath(version, kind.apiVersion, kind.kind));
  }
  addFiles(files, 'crds', await customResources(v1_36), (kind) => customSchemaPath(kind.apiVersion, kind.kind));
  return files;
}

/** Custom resources share the ObjectMeta of `native`. */
async function customResources(native: Source): Promise<Source> {
  const table = fileURLToPath(new URL('custom-resources.ts', import.meta.url));
  const { kinds, definitions } = readDeclarations(table, {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2023,
    allowImportingTsExtensions: true,
    strict: true,
    types: [],
  });
  const schemas = new Map<string, Schema>(native.definitions);
  for (const [name, definition] of definitions) schemas.set(name, await withConstraints(definition));
  return {
    definitions: schemas,
    kinds: kinds.map(({ apiVersion, kind, root }) => ({
      apiVersion,
      kind,
      namespaced: !clusterScoped.has(kind),
      schema: withCommonFields(schemas.get(root) ?? {}),
    })),
  };
}

const clusterScoped = new Set(
  `AKSNodeClass ClusterExternalDNS ClusterIssuer ClusterNodeMonitoring ClusterPodMonitoring ClusterRules
  ClusterSecretStore ClusterTriggerAuthentication ComputeClass EC2NodeClass GatewayClass GlobalRules IngressClassParams
  NodePool VolumeSnapshotClass`.split(/\s+/),
);

function withCommonFields(schema: Schema): Schema {
  const properties = { ...schema.properties, metadata: { $ref: '#/$defs/V1ObjectMeta', type: 'object' } as const };
  const required = (schema.required ?? []).filter((name) => name !== 'status');
  return { ...schema, required, properties: { ...properties, status: { type: ['object', 'null'] } } };
}

function addFiles(
  files: Map<string, string>,
  folder: string,
  { kinds, definitions }: Source,
  pathOf: (kind: Kind) => string,
): void {
  for (const kind of kinds) files.set(pathOf(kind), text(standalone(kind, definitions)));
  files.set(`${folder}/kinds.json`, text({ kinds: kinds.map(kindEntry).sort(byKind) }));
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
