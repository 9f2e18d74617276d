import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiffOptions as EngineOptions } from '@fairlead/diff/diff';
import { parseYaml } from '@fairlead/diff/parse';
import { isFolder } from './paths.ts';

/** The environment of every cluster and its order, from `clusters/` and `environments/`; what cannot be read is left out. */
export function stagesOf(root: string): EngineOptions['stages'] & object {
  const stages: Record<string, { environment: string; order: number }> = {};
  const orders = new Map<string, number>();
  const documents = (folder: string): [string, unknown][] => {
    if (!isFolder(join(root, folder))) return [];
    return readdirSync(join(root, folder))
      .filter((name) => /\.ya?ml$/.test(name))
      .flatMap((name): [string, unknown][] => {
        try {
          return [[name.replace(/\.ya?ml$/, ''), parseYaml(readFileSync(join(root, folder, name), 'utf8'))[0]]];
        } catch {
          return [];
        }
      });
  };
  for (const [name, value] of documents('environments')) {
    if (typeof value === 'object' && value !== null && 'order' in value && typeof value.order === 'number')
      orders.set(name, value.order);
  }
  for (const [name, value] of documents('clusters')) {
    if (
      typeof value !== 'object' ||
      value === null ||
      !('environment' in value) ||
      typeof value.environment !== 'string'
    )
      continue;
    const order = orders.get(value.environment);
    if (order !== undefined) stages[name] = { environment: value.environment, order };
  }
  return stages;
}
