import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';

/** Apps that no cluster runs, and folders of apps/ whose file is nearly called app.ts. `apps`: those that there are. */
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
    ...misnamed(root, apps).map((file) =>
      diagnostic('app/unplaced', {
        message: `${file} is not called app.ts, so its folder is no app`,
        hint: 'rename it to app.ts',
        file,
      }),
    ),
  ];
}

function misnamed(root: string, apps: readonly string[]): string[] {
  const folder = join(root, 'apps');
  if (!existsSync(folder)) return [];
  const others = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !apps.includes(entry.name),
  );
  return others.flatMap(({ name }) =>
    readdirSync(join(folder, name))
      .filter((file) => /^apps?\.[cm]?[jt]sx?$/i.test(file))
      .map((file) => `apps/${name}/${file}`),
  );
}
