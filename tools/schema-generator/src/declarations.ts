import ts from 'typescript';
import { anything, type Schema } from './schema.ts';

/** A definition, and where its package keeps the compiled validator that knows what the declaration lost. */
export interface Definition {
  readonly schema: Schema;
  readonly validator?: string | undefined;
}

/** One kind of `CustomResources`: its root is the definition called `root`. */
export interface DeclaredKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly root: string;
}

/**
 * Walks the interface `CustomResources` of `file` with the TypeScript checker: interfaces become strict objects, unions
 * of literals enums, index signatures maps. Numbers stay `number` here; see `constraints.ts`.
 */
export function readDeclarations(
  file: string,
  options: ts.CompilerOptions,
): {
  readonly kinds: readonly DeclaredKind[];
  readonly definitions: ReadonlyMap<string, Definition>;
} {
  const program = ts.createProgram([file], { ...options, noEmit: true, skipLibCheck: true });
  const walker = new Walker(program.getTypeChecker());
  const table = walker.interfaceOf(program.getSourceFile(file), 'CustomResources');
  const kinds: DeclaredKind[] = [];
  for (const version of walker.properties(table)) {
    for (const kind of walker.properties(version.type)) {
      kinds.push({ apiVersion: version.name, kind: kind.name, root: walker.define(kind.type) });
    }
  }
  return { kinds, definitions: walker.definitions };
}

interface Property {
  readonly name: string;
  readonly type: ts.Type;
  readonly optional: boolean;
  readonly symbol: ts.Symbol;
}

/**
 * The literal `apiVersion` and `kind` of an object. The kind's own are added where its file is made; those of an object
 * inside another (the claim template of Prometheus) may be left out there.
 */
function isTypeMeta({ name, type }: Pick<Property, 'name' | 'type'>): boolean {
  return (name === 'apiVersion' || name === 'kind') && type.isStringLiteral();
}

class Walker {
  readonly definitions = new Map<string, Definition>();
  readonly #checker: ts.TypeChecker;
  readonly #names = new Map<ts.Type, string>();

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  interfaceOf(source: ts.SourceFile | undefined, name: string): ts.Type {
    const node = source?.statements.find((each) => ts.isInterfaceDeclaration(each) && each.name.text === name);
    if (node === undefined) throw new Error(`no interface ${name}`);
    return this.#checker.getTypeAtLocation(node);
  }

