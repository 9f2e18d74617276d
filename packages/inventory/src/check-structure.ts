import { type Code, didYouMean, suggest } from '@fairlead/diagnostics';
import clusterSchema from '../schemas/cluster.schema.json' with { type: 'json' };
import environmentSchema from '../schemas/environment.schema.json' with { type: 'json' };
import releasesSchema from '../schemas/releases.schema.json' with { type: 'json' };
import * as validators from './generated/validators.ts';
import { isRecord, type Path, type SourceFile } from './source-file.ts';

/** The part of an ajv error that is read here. */
interface Fault {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly propertyName?: string;
}

type Validator = ((value: unknown) => boolean) & { errors?: readonly Fault[] | null };

const kinds: Readonly<Record<FileKind, { readonly validate: Validator; readonly schema: unknown }>> = {
  cluster: { validate: validators.cluster, schema: clusterSchema },
  environment: { validate: validators.environment, schema: environmentSchema },
  releases: { validate: validators.releases, schema: releasesSchema },
};

export type FileKind = 'cluster' | 'environment' | 'releases';

/** Checks a file against its schema with ajv and reports each fault at the very key or value; true when there is none. */
export function checkStructure(kind: FileKind, source: SourceFile): boolean {
  const { validate, schema } = kinds[kind];
  if (validate(source.value)) return true;
  const faults = withoutEchoes(withoutForeignBranches(validate.errors ?? []), schema);
  for (const fault of faults) {
    // An alias that stands for nothing has been told; YAML itself has no undefined value.
    if (valueAt(source.value, pathOf(fault.instancePath, source.value)) === undefined) continue;
    reportFault(fault, schema, source);
  }
  return false;
}

/** Leaves out what another fault already explains: the key that was mistyped is not missing too, a number is no unknown word. */
function withoutEchoes(faults: readonly Fault[], schema: unknown): Fault[] {
  const explained = new Set<string>();
  for (const { keyword, instancePath, schemaPath, params } of faults) {
    if (keyword === 'type') explained.add(`enum ${instancePath}`);
    if (keyword !== 'additionalProperties') continue;
    const meant = suggest(String(params['additionalProperty']), propertiesOf(schemaAt(schema, schemaPath)));
    if (meant !== undefined) explained.add(`required ${instancePath} ${meant}`);
  }
  const key = ({ keyword, instancePath, params }: Fault): string =>
    keyword === 'required'
      ? `required ${instancePath} ${String(params['missingProperty'])}`
      : `${keyword} ${instancePath}`;
  return faults.filter((fault) => !explained.has(key(fault)));
}

function propertiesOf(schema: Readonly<Record<string, unknown>>): string[] {
  return isRecord(schema['properties']) ? Object.keys(schema['properties']) : [];
}

/**
 * Of a union, ajv reports why every branch fails. Only the branches for the type that the author wrote matter: `delivery: argo` is a
 * wrong word, not a missing mapping. Where no branch has that type, one fault says which types there are.
 */
function withoutForeignBranches(faults: readonly Fault[]): Fault[] {
  const dropped = new Set<Fault>();
  for (const union of faults.filter((fault) => fault.keyword === 'anyOf')) {
    const branches = new Map<string, Fault[]>();
    for (const fault of faults) {
      if (!fault.schemaPath.startsWith(`${union.schemaPath}/`)) continue;
      if (fault.instancePath !== union.instancePath && !fault.instancePath.startsWith(`${union.instancePath}/`))
        continue;
      const branch = fault.schemaPath.slice(union.schemaPath.length + 1).split('/', 1)[0] ?? '';
      branches.set(branch, [...(branches.get(branch) ?? []), fault]);
    }
    const isForeign = (members: readonly Fault[]): boolean =>
      members.some((fault) => fault.keyword === 'type' && fault.instancePath === union.instancePath);
    const own = [...branches.values()].filter((members) => !isForeign(members));
    if (own.length > 0) dropped.add(union);
    for (const members of branches.values()) {
      if (own.length === 0 || isForeign(members)) for (const member of members) dropped.add(member);
    }
  }
  return faults.filter((fault) => !dropped.has(fault));
}

