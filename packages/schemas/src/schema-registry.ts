import { accepts } from './accepts.ts';
import { explain } from './explain.ts';
import type { Rule } from './rule.ts';
import { toRule } from './rule.ts';
import type { Schema } from './schema.ts';
import type { SchemaError } from './schema-error.ts';
import { customSchemaPath, nativeSchemaPath } from './schema-path.ts';
import { rightPlace } from './misplaced.ts';
import { objectMeta } from './object-meta.ts';
import { customKinds, type CustomKind } from './structural.ts';
import { schemaFolder, schemaVersionOf, type SchemaVersion } from './versions.ts';

/** Judges one manifest; an empty list where it fits its schema. */
export type SchemaValidator = (manifest: unknown) => readonly SchemaError[];

/** A kind that has a schema. */
export interface KindEntry {
  readonly apiVersion: string;
  readonly kind: string;
  /** Plural name in lower case, as RBAC rules spell it; absent where no source says. */
  readonly plural?: string;
  /** Absent where no source says. */
  readonly namespaced?: boolean;
}

/** Strict schemas of Kubernetes' own kinds, by version, and of custom resources. */
export interface SchemaRegistry {
  /** The validator of a kind on a Kubernetes version (`1.34`), or undefined where there is no schema. */
  validatorFor(kubernetes: string, apiVersion: string, kind: string): SchemaValidator | undefined;
  /** True where the schema is of a CustomResourceDefinition that was handed over, and so of the very version that is meant. */
  isDefined(apiVersion: string, kind: string): boolean;
  /** The faults of a manifest, or undefined where there is no schema of its kind. */
  validate(kubernetes: string, manifest: ApiObject): readonly SchemaError[] | undefined;
  /** Every kind that has a schema on that version, custom resources included, sorted by API version and kind. */
  kinds(kubernetes: string): readonly KindEntry[];
  /** The same registry with the kinds of these CustomResourceDefinitions added; they win over those of the registry. */
  withDefinitions(definitions: readonly unknown[]): SchemaRegistry;
}

interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What a registry is made of. */
export interface RegistrySource {
  /** The text of a file of `packages/schemas/registry`, by its path there; undefined where there is none. */
  read(path: string): string | undefined;
}

/**
 * A registry that reads each schema file once, when its kind is first met. Kinds of one version share the definitions
 * that they have in common, such as the pod template. Making the 15 kinds of a usual app ready takes a few milliseconds.
 */
export function createSchemaRegistry(source: RegistrySource): SchemaRegistry {
  return new FileRegistry(source);
}

class FileRegistry implements SchemaRegistry {
  readonly #source: RegistrySource;
  readonly #validators = new Map<string, SchemaValidator | undefined>();
  readonly #shared = new Map<SchemaVersion, Map<string, Rule>>();

  constructor(source: RegistrySource) {
    this.#source = source;
  }

  validatorFor(kubernetes: string, apiVersion: string, kind: string): SchemaValidator | undefined {
    const version = schemaVersionOf(kubernetes);
    const key = `${version} ${apiVersion} ${kind}`;
    if (!this.#validators.has(key)) this.#validators.set(key, this.#load(version, apiVersion, kind));
    return this.#validators.get(key);
  }

  isDefined(): boolean {
    return false;
  }

  validate(kubernetes: string, manifest: ApiObject): readonly SchemaError[] | undefined {
    return this.validatorFor(kubernetes, manifest.apiVersion, manifest.kind)?.(manifest);
  }

  kinds(kubernetes: string): readonly KindEntry[] {
    const folders = [`${schemaFolder(schemaVersionOf(kubernetes))}/`, 'crds/'];
    return folders.flatMap((folder) => kindList(this.#source.read(`${folder}kinds.json`))).sort(byKind);
  }

  withDefinitions(definitions: readonly unknown[]): SchemaRegistry {
    return definitions.length === 0 ? this : new ExtendedRegistry(this, definitions);
  }

  #load(version: SchemaVersion, apiVersion: string, kind: string): SchemaValidator | undefined {
    if (!isName(kind) || !apiVersion.split('/').every(isName)) return undefined;
    const native = this.#schema(nativeSchemaPath(version, apiVersion, kind), apiVersion, kind);
    if (native !== undefined) {
      const shared = this.#shared.get(version) ?? new Map<string, Rule>();
      this.#shared.set(version, shared);
      return validatorOf(native, shared);
    }
    const custom = this.#schema(customSchemaPath(apiVersion, kind), apiVersion, kind);
    return custom && validatorOf(custom, new Map());
  }

  /** File names do not hold the whole group, nor the case of the kind: the schema itself says whose it is. */
  #schema(path: string, apiVersion: string, kind: string): Schema | undefined {
    const text = this.#source.read(path);
    if (text === undefined) return undefined;
    const schema = JSON.parse(text) as Schema;
    const { apiVersion: version, kind: name } = schema.properties ?? {};
    return version?.const === apiVersion && name?.const === kind ? schema : undefined;
  }
}

class ExtendedRegistry implements SchemaRegistry {
  readonly #base: SchemaRegistry;
  readonly #kinds = new Map<string, CustomKind>();
  readonly #validators = new Map<string, SchemaValidator>();

