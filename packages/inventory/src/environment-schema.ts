import { type Static, Type } from '@sinclair/typebox';
import {
  choice,
  dnsLabel,
  fields,
  mapOf,
  oneOrMore,
  quantity,
  shaped,
  shortOrLong,
  waivers,
  words,
} from './schema-parts.ts';

const groups = (description: string) => Type.Optional(oneOrMore(words('Name of a group.'), description));

const podSecurity = (description: string) =>
  Type.Optional(choice(['restricted', 'baseline', 'privileged'], description));

const access = (description: string) =>
  Type.Optional(
    fields(
      {
        admin: groups('Groups that may do everything in a namespace.'),
        deploy: groups('Groups that may change workloads.'),
        readOnly: groups('Groups that may look.'),
      },
      description,
    ),
  );

const amounts = (description: string) =>
  Type.Optional(
    fields(
      {
        cpu: Type.Optional(quantity('CPU.')),
        memory: Type.Optional(quantity('Memory.')),
        'ephemeral-storage': Type.Optional(quantity('Space on the node.')),
      },
      description,
    ),
  );
const ratio = amounts('How many times its request a limit may be, such as memory: 1.');

const quota = Type.Optional(
  mapOf(quantity('Quantity.'), 'ResourceQuota of a namespace, such as requests.cpu: "8". Absent: none.'),
);

const limits = Type.Optional(
  fields(
    {
      container: Type.Optional(
        fields(
          {
            default: amounts('Limit of a container that states none. Default: memory as requested; no CPU limit.'),
            defaultRequest: amounts('Request of a container that states none. Default: 100m and 128Mi.'),
            min: amounts('Least that a container may request.'),
            max: amounts(
              'Most that a container may be limited to. A container without a limit gets max as its limit, CPU included.',
            ),
            maxLimitRequestRatio: ratio,
          },
          'Bounds and defaults of one container.',
        ),
      ),
      pod: Type.Optional(
        fields(
          {
            min: amounts('Least that a pod may request.'),
            max: amounts('Most that a pod may be limited to.'),
            maxLimitRequestRatio: ratio,
          },
          'Bounds of all containers of a pod together.',
        ),
      ),
      claim: Type.Optional(
        fields(
          { min: Type.Optional(quantity('Least.')), max: Type.Optional(quantity('Most.')) },
          'Bounds of the storage that one claim asks for.',
        ),
      ),
    },
    'LimitRange of a namespace. Absent: one with the defaults where the namespace has a quota, else none.',
  ),
);

const channel = shaped('^[#@]?\\S+$', 'a channel such as #alerts', 'Channel, such as #production-alerts.');
const secretKey = (description: string) =>
  Type.Optional(
    shaped('^[-._a-zA-Z0-9]{1,253}$', 'a key of a Secret: letters, digits, hyphens, dots and underscores', description),
  );
const repeat = (description: string) =>
  Type.Optional(shaped('^([0-9]+(ms|s|m|h|d|w))+$', 'a duration such as 30m or 4h', description));

const receiver = fields(
  {
    slack: Type.Optional(
      shortOrLong(
        channel,
        fields(
          {
            channel,
            webhook: secretKey('Key of the alerting secret that holds the URL of the webhook. Default: slack-webhook.'),
          },
          'Channel and webhook.',
        ),
        'Slack: the channel, or a mapping with the key of its webhook.',
      ),
    ),
    pager: Type.Optional(
      shortOrLong(
        choice(['pagerduty'], 'Who pages.'),
        fields(
          {
            service: choice(['pagerduty'], 'Who pages.'),
            routingKey: secretKey(
              'Key of the alerting secret that holds the integration key (Events API v2). Default: pagerduty-routing-key.',
            ),
          },
          'Who pages, and with which key.',
        ),
        'Pager: the service, or a mapping with the key of its integration.',
      ),
    ),
    email: Type.Optional(
      fields(
        {
          to: shaped('^[^\\s@]+@[^\\s@]+$', 'an e-mail address', 'Address that hears.'),
          from: shaped('^[^\\s@]+@[^\\s@]+$', 'an e-mail address', 'Sender.'),
          server: shaped(
            '^[^\\s:/]+:[0-9]{1,5}$',
            'host:port of a mail server',
            'host:port of the mail server (SMTP with STARTTLS).',
          ),
          username: Type.Optional(words('Name at the mail server. Absent: it asks for none.')),
          password: secretKey('Key of the alerting secret that holds its password. Default: smtp-password.'),
        },
        'E-mail.',
      ),
    ),
  },
  'Where a receiver sends; several at once are allowed.',
);

