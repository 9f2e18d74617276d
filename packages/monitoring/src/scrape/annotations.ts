import type { Cluster } from '@fairlead/inventory';
import type { WorkloadReference } from '@fairlead/objects';
import type { Scrape } from '../intent.ts';

/**
 * The annotations that a pod template needs so that a metrics stack without custom resources finds it; empty for the other stacks.
 * The keys are a convention of scrape configurations, not of Kubernetes.
 */
export function scrapeAnnotations(
  cluster: Cluster,
  workload: WorkloadReference,
  scrape: Scrape | undefined,
): Readonly<Record<string, string>> {
  if (scrape === undefined || cluster.capabilities.metrics.implementation !== 'annotations') return {};
  const port = workload.ports.find(({ name }) => name === scrape.port)?.port;
  return {
    'prometheus.io/path': scrape.path ?? '/metrics',
    ...(port === undefined ? {} : { 'prometheus.io/port': `${port}` }),
    ...(scrape.scheme === undefined ? {} : { 'prometheus.io/scheme': scrape.scheme }),
    'prometheus.io/scrape': 'true',
  };
}
