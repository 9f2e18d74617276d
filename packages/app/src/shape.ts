import { didYouMean } from '@fairlead/diagnostics';
import type { ValueCheck } from './check-values.ts';
import { isRecord, leaf, shown } from './check-values.ts';

/** The checks of an interface's keys, of which the compiler sees that none is left out. */
export type Fields<T> = Readonly<Record<keyof T, ValueCheck>>;

/**
 * An object of a fixed shape: unknown keys are told with the nearest one, and those that are `needed` but not there. A misspelt key
 * would otherwise be left out of what is rendered without a word. The path of what is no option itself is empty.
 */
export function shape<T>(fields: Fields<T>, needed: readonly (keyof T & string)[] = []): ValueCheck {
  const checks = new Map<string, ValueCheck>(Object.entries(fields));
  const known = [...checks.keys()];
  return (value, path, fault) => {
    const at = path === '' ? 'it' : path;
    if (!isRecord(value)) {
      fault(`${at} is ${shown(value)}`, `write an object: ${leaf(at)}: { ${needed[0] ?? known[0] ?? ''}: … }`);
      return;
    }
    let misspelt = false;
    for (const key in value) {
      if (value[key] === undefined) continue;
      const check = checks.get(key);
      if (check) check(value[key], path === '' ? key : `${path}.${key}`, fault);
      else {
        misspelt = true;
        fault(`${at} has the unknown key ${shown(key)}`, didYouMean(key, known));
      }
    }
    // What is missing is most likely what was misspelt.
    if (!misspelt)
      for (const key of needed) if (value[key] === undefined) fault(`${at} has no ${key}`, `add ${key}: …`);
  };
}

/** A list of values of one kind. */
export function listOf(each: ValueCheck): ValueCheck {
  return (value, at, fault) => {
    if (!Array.isArray(value)) fault(`${at} is ${shown(value)}, not a list`, `write a list: ${leaf(at)}: [ … ]`);
    else value.forEach((one: unknown, index) => each(one, `${at}[${index}]`, fault));
  };
}

/** Names of any kind with values of one kind. */
export function mapOf(each: ValueCheck): ValueCheck {
  return (value, at, fault) => {
    if (!isRecord(value)) fault(`${at} is ${shown(value)}`, `write names and values: ${leaf(at)}: { … }`);
    else for (const key in value) if (value[key] !== undefined) each(value[key], `${at}.${key}`, fault);
  };
}

/** One of a few words. */
export function oneOf(...known: readonly string[]): ValueCheck {
  return (value, at, fault) => {
    if (typeof value !== 'string' || !known.includes(value))
      fault(`${at} is ${shown(value)}`, didYouMean(String(value), known));
  };
}

/** The first check where `first` takes the value, else the other one. */
export function either(first: (value: unknown) => boolean, other: ValueCheck): ValueCheck {
  return (value, at, fault) => (first(value) ? undefined : other(value, at, fault));
}

/** A number of any size; whether it makes sense is judged where it is used. */
export const number: ValueCheck = (value, at, fault) => {
  if (typeof value !== 'number' || Number.isNaN(value))
    fault(`${at} is ${shown(value)}`, `write a number: ${leaf(at)}: ${Number.parseFloat(String(value)) || 1}`);
};

/** A number or a text, such as a quantity of a metric. */
export const numberOrText: ValueCheck = either((value) => typeof value === 'string' && value !== '', number);

/** Why something is given up: a sentence, not a flag. */
export const reason: ValueCheck = (value, at, fault) => {
  if (typeof value !== 'string' || value.trim() === '')
    fault(`${at} is ${shown(value)}, not a reason`, `say why: ${leaf(at)}: 'it …'`);
};

/** Whatever is judged elsewhere. */
export const anything: ValueCheck = () => undefined;
