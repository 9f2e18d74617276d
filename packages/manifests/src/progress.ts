import type { Io } from './io.ts';

/** A line on the terminal that counts long work; nothing in a pipe, and nothing for work that is over at once. */
export function progressLine(io: Io, what: string): { step(done: number, all: number): void; done(): void } {
  const started = performance.now();
  let shown = false;
  return {
    step(done, all) {
      if (!io.interactive || performance.now() - started < 400) return;
      shown = true;
      io.stderr(`\r${done}/${all} ${what}`);
    },
    done() {
      if (shown) io.stderr('\r\u001b[2K');
    },
  };
}
