import { renderApp, testCluster } from '@fairlead/testing';
import { describe, expect, test } from 'vitest';
import app from './app.ts';

const storage = { classes: { default: 'block', fast: 'quick', cheap: 'slow' }, fileSystem: 'fs-0123456789abcdef0' };
const cluster = testCluster({ cluster: { capabilities: { storage } } });
const platform = renderApp(app, cluster);

describe('the platform', () => {
  test('renders without a complaint and has no workload of its own', () => {
    expect(platform.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(['Namespace', 'Deployment', 'Job'].flatMap((kind) => platform.all(kind))).toEqual([]);
  });

  test('tells whom the environment names, for all apps, with keys that its Alertmanager brings', () => {
    const receivers = { pager: { pager: 'pagerduty' }, chat: { slack: '#alerts' } };
    const told = renderApp(
      app,
      testCluster({
        environment: { alerts: { enabled: true, severity: { page: 'pager', ticket: 'chat' }, receivers } },
        capabilities: { storage },
      }),
    );
    expect(told.get('AlertmanagerConfig', 'platform-alerts')).toMatchObject({
      metadata: { namespace: 'monitoring' },
      spec: {
        receivers: [
          {
            name: 'pager',
            pagerdutyConfigs: [{ routingKey: { name: 'platform-alerting', key: 'pagerduty-routing-key' } }],
          },
          { name: 'chat', slackConfigs: [{ apiURL: { name: 'platform-alerting', key: 'slack-webhook' } }] },
          { name: 'nobody' },
        ],
      },
    });
    expect(told.get('SecretProviderClass', 'platform-alerting')).toHaveProperty('spec.secretObjects.0.secretName');
    expect(told.get('Alertmanager', 'platform')).toMatchObject({
      spec: {
        serviceAccountName: 'platform-alertmanager',
        volumes: [{ csi: { volumeAttributes: { secretProviderClass: 'platform-alerting' } } }],
        volumeMounts: [{ mountPath: '/var/run/secrets/fairlead/platform-alerting', readOnly: true }],
      },
    });
    expect(told.get('Prometheus', 'platform')).toHaveProperty('spec.externalLabels.environment', 'production');
    expect(told.all('Secret')).toEqual([]);
  });

  test('makes every class that workloads ask for, one of them the default', () => {
    const classes = platform.all('StorageClass');
    const isDefault = ({ metadata }: (typeof classes)[number]) =>
      metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
    expect(classes.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(['block', 'quick', 'slow']));
    expect(classes.filter(isDefault).map(({ metadata }) => metadata.name)).toEqual(['block']);
    expect(platform.all('VolumeSnapshotClass')).toHaveLength(1);
  });

  test('keeps volumes in production when their claim goes', () => {
    for (const each of platform.all('StorageClass')) expect(each).toMatchObject({ reclaimPolicy: 'Retain' });
  });

  test('has a ladder of priorities, of which none is for everybody and the lowest pushes nobody off', () => {
    const ladder = platform.all('PriorityClass');
    expect(ladder.map(({ metadata }) => metadata.name)).toEqual(['batch', 'critical', 'high', 'standard']);
    for (const each of ladder) expect(each).not.toHaveProperty('globalDefault');
    expect(platform.get('PriorityClass', 'batch')).toHaveProperty('preemptionPolicy', 'Never');
  });
});
