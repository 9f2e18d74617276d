import type { Io } from './io.ts';

/** Counts long work on a terminal; says nothing in a pipe, nor of work that is over at once. */
export async function withProgress<T>(
  io: Io,
  all: number,
  work: (done: (count: number) => void) => Promise<T>,
): Promise<T> {
  if (!io.interactive) return work(() => undefined);
  const started = performance.now();
  let shown = false;
  try {
    return await work((count) => {
      if (performance.now() - started < 400) return;
      shown = true;
      io.stderr(`\r${count} of ${all} clusters`);
    });
  } finally {
    if (shown) io.stderr('\r\u001b[2K');
  }
}
