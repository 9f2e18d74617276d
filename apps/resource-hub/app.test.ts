import { renderApp, testCluster } from '@fairlead/testing';
import { describe, expect, test } from 'vitest';
import app from './app.ts';

const store = { host: 'resource-hub.database.example.com', port: 5432, cidrs: ['10.20.224.0/24'] };
const productionCluster = testCluster({ cluster: { stores: { 'resource-hub/database': store } } });
const production = renderApp(app, productionCluster);
const sandbox = renderApp(app, testCluster({ stage: 'sandbox', environment: { minimumReplicas: 1 } }));

describe('the Resource Hub', () => {
  test('renders without a complaint in production and in the sandbox', () => {
    expect([...production.diagnostics, ...sandbox.diagnostics]).toEqual([]);
  });

  test('opens nothing but the way of a request: gateway to UI and API, UI to API, API to the database', () => {
    const workloads = ['gateway', 'ui', 'api', 'database'];
    const ports: Record<string, number> = { gateway: 8080, ui: 3000, api: 4000, database: 5432 };
    const kind = (name: string): string => (name === 'database' ? 'StatefulSet' : 'Deployment');
    const open = workloads.flatMap((from) =>
      workloads
        .filter((to) => from !== to)
        .filter((to) =>
          sandbox.reaches(`${kind(from)}/resource-hub-${from}`, `${kind(to)}/resource-hub-${to}`, ports[to] ?? 0),
        )
        .map((to) => `${from} → ${to}`),
    );
    expect(open).toEqual(['gateway → ui', 'gateway → api', 'ui → api', 'api → database']);
  });

  test('keeps the database out of the cluster in production, and its password out of every manifest', () => {
    expect(production.all('StatefulSet')).toEqual([]);
    expect(production.yaml('ConfigMap', 'resource-hub-api-config', '/data/DATABASE_HOST')).toBe(`${store.host}\n`);
    expect(production.all('Secret')).toEqual([]);
    expect(sandbox.yaml('StatefulSet', 'resource-hub-database', '/spec/volumeClaimTemplates/0/spec/resources')).toBe(
      'requests:\n  storage: 20Gi\n',
    );
  });

  test('lets the autoscaler own the replicas of API and gateway, with three at least in production', () => {
    for (const name of ['resource-hub-api', 'resource-hub-gateway']) {
      expect(production.get('Deployment', name)).not.toHaveProperty('spec.replicas');
      expect(production.get('HorizontalPodAutoscaler', name)).toHaveProperty('spec.minReplicas', 3);
    }
  });

  test('rolls the gateway when its configuration changes', () => {
    const checksum = (rendered: typeof production): string =>
      rendered.yaml('Deployment', 'resource-hub-gateway', '/spec/template/metadata/annotations');
    expect(checksum(production)).toMatch(/^checksum\/config: /);
  });

  test('puts the public route behind the firewall of the cluster, in production only', () => {
    const firewall = productionCluster.capabilities.ingress.firewall ?? 'missing';
    expect(production.yaml('Ingress', 'resource-hub')).toContain(firewall);
    expect(sandbox.yaml('Ingress', 'resource-hub')).not.toContain(firewall);
  });
});
