import { parentPort, workerData } from 'node:worker_threads';
import type { Job, Order, Work } from './threads.ts';
import { takerOf } from './threads.ts';

const works: Readonly<Record<Job, () => Promise<Work<never, unknown>>>> = {
  render: async () => (await import('./render-fleet.ts')).renderShare,
  judge: async () => (await import('./judge-fleet.ts')).judgeShare,
};

/** What a helper thread does: loads the code of its job, waits for the order, does its share. */
export async function serve(): Promise<void> {
  const { job } = workerData as { job: Job };
  const port = parentPort;
  if (!port) return;
  const ordered = new Promise<Order<never>>((resolve) => port.once('message', resolve));
  const work = await works[job]();
  const order = await ordered;
  await work(order.input, takerOf(order), (index, result) => port.postMessage({ index, result }));
}
