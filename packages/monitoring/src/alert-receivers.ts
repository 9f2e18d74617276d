import type { IReceiver } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/Receiver';

/** A key of a Secret in the same namespace; addresses with tokens in them never stand in a manifest. */
export interface SecretKeyReference {
  readonly secret: string;
  readonly key: string;
}

/** Where alerts go. At least one address. */
export interface AlertReceiver {
  /** Slack channel, and the Secret with the webhook's URL. */
  readonly slack?: { readonly channel: string; readonly webhook: SecretKeyReference } | undefined;
  /** Without `server` and `from`, the mail server is one that the Alertmanager itself is configured with. */
  readonly email?:
    | {
        readonly to: string;
        readonly from?: string | undefined;
        /** `host:port`. */
        readonly server?: string | undefined;
        readonly username?: string | undefined;
        readonly password?: SecretKeyReference | undefined;
      }
    | undefined;
  /** PagerDuty Events API v2: the Secret with the integration's key. */
  readonly pager?: { readonly routingKey: SecretKeyReference } | undefined;
}

/** Hears of nothing: where alerts go that no route wants. */
export const nobody = 'nobody';

/** What is wrong with a set of receivers and the routes that lead to them, in words. */
export function checkReceivers(
  receivers: Readonly<Record<string, AlertReceiver>>,
  routes: Readonly<Record<string, string | undefined>>,
): string[] {
  const faults: string[] = [];
  const known = Object.keys(receivers);
  for (const [severity, name] of Object.entries(routes)) {
    if (name !== undefined && !known.includes(name))
      faults.push(`alerts of severity ${severity} go to "${name}", which is no receiver; known: ${known.join(', ')}`);
  }
  for (const [name, { slack, email, pager }] of Object.entries(receivers)) {
    if (slack === undefined && email === undefined && pager === undefined)
      faults.push(`receiver ${name} has neither slack, email nor pager`);
  }
  return faults;
}

/** Secrets that receivers refer to, each once. */
export function receiverSecrets(receivers: Readonly<Record<string, AlertReceiver>>): SecretKeyReference[] {
  const found = Object.values(receivers).flatMap(({ slack, email, pager }) => [
    slack?.webhook,
    email?.password,
    pager?.routingKey,
  ]);
  return found.filter((each) => each !== undefined);
}

/** First line of a message: where, what, of whom. Labels that an alert lacks leave nothing behind. */
export function messageTitle(environment: string, cluster: string): string {
  return `[${environment}] ${cluster}: {{ .CommonLabels.alertname }}{{ with .CommonLabels.app }} {{ . }}{{ end }}{{ with .CommonLabels.component }}/{{ . }}{{ end }}{{ if eq .Status "resolved" }} is over{{ end }}`;
}

/** What happened and what to do, an alert a line. */
export const messageText =
  '{{ range .Alerts }}{{ .Annotations.description }} {{ .Annotations.runbook_url }}\n{{ end }}';

/** A receiver of an AlertmanagerConfig. */
export function toReceiver(name: string, { slack, email, pager }: AlertReceiver, title: string): IReceiver {
  return {
    name,
    ...(slack === undefined
      ? {}
      : {
          slackConfigs: [
            {
              channel: slack.channel,
              apiURL: secretKey(slack.webhook),
              sendResolved: true,
              title,
              text: messageText,
            },
          ],
        }),
    ...(email === undefined
      ? {}
      : {
          emailConfigs: [
            {
              to: email.to,
              ...(email.from === undefined ? {} : { from: email.from }),
              ...(email.server === undefined ? {} : { smarthost: email.server, requireTLS: true }),
              ...(email.username === undefined ? {} : { authUsername: email.username }),
              ...(email.password === undefined ? {} : { authPassword: secretKey(email.password) }),
              sendResolved: true,
              headers: [{ key: 'Subject', value: title }],
            },
          ],
        }),
    ...(pager === undefined
      ? {}
      : { pagerdutyConfigs: [{ routingKey: secretKey(pager.routingKey), sendResolved: true, description: title }] }),
  };
}

function secretKey({ secret, key }: SecretKeyReference) {
  return { name: secret, key };
}
