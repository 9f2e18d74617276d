import { setSurroundings, type Surroundings } from './home.ts';
import { processIo } from './io.ts';
import { run } from './main.ts';

/** The process: runs a command line, lets what was written drain, and sets the exit code. */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<void> {
  setSurroundings(surroundings);
  process.exitCode = await run(argv, processIo());
}

/** A helper thread of the process; `done` is called after each order. */
export async function serve(surroundings: Surroundings, done: () => void): Promise<void> {
  setSurroundings(surroundings);
  const { serve: serveOrders } = await import('./serve.ts');
  await serveOrders(done);
}
