import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SchemaRegistry } from '@fairlead/schemas';
import { createSchemaRegistry, schemaVersions } from '@fairlead/schemas';
import type { InputDocument } from '@fairlead/validate';
import { loadManifests } from '@fairlead/validate/load';
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

/** Minor versions with schemas of their own, oldest first. */
export const supportedVersions: readonly string[] = schemaVersions;

/** The program's own schemas and those of the CustomResourceDefinitions in some files. */
export function schemasWith(documents: readonly InputDocument[]): SchemaRegistry {
  const { manifests } = loadManifests(documents, 'folder');
  const definitions = manifests.filter(({ kind }) => kind === 'CustomResourceDefinition');
  return definitions.length === 0 ? programSchemas() : programSchemas().withDefinitions(definitions);
}
