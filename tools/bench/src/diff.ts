import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appSource, writeFleet } from './fleet.ts';
import { measure, type Contender } from './measure.ts';
import { readObjects } from './objects.ts';
import { measureRows, type Bench, type BenchOptions } from './report.ts';
import { fairlead, inNewFolder, script } from './workspace.ts';

/** Measures comparing two folders: equal ones, one app changed, every workload changed; beside git's textual diff. */
export function benchDiff({ size, rounds, only, keep }: BenchOptions): Promise<Bench> {
  return inNewFolder(keep, async (root) => {
    const apps = writeFleet(root, size);
    const [app = ''] = apps;
    const render = (out: string) => measure([fairlead(root, 1, ['synth', '--out', join(root, out)])]);
    await render('base');
    const source = appSource(app, Math.min(size.servicesPerApp, size.services), 3);
    writeFileSync(join(root, 'apps', app, 'app.ts'), source);
    await render('one');
    for (const name of apps) {
      const file = join(root, 'apps', name, 'releases.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace('1.4.2', '1.5.0').replace('sha256:0d5c', 'sha256:1d5c'));
    }
    await render('all');
    const compare = (head: string): Contender => fairlead(root, rounds, ['diff', '--base', 'base', '--head', head]);
    const git: Contender = {
      command: 'git',
      args: ['diff', '--no-index', '--no-color', 'base', 'all'],
      cwd: root,
      rounds,
      exitCodes: [0, 1],
    };
    return measureRows(
      root,
      readObjects(join(root, 'base')),
      ['floor: plain Node, js-yaml per file of both folders', script(root, rounds, 'parse', ['base', 'all'])],
      [
        ['fairlead diff, equal', compare('base')],
        ['fairlead diff, one app changed', compare('one')],
        ['fairlead diff, every workload changed', compare('all')],
        ['git diff --no-index, every workload changed', git],
      ],
      only,
    );
  });
}
