import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';

/** Apps that no cluster runs, and files of apps/ that nothing reads and that are meant for it. `apps`: those that there are. */
export function unplacedApps(root: string, apps: readonly string[], clusters: readonly Cluster[]): Diagnostic[] {
  const placed = new Set(clusters.flatMap((cluster) => cluster.apps.map(({ name }) => name)));
  return [
    ...apps
      .filter((name) => !placed.has(name))
      .map((name) =>
        diagnostic('app/unplaced', {
          message: `no cluster runs app "${name}", so nothing of it is rendered`,
          hint: `list ${name} under apps: of a file in clusters/`,
          file: `apps/${name}/app.ts`,
        }),
      ),
    ...misnamed(root, apps).map(({ file, rename }) =>
      diagnostic('app/unplaced', {
        message: `${file} is not called ${rename}, so nothing reads it`,
        hint: `rename it to ${rename}`,
        file,
      }),
    ),
  ];
}

/** Files of apps/ that say by their names or their text what they are meant to be. */
function misnamed(root: string, apps: readonly string[]): { file: string; rename: string }[] {
  const folder = join(root, 'apps');
  if (!existsSync(folder)) return [];
  const defines = (path: string): boolean =>
    /\.[cm]?[jt]sx?$/i.test(path) && /\bexport\s+default\s+defineApp\b/.test(readFileSync(join(folder, path), 'utf8'));
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const { name } = entry;
    if (entry.isFile())
      return defines(name) ? [{ file: `apps/${name}`, rename: `apps/${name.replace(/\..*$/, '')}/app.ts` }] : [];
    if (!entry.isDirectory()) return [];
    const found = (file: string, rename: string): { file: string; rename: string } => ({
      file: `apps/${name}/${file}`,
      rename,
    });
    const own = readdirSync(join(folder, name), { withFileTypes: true });
    const releases = own.some((each) => each.name === 'releases.yaml')
      ? []
      : own.flatMap((each) =>
          /^releases?\.(?:ya?ml|json)$/i.test(each.name) ? [found(each.name, 'releases.yaml')] : [],
        );
    if (apps.includes(name)) return releases;
    const files = own.flatMap((each) => {
      if (each.isDirectory()) {
        const deep = `${each.name}/app.ts`;
        return existsSync(join(folder, name, deep)) && defines(`${name}/${deep}`)
          ? [found(deep, `apps/${each.name}/app.ts`)]
          : [];
      }
      return /^apps?\.[cm]?[jt]sx?$/i.test(each.name) || defines(`${name}/${each.name}`)
        ? [found(each.name, 'app.ts')]
        : [];
    });
    return [...releases, ...files];
  });
}
