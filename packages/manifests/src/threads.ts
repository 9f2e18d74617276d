import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { surroundings } from './home.ts';

/** What threads can do; `serve.ts` has the code of each. */
export type Job = 'render' | 'judge';

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
  readonly input: Input;
  readonly count: number;
  /** One integer: the index that is to be taken next. */
  readonly next: SharedArrayBuffer;
}

/** What a thread tells: the result of an item. Its end is its exit. */
export interface Told<Result> {
  readonly index: number;
  readonly result: Result;
}

/** Threads that have been started and wait for their order. */
export interface Crew {
  /** Lets this thread and its helpers work on `count` items; the results in their order, `done` called after each with how many there are. */
  work<Input, Result>(input: Input, work: Work<Input, Result>, done?: (count: number) => void): Promise<Result[]>;
}

/** Threads beyond which the memory that each needs costs more than its time gains. */
const most = 8;

/** Starts a helper per core beside this thread, no more than there are items; they load the program while this thread prepares the input. */
export function startCrew(job: Job, count: number): Crew {
  const { thread } = surroundings();
  const helpers = thread ? Math.min(availableParallelism(), most, count) - 1 : 0;
  const workers = Array.from({ length: Math.max(0, helpers) }, () => {
    const worker = new Worker(thread?.entry ?? '', { workerData: { ...thread?.data, job } });
    worker.unref(); // whatever goes wrong before the order, nobody waits for a helper
    const failed = new Promise<never>((_, reject) => worker.once('error', reject));
    failed.catch(() => undefined); // told by whoever waits for the work
    return { worker, failed };
  });
  return {
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
      const order: Order<Input> = { input, count, next: new SharedArrayBuffer(4) };
      const ends = workers.map(({ worker, failed }) => {
        worker.on('message', ({ index, result }: Told<Result>) => tell(index, result));
        const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
        worker.ref();
        worker.postMessage(order);
        return Promise.race([ended, failed]);
      });
      await work(input, takerOf(order), tell);
      await Promise.race([finished, Promise.all(ends)]);
      for (const { worker } of workers) worker.unref(); // its memory is given back while this thread goes on
      // What an item lacks would look like something that is rendered no more.
      if (results.size < count)
        throw new Error(`a thread ended and left ${count - results.size} of ${count} items undone`);
      return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
    },
  };
}

/** The items of an order, one after the other, each given to one thread only. */
export function takerOf({ next, count }: Pick<Order<unknown>, 'next' | 'count'>): () => number | undefined {
  const counter = new Int32Array(next);
  return () => {
    const index = Atomics.add(counter, 0, 1);
    return index < count ? index : undefined;
  };
}
