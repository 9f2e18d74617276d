import { platformRules } from '@fairlead/monitoring';
import type { DeliveryEngine } from '@fairlead/inventory';
import { expect, test } from 'vitest';
import { cluster } from '../../packages/monitoring/test/fixtures.ts';
import { checkRules, testRules, type InputSeries } from './run-promtool.ts';

// Alerts of a cluster as a whole, each once in trouble and once beside it.

const hour = 60;
const day = 24 * hour;

function rules(engine: DeliveryEngine = 'argocd') {
  const plain = cluster();
  const pool = { cpu: '4', memory: '16Gi', architecture: 'amd64', spot: true, max: 3, labels: {}, taints: [] } as const;
  return platformRules({
    cluster: {
      ...plain,
      delivery: { ...plain.delivery, engine },
      capabilities: {
        ...plain.capabilities,
        ingress: { ...plain.capabilities.ingress, certificates: { source: 'cert-manager' } },
      },
      nodePools: [{ ...pool, name: 'general' }],
    },
    ownership: { app: 'platform', team: 'platform-team', environment: 'production', cloud: 'aws' },
    business: true,
    hourlyBudget: 12,
  });
}

interface Scene {
  readonly what: string;
  readonly alert: string;
  readonly engine?: DeliveryEngine;
  readonly series: readonly InputSeries[];
  /** Minutes between samples. */
  readonly every: number;
  readonly minute: number;
  readonly fires: Readonly<Record<string, string>> | false;
}

const one = (series: string, values: string): InputSeries[] => [{ series, values }];
const condition = (name: string) => `kube_node_status_condition{node="a",condition="${name}",status="true"}`;
const cost = (...values: readonly string[]): InputSeries[] =>
  values.map((each, index) => ({ series: `node_total_hourly_cost{node="${index}"}`, values: each }));
const cpu = (values: string) => one('kube_pod_container_resource_requests{resource="cpu",pod="a"}', values);
const application = (health: string, sync: string) =>
  one(`argocd_app_info{namespace="argocd",name="shop",health_status="${health}",sync_status="${sync}"}`, '1x60');
const flux = (ready: string) =>
  one(`gotk_resource_info{exported_namespace="flux-system",name="shop",ready="${ready}",suspended="false"}`, '1x60');
const logins = (values: string) =>
  one('logins_total{namespace="shop",cloud_provider="aws",job="shop-user",result="failure"}', values);

const scenes: readonly Scene[] = [
  {
    what: 'a kubelet that reports no more',
    alert: 'NodeNotReady',
    series: one(condition('Ready'), '1x9 0x30'),
    every: 1,
    minute: 30,
    fires: { node: 'a', condition: 'Ready', status: 'true' },
  },
  {
    what: 'a node that restarts',
    alert: 'NodeNotReady',
    series: one(condition('Ready'), '1x9 0x5 1x30'),
    every: 1,
    minute: 30,
    fires: false,
  },
  {
    what: 'a full disk',
    alert: 'NodePressure',
    series: one(condition('DiskPressure'), '1x30'),
    every: 1,
    minute: 20,
    fires: { node: 'a', condition: 'DiskPressure', status: 'true' },
  },
  {
    what: 'room for all',
    alert: 'NodePressure',
    series: [...one(condition('DiskPressure'), '0x30'), ...one(condition('Ready'), '1x30')],
    every: 1,
    minute: 20,
    fires: false,
  },
  {
    // Twelve cores at most; from 4 up by a core a day, they are asked for after eight days.
    what: 'requests that grow by a core a day',
    alert: 'CapacityRunningOut',
    series: cpu(`4+0.0034722x${3 * 288}`),
    every: 5,
    minute: 2 * day,
    fires: {},
  },
  {
    what: 'requests that stay',
    alert: 'CapacityRunningOut',
    series: cpu(`8x${3 * 288}`),
    every: 5,
    minute: 2 * day,
    fires: false,
  },
  {
    what: 'nodes for sixteen an hour, where twelve are budgeted',
    alert: 'CostAboveBudget',
    series: cost('8x200', '8x200'),
    every: 5,
    minute: 8 * hour,
    fires: {},
  },
  {
    what: 'a peak of an hour',
    alert: 'CostAboveBudget',
    series: cost('8x200', '2x40 8x12 2x200'),
    every: 5,
    minute: 8 * hour,
    fires: false,
  },
  {
    what: 'twice the nodes of the last days',
    alert: 'CostAnomaly',
    series: cost(`4x${2 * 720 + 240}`, `_x${2 * 720} 4x240`),
    every: 2,
    minute: 2 * day + 6 * hour,
    fires: {},
  },
  {
    what: 'nodes as ever',
    alert: 'CostAnomaly',
    series: cost(`4x${2 * 720 + 240}`),
    every: 2,
    minute: 2 * day + 6 * hour,
    fires: false,
  },
  {
    what: 'an Application that does not become healthy',
    alert: 'DeliveryFailing',
    series: application('Degraded', 'Synced'),
    every: 1,
    minute: 45,
    fires: { namespace: 'argocd', name: 'shop', health_status: 'Degraded', sync_status: 'Synced' },
  },
  {
    what: 'an Application that holds',
    alert: 'DeliveryFailing',
    series: application('Healthy', 'Synced'),
    every: 1,
    minute: 45,
    fires: false,
  },
  {
    what: 'a Kustomization that fails',
    alert: 'DeliveryFailing',
    engine: 'flux',
    series: flux('False'),
    every: 1,
    minute: 45,
    fires: { exported_namespace: 'flux-system', name: 'shop', ready: 'False', suspended: 'false' },
  },
  {
    what: 'a Kustomization that is ready',
    alert: 'DeliveryFailing',
    engine: 'flux',
    series: flux('True'),
    every: 1,
    minute: 45,
    fires: false,
  },
  {
    what: 'sixty a minute, where one was usual',
    alert: 'FailedLoginsAnomaly',
    series: logins(`0+2x${720} 1560+120x40`),
    every: 2,
    minute: day + 40,
    fires: { namespace: 'shop', cloud_provider: 'aws' },
  },
  {
    what: 'somebody who forgot a password',
    alert: 'FailedLoginsAnomaly',
    series: logins(`0x${720} 0+6x40`),
    every: 2,
    minute: day + 40,
    fires: false,
  },
];

test.each(scenes)('$alert: $what', ({ alert, engine, series, every, minute, fires }) => {
  const { ok, output } = testRules(rules(engine), {
    evaluationInterval: `${every}m`,
    interval: `${every}m`,
    series,
    moments: [
      {
        eval_time: `${minute}m`,
        alertname: alert,
        exp_alerts:
          fires === false
            ? []
            : [
                {
                  exp_labels: {
                    app: 'platform',
                    receiver: 'team',
                    severity: 'warning',
                    team: 'platform-team',
                    ...fires,
                  },
                },
              ],
      },
    ],
  });
  expect(ok, output).toBe(true);
});

test('all of them are rules', () => {
  const { ok, output } = checkRules({ argocd: rules('argocd'), flux: rules('flux') });
  expect(ok, output).toBe(true);
});
