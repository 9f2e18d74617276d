import type { Cluster } from '@fairlead/inventory';
import { messageText, messageTitle, nobody, type AlertReceiver, type SecretKeyReference } from './alert-receivers.ts';
import { repeatIntervals } from './alert-routing.ts';
import { environmentReceivers } from './cluster-routing.ts';
import { severities } from './rules/severity-labels.ts';

/**
 * The routes of a cluster as the configuration file of an Alertmanager that reads no objects, such as Google's managed one: data for
 * `alertmanager.yaml`. What is secret stands as `<key>`; whoever keeps the file puts it in. Undefined where nobody is told.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 */
export function alertmanagerFile(cluster: Cluster): Readonly<Record<string, unknown>> | undefined {
  const receivers = environmentReceivers(cluster, '');
  if (receivers === undefined) return undefined;
  const { page, ticket } = cluster.environment.alerts.severity;
  const repeat = repeatIntervals(cluster);
  const match = (severity: string) => `severity="${severity}"`;
  return {
    route: {
      receiver: ticket,
      group_by: ['alertname', 'namespace', 'app', 'component'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: repeat.ticket,
      routes: [
        { receiver: page, matchers: [match(severities.page)], group_wait: '10s', repeat_interval: repeat.page },
        { receiver: ticket, matchers: [match(severities.ticket)] },
        { receiver: nobody, matchers: ['severity=~"info|none"'] },
      ],
    },
    inhibit_rules: [
      {
        source_matchers: [match(severities.page), 'app!=""'],
        target_matchers: [match(severities.ticket)],
        equal: ['namespace', 'app', 'component'],
      },
    ],
    receivers: [
      ...Object.entries(receivers).map(([name, each]) =>
        fileReceiver(name, each, messageTitle(cluster.environment.name, cluster.name)),
      ),
      { name: nobody },
    ],
  };
}

function fileReceiver(name: string, { slack, pager, email }: AlertReceiver, title: string) {
  return {
    name,
    ...(slack && {
      slack_configs: [
        { channel: slack.channel, api_url: placeholder(slack.webhook), send_resolved: true, title, text: messageText },
      ],
    }),
    ...(pager && {
      pagerduty_configs: [{ routing_key: placeholder(pager.routingKey), send_resolved: true, description: title }],
    }),
    ...(email && {
      email_configs: [
        {
          to: email.to,
          from: email.from,
          smarthost: email.server,
          ...(email.username !== undefined && { auth_username: email.username }),
          ...(email.password !== undefined && { auth_password: placeholder(email.password) }),
          send_resolved: true,
          headers: { Subject: title },
        },
      ],
    }),
  };
}

function placeholder({ key }: SecretKeyReference): string {
  return `<${key}>`;
}
