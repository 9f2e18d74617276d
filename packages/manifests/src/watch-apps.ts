import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic } from '@fairlead/diagnostics';

const shared = [
  Object.prototype,
  Array.prototype,
  String.prototype,
  Number.prototype,
  Function.prototype,
  Promise.prototype,
];
const names = ['Object', 'Array', 'String', 'Number', 'Function', 'Promise'];
const own = shared.map((prototype) => new Set<PropertyKey>(Reflect.ownKeys(prototype)));
const sizes = own.map(({ size }) => size);

/** What an app has added to objects that everything in the process shares; taken away again, so that other apps never see it. */
export function foreignKeys(app: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (let index = 0; index < shared.length; index += 1) {
    const prototype = shared[index];
    if (!prototype) continue;
    const keys = Reflect.ownKeys(prototype);
    if (keys.length === sizes[index]) continue;
    for (const key of keys) {
      if (own[index]?.has(key)) continue;
      Reflect.deleteProperty(prototype, key);
      found.push(
        diagnostic('app/impure', {
          message: `app "${app}" adds "${String(key)}" to ${names[index] ?? ''}.prototype, which all apps share`,
          hint: 'write a function of its own instead',
          file: `apps/${app}/app.ts`,
        }),
      );
    }
  }
  return found;
}

/** Promises that were rejected while nobody waited for them, since the last time that somebody asked. */
export interface Rejections {
  /** Lets pending promises settle, then gives what they were rejected with. */
  take(): Promise<unknown[]>;
  /** Leaves rejections to Node again. */
  stop(): void;
}

/** Keeps promises that an app leaves behind from ending the program. */
export function catchRejections(): Rejections {
  let caught: unknown[] = [];
  const listener = (reason: unknown): void => void caught.push(reason);
  process.on('unhandledRejection', listener);
  return {
    async take() {
      await new Promise((resolve) => setImmediate(resolve));
      const taken = caught;
      caught = [];
      return taken;
    },
    stop: () => void process.off('unhandledRejection', listener),
  };
}
