import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Apart from the default tests: promtool takes minutes to build, once.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { include: ['tools/promtool/*.promtool.ts'], testTimeout: 30 * 60_000, hookTimeout: 30 * 60_000 },
});