  constructor(base: SchemaRegistry, definitions: readonly unknown[]) {
    this.#base = base;
    for (const definition of definitions) {
      for (const each of customKinds(definition, objectMeta)) this.#kinds.set(`${each.apiVersion} ${each.kind}`, each);
    }
  }

  validatorFor(kubernetes: string, apiVersion: string, kind: string): SchemaValidator | undefined {
    const key = `${apiVersion} ${kind}`;
    const custom = this.#kinds.get(key);
    if (custom === undefined) return this.#base.validatorFor(kubernetes, apiVersion, kind);
    const validator = this.#validators.get(key) ?? validatorOf(custom.schema, new Map());
    this.#validators.set(key, validator);
    return validator;
  }

  isDefined(apiVersion: string, kind: string): boolean {
    return this.#kinds.has(`${apiVersion} ${kind}`) || this.#base.isDefined(apiVersion, kind);
  }

  validate(kubernetes: string, manifest: ApiObject): readonly SchemaError[] | undefined {
    return this.validatorFor(kubernetes, manifest.apiVersion, manifest.kind)?.(manifest);
  }

  kinds(kubernetes: string): readonly KindEntry[] {
    const kept = this.#base.kinds(kubernetes).filter((each) => !this.#kinds.has(`${each.apiVersion} ${each.kind}`));
    const added = [...this.#kinds.values()].map(({ schema: _, ...entry }) => entry);
    return [...kept, ...added].sort(byKind);
  }

  withDefinitions(definitions: readonly unknown[]): SchemaRegistry {
    return definitions.length === 0 ? this : new ExtendedRegistry(this, definitions);
  }
}

function validatorOf(schema: Schema, shared: Map<string, Rule>): SchemaValidator {
  const rule = toRule(schema, schema.$defs ?? {}, shared);
  return (manifest) => (accepts(rule, manifest) ? none : explain(rule, manifest).map((each) => placed(rule, each)));
}

/** A fault with the place where an unknown field is known, unless it is rather a slip of another one. */
function placed(rule: Rule | undefined, error: SchemaError): SchemaError {
  const [, name] = /^unknown field "(.+)"$/.exec(error.message) ?? [];
  if (name === undefined || error.hint?.startsWith('did you mean') === true) return error;
  const place = rightPlace(rule, name, error.pointer);
  return place === undefined ? error : { ...error, hint: `it belongs into ${place}: check its indentation` };
}

const none: readonly SchemaError[] = [];

/** Parts of a path: nothing that could lead out of the registry. */
function isName(part: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(part);
}

function kindList(text: string | undefined): KindEntry[] {
  return text === undefined ? [] : (JSON.parse(text) as { kinds: KindEntry[] }).kinds;
}

function byKind(a: KindEntry, b: KindEntry): number {
  const left = `${a.apiVersion} ${a.kind}`;
  const right = `${b.apiVersion} ${b.kind}`;
  return left < right ? -1 : left > right ? 1 : 0;
}
