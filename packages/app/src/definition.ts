import type { AppBuilder } from './builder.ts';

/** What an app may know of the cluster that it is rendered for: no provider, so no app can depend on one. */
export interface ClusterView {
  readonly name: string;
  /** Parent of public host names, such as `staging.example.com`. */
  readonly domain: string;
  readonly region: string;
  /** Name of the environment. */
  readonly environment: string;
}

export interface BuildContext<Values> {
  readonly app: AppBuilder;
  /** The row of the environment, with the overrides of the cluster merged over it. */
  readonly values: Values;
  readonly cluster: ClusterView;
}

export interface AppOptions<Values> {
  /** Name of the app and of its folder under `apps/`: a DNS label. */
  readonly name: string;
  /** Team that owns it; becomes the label `team`. */
  readonly owner: string;
  /** Becomes the label `cost-center`. */
  readonly costCenter?: string;
  /** Namespace of its objects. Default: its name. */
  readonly namespace?: string;
  /** One row per environment; where a row is missing, the app is not deployed. Absent: deployed anywhere, without values. */
  readonly values?: Readonly<Record<string, Values>>;
  /** States what runs. Pure: it reads no file, environment variable, clock or random number. */
  readonly build: (context: BuildContext<Values>) => void;
}

/** An app as the program loads it. */
export interface AppDefinition {
  readonly name: string;
  readonly owner: string;
  readonly costCenter?: string | undefined;
  readonly namespace: string;
  readonly values: Readonly<Record<string, unknown>> | undefined;
  readonly build: (context: BuildContext<never>) => void;
  /** Options that there are not: an app may be run without a type check. */
  readonly unknown?: readonly string[] | undefined;
}

const marker = Symbol.for('fairlead.app');

/**
 * Defines an app: the default export of `apps/<name>/app.ts`.
 *
 * `values` gives one typed row per environment; `build` receives the row of the cluster's environment.
 */
export function defineApp<const Values = Record<string, never>>(options: AppOptions<Values>): AppDefinition {
  const { name, owner, costCenter, namespace, values, build, ...rest } = options;
  const unknown = Object.keys(rest);
  return Object.freeze({
    [marker]: true,
    name,
    owner,
    costCenter,
    namespace: namespace ?? name,
    values,
    build,
    unknown,
  });
}

/** True for what {@link defineApp} returned. */
export function isAppDefinition(value: unknown): value is AppDefinition {
  return typeof value === 'object' && value !== null && marker in value;
}
