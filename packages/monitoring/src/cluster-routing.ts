import type { Cluster } from '@fairlead/inventory';
import { joinName, type Ownership } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { Construct } from 'constructs';
import type { AlertReceiver, SecretKeyReference } from './alert-receivers.ts';
import { alertmanagerConfig } from './alert-routing.ts';

export interface ClusterRoutingProps {
  readonly cluster: Cluster;
  readonly ownership: Ownership;
  /** Namespace of the Alertmanager: only there an object may speak for alerts of all namespaces. */
  readonly namespace: string;
  /** Secret with the keys that the environment's receivers name. */
  readonly secret: string;
}

/**
 * Who hears of the alerts of a whole cluster, as its environment says: pages, tickets, and whatever carries a severity that nobody
 * thought of. One object for all apps, so no app repeats it and the pager's key lies in one namespace. The Alertmanager must have
 * the strategy `OnNamespaceExceptForAlertmanagerNamespace` (operator 0.84 and later), or the routes see alerts of `namespace` only.
 */
export class ClusterRouting extends Construct {
  constructor(scope: Construct, id: string, { cluster, ownership, namespace, secret }: ClusterRoutingProps) {
    super(scope, id);
    const { severity: routes } = cluster.environment.alerts;
    const receivers = environmentReceivers(cluster, secret);
    if (receivers === undefined) return;
    new KubernetesObject(
      this,
      'config',
      alertmanagerConfig({
        cluster,
        ownership,
        namespace,
        name: joinName(ownership.app, 'alerts'),
        receivers,
        routes,
        otherwise: routes.ticket,
      }),
    );
  }
}

/** The receivers of a cluster's environment, reading the keys of a Secret; undefined where there are none or nothing alerts. */
export function environmentReceivers(
  { environment: { alerts } }: Cluster,
  secret: string,
): Record<string, AlertReceiver> | undefined {
  if (!alerts.enabled || alerts.receivers === undefined) return undefined;
  const of = (key: string): SecretKeyReference => ({ secret, key });
  const receivers = Object.entries(alerts.receivers).map(([name, { slack, pager, email }]): [string, AlertReceiver] => [
    name,
    {
      ...(slack && { slack: { channel: slack.channel, webhook: of(slack.webhook) } }),
      ...(pager && { pager: { routingKey: of(pager.routingKey) } }),
      ...(email && {
        email: {
          to: email.to,
          from: email.from,
          server: email.server,
          ...(email.username !== undefined && { username: email.username, password: of(email.password) }),
        },
      }),
    },
  ]);
  return Object.fromEntries(receivers);
}
