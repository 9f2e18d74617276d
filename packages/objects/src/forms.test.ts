import { describe, expect, test } from 'vitest';
import {
  configKey,
  dnsLabel,
  dnsLabel1035,
  dnsSubdomain,
  type Form,
  hasForm,
  hostName,
  labelValue,
  portName,
  qualifiedName,
} from './forms.ts';

const long = (length: number): string => 'a'.repeat(length);

// Bounds as in apimachinery's `validation` package.
const forms: readonly { form: Form; fits: readonly string[]; refused: readonly unknown[] }[] = [
  { form: dnsLabel, fits: ['a', '0-a', long(63)], refused: ['', 'A', 'a.b', '-a', 'a-', long(64), 5, undefined] },
  { form: dnsLabel1035, fits: ['a0'], refused: ['0a'] },
  { form: dnsSubdomain, fits: ['a.b', long(253)], refused: ['a..b', '.a', 'a.-b', long(254)] },
  { form: hostName, fits: ['a.b', '*.a.b'], refused: ['*', '*.*.a', 'a.*.b'] },
  { form: labelValue, fits: ['', 'A_b.c', long(63)], refused: ['a b', '_a', 'a.', long(64), 5] },
  {
    form: qualifiedName,
    fits: ['A_b', 'example.com/A_b', `${long(253)}/${long(63)}`],
    refused: ['', '/a', 'a/', 'a/b/c', 'Example.com/a', 'a..b/c', `${long(254)}/a`, `a/${long(64)}`],
  },
  { form: portName, fits: ['http', 'a-1', long(15)], refused: ['', '80', 'HTTP', 'a--b', '-a', long(16)] },
  { form: configKey, fits: ['.a', 'A_b-c', long(253)], refused: ['', '.', '..a', 'a/b', long(254)] },
];

describe('forms', () => {
  test.each(forms)('$form.name', ({ form, fits, refused }) => {
    expect(fits.filter((text) => !hasForm(text, form))).toEqual([]);
    expect(refused.filter((value) => hasForm(value, form))).toEqual([]);
  });
});