function reportFault(fault: Fault, schema: unknown, source: SourceFile): void {
  const path = pathOf(fault.instancePath, source.value);
  const parent = schemaAt(schema, fault.schemaPath);
  const key = String(path.at(-1) ?? '');
  const value = valueAt(source.value, path);
  switch (fault.keyword) {
    case 'additionalProperties': {
      const unknown = String(fault.params['additionalProperty']);
      source.report('inventory/unknown-key', [...path, unknown], 'key', {
        message: `unknown key "${unknown}"${path.length === 0 ? '' : ` in ${keyName(path)}`}`,
        hint: didYouMean(unknown, propertiesOf(parent)),
      });
      return;
    }
    case 'required': {
      const missing = String(fault.params['missingProperty']);
      const properties = isRecord(parent['properties']) ? parent['properties'] : {};
      const wanted = properties[missing];
      source.report('inventory/missing-key', path, 'key', {
        message: `the key "${missing}" is missing${path.length === 0 ? '' : ` in ${keyName(path)}`}`,
        hint: isRecord(wanted) ? `${missing}: ${String(wanted['description'] ?? '')}` : undefined,
      });
      return;
    }
    case 'enum': {
      const known = Array.isArray(parent['enum']) ? parent['enum'].map(String) : [];
      source.report(codeOfWord(path), path, 'value', {
        message: `${key} is "${String(value)}", which is not known`,
        hint: path[0] === 'kubernetes' ? versionHint(String(value), known) : wordHint(String(value), known),
      });
      return;
    }
    case 'type':
    case 'anyOf':
      reportType(source, path, parent, fault.keyword === 'anyOf' ? typesOfUnion(parent) : typesOf(parent));
      return;
    case 'pattern': {
      const name = fault.propertyName;
      const text = name ?? String(value);
      source.report(
        'inventory/bad-format',
        name === undefined ? path : [...path, name],
        name === undefined ? 'value' : 'key',
        {
          message: `"${text}" is not ${String(parent['patternErrorMessage'] ?? 'written as expected')}`,
          hint: hintForText(text, String(parent['patternErrorMessage'] ?? '')),
        },
      );
      return;
    }
    case 'minimum':
    case 'maximum': {
      const bounds = [parent['minimum'], parent['maximum']];
      const limits =
        bounds[1] === undefined
          ? `at least ${String(bounds[0])}`
          : `between ${String(bounds[0])} and ${String(bounds[1])}`;
      source.report('inventory/out-of-range', path, 'value', {
        message: `${key} is ${String(value)}`,
        hint: `it must be ${limits}`,
      });
      return;
    }
    case 'propertyNames':
      // Its own fault, with the reason, stands beside it.
      return;
    default:
      source.report('inventory/wrong-type', path, 'value', {
        message: `${key} is not allowed here (${fault.keyword})`,
      });
  }
}

/** What others call the words of these files: of providers and of architectures. */
const synonyms: Readonly<Record<string, string>> = {
  aws: 'eks',
  amazon: 'eks',
  gcp: 'gke',
  google: 'gke',
  azure: 'aks',
  microsoft: 'aks',
  baremetal: 'onprem',
  'bare-metal': 'onprem',
  vsphere: 'onprem',
  x86_64: 'amd64',
  x86: 'amd64',
  aarch64: 'arm64',
};

function wordHint(word: string, known: readonly string[]): string {
  const meant = synonyms[word.toLowerCase()];
  return meant !== undefined && known.includes(meant)
    ? `did you mean "${meant}"? known: ${known.join(', ')}`
    : didYouMean(word, known);
}

function versionHint(version: string, known: readonly string[]): string {
  const minor = /^v?(\d+\.\d+)(\.|$)/.exec(version)?.[1];
  const supported = `supported: ${known[0]} to ${known.at(-1)}`;
  return minor !== undefined && known.includes(minor) ? `did you mean "${minor}"? ${supported}` : supported;
}

function codeOfWord(path: Path): Code {
  if (path.length === 1 && path[0] === 'provider') return 'inventory/unknown-provider';
  if (path.length === 1 && path[0] === 'kubernetes') return 'inventory/bad-version';
  return 'inventory/unknown-value';
}

