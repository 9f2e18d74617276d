import { parseQuantity } from '@fairlead/objects';

/** Takes what is wrong with an option: one sentence, and the edit that mends it. */
export type Fault = (message: string, hint: string) => void;

/** Checks one value; `at` says which one it is, such as `env.LOG_LEVEL`. */
export type ValueCheck = (value: unknown, at: string, fault: Fault) => void;

/** A value as a message shows it: texts and numbers themselves, of anything else what it is. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
      return value instanceof Promise ? 'a promise' : 'an object';
    default:
      return String(value);
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text that is not empty. */
export const text: ValueCheck = (value, at, fault) => {
  if (typeof value !== 'string' || value === '') fault(`${at} is ${shown(value)}`, `write a text: ${leaf(at)}: '…'`);
};

export const flag: ValueCheck = (value, at, fault) => {
  if (typeof value !== 'boolean') fault(`${at} is ${shown(value)}`, `write ${leaf(at)}: true, or leave it out`);
};

export const object: ValueCheck = (value, at, fault) => {
  if (!isRecord(value)) fault(`${at} is ${shown(value)}`, `write an object: ${leaf(at)}: { … }`);
};

export const list: ValueCheck = (value, at, fault) => {
  if (!Array.isArray(value)) fault(`${at} is ${shown(value)}, not a list`, `write a list: ${leaf(at)}: [ … ]`);
};

/** A list of texts, such as a command. */
export const texts: ValueCheck = (value, at, fault) => {
  if (!Array.isArray(value)) {
    const first =
      typeof value === 'string'
        ? value
            .split(' ')
            .map((word) => `'${word}'`)
            .join(', ')
        : '…';
    fault(`${at} is ${shown(value)}, not a list`, `write a list, one text per argument: ${leaf(at)}: [${first}]`);
    return;
  }
  for (let index = 0; index < value.length; index += 1) {
    const each: unknown = value[index];
    if (typeof each !== 'string') fault(`${at}[${index}] is ${shown(each)}`, 'write it as a text, in quotes');
  }
};

/** A whole number within bounds. */
export function wholeNumber(least: number, most: number, example: number): ValueCheck {
  return (value, at, fault) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`;
    fault(`${at} is ${shown(value)}`, `write a whole number ${range}, such as ${leaf(at)}: ${example}`);
  };
}

export const port = wholeNumber(1, 65535, 8080);

/** An amount of a resource above zero. */
export const quantity: ValueCheck = (value, at, fault) => {
  const amount = typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined;
  if (amount !== undefined && amount > 0n) return;
  const example = leaf(at).startsWith('cpu') ? '250m' : '512Mi';
  fault(`${at} is ${shown(value)}, which is no quantity`, `write an amount such as ${leaf(at)}: '${example}'`);
};

const mebibyte = parseQuantity('1Mi') ?? 0n;

/** An amount of memory or storage; whoever forgets the unit, or writes `m` for it, asks for less than anything runs in. */
export const bytes: ValueCheck = (value, at, fault) => {
  const amount = typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined;
  if (amount === undefined || amount <= 0n || amount >= mebibyte) return quantity(value, at, fault);
  const [digits] = /^\d+/.exec(String(value)) ?? ['512'];
  fault(
    `${at} is ${shown(value)}, less than a mebibyte`,
    `write the unit: ${leaf(at)}: '${digits}Mi' or '${digits}Gi'`,
  );
};

/** An absolute path with no part that leads elsewhere, and not the root itself. */
export const absolutePath: ValueCheck = (value, at, fault) => {
  if (typeof value !== 'string' || !value.startsWith('/')) {
    const mended = typeof value === 'string' && value !== '' ? `/${value.replace(/^(\.?\/)+/, '')}` : '/etc/app';
    fault(`${at}: ${shown(value)} is no absolute path`, `begin with a slash: '${mended}'`);
  } else if (value === '/') {
    fault(`${at}: "/" is the root of the image`, "name a folder below it, such as '/var/cache/app'");
  } else if (awkwardPath.test(value)) {
    fault(`${at}: ${shown(value)} is no plain path`, "write it without '..', '.', '//', ':' and a slash at the end");
  }
};

const awkwardPath = /\/\.{0,2}(?:\/|$)|:|[\u0000-\u001f]/;

/** The last part of `size.cpu`, as it is written in the app. */
export function leaf(at: string): string {
  return at.slice(at.lastIndexOf('.') + 1);
}
