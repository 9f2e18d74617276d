import { diagnostic } from '@fairlead/diagnostics';
import type { Diagnostic, Locate } from '@fairlead/diagnostics';
import { didYouMean, suggest } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';
import { dnsLabel, hasForm, labelValue } from '@fairlead/objects/forms';
import { escapePointer } from '@fairlead/objects/plain';
import type { AppGraph } from './builder.ts';
import { AppBuilder } from './builder.ts';
import { isRecord, shown } from './check-values.ts';
import type { AppDefinition, BuildContext } from './definition.ts';

/** The code of an app threw; `cause` is what it threw. */
export class AppBuildError extends Error {
  constructor(app: string, options: { cause: unknown }) {
    super(`the build of app "${app}" threw`, options);
    this.name = 'AppBuildError';
  }
}

/**
 * Runs an app's `build` for one cluster and returns what it stated; `locate` finds the line of a faulty statement.
 *
 * @throws {@link AppBuildError} if `build` throws
 */
export function buildApp(definition: AppDefinition, cluster: Cluster, locate?: Locate): AppGraph {
  const { values, diagnostics } = resolveValues(definition, cluster);
  const app = new AppBuilder(definition, cluster, locate);
  diagnostics.push(...checkDefinition(definition));
  if (values === undefined) return { ...app.graph(), namespaces: [], diagnostics };
  const { name, domain, region, environment } = cluster;
  const context = { app, values, cluster: { name, domain, region, environment: environment.name } };
  try {
    // `values` has the type of the app's own rows, which only the app knows.
    const returned: unknown = definition.build(context as BuildContext<never>);
    if (returned instanceof Promise) {
      returned.catch(() => undefined); // it is refused, whatever becomes of it
      throw new TypeError('build returns a promise: it must state everything before it returns; take async away');
    }
  } catch (cause) {
    throw new AppBuildError(definition.name, { cause });
  }
  const graph = app.graph();
  return { ...graph, diagnostics: [...diagnostics, ...graph.diagnostics] };
}

/** Names of the folders of a cluster in the output that hold its delivery. */
const reservedNames = ['argocd', 'flux-system'];

/** What is wrong with the fields of an app besides `build` and `values`. */
function checkDefinition({ name, owner, namespace, unknown = [] }: AppDefinition): Diagnostic[] {
  const at = { file: `apps/${name}/app.ts` };
  const found: Diagnostic[] = [];
  for (const each of unknown) {
    const hint = didYouMean(each, ['name', 'owner', 'costCenter', 'namespace', 'values', 'build']);
    found.push(
      diagnostic('app/invalid-option', { ...at, message: `app "${name}" has no option ${shown(each)}`, hint }),
    );
  }
  if (reservedNames.includes(name)) {
    found.push(
      diagnostic('app/name', {
        ...at,
        message: `an app cannot be called "${name}": the folder of that name holds the delivery of a cluster`,
        hint: 'rename its folder and its name',
      }),
    );
  }
  if (!hasForm(namespace, dnsLabel)) {
    const message = `namespace ${shown(namespace)} of app "${name}" is no DNS label`;
    found.push(
      diagnostic('app/name', { ...at, message, hint: 'use lower-case letters, digits and hyphens, or leave it out' }),
    );
  }
  if (owner === '' || !hasForm(owner, labelValue)) {
    found.push(
      diagnostic('app/invalid-option', {
        ...at,
        message: `owner of app "${name}" is ${shown(owner)}, which no label can hold`,
        hint: `name the team: owner: '${name}-team'`,
      }),
    );
  }
  return found;
}

