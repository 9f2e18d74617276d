import { parentPort, workerData } from 'node:worker_threads';
import type { Job, Order, Told, Work } from './threads.ts';
import { takerOf } from './threads.ts';

const works: Readonly<Record<Job, () => Promise<Work<never, unknown>>>> = {
  render: async () => (await import('./render-fleet.ts')).renderShare,
  judge: async () => (await import('./judge-fleet.ts')).judgeShare,
  write: async () => (await import('./dist.ts')).writeShare,
};

/** What a helper thread does: loads the code of its first job, then carries out orders until the process ends. */
export async function serve(done: () => void): Promise<void> {
  const port = parentPort;
  if (!port) return;
  const tell = (told: Told<unknown>): void => port.postMessage(told);
  port.on('message', async (order: Order<never>) => {
    const work = await works[order.job]();
    const { job } = order;
    await work(order.input, takerOf(order), (index, result) => tell({ job, index, result }));
    tell({ job, done: true });
    done();
  });
  const { job } = workerData as { job: Job };
  await works[job]();
}
