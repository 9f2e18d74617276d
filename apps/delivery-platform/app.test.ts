import { renderApp, testCluster } from '@fairlead/testing';
import { describe, expect, test } from 'vitest';
import app from './app.ts';

const store = (host: string) => ({ host: `${host}.example.com`, port: 5432, cidrs: ['10.20.224.0/24'] });
const processor = (host: string) => ({ host, port: 443, cidrs: ['198.51.100.0/26'] });
const stores = {
  'delivery-platform/delivery-database': store('delivery'),
  'delivery-platform/order-database': store('order'),
  'delivery-platform/payment-database': store('payment'),
  'delivery-platform/user-database': store('user'),
  'delivery-platform/stripe': processor('api.stripe.com'),
  'delivery-platform/paypal': processor('api-m.paypal.com'),
};
// Where services run in earnest, the vertical autoscaler watches them.
const capabilities = { autoscaling: { vpa: true } };
const production = renderApp(
  app,
  testCluster({ environment: { minimumReplicas: 3 }, capabilities, cluster: { stores } }),
);
const dev = renderApp(app, testCluster({ stage: 'dev', environment: { minimumReplicas: 1 }, cluster: { stores } }));
const flux = renderApp(app, testCluster({ capabilities, cluster: { stores, delivery: 'flux' } }));

const services = ['delivery', 'order', 'payment', 'user'] as const;
const home = (name: string): string => (name.startsWith('payment') ? 'delivery-platform-payment' : 'delivery-platform');
const workload = (name: string): string => {
  const kind = /-database$|^cache$/.test(name) ? 'StatefulSet' : /-schema$/.test(name) ? 'Job' : 'Deployment';
  return `${home(name)}/${kind}/delivery-platform-${name}`;
};

describe('the Delivery Platform', () => {
  test('renders without a complaint in production and for development', () => {
    expect([...production.diagnostics, ...dev.diagnostics, ...flux.diagnostics]).toEqual([]);
  });

  test('opens nothing but what the services need, and nobody but orders reaches payments', () => {
    const ports: Record<string, number> = { delivery: 3004, order: 3006, payment: 3007, user: 3003 };
    for (const name of services) ports[`${name}-database`] = 5432;
    const all = [...services, ...services.map((name) => `${name}-database`)];
    const callers = ['api-gateway', ...all, ...services.map((name) => `${name}-schema`), 'cache'];
    const open = callers.flatMap((from) =>
      all
        .filter((to) => from !== to && dev.reaches(workload(from), workload(to), ports[to] ?? 0))
        .map((to) => `${from} → ${to}`),
    );
    expect(open.sort()).toEqual([
      'api-gateway → delivery',
      'api-gateway → order',
      'api-gateway → user',
      'delivery → delivery-database',
      'delivery-schema → delivery-database',
      'order → order-database',
      'order → payment',
      'order → user',
      'order-schema → order-database',
      'payment → order',
      'payment → payment-database',
      'payment → user',
      'payment-schema → payment-database',
      'user → user-database',
      'user-schema → user-database',
    ]);
  });

  test('lets nobody read the Secrets of payments, administrators included', () => {
    const roles = production
      .all('RoleBinding')
      .filter(({ metadata }) => metadata.namespace === 'delivery-platform-payment')
      .map((each) => (each as { roleRef?: { name?: string } }).roleRef?.name);
    expect([...new Set(roles)].sort()).toEqual(['delivery-platform-operate', 'view']);
  });

  test('keeps data stores out of the cluster in production, and every password out of the manifests', () => {
    expect(production.all('StatefulSet').map(({ metadata }) => metadata.name)).toEqual(['delivery-platform-cache']);
    expect(production.all('Secret')).toEqual([]);
    expect(dev.all('StatefulSet')).toHaveLength(5);
  });

  test.each(services)('brings the schema of %s up to date before it starts', (name) => {
    const annotations = (rendered: typeof production, kind: string, object: string) =>
      rendered.get(kind, `delivery-platform-${object}`).metadata.annotations;
    expect(annotations(production, 'Job', `${name}-schema`)).toMatchObject({
      'argocd.argoproj.io/hook': 'Sync',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
      'argocd.argoproj.io/sync-wave': '1',
    });
    expect(annotations(production, 'Deployment', name)).toMatchObject({ 'argocd.argoproj.io/sync-wave': '2' });
    expect(annotations(production, 'HorizontalPodAutoscaler', name)).toMatchObject({
      'argocd.argoproj.io/sync-wave': '2',
    });
    expect(annotations(flux, 'Job', `${name}-schema`)).toMatchObject({
      'fairlead.dev/stage': '1',
      'kustomize.toolkit.fluxcd.io/force': 'enabled',
    });
    expect(annotations(flux, 'Deployment', name)).toMatchObject({ 'fairlead.dev/stage': '2' });
  });

  test('survives the loss of a pod, a node and the calm of the night in production', () => {
    for (const name of ['api-gateway', ...services]) {
      expect(production.get('HorizontalPodAutoscaler', `delivery-platform-${name}`)).toHaveProperty(
        'spec.minReplicas',
        3,
      );
      expect(production.get('PodDisruptionBudget', `delivery-platform-${name}`)).toBeDefined();
      expect(production.get('Deployment', `delivery-platform-${name}`)).not.toHaveProperty('spec.replicas');
    }
  });

  test('says on every object whose it is and what it costs', () => {
    const labels = { team: 'delivery-team', 'cost-center': 'cc-2208', environment: 'production' };
    for (const { kind, metadata } of production.manifests)
      expect({ kind, name: metadata.name, labels: metadata.labels }).toMatchObject({ labels });
  });
});
