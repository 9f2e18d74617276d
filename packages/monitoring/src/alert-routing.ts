import { diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';
import { joinName, ownershipLabels, type Ownership } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import type { IAlertmanagerConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/AlertmanagerConfig';
import type { IReceiver } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/Receiver';
import { Construct } from 'constructs';
import type { AlertSeverity } from './intent.ts';
import { severities } from './rules/severity-labels.ts';

/** A key of a Secret in the same namespace; addresses with tokens in them never stand in a manifest. */
export interface SecretKeyReference {
  readonly secret: string;
  readonly key: string;
}

/** Where alerts go. At least one address. */
export interface AlertReceiver {
  /** Slack channel, and the Secret with the webhook's URL. */
  readonly slack?: { readonly channel: string; readonly webhook: SecretKeyReference } | undefined;
  /** The mail server itself is configured on the Alertmanager. */
  readonly email?: { readonly to: string } | undefined;
  /** PagerDuty Events API v2: the Secret with the integration's key. */
  readonly pager?: { readonly routingKey: SecretKeyReference } | undefined;
}

export interface AlertRoutingProps {
  readonly cluster: Cluster;
  readonly ownership: Ownership;
  readonly namespace: string;
  readonly receivers: Readonly<Record<string, AlertReceiver>>;
  /** Receiver of each severity. Default: what the environment says. */
  readonly routes?: Readonly<Record<AlertSeverity, string>> | undefined;
}

/**
 * Routes the alerts of a namespace by severity: pages repeat hourly, tickets daily, and while a workload pages, its tickets are held
 * back. `v1alpha1`, because plain installations of the operator serve no other; it adds a matcher on the object's own namespace.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/
 */
export class AlertRouting extends Construct {
  constructor(scope: Construct, id: string, props: AlertRoutingProps) {
    super(scope, id);
    const { cluster, ownership, namespace, receivers } = props;
    const { alerts, name: environment } = cluster.environment;
    const routes = props.routes ?? alerts.severity;
    if (!alerts.enabled) return;
    if (cluster.capabilities.metrics.implementation !== 'prometheus-operator') {
      report(
        this,
        diagnostic('metrics/unsupported', {
          message: `${ownership.app}: routes of alerts are not made there, because ${cluster.capabilities.metrics.implementation} has no AlertmanagerConfig`,
          hint: 'google-managed: Secret alertmanager of namespace gmp-public; azure-managed: action groups',
          severity: 'info',
          clusters: [cluster.name],
        }),
      );
      return;
    }
    const faults = checkRouting(receivers, routes);
    for (const message of faults) {
      report(this, diagnostic('metrics/route', { message: `${ownership.app}: ${message}`, clusters: [cluster.name] }));
    }
    if (faults.length > 0) return;

    const match = (severity: AlertSeverity) => ({
      name: 'severity',
      value: severities[severity],
      matchType: '=' as const,
    });
    new KubernetesObject(this, 'config', {
      apiVersion: 'monitoring.coreos.com/v1alpha1',
      kind: 'AlertmanagerConfig',
      metadata: {
        name: joinName(ownership.app, 'alerts'),
        namespace,
        labels: { ...ownershipLabels(ownership), ...cluster.capabilities.metrics.labels },
      },
      spec: {
        route: {
          receiver: routes.ticket,
          groupBy: ['alertname', 'app', 'component'],
          groupWait: '30s',
          groupInterval: '5m',
          repeatInterval: '24h',
          routes: [{ receiver: routes.page, matchers: [match('page')], groupWait: '10s', repeatInterval: '1h' }],
        },
        inhibitRules: [{ sourceMatch: [match('page')], targetMatch: [match('ticket')], equal: ['app', 'component'] }],
        receivers: Object.entries(receivers)
          .filter(([name]) => name === routes.page || name === routes.ticket)
          .map(([name, receiver]) => toReceiver(name, receiver, environment)),
      },
    } satisfies IAlertmanagerConfig);
  }
}

function checkRouting(
  receivers: AlertRoutingProps['receivers'],
  routes: Readonly<Record<AlertSeverity, string>>,
): string[] {
  const faults: string[] = [];
  const known = Object.keys(receivers);
  for (const [severity, name] of Object.entries(routes)) {
    if (!known.includes(name))
      faults.push(`alerts of severity ${severity} go to "${name}", which is no receiver; known: ${known.join(', ')}`);
  }
  for (const [name, { slack, email, pager }] of Object.entries(receivers)) {
    if (slack === undefined && email === undefined && pager === undefined)
      faults.push(`receiver ${name} has neither slack, email nor pager`);
  }
  return faults;
}

function toReceiver(name: string, { slack, email, pager }: AlertReceiver, environment: string): IReceiver {
  const title = `[${environment}] {{ .CommonLabels.alertname }} {{ .CommonLabels.app }}/{{ .CommonLabels.component }}`;
  const text = '{{ range .Alerts }}{{ .Annotations.description }} {{ .Annotations.runbook_url }}\n{{ end }}';
  return {
    name,
    ...(slack === undefined
      ? {}
      : {
          slackConfigs: [{ channel: slack.channel, apiURL: secretKey(slack.webhook), sendResolved: true, title, text }],
        }),
    ...(email === undefined
      ? {}
      : { emailConfigs: [{ to: email.to, sendResolved: true, headers: [{ key: 'Subject', value: title }] }] }),
    ...(pager === undefined
      ? {}
      : { pagerdutyConfigs: [{ routingKey: secretKey(pager.routingKey), sendResolved: true, description: title }] }),
  };
}

function secretKey({ secret, key }: SecretKeyReference) {
  return { name: secret, key };
}