function reportType(
  source: SourceFile,
  path: Path,
  parent: Readonly<Record<string, unknown>>,
  wanted: readonly string[],
): void {
  const value = valueAt(source.value, path);
  const written = source.writtenAt(path);
  const key = keyName(path);
  const isText = wanted.includes('string');
  if (path.length === 1 && path[0] === 'kubernetes' && (typeof value === 'number' || value === null)) {
    source.report('inventory/bad-version', path, 'value', {
      message:
        value === null
          ? 'kubernetes has no value'
          : `kubernetes is the number ${value}, not a version${written === String(value) ? '' : `: without quotes YAML reads ${written} as ${value}`}`,
      hint: value === null ? 'write a minor version such as "1.34"' : `write it in quotes: "${written ?? value}"`,
    });
    return;
  }
  if (isText && (typeof value === 'number' || typeof value === 'boolean') && written !== undefined) {
    const changed = written === String(value) ? '' : `; YAML reads ${written} as ${value}`;
    const code: Code = path.length === 1 && path[0] === 'account' ? 'inventory/bad-account' : 'inventory/wrong-type';
    source.report(code, path, 'value', {
      message: `${key} is the ${typeof value === 'number' ? 'number' : 'boolean'} ${written}, not a text${changed}`,
      hint: `write it in quotes: "${written}"`,
    });
    return;
  }
  const known = Array.isArray(parent['enum']) ? `, one of ${parent['enum'].join(', ')}` : '';
  source.report('inventory/wrong-type', path, value === null ? 'key' : 'value', {
    message: value === null ? `${key} has no value` : `${key} is ${describe(value)}`,
    hint: `it must be ${wanted.map(typeName).join(' or ')}${known}${hintForNumber(value, wanted)}`,
  });
}

function hintForNumber(value: unknown, wanted: readonly string[]): string {
  const numeric = wanted.includes('integer') || wanted.includes('number');
  if (numeric && typeof value === 'string' && /^\d+$/.test(value)) return '; write it without quotes';
  if (wanted.includes('boolean') && typeof value === 'string' && /^(yes|on|no|off)$/i.test(value)) {
    return `; write ${/^(yes|on)$/i.test(value) ? 'true' : 'false'}`;
  }
  return '';
}

function hintForText(text: string, expected: string): string | undefined {
  if (expected.startsWith('a domain')) {
    const bare = text
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, '')
      .replace(/[/:].*$/, '')
      .replace(/\.$/, '');
    return bare !== text && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(bare) ? `write ${bare}` : undefined;
  }
  if (expected.startsWith('a quantity')) return 'units are m, k, M, G, T, P and Ki, Mi, Gi, Ti, Pi';
  if (expected.startsWith('a DNS label') || expected.startsWith('an object name')) {
    const mended = text
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 63);
    return mended === '' ? undefined : `for example ${mended}`;
  }
  return undefined;
}

/** Dotted name of a path for messages: `capabilities.ingress`, `nodePools[0].cpu`. */
export function keyName(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

function typesOf(schema: unknown): string[] {
  if (!isRecord(schema)) return [];
  return Array.isArray(schema['anyOf'])
    ? schema['anyOf'].flatMap(typesOf)
    : typeof schema['type'] === 'string'
      ? [schema['type']]
      : [];
}

function typesOfUnion(schema: Readonly<Record<string, unknown>>): string[] {
  return [...new Set(typesOf(schema))];
}

function typeName(type: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'a text',
    object: 'a mapping',
    array: 'a list',
    integer: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    null: 'nothing',
  };
  return names[type] ?? type;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isRecord(value)) return 'a mapping';
  return typeof value === 'string' ? `the text "${value}"` : `${String(value)}`;
}

function schemaAt(schema: unknown, schemaPath: string): Readonly<Record<string, unknown>> {
  // `#/properties/delivery/anyOf/0/enum`: the last part is the keyword, what holds it is wanted.
  let at = schema;
  for (const part of schemaPath
    .replace(/^[^#]*#\//, '')
    .split('/')
    .slice(0, -1)) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    at = isRecord(at) ? at[name] : Array.isArray(at) ? at[Number(name)] : undefined;
  }
  return isRecord(at) ? at : {};
}

function pathOf(pointer: string, value: unknown): Path {
  const path: (string | number)[] = [];
  let at = value;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(at) ? Number(name) : name);
    at = Array.isArray(at) ? at[Number(name)] : isRecord(at) ? at[name] : undefined;
  }
  return path;
}

function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const part of path) at = Array.isArray(at) ? at[Number(part)] : isRecord(at) ? at[String(part)] : undefined;
  return at;
}
