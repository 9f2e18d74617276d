import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SchemaRegistry } from '@fairlead/schemas';
import { createSchemaRegistry } from '@fairlead/schemas';
import { programHome } from './home.ts';

/** The program's own schemas, read file by file as kinds are met. */
export function programSchemas(): SchemaRegistry {
  const folder = join(programHome(), 'packages', 'schemas', 'registry');
  return createSchemaRegistry({
    read(path) {
      try {
        return readFileSync(join(folder, path), 'utf8');
      } catch {
        return undefined;
      }
    },
  });
}
