import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { load } from 'js-yaml';

/** An object of the fleet, with the path it has below the output folder. */
export interface FleetObject {
  readonly path: string;
  readonly cluster: string;
  /** `<app>/<workload>`, or the app alone for objects of the app as a whole. */
  readonly service: string;
  readonly text: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/** Reads what Fairlead rendered, so that every contender works on the very same objects. */
export function readObjects(folder: string): FleetObject[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const path = relative(folder, file);
      const [cluster = '', app = ''] = path.split('/');
      const text = readFileSync(file, 'utf8');
      const object = record(load(text));
      const component = record(record(object['metadata'])['labels'])['app.kubernetes.io/component'];
      return { path, cluster, service: typeof component === 'string' ? `${app}/${component}` : app, text, object };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Groups in the order of first appearance. */
export function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item)) ?? [];
    groups.set(key(item), group);
    group.push(item);
  }
  return [...groups];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
