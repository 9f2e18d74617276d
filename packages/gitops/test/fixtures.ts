import { type Cluster, loadInventory } from '@fairlead/inventory';
import type { Manifest } from '@fairlead/objects';
import type { Placement } from '@fairlead/render';
import { parseAllDocuments } from 'yaml';

/** The cluster `dc` with a delivery engine, as its files say. */
export function clusterWith(delivery: 'argocd' | 'flux'): Cluster {
  const text = `{ provider: onprem, region: dc-1, account: dc-1, environment: production, kubernetes: "1.34", domain: example.com, delivery: ${delivery} }`;
  const environments = [{ file: 'environments/production.yaml', text: 'order: 10\nimages: digest\n' }];
  const repository = 'https://git.example.com/fleet.git';
  const inventory = loadInventory({ clusters: [{ file: 'clusters/dc.yaml', text }], environments, repository });
  const [cluster] = inventory.clusters;
  if (cluster === undefined) throw new Error(JSON.stringify(inventory.diagnostics));
  return cluster;
}

/** An app's placement that holds these objects. */
export function placement(app: string, objects: string): Placement {
  const manifests = parseAllDocuments(objects).map((document, index) => ({
    manifest: document.toJS() as Manifest,
    path: `dc/${app}/${index}.yaml`,
    origin: { app, file: `apps/${app}/app.ts` },
  }));
  return { cluster: 'dc', app, manifests, crossings: [], diagnostics: [] };
}
