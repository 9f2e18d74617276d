import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appSource, writeFleet } from './fleet.ts';
import { measure, type Contender } from './measure.ts';
import { groupBy, readObjects } from './objects.ts';
import { otherTools, kubeconform } from './others.ts';
import { measureRows, type Bench, type BenchOptions } from './report.ts';
import { fairlead, home, inNewFolder, script } from './workspace.ts';

/**
 * Measures rendering: Fairlead, the floor, cdk8s and whatever else is there, on the objects that Fairlead renders.
 *
 * Every run that writes gets a folder that never was: on ext4, files written where others were just removed cost twenty times as much.
 */
export function benchSynth({ size, rounds, only, keep }: BenchOptions): Promise<Bench> {
  return inNewFolder(keep, async (root) => {
    const [app = ''] = writeFleet(root, size);
    // Bundles the program, which an installation does once, and fills dist/clusters for the runs below.
    await measure([fairlead(root, 1, ['synth'])]);
    const objects = readObjects(join(root, 'dist', 'clusters'));
    let folders = 0;
    const fresh = (): string => join(root, `out-${++folders}`);
    const input = (name: string, source: unknown): string => {
      writeFileSync(join(root, name), JSON.stringify(source));
      return join(root, name);
    };

    const edit = (round: number): undefined => {
      // Another number than before, below the autoscaler's six.
      const text = appSource(app, Math.min(size.servicesPerApp, size.services), 3 + (round % 3));
      writeFileSync(join(root, 'apps', app, 'app.ts'), text);
    };
    const charts = groupBy(objects, ({ cluster }) => cluster).map(([cluster, members]) => [
      cluster,
      groupBy(members, ({ service }) => service.replace('/', '-')).map(([service, parts]) => [
        service,
        parts.map(({ object }) => object),
      ]),
    ]);
    const toNew = { prepare: () => [fresh()] };
    const files = input(
      'files.json',
      objects.map(({ path, object }) => [path, object]),
    );
    const floor: [string, Contender] = [
      'floor: plain Node, JSON.stringify and writeFileSync per object',
      { ...script(root, rounds, 'serialize', [files]), ...toNew },
    ];
    const others: [string, Contender][] = [
      [
        'fairlead synth, every object validated, new folder',
        fairlead(root, rounds, ['synth'], () => ['--out', fresh()]),
      ],
      ['fairlead synth --check', fairlead(root, rounds, ['synth', '--check'])],
      ['fairlead synth, one app changed', fairlead(root, rounds, ['synth'], edit)],
      [
        'cdk8s App.synth, one chart per service',
        { ...script(root, rounds, 'app-synth', [input('charts.json', charts)]), ...toNew },
      ],
      ...otherTools(root, objects, rounds),
      await kubeconform(root, home, 'dist/clusters', rounds),
    ];
    return measureRows(root, objects, floor, others, only);
  });
}
