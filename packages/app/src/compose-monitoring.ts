import type { Cluster } from '@fairlead/inventory';
import type { Scrape } from '@fairlead/monitoring';
import { Monitoring } from '@fairlead/monitoring';
import type { Traffic } from '@fairlead/network-policy';
import type { WorkloadReference } from '@fairlead/objects';
import { resourcesOf } from '@fairlead/workload';
import type { Construct } from 'constructs';
import type { AppGraph, WorkloadDeclaration } from './builder.ts';
import type { ServerOptions } from './workload-options.ts';

/** What watches a workload: its scrape target, the alerts of its kind, its objective. */
export function composeMonitoring(
  scope: Construct,
  { cluster }: AppGraph,
  declaration: WorkloadDeclaration,
  scrape: Scrape | undefined,
): void {
  const { reference, options, kind } = declaration;
  const { objective, requests, alerts }: Pick<ServerOptions, 'objective' | 'requests' | 'alerts'> =
    kind === 'Deployment' || kind === 'StatefulSet' ? declaration.options : {};
  new Monitoring(scope, 'Monitoring', {
    cluster,
    workload: reference,
    intent: { scrape, objective, requests, alerts },
    facts: {
      autoscaler:
        kind === 'Deployment' && typeof declaration.options.replicas === 'object' ? reference.name : undefined,
      claims: kind === 'StatefulSet' && declaration.options.storage ? ['data'] : undefined,
      cpuLimit: resourcesOf(options.size ?? 'small').cpuLimit !== undefined,
    },
  });
}

/** Where a workload's metrics are, if it has any. */
export function scrapeOf(declaration: WorkloadDeclaration): Scrape | undefined {
  if (declaration.kind !== 'Deployment' && declaration.kind !== 'StatefulSet') return undefined;
  const { metrics } = declaration.options;
  const port = typeof metrics === 'object' ? metrics.port : undefined;
  const first = declaration.reference.ports[0]?.name;
  if (metrics === undefined || (port ?? first) === undefined) return undefined;
  const { path, interval } = typeof metrics === 'object' ? metrics : {};
  return { port: port ?? first ?? 'http', path, interval };
}

/** The scraper's way to a workload's metrics. */
export function scrapeTraffic(cluster: Cluster, { ports }: WorkloadReference, scrape: Scrape | undefined): Traffic[] {
  const { implementation, namespace } = cluster.capabilities.metrics;
  const port = ports.find(({ name }) => name === scrape?.port)?.port;
  return port === undefined || implementation === 'none' ? [] : [{ peer: { namespace }, ports: [{ port }] }];
}
