import type { AppBuilder } from '@fairlead/app';
import { defineApp } from '@fairlead/app';
import { expect, test } from 'vitest';
import { renderApp } from './render-app.ts';
import { testCluster } from './test-cluster.ts';

const cluster = testCluster({ environment: { minimumReplicas: 1 } });
const app = (build: (app: AppBuilder) => void) =>
  renderApp(defineApp({ name: 'shop', owner: 'shop-team', build: ({ app }) => build(app) }), cluster);

function waves({ manifests }: ReturnType<typeof app>): Record<string, string | undefined> {
  const running = manifests.filter(({ kind }) => /^(?:Deployment|Job|.*Autoscaler)$/.test(kind));
  return Object.fromEntries(
    running.map(({ kind, metadata }) => [
      `${kind}/${metadata.name}`,
      metadata.annotations?.['argocd.argoproj.io/sync-wave'],
    ]),
  );
}

test('a Job that goes before others waits for everything else, and they and their autoscalers for it', () => {
  const shop = app((app) => {
    app.deployment('mail', { port: 25 });
    const web = app.deployment('web', { port: 80, health: '/', replicas: { min: 2, max: 4, cpu: 70 } });
    const schema = app.job('schema', { before: [web] });
    app.job('backup', { before: [schema] });
  });
  expect(shop.diagnostics).toEqual([]);
  expect(waves(shop)).toEqual({
    'Deployment/shop-mail': undefined,
    'Deployment/shop-web': '3',
    'HorizontalPodAutoscaler/shop-web': '3',
    'Job/shop-backup': '1',
    'Job/shop-schema': '2',
  });
});

test('Jobs that go before one another are told', () => {
  const jobs: { before: ReturnType<AppBuilder['job']>[] } = { before: [] };
  const shop = app((app) => {
    const first = app.job('first', { before: jobs.before });
    jobs.before.push(app.job('second', { before: [first] }));
  });
  expect(shop.diagnostics.map(({ code }) => code)).toEqual(['app/order-circle']);
});
