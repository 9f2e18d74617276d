import { type TSchema, Type } from '@sinclair/typebox';

/** A string that must look like something; `expected` completes the sentence "… is not" in editors and in our diagnostics. */
export function shaped(pattern: string, expected: string, description: string) {
  return Type.String({ pattern, patternErrorMessage: expected, description });
}

/** A string with at least one visible character. */
export function words(description: string) {
  return shaped('\\S', 'a text that is not empty', description);
}

/** One of a few words. */
export function choice<const Words extends readonly string[]>(known: Words, description: string) {
  return Type.Unsafe<Words[number]>({ type: 'string', enum: known, description });
}

/** A mapping with exactly these keys, each optional unless `required` names it. */
export function fields<Properties extends Record<string, TSchema>>(properties: Properties, description: string) {
  return Type.Object(properties, { additionalProperties: false, description });
}

/** A mapping whose keys the author chooses. */
export function mapOf<Value extends TSchema>(value: Value, description: string) {
  return Type.Unsafe<Record<string, Value['static']>>({ type: 'object', additionalProperties: value, description });
}

/** One item, or a list of such items. */
export function oneOrMore<Item extends TSchema>(item: Item, description: string) {
  return Type.Union([item, Type.Array(item)], { description });
}

/** Either the name of an implementation, or a mapping that begins with it. */
export function shortOrLong<Short extends TSchema, Long extends TSchema>(
  short: Short,
  long: Long,
  description: string,
) {
  return Type.Union([short, long], { description });
}

/** Written as 10.0.0.0/16; whether it exists is checked apart, because a pattern cannot say it in words. */
export const cidr = shaped('.', 'an IPv4 range such as 10.0.0.0/16', 'IPv4 range such as 10.0.0.0/16.');

export const cidrs = (description: string) => oneOrMore(cidr, description);

export const dnsLabel = (description: string) =>
  shaped(
    '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$',
    'a DNS label: at most 63 lower-case letters, digits and hyphens, no hyphen at either end',
    description,
  );

/** Name of a class, store or role: dot-separated DNS labels; RBAC names also know colons. */
export const objectName = (description: string) =>
  shaped(
    '^[a-z0-9]([-a-z0-9.:]{0,251}[a-z0-9])?$',
    'an object name: lower-case letters, digits, hyphens and dots',
    description,
  );

export const hostName = (description: string) =>
  shaped(
    '^(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)+$',
    'a domain name such as example.com: lower case, with a dot, without scheme, port or path',
    description,
  );

/** A Kubernetes quantity; plain numbers are allowed because `cpu: 4` says the same as `cpu: "4"`. */
export const quantity = (description: string) =>
  Type.Union(
    [
      shaped(
        '^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$',
        'a quantity such as 500m, 2, 512Mi or 8Gi',
        description,
      ),
      Type.Number({ minimum: 0 }),
    ],
    { description },
  );

export const httpsUrl = (description: string) =>
  shaped('^https://[^\\s/?#@]+[^\\s]*$', 'a URL that begins with https://', description);

export const url = (description: string) =>
  shaped('^https?://[^\\s/?#@]+[^\\s]*$', 'a URL that begins with https:// or http://', description);

const labelKey = '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$';

/** Kubernetes labels. Keys are checked by pattern too, through `propertyNames`. */
export const labels = (description: string) =>
  Type.Unsafe<Record<string, string>>({
    type: 'object',
    propertyNames: { pattern: labelKey, patternErrorMessage: 'a label key such as team or example.com/team' },
    additionalProperties: {
      type: 'string',
      pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$',
      patternErrorMessage: 'a label value: at most 63 letters, digits, hyphens, underscores and dots',
    },
    description,
  });

export const port = (description: string) => Type.Integer({ minimum: 1, maximum: 65535, description });

export const isoDate = (description: string) =>
  shaped('^\\d{4}-\\d{2}-\\d{2}$', 'a date such as 2026-12-31', description);

/** Findings that somebody accepts for a while; allowed in cluster and in environment files. */
export const waivers = Type.Array(
  fields(
    {
      code: words('Code of the diagnostic, such as validate/image-tag.'),
      target: Type.Optional(
        words('app, app/workload or Kind/namespace/name, with * as a wildcard. Absent: everywhere.'),
      ),
      owner: words('Who accepts the finding: a team or a person.'),
      reason: words('Why it is accepted.'),
      expires: isoDate('Last day on which the waiver holds.'),
    },
    'One accepted finding.',
  ),
  { description: 'Findings that somebody accepts for a while, with owner, reason and last day.' },
);
