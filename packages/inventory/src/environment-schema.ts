import { type Static, Type } from '@sinclair/typebox';
import { choice, fields, mapOf, oneOrMore, quantity, waivers, words } from './schema-parts.ts';

const groups = (description: string) => Type.Optional(oneOrMore(words('Name of a group.'), description));

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

/** A file of `environments/`. Its name without `.yaml` is the environment's name. */
export const environmentSchema = Type.Object(
  {
    order: Type.Integer({
      minimum: 0,
      maximum: 1000,
      description: 'Position in the roll-out and promotion order; lower goes first.',
    }),
    images: Type.Optional(choice(['digest', 'tag'], 'Whether images must name a digest. Default: tag.')),
    podSecurity: Type.Optional(
      choice(['restricted', 'baseline', 'privileged'], 'Pod Security Standard of namespaces. Default: restricted.'),
    ),
    minimumReplicas: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        description: 'Fewest replicas of a workload behind a Service. Default: 1.',
      }),
    ),
    access: Type.Optional(
      fields(
        {
          admin: groups('Groups that may do everything in a namespace.'),
          deploy: groups('Groups that may change workloads.'),
          readOnly: groups('Groups that may look.'),
        },
        'Human groups bound in every namespace of the environment.',
      ),
    ),
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
        },
        'Where alerts go.',
      ),
    ),
    quota,
    limits,
    namespaces: Type.Optional(
      mapOf(
        fields({ quota, limits }, 'What differs in this namespace, key by key.'),
        'Quota and limits of single namespaces.',
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
