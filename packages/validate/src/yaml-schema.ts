import { DEFAULT_SCHEMA, type Schema, Type } from 'js-yaml';

const truths = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']);
const falsehoods = new Set(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']);
const integer = /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|0|[1-9][0-9_]*)$/;

/**
 * YAML as `kubectl`, Argo CD and Flux read it (go-yaml v2 behind sigs.k8s.io/yaml): `yes`, `on` and `y` are booleans and `0644` is octal,
 * unlike YAML 1.2. Timestamps stay strings. A reader of 1.2 would miss that an annotation `"on": yes` does not arrive as text.
 */
export const kubernetesYaml: Schema = DEFAULT_SCHEMA.extend({
  implicit: [
    new Type('tag:yaml.org,2002:bool', {
      kind: 'scalar',
      resolve: (text: unknown) => typeof text === 'string' && (truths.has(text) || falsehoods.has(text)),
      construct: (text: string) => truths.has(text),
    }),
    new Type('tag:yaml.org,2002:int', {
      kind: 'scalar',
      resolve: (text: unknown) => typeof text === 'string' && integer.test(text),
      construct: toInteger,
    }),
    new Type('tag:yaml.org,2002:timestamp', { kind: 'scalar', resolve: () => false }),
  ],
  explicit: [
    new Type('tag:yaml.org,2002:binary', {
      kind: 'scalar',
      resolve: (text: unknown) => typeof text === 'string' && /^[A-Za-z0-9+/=\s]*$/.test(text),
      construct: (text: string) => Buffer.from(text, 'base64').toString('utf8'),
    }),
  ],
});

function toInteger(text: string): number {
  const negative = text.startsWith('-');
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return negative ? -value : value;
}
