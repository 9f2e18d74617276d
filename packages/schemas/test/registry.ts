import { readFileSync } from 'node:fs';
import { createSchemaRegistry } from '../src/index.ts';

/** The committed registry, read from disk; only tests of this package do that. */
export const registry = createSchemaRegistry({
  read(path) {
    try {
      return readFileSync(new URL(`../registry/${path}`, import.meta.url), 'utf8');
    } catch {
      return undefined;
    }
  },
});
