import type { Route, UrlPath } from '@fairlead/ingress';
import { AlertRouting, Dashboards, RouteProbe } from '@fairlead/monitoring';
import type { Construct } from 'constructs';
import { appDashboard } from './app-dashboard.ts';
import type { AppGraph, RouteDeclaration } from './builder.ts';

/** What watches an app as a whole: probes of its public routes, its dashboards, the routes of its alerts. */
export function composeWatching(
  chart: Construct,
  graph: AppGraph,
  routes: readonly (RouteDeclaration & { readonly route: Route | undefined })[],
): void {
  const { cluster, ownership, definition, alerting } = graph;
  const { implementation } = cluster.capabilities.metrics;
  const { namespace } = definition;
  const urls = routes.flatMap(({ options, route }) => (route ? probeUrls(options.probe, route) : []));
  const asked = graph.routes.some(({ options }) => typeof options.probe === 'string');
  // Where a stack has no such object, only who asked for it is told.
  if (implementation === 'prometheus-operator' || asked) {
    new RouteProbe(chart, 'watching@probe', { cluster, ownership, namespace, urls });
  }
  if (implementation !== 'none') {
    const dashboards = { overview: appDashboard(graph), ...graph.dashboards };
    new Dashboards(chart, 'watching@dashboards', {
      cluster,
      ownership,
      namespace,
      dashboards,
      folder: definition.name,
    });
  }
  if (alerting) {
    const namespaces = new Set(graph.workloads.map(({ reference }) => reference.namespace));
    for (const each of [...namespaces].sort()) {
      new AlertRouting(chart, `watching@alerts-${each}`, { cluster, ownership, namespace: each, ...alerting });
    }
  }
}

/**
 * The URL of each host of a public route that should answer 2xx: the stated path, else the health of what answers `/`, else the first
 * path that is answered. A route with a login would answer with the login's page, so it is probed only if a path is stated.
 */
function probeUrls(probe: UrlPath | false | undefined, route: Route): string[] {
  if (probe === false || route.exposure !== 'public') return [];
  if (probe === undefined && route.authentication !== undefined) return [];
  const answered = route.paths.filter(({ to }) => to !== undefined);
  const root = answered.find(({ path }) => path === '/')?.to?.[0]?.health;
  const path = probe ?? (typeof root === 'string' ? root : answered[0]?.path);
  return path === undefined ? [] : route.hosts.map((host) => `https://${host}${path}`);
}