  properties(type: ts.Type): Property[] {
    return this.#checker.getPropertiesOfType(type).map((symbol) => ({
      name: symbol.name,
      type: this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(symbol)),
      optional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
      symbol,
    }));
  }

  /** The name of the definition of an object type; `~2` and so on where another package has the name as well. */
  define(type: ts.Type): string {
    const known = this.#names.get(type);
    if (known !== undefined) return known;
    const { name: base, validator } = naming(type);
    let name = base;
    for (let n = 2; this.definitions.has(name); n++) name = `${base}~${n}`;
    this.#names.set(type, name);
    this.definitions.set(name, { schema: anything });
    this.definitions.set(name, { schema: this.#objectSchema(type), validator });
    return name;
  }

  #objectSchema(type: ts.Type): Schema {
    const found = this.properties(type).sort((a, b) => (a.name < b.name ? -1 : 1));
    const properties = Object.fromEntries(found.map((each) => [each.name, this.#propertySchema(each)]));
    const required = found.filter((each) => !each.optional && !isTypeMeta(each)).map((each) => each.name);
    const index = this.#checker.getIndexInfoOfType(type, ts.IndexKind.String);
    return {
      type: 'object',
      properties,
      additionalProperties: index === undefined ? false : this.#valueSchema(index.type),
      ...(required.length > 0 && { required }),
    };
  }

  #propertySchema({ name, type, symbol }: Property): Schema {
    if (name === 'creationTimestamp') return { type: ['string', 'null'] };
    if (isTypeMeta({ name, type })) return { type: 'string' };
    const schema = this.#schema(type);
    const stated = tags(symbol.getJsDocTags(this.#checker));
    return { ...schema, ...stated };
  }

  #valueSchema(type: ts.Type): Schema | true {
    const schema = this.#schema(type);
    return Object.keys(schema).length === 0 ? true : schema;
  }

  #schema(type: ts.Type): Schema {
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return anything;
    if (type.flags & ts.TypeFlags.StringLike && !type.isUnion()) {
      return type.isStringLiteral() ? { const: type.value } : { type: 'string' };
    }
    if (type.flags & ts.TypeFlags.NumberLike && !type.isUnion()) return { type: 'number' };
    if (type.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (type.isUnion()) return this.#unionSchema(type);
    if (this.#checker.isArrayType(type)) {
      const [item] = this.#checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', items: item === undefined ? anything : this.#schema(item) };
    }
    if (type.flags & ts.TypeFlags.NonPrimitive) return { type: 'object' };
    if (type.isIntersection()) return this.#objectSchema(type);
    const index = this.#checker.getIndexInfoOfType(type, ts.IndexKind.String);
    const hasProperties = this.#checker.getPropertiesOfType(type).length > 0;
    if (index !== undefined && !hasProperties)
      return { type: 'object', additionalProperties: this.#valueSchema(index.type) };
    // The packages declare what holds any JSON (RawExtension, apiextensions' JSON) as an interface without fields.
    if (!hasProperties) return anything;
    // A type literal has no name to refer to, and cannot refer to itself.
    if (type.symbol?.name === '__type') return this.#objectSchema(type);
    return { $ref: `#/$defs/${this.define(type)}` };
  }

  #isStrictObject(type: ts.Type): boolean {
    if (type.isIntersection()) return true;
    return (
      (type.flags & ts.TypeFlags.Object) !== 0 &&
      !this.#checker.isArrayType(type) &&
      this.#checker.getPropertiesOfType(type).length > 0
    );
  }

  #unionSchema(union: ts.UnionType): Schema {
    const members = union.types.filter((each) => !(each.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)));
    const nullable = union.types.some((each) => each.flags & ts.TypeFlags.Null);
    if (members.every((each) => each.isStringLiteral())) {
      const values = members.map((each) => (each as ts.StringLiteralType).value).sort();
      return { type: 'string', enum: values };
    }
    if (members.every((each) => each.isNumberLiteral())) {
      return {
        type: 'integer',
        enum: members.map((each) => (each as ts.NumberLiteralType).value).sort((a, b) => a - b),
      };
    }
    if (members.length > 1 && members.every((each) => this.#isStrictObject(each))) {
      return alternatives(members.map((each) => this.#objectSchema(each)));
    }
    const schemas = members.map((each) => this.#schema(each));
    const types = [...new Set(schemas.flatMap((each) => each.type ?? []))];
    const first = schemas[0];
    if (schemas.length === 1 && first !== undefined) return nullable ? { ...first, type: [...types, 'null'] } : first;
    // A union of scalars is what IntOrString and Quantity are; anything richer is left open.
    if (schemas.some((each) => each.type === undefined || Object.keys(each).length > 1)) return anything;
    return { type: nullable ? [...types, 'null'] : types };
  }
}

/** Variants of one object (`oneOf` upstream) as the loosest object that takes each: all fields, required where all require. */
function alternatives(variants: readonly Schema[]): Schema {
  const required =
    variants[0]?.required?.filter((name) => variants.every((each) => each.required?.includes(name))) ?? [];
  const properties = Object.assign({}, ...variants.map((each) => each.properties)) as Record<string, Schema>;
  return { type: 'object', properties, additionalProperties: false, ...(required.length > 0 && { required }) };
}

/** `IEndpoint` becomes `Endpoint`; its alias `IComGithub…Endpoint` names the file of its validator. */
function naming(type: ts.Type): { name: string; validator?: string } {
  const name = type.symbol.name.replace(/^I(?=[A-Z])/, '');
  const source = type.symbol.declarations?.[0]?.getSourceFile();
  const root =
    source && /^.*\/node_modules\/(?:@kubernetes-models\/[^/]+|kubernetes-models)\//.exec(source.fileName)?.[0];
  if (source === undefined || !root) return { name };
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || !ts.isNamedExports(statement.exportClause))
      continue;
    for (const element of statement.exportClause.elements) {
      if (element.propertyName?.text === type.symbol.name) {
        return { name, validator: `${root}_schemas/${element.name.text.slice(1)}.js` };
      }
    }
  }
  return { name };
}

/** `@minimum`, `@maximum`, `@pattern`, `@minLength`, `@maxLength`, `@minItems` and `@integer` of the hand-written types. */
function tags(list: readonly ts.JSDocTagInfo[]): Schema {
  const entries = list.flatMap(({ name, text }): (readonly [string, string | number])[] => {
    const value = ts.displayPartsToString(text).trim();
    if (name === 'integer') return [['type', 'integer']];
    if (name === 'pattern') return [['pattern', value]];
    if (/^(minimum|maximum|minLength|maxLength|minItems)$/.test(name)) return [[name, Number(value)]];
    return [];
  });
  return Object.fromEntries(entries);
}
