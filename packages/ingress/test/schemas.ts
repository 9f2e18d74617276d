import { readFileSync } from 'node:fs';
import { createSchemaRegistry } from '@fairlead/schemas';

const registry = createSchemaRegistry({
  read(path) {
    try {
      return readFileSync(new URL(`../../schemas/registry/${path}`, import.meta.url), 'utf8');
    } catch {
      return undefined;
    }
  },
});

/** What the strict schemas of a Kubernetes version say against an object, as `Kind: pointer message`. */
export function schemaFaults(object: Readonly<Record<string, unknown>>, kubernetes = '1.36'): string[] {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return ['no apiVersion or kind'];
  const faults = registry.validate(kubernetes, { ...object, apiVersion, kind });
  return (
    faults?.map(({ pointer, message }) => `${kind}: ${pointer} ${message}`) ?? [`${apiVersion} ${kind}: no schema`]
  );
}
