import type { EnvironmentFile } from './environment-schema.ts';
import { Layers } from './layers.ts';
import type { Environment, EnvironmentReceiver } from './model.ts';
import { isRecord, type SourceFile } from './source-file.ts';

/** What holds in an environment whose file does not say otherwise. */
const defaults = {
  images: 'tag',
  podSecurity: 'restricted',
  minimumReplicas: 1,
  access: { admin: [], deploy: [], readOnly: [] },
  alerts: { enabled: true, severity: { page: 'pager', ticket: 'tickets' } },
  strictness: {},
  waivers: [],
};

/** An environment with the provenance of each value. */
export interface ResolvedEnvironment {
  readonly environment: Environment;
  readonly layers: Layers;
}

/** Lays an environment file, which has passed its schema, over the defaults. */
export function resolveEnvironment(name: string, file: EnvironmentFile, source: SourceFile): ResolvedEnvironment {
  const alerts = file.alerts && { ...file.alerts, receivers: receivers(file.alerts.receivers) };
  const { quota, limits, namespaces } = file;
  const layers = new Layers().add(defaults, 'default').add(
    {
      ...file,
      access: audiences(file.access),
      alerts,
      quota: quantities(quota),
      limits: quantities(limits),
      namespaces: namespaces && Object.fromEntries(Object.entries(namespaces).map(differences)),
    },
    source,
  );
  // The schema has checked each field of the file, and the defaults fill the others.
  return { environment: { name, ...layers.value } as unknown as Environment, layers };
}

function audiences(access: EnvironmentFile['access']) {
  return { admin: list(access?.admin), deploy: list(access?.deploy), readOnly: list(access?.readOnly) };
}

type NamespaceFile = NonNullable<EnvironmentFile['namespaces']>[string];

function differences([name, { quota, limits, access, ...rest }]: [string, NamespaceFile]): [string, object] {
  return [
    name,
    {
      ...rest,
      ...(quota && { quota: quantities(quota) }),
      ...(limits && { limits: quantities(limits) }),
      ...(access && { access: audiences(access) }),
    },
  ];
}

/** A tree of quantities with each as text: `cpu: 4` says the same as `cpu: "4"`. */
function quantities(tree: unknown): unknown {
  if (!isRecord(tree)) return typeof tree === 'number' ? String(tree) : tree;
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, quantities(value)]));
}

type ReceiverFiles = NonNullable<NonNullable<EnvironmentFile['alerts']>['receivers']>;

/** Receivers with every short form written out. */
function receivers(stated: ReceiverFiles | undefined): Record<string, EnvironmentReceiver> | undefined {
  if (stated === undefined) return undefined;
  const long = Object.entries(stated).map(([name, { slack, pager, email }]): [string, EnvironmentReceiver] => [
    name,
    {
      ...(slack === undefined
        ? {}
        : { slack: { webhook: 'slack-webhook', ...(typeof slack === 'string' ? { channel: slack } : slack) } }),
      ...(pager === undefined
        ? {}
        : {
            pager: { routingKey: 'pagerduty-routing-key', ...(typeof pager === 'string' ? { service: pager } : pager) },
          }),
      ...(email === undefined ? {} : { email: { password: 'smtp-password', ...email } }),
    },
  ]);
  return Object.fromEntries(long);
}

/** The list form of a key that takes one item or a list; undefined stays undefined. */
export function list<Item>(value: Item | readonly Item[] | undefined): Item[] | undefined {
  return value === undefined ? undefined : Array.isArray(value) ? value : [value as Item];
}