const percent = (description: string) => Type.Optional(Type.Number({ minimum: 0.01, maximum: 99.99, description }));
const positive = (description: string) => Type.Optional(Type.Number({ minimum: 0.001, description }));

/** A file of `environments/`. Its name without `.yaml` is the environment's name. */
export const environmentSchema = Type.Object(
  {
    order: Type.Integer({
      minimum: 0,
      maximum: 1000,
      description: 'Position in the roll-out and promotion order; lower goes first.',
    }),
    images: Type.Optional(choice(['digest', 'tag'], 'Whether images must name a digest. Default: tag.')),
    podSecurity: podSecurity('Pod Security Standard of namespaces. Default: restricted.'),
    minimumReplicas: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        description: 'Fewest replicas of a workload behind a Service. Default: 1.',
      }),
    ),
    access: access('Human groups bound in every namespace of the environment.'),
    alerts: Type.Optional(
      fields(
        {
          enabled: Type.Optional(Type.Boolean({ description: 'Whether alerts are rendered. Default: true.' })),
          severity: Type.Optional(
            fields(
              {
                page: Type.Optional(words('Receiver of alerts that wake somebody. Default: pager.')),
                ticket: Type.Optional(words('Receiver of alerts that can wait. Default: tickets.')),
              },
              'Receiver per severity.',
            ),
          ),
          receivers: Type.Optional(
            mapOf(receiver, 'Receivers by name. Absent: the metrics stack of each cluster is configured elsewhere.'),
          ),
          secret: Type.Optional(
            dnsLabel(
              'Logical secret of the platform app that holds the keys of the receivers, in the secrets store of each cluster. Default: alerting.',
            ),
          ),
          repeat: Type.Optional(
            fields(
              {
                page: repeat('A page that nobody ends is sent again after this. Default: 1h.'),
                ticket: repeat('The same for tickets. Default: 24h.'),
              },
              'When an alert that goes on is told again.',
            ),
          ),
          thresholds: Type.Optional(
            fields(
              {
                errorRate: percent('Percent of failed requests. Default: 10.'),
                latency: positive('Seconds that one request in twenty may take. Default: 2.'),
                connections: percent('Percent of the connections of a database or a pool. Default: 80.'),
                hourlyCost: positive(
                  'Most that the nodes of one cluster may cost an hour, in the currency of OpenCost. Absent: no alert.',
                ),
              },
              'Where alerts fire, unless an app says otherwise.',
            ),
          ),
        },
        'Where alerts go, and where they fire.',
      ),
    ),
    quota,
    limits,
    namespaces: Type.Optional(
      mapOf(
        fields(
          {
            quota,
            limits,
            access: access('Human groups of this namespace, in place of those of the environment of the same kind.'),
            podSecurity: podSecurity('Pod Security Standard of this namespace, such as one of agents on every node.'),
          },
          'What differs in this namespace, key by key.',
        ),
        'Quota, limits, access and Pod Security of single namespaces.',
      ),
    ),
    strictness: Type.Optional(
      mapOf(
        choice(['error', 'warning', 'info', 'off'], 'Severity in this environment.'),
        'Severity of diagnostic codes where it differs from the registered one.',
      ),
    ),
    waivers: Type.Optional(waivers),
  },
  {
    additionalProperties: false,
    title: 'Fairlead environment',
    description: 'How strictly apps run. The name of the file is the name of the environment.',
  },
);

/** The shape of an environment file that has passed the schema. */
export type EnvironmentFile = Static<typeof environmentSchema>;