/** The row of the environment with the cluster's overrides merged over it; undefined where there is no row. */
function resolveValues(
  definition: AppDefinition,
  cluster: Cluster,
): { values: Readonly<Record<string, unknown>> | undefined; diagnostics: Diagnostic[] } {
  const overrides = cluster.apps.find(({ name }) => name === definition.name)?.values ?? {};
  const environment = cluster.environment.name;
  const file = `clusters/${cluster.name}.yaml`;
  if (definition.values === undefined) {
    const [first] = Object.keys(overrides);
    return first === undefined
      ? { values: {}, diagnostics: [] }
      : { values: {}, diagnostics: [unknownValue(cluster, definition, first, [])] };
  }
  const row = definition.values[environment];
  if (!isRecord(row)) {
    return {
      values: undefined,
      diagnostics: [
        diagnostic('app/not-in-environment', {
          message: `cluster "${cluster.name}" lists app "${definition.name}", which has no values for environment "${environment}"`,
          hint: `add a row ${environment}: { … } to values in apps/${definition.name}/app.ts, or take the app out of ${file}`,
          file,
          pointer: `/apps/${definition.name}`,
          clusters: [cluster.name],
        }),
      ],
    };
  }
  const diagnostics: Diagnostic[] = [];
  const known = new Set(Object.values(definition.values).flatMap((each) => (isRecord(each) ? Object.keys(each) : [])));
  const values: Record<string, unknown> = { ...row };
  for (const [key, value] of Object.entries(overrides)) {
    if (!known.has(key)) {
      diagnostics.push(unknownValue(cluster, definition, key, [...known].sort()));
      continue;
    }
    const stated = Object.values(definition.values).map((each) => (isRecord(each) ? each[key] : undefined));
    diagnostics.push(...checkOverride(cluster, definition, [key], value, stated));
    values[key] = isRecord(value) && isRecord(values[key]) ? { ...values[key], ...value } : value;
  }
  return { values, diagnostics };
}

/**
 * An override that can only be a slip: one that YAML reads as another type than the app's own values have, such as the number 1.2 for
 * the text '1.3', or a misspelt key of an object. Types of values are the app's own and are gone when it runs, so nothing else is told.
 */
function checkOverride(
  cluster: Cluster,
  definition: AppDefinition,
  path: readonly string[],
  value: unknown,
  rows: readonly unknown[],
): Diagnostic[] {
  const stated = rows.filter((each) => each !== undefined && each !== null);
  const [example] = stated;
  const all = (test: (each: unknown) => boolean): boolean => example !== undefined && stated.every(test);
  const wrong = (what: string, hint: string): Diagnostic[] => [
    overrideFault(cluster, definition, path, {
      message: `cluster "${cluster.name}" sets "${path.join('.')}" of app "${definition.name}" to ${what} ${shown(value)}, and the app has ${shown(example)}`,
      hint,
    }),
  ];
  if (typeof value === 'number' && all((each) => typeof each === 'string' && isNumeric(each)))
    return wrong('the number', `write it in quotes: '${value}'`);
  if (typeof value === 'string' && isNumeric(value) && all((each) => typeof each === 'number'))
    return wrong('the text', `write it without quotes: ${value}`);
  if (typeof value === 'string' && /^(?:true|false|yes|no|on|off)$/i.test(value) && all(isFlag))
    return wrong('the text', `write ${/^(?:true|yes|on)$/i.test(value) ? 'true' : 'false'}, without quotes`);
  if (!isRecord(value)) return [];
  const records = stated.filter(isRecord);
  const known = [...new Set(records.flatMap((each) => Object.keys(each)))];
  return Object.entries(value).flatMap(([key, each]) => {
    const nearest = known.includes(key) ? undefined : suggest(key, known);
    // Numbered keys are a list by name, to which a cluster may add.
    if (nearest === undefined || withoutDigits(nearest) === withoutDigits(key))
      return checkOverride(
        cluster,
        definition,
        [...path, key],
        each,
        records.map((row) => row[key]),
      );
    return [
      overrideFault(cluster, definition, [...path, key], {
        message: `cluster "${cluster.name}" overrides "${[...path, key].join('.')}" of app "${definition.name}", which has no such value`,
        hint: didYouMean(key, known),
      }),
    ];
  });
}

const isFlag = (value: unknown): boolean => typeof value === 'boolean';

function withoutDigits(text: string): string {
  return text.replaceAll(/\d+/g, '');
}

function isNumeric(text: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

function overrideFault(
  cluster: Cluster,
  { name }: AppDefinition,
  path: readonly string[],
  finding: Pick<Diagnostic, 'message'> & { hint: string },
): Diagnostic {
  return diagnostic('app/unknown-value', {
    ...finding,
    file: `clusters/${cluster.name}.yaml`,
    pointer: `/apps/${name}/values/${path.map(escapePointer).join('/')}`,
    clusters: [cluster.name],
  });
}

function unknownValue(cluster: Cluster, definition: AppDefinition, key: string, known: readonly string[]): Diagnostic {
  return overrideFault(cluster, definition, [key], {
    message: `cluster "${cluster.name}" overrides "${key}" of app "${definition.name}", which has no such value`,
    hint: known.length > 0 ? didYouMean(key, known) : `app "${definition.name}" takes no values`,
  });
}
