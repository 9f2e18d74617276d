import { runInThisContext } from 'node:vm';

/** What runs longer than this will not end: a placement takes milliseconds. */
const longest = 20_000;

/** The work given to {@link bounded} did not end. */
export class EndlessError extends Error {
  constructor(milliseconds: number) {
    super(`did not end within ${milliseconds / 1000} s`);
    this.name = 'EndlessError';
  }
}

declare global {
  var fairleadBounded: (() => void) | undefined;
}

/**
 * Runs code that may loop for ever, in this thread, and ends it when its time is up: a loop leaves no turn to a timer. Costs half a
 * millisecond.
 *
 * @throws {@link EndlessError}, and whatever the work throws
 */
export function bounded<T>(work: () => T, milliseconds = longest): T {
  let result: { readonly value: T } | undefined;
  const outer = globalThis.fairleadBounded;
  globalThis.fairleadBounded = () => {
    result = { value: work() };
  };
  try {
    runInThisContext('globalThis.fairleadBounded()', { timeout: milliseconds });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new EndlessError(milliseconds);
    throw error;
  } finally {
    globalThis.fairleadBounded = outer;
  }
  if (!result) throw new EndlessError(milliseconds);
  return result.value;
}

/**
 * The outcome of a promise that may never settle. Node would end without a word, as soon as nothing else is left to do.
 *
 * @throws {@link EndlessError}, and whatever the promise is rejected with
 */
export async function settled<T>(promise: Promise<T> | undefined, milliseconds = longest): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new EndlessError(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
