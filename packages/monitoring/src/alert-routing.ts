import { diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';
import { joinName, ownershipLabels, type Ownership } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import type { IAlertmanagerConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/AlertmanagerConfig';
import { Construct } from 'constructs';
import { checkReceivers, messageTitle, nobody, toReceiver, type AlertReceiver } from './alert-receivers.ts';
import type { AlertSeverity } from './intent.ts';
import { severities } from './rules/severity-labels.ts';

export interface AlertRoutingProps {
  readonly cluster: Cluster;
  readonly ownership: Ownership;
  readonly namespace: string;
  readonly receivers: Readonly<Record<string, AlertReceiver>>;
  /** Receiver of each severity. Default: what the environment says; a lone receiver hears of all. */
  readonly routes?: Readonly<Partial<Record<AlertSeverity, string>>> | undefined;
}

/**
 * Who hears of the alerts of a namespace, besides whoever the environment tells: the operator gives the route a matcher on the
 * object's own namespace and lets alerts go on to the next. Pages and tickets repeat as the environment says, and while a workload
 * pages, its tickets are held back. `v1alpha1`, because plain installations of the operator serve no other.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/
 */
export class AlertRouting extends Construct {
  constructor(scope: Construct, id: string, { cluster, ownership, namespace, receivers, routes }: AlertRoutingProps) {
    super(scope, id);
    if (!cluster.environment.alerts.enabled) return;
    const { implementation } = cluster.capabilities.metrics;
    if (implementation !== 'prometheus-operator') {
      report(
        this,
        diagnostic('metrics/unsupported', {
          message: `${ownership.app}: routes of alerts are not made there, because ${implementation} has no AlertmanagerConfig`,
          hint: 'google-managed: Secret alertmanager of namespace gmp-public; azure-managed: action groups',
          severity: 'info',
          clusters: [cluster.name],
        }),
      );
      return;
    }
    const [only, ...others] = Object.keys(receivers);
    const lone = only !== undefined && others.length === 0 ? { page: only, ticket: only } : undefined;
    const chosen = routes ?? lone ?? cluster.environment.alerts.severity;
    const faults = checkReceivers(receivers, chosen);
    for (const message of faults) {
      report(this, diagnostic('metrics/route', { message: `${ownership.app}: ${message}`, clusters: [cluster.name] }));
    }
    if (faults.length > 0) return;
    const name = joinName(ownership.app, 'alerts');
    new KubernetesObject(
      this,
      'config',
      alertmanagerConfig({ cluster, ownership, namespace, name, receivers, routes: chosen }),
    );
  }
}

interface RoutingObject {
  readonly cluster: Cluster;
  readonly ownership: Ownership;
  readonly namespace: string;
  readonly name: string;
  readonly receivers: Readonly<Record<string, AlertReceiver>>;
  readonly routes: Readonly<Partial<Record<AlertSeverity, string>>>;
  /** Who hears of a severity that no route knows. Default: nobody. */
  readonly otherwise?: string | undefined;
}

/** The routes of some severities as an object of the Prometheus operator. */
export function alertmanagerConfig(props: RoutingObject) {
  const { cluster, ownership, namespace, name, receivers, routes, otherwise = nobody } = props;
  const { environment } = cluster;
  const title = messageTitle(environment.name, cluster.name);
  const repeat = repeatIntervals(cluster);
  const match = (severity: AlertSeverity) => ({
    name: 'severity',
    value: severities[severity],
    matchType: '=' as const,
  });
  const used = new Set([otherwise, ...Object.values(routes)]);
  const quiet = otherwise === nobody ? [] : [{ receiver: nobody, matchers: [quietSeverities] }];
  return {
    apiVersion: 'monitoring.coreos.com/v1alpha1',
    kind: 'AlertmanagerConfig',
    metadata: { name, namespace, labels: { ...ownershipLabels(ownership), ...cluster.capabilities.metrics.labels } },
    spec: {
      route: {
        receiver: otherwise,
        groupBy: ['alertname', 'namespace', 'app', 'component'],
        groupWait: '30s',
        groupInterval: '5m',
        repeatInterval: repeat.ticket,
        routes: [
          ...(routes.page === undefined
            ? []
            : [{ receiver: routes.page, matchers: [match('page')], groupWait: '10s', repeatInterval: repeat.page }]),
          ...(routes.ticket === undefined ? [] : [{ receiver: routes.ticket, matchers: [match('ticket')] }]),
          ...quiet,
        ],
      },
      inhibitRules: [
        {
          // Alerts without an app have equal labels by having none.
          sourceMatch: [match('page'), { name: 'app', value: '', matchType: '!=' as const }],
          targetMatch: [match('ticket')],
          equal: ['namespace', 'app', 'component'],
        },
      ],
      receivers: [
        ...Object.entries(receivers)
          .filter(([each]) => used.has(each))
          .map(([each, receiver]) => toReceiver(each, receiver, title)),
        ...(otherwise === nobody || quiet.length > 0 ? [{ name: nobody }] : []),
      ],
    },
  } satisfies IAlertmanagerConfig;
}

/** Severities of the community's own rules that want no attention: a watchdog fires always. */
const quietSeverities = { name: 'severity', value: 'info|none', matchType: '=~' as const };

/** After how long an alert that goes on is told again. */
export function repeatIntervals({ environment }: Cluster): Readonly<Record<AlertSeverity, string>> {
  const { page = '1h', ticket = '24h' } = environment.alerts.repeat ?? {};
  return { page, ticket };
}
