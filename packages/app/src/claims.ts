import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic } from '@fairlead/diagnostics';
import { systemNamespaces } from '@fairlead/objects/system-namespaces';
import type { AppGraph } from './builder.ts';
import type { RouteOptions } from './route-options.ts';

/** What only one app of a cluster can have. */
export interface Claims {
  readonly app: string;
  readonly namespaces: readonly string[];
  /** `<host><path>`, with ` exactly` behind those that match no path below them. */
  readonly routes: readonly string[];
}

/** The hosts with paths that a route claims. */
export function claimsOf({ host, to }: Pick<RouteOptions, 'host' | 'to'>): string[] {
  const hosts: readonly string[] = typeof host === 'string' ? [host] : host;
  return Object.entries(to).flatMap(([path, target]) => {
    const exactly = 'match' in target && target.match === 'exact' ? ' exactly' : '';
    return hosts.map((each) => `${each}${path}${exactly}`);
  });
}

/** What an app claims of its cluster. An app that runs nothing has no namespace of its own name. */
export function appClaims({ definition, namespaces, workloads, secrets, routes }: AppGraph): Claims {
  const empty = workloads.length + secrets.length + routes.length === 0;
  return {
    app: definition.name,
    namespaces: (empty ? namespaces.slice(1) : namespaces).map(({ name }) => name),
    routes: routes.flatMap(({ options }) => claimsOf(options)),
  };
}

/** Namespaces, and hosts with paths, that two apps of one cluster claim, of which only one can have it; and namespaces of Kubernetes. */
export function checkClaims(cluster: string, claims: readonly Claims[]): Diagnostic[] {
  const owners = new Map<string, string>();
  return claims.flatMap(({ app, namespaces, routes }) => {
    const found: Diagnostic[] = [];
    const claim = (what: string, hint: string): void => {
      const owner = owners.get(what);
      if (owner === undefined) owners.set(what, app);
      else if (owner !== app) {
        found.push(
          diagnostic('app/shared-claim', {
            message: `app "${app}" (apps/${app}/app.ts) claims ${what}, which is that of app "${owner}" (apps/${owner}/app.ts)`,
            hint,
            file: `apps/${app}/app.ts`,
            clusters: [cluster],
          }),
        );
      }
    };
    for (const name of namespaces) {
      if (systemNamespaces.includes(name)) {
        // Its quotas and policies would stop what runs there, and Argo CD would try to delete it with the app.
        found.push(
          diagnostic('app/shared-claim', {
            message: `app "${app}" claims namespace "${name}", which is that of Kubernetes itself`,
            hint: "write another one: defineApp({ namespace: '…' })",
            file: `apps/${app}/app.ts`,
            clusters: [cluster],
          }),
        );
      } else claim(`namespace "${name}"`, 'give each app a namespace of its own');
    }
    for (const each of routes) claim(each, 'give one of them another host or path, or leave one off the cluster');
    return found;
  });
}
