import type { Code } from '@fairlead/diagnostics';
import { quantityNumber } from '@fairlead/objects/quantity';
import type { ReportOptions } from '../../check.ts';
import { at, type JsonMap, numberAt, textAt } from '../../json.ts';
import type { Workload } from '../../workload.ts';

/** Says what is wrong with the field at hand; `below` is a pointer from it to where the fault stands. */
export type Tell = (code: Code, problem: string, below?: string, options?: ReportOptions) => void;

/** What is refused of one field, for the fields that are there; `map` is what holds the field. */
export type Fields = Readonly<Record<string, (value: unknown, tell: Tell, map: JsonMap, workload: Workload) => void>>;

/** Divisors per resource, as `validateContainerResourceDivisor` has them. */
export function resourceField(field: unknown, tell: Tell, below: string): void {
  const resource = textAt(field, 'resource');
  const divisor = at(field, 'divisor');
  if (resource === undefined || divisor === undefined) return;
  const allowed = resource.endsWith('.cpu') ? ['1', '1m'] : '1 1k 1M 1G 1T 1P 1E 1Ki 1Mi 1Gi 1Ti 1Pi 1Ei'.split(' ');
  const amount = quantityNumber(divisor);
  if (amount !== 0 && !allowed.some((each) => quantityNumber(each) === amount))
    tell(
      'rules/env-source',
      `the divisor of ${resource} is ${String(divisor)}; allowed: ${allowed.join(', ')}`,
      `${below}/divisor`,
    );
}

/** Users and groups of a security context that are none. */
export function identities(context: unknown, tell: Tell, fields: readonly string[]): void {
  for (const field of fields) {
    const value = numberAt(context, field);
    if (value !== undefined && !isIdentity(value))
      tell('rules/security-context', `${field} is ${value}; it must be from 0 to 2147483647`, `/${field}`);
  }
}

/** True for a number that Linux takes for a user or a group. */
export function isIdentity(value: number): boolean {
  return value >= 0 && value <= 2147483647;
}

const profiles = ['seccompProfile', 'appArmorProfile'] as const;

/** Profiles of seccomp and AppArmor: a file goes with type Localhost and with no other. */
export function profile(context: unknown, tell: Tell): void {
  for (const field of profiles) {
    const stated = at(context, field);
    if (stated === undefined) continue;
    const type = textAt(stated, 'type');
    const file = textAt(stated, 'localhostProfile');
    if (type === 'Localhost' && !file)
      tell('rules/security-context', `${field} of type Localhost needs localhostProfile`, `/${field}`);
    if (type !== undefined && type !== 'Localhost' && file)
      tell(
        'rules/security-context',
        `localhostProfile goes only with type Localhost, not ${type}`,
        `/${field}/localhostProfile`,
      );
  }
}
