import { autoscalerName, scalesReplicas } from '@fairlead/autoscaling';
import { diagnostic, didYouMean } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';
import type { Scrape } from '@fairlead/monitoring';
import { Monitoring, businessCounters } from '@fairlead/monitoring';
import type { Traffic } from '@fairlead/network-policy';
import type { WorkloadReference } from '@fairlead/objects';
import { resourcesOf } from '@fairlead/workload';
import type { Construct } from 'constructs';
import { report } from '@fairlead/objects/report';
import type { AppGraph, WorkloadDeclaration } from './builder.ts';
import type { ComposedWorkload } from './compose-workload.ts';
import type { ServerOptions } from './workload-options.ts';

/** What watches a workload: its scrape target, the alerts of its kind, its objective. */
export function composeMonitoring(
  scope: Construct,
  graph: AppGraph,
  declaration: WorkloadDeclaration,
  scrape: Scrape | undefined,
  { scheduled }: ComposedWorkload,
): void {
  const { reference, options, kind } = declaration;
  const scales = kind === 'Deployment' || kind === 'StatefulSet';
  const server: ServerOptions = scales ? declaration.options : {};
  const { objective, requests, thresholds, alerts, recordings, connectionPool, exporter } = server;
  const replicas = scales ? declaration.options.replicas : undefined;
  checkCounts(scope, graph, declaration, server);
  new Monitoring(scope, 'Monitoring', {
    cluster: graph.cluster,
    workload: reference,
    intent: { scrape, objective, requests, thresholds, alerts, recordings, connectionPool, exporter },
    facts: {
      autoscaler: scalesReplicas(replicas) ? autoscalerName(reference, replicas) : undefined,
      claims: kind === 'StatefulSet' && declaration.options.storage ? ['data'] : undefined,
      spot: scheduled.spot,
      startedByEvents: kind === 'Job' && declaration.options.startedBy !== undefined,
      cpuLimit: resourcesOf(options.size ?? 'small').cpuLimit !== undefined,
    },
  });
}

/** The counters of the business contract that a workload promises: known ones, and somewhere to read them. */
function checkCounts(
  scope: Construct,
  { cluster }: AppGraph,
  { name }: WorkloadDeclaration,
  { counts = [], metrics }: ServerOptions,
): void {
  const known: readonly string[] = businessCounters.map((counter) => counter.name);
  const fault = (message: string, hint: string): void =>
    report(scope, diagnostic('app/business-counter', { message, hint, clusters: [cluster.name] }));
  for (const counter of counts) {
    if (!known.includes(counter))
      fault(
        `workload "${name}" counts "${counter}", which is not of the business contract`,
        didYouMean(counter, known),
      );
  }
  if (counts.length > 0 && metrics === undefined)
    fault(`workload "${name}" counts ${counts.join(', ')} and exports no metrics`, 'state metrics: true');
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

/** What a workload says that it exports, for whoever judges autoscalers: stated metrics, those of its requests, and business counters. */
export function exportsAnnotation(declaration: WorkloadDeclaration): Readonly<Record<string, string>> {
  if (declaration.kind !== 'Deployment' && declaration.kind !== 'StatefulSet') return {};
  const { metrics, requests, counts = [], connectionPool, exporter } = declaration.options;
  if (metrics === undefined) return {};
  const stated = typeof metrics === 'object' ? (metrics.exports ?? []) : [];
  const names = new Set(
    [
      ...stated,
      ...counts,
      requests?.total,
      requests?.duration,
      connectionPool !== undefined ? 'db_client_*' : undefined,
      exporter === 'postgresql' ? 'pg_*' : undefined,
    ].filter((each) => each !== undefined),
  );
  return names.size === 0 ? {} : { 'fairlead.dev/exports': [...names].sort().join(',') };
}

/** The scraper's way to a workload's metrics. */
export function scrapeTraffic(cluster: Cluster, { ports }: WorkloadReference, scrape: Scrape | undefined): Traffic[] {
  const { implementation, namespace } = cluster.capabilities.metrics;
  const port = ports.find(({ name }) => name === scrape?.port)?.port;
  return port === undefined || implementation === 'none' ? [] : [{ peer: { namespace }, ports: [{ port }] }];
}
