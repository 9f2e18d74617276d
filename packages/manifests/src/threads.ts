import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import type * as Threads from 'node:worker_threads';
import { surroundings } from './home.ts';

/** What threads can do; `serve.ts` has the code of each. */
export type Job = 'render' | 'judge' | 'write';

/**
 * Does its share of a job: asks `take` for the index of an item until there is none left, and tells what came of each. Whoever is free
 * takes the next one, so which thread does which item is not known beforehand, and no result may depend on it.
 */
export type Work<Input, Result> = (
  input: Input,
  take: () => number | undefined,
  tell: (index: number, result: Result) => void,
) => Promise<void>;

/** What a thread is told when its work begins. */
export interface Order<Input> {
  readonly job: Job;
  readonly input: Input;
  readonly count: number;
  /** One integer: the index that is to be taken next. */
  readonly next: SharedArrayBuffer;
}

/** What a thread tells of a job: the result of an item, or that there is no more for it to do. */
export type Told<Result> =
  { readonly job: Job; readonly index: number; readonly result: Result } | { readonly job: Job; readonly done: true };

/** Threads that have been started and wait for orders, one of each job. */
export interface Crew {
  /** This thread and its helpers. */
  readonly size: number;
  /** Lets this thread and its helpers work on `count` items; the results in their order, `done` called after each with how many there are. */
  work<Input, Result>(input: Input, work: Work<Input, Result>, done?: (count: number) => void): Promise<Result[]>;
  /** Gives each helper one of the parts, and does the first in this thread. */
  share<Input>(job: Job, parts: readonly Input[], own: (part: Input) => void): Promise<void>;
}

/** Threads beyond which there is more to wait for than to gain. */
const most = 8;

/** Bytes that a thread may need: twice those of a cluster with a thousand services. */
const roomOfThread = 384 * 1024 * 1024;

/** Node's threads, which take 4 ms to load and are needed only by who has helpers. */
const threads = (): typeof Threads => createRequire(import.meta.url)('node:worker_threads') as typeof Threads;

/** Starts a helper per core beside this thread, no more than there are items or room for; they load the program while this thread prepares the input. */
export function startCrew(job: Job, count: number): Crew {
  const { thread } = surroundings();
  const room = Math.floor(process.availableMemory() / roomOfThread);
  const cores = availableParallelism();
  const helpers = thread ? Math.min(cores, most, count, room) - 1 : 0;
  // With a thread on every core, V8's own helpers would only take turns with them: each collects its garbage alone (decision 0013).
  if (helpers > 0 && helpers + 1 >= cores) setFlagsFromString('--no-parallel-scavenge');
  const workers = Array.from({ length: Math.max(0, helpers) }, (): Helper => {
    const { Worker } = threads();
    const worker = new Worker(thread?.entry ?? '', { workerData: { ...thread?.data, job } });
    worker.unref(); // whatever goes wrong before the order, nobody waits for a helper
    const failed = new Promise<never>((_, reject) => worker.once('error', reject));
    failed.catch(() => undefined); // told by whoever waits for the work
    return { worker, failed, orders: 0 };
  });
  return {
    size: workers.length + 1,
    async work<Input, Result>(
      input: Input,
      work: Work<Input, Result>,
      done: (count: number) => void = () => undefined,
    ) {
      const results = new Map<number, Result>();
      let finish: () => void = () => undefined;
      const finished = new Promise<void>((resolve) => (finish = resolve));
      const tell = (index: number, result: Result): void => {
        results.set(index, result);
        done(results.size);
        if (results.size === count) finish();
      };
      const order: Order<Input> = { job, input, count, next: new SharedArrayBuffer(4) };
      const ends = workers.map((helper) => ordered<Result>(helper, order, tell));
      await work(input, takerOf(order), tell);
      await Promise.race([finished, Promise.all(ends)]);
      // What an item lacks would look like something that is rendered no more.
      if (results.size < count)
        throw new Error(`a thread ended and left ${count - results.size} of ${count} items undone`);
      return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
    },
    async share<Input>(shared: Job, [first, ...others]: readonly Input[], own: (part: Input) => void) {
      const ends = others.map((input, index) => {
        const helper = workers[index];
        if (!helper) throw new Error(`there are fewer threads than parts of "${shared}"`);
        return ordered(helper, { job: shared, input, count: 0, next: new SharedArrayBuffer(4) }, () => undefined);
      });
      if (first !== undefined) own(first);
      await Promise.all(ends);
    },
  };
}

interface Helper {
  readonly worker: Threads.Worker;
  /** Rejects when the thread fails. */
  readonly failed: Promise<never>;
  /** Orders that are not done; the process waits for the thread while there is one. */
  orders: number;
}

/** Gives a helper an order; resolves when it has done it, or is gone. */
async function ordered<Result>(
  helper: Helper,
  order: Order<unknown>,
  tell: (index: number, result: Result) => void,
): Promise<void> {
  const { worker, failed } = helper;
  helper.orders += 1;
  worker.ref();
  const ended = new Promise<void>((resolve) => {
    const hear = (told: Told<Result>): void => {
      // That an earlier job is done may be told after all its results were, when the next one has begun.
      if (told.job !== order.job) return;
      if ('index' in told) return tell(told.index, told.result);
      worker.off('message', hear);
      resolve();
    };
    worker.on('message', hear);
    worker.once('exit', () => resolve());
  });
  worker.postMessage(order);
  await Promise.race([ended, failed]);
  helper.orders -= 1;
  if (helper.orders === 0) worker.unref();
}

/** The items of an order, one after the other, each given to one thread only. */
export function takerOf({ next, count }: Pick<Order<unknown>, 'next' | 'count'>): () => number | undefined {
  const counter = new Int32Array(next);
  return () => {
    const index = Atomics.add(counter, 0, 1);
    return index < count ? index : undefined;
  };
}
