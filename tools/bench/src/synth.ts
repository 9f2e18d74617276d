import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appSource, writeFleet, type FleetSize } from './fleet.ts';
import { measure, type Contender } from './measure.ts';
import { groupBy, readObjects } from './objects.ts';
import { otherTools } from './others.ts';
import type { Row } from './report.ts';

const home = fileURLToPath(new URL('../../..', import.meta.url));
const program = join(home, 'packages', 'manifests', 'bin', 'fairlead.mjs');
const contenders = fileURLToPath(new URL('./contenders', import.meta.url));

export interface SynthBench {
  readonly folder: string;
  readonly manifests: number;
  readonly bytes: number;
  readonly rows: readonly Row[];
  readonly floor: Row;
}

/**
 * Measures rendering: Fairlead, the floor, cdk8s and whatever else is there, on the objects that Fairlead renders.
 *
 * Every run that writes gets a folder that never was: on ext4, files written where others were just removed cost twenty times as much.
 */
export async function benchSynth(options: {
  readonly size: FleetSize;
  readonly rounds: number;
  readonly only: string;
  readonly keep: boolean;
}): Promise<SynthBench> {
  const { size, rounds, only } = options;
  const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'fairlead-bench-'));
  try {
    const [app = ''] = writeFleet(root, size);
    const fairlead = (args: readonly string[], prepare?: Contender['prepare']): Contender => ({
      command: process.execPath,
      args: [program, 'synth', ...args],
      cwd: root,
      rounds,
      ...(prepare && { prepare }),
    });
    // Bundles the program, which an installation does once, and fills dist/clusters for the runs below.
    await measure({ ...fairlead([]), rounds: 1 });
    const objects = readObjects(join(root, 'dist', 'clusters'));
    let folders = 0;
    const fresh = (): string => join(root, `out-${++folders}`);
    const script = (name: string, source: unknown): Contender => {
      const input = join(root, `${name}.json`);
      writeFileSync(input, JSON.stringify(source));
      const args = [join(contenders, `${name}.mjs`), input];
      return { command: process.execPath, args, cwd: root, rounds, prepare: () => [fresh()] };
    };

    const edited = (round: number): undefined => {
      const text = appSource(app, Math.min(size.servicesPerApp, size.services), 3 + round);
      writeFileSync(join(root, 'apps', app, 'app.ts'), text);
    };
    const cache = join(root, 'node_modules', '.cache');
    const cold = (): string[] => {
      rmSync(cache, { recursive: true, force: true });
      return ['--out', fresh()];
    };
    const charts = groupBy(objects, ({ cluster }) => cluster).map(([cluster, members]) => [
      cluster,
      groupBy(members, ({ service }) => service.replace('/', '-')).map(([service, parts]) => [
        service,
        parts.map(({ object }) => object),
      ]),
    ]);
    const all: [name: string, contender: () => Contender][] = [
      ['fairlead synth, cold: apps compiled, every manifest validated, new folder', () => fairlead([], cold)],
      ['fairlead synth, apps compiled before, new folder', () => fairlead([], () => ['--out', fresh()])],
      ['fairlead synth --check', () => fairlead(['--check'])],
      ['fairlead synth, one app changed', () => fairlead([], edited)],
      ['cdk8s App.synth, one chart per service', () => ({ ...script('app-synth', charts), rounds: 1 })],
      ...otherTools(root, home, objects, rounds).map(([name, contender]): [string, () => Contender] => [
        name,
        () => contender,
      ]),
    ];
    const floorName = 'floor: plain Node, JSON.stringify and writeFileSync per object';
    const pairs = objects.map(({ path, object }): [string, unknown] => [path, object]);
    const floor: Row = { name: floorName, cost: await measure(script('serialize', pairs)) };
    const rows: Row[] = [floor];
    for (const [name, contender] of all) {
      if (name.includes(only)) rows.push({ name, cost: await measure(contender()) });
    }
    const bytes = objects.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    return { folder: root, manifests: objects.length, bytes, rows, floor };
  } finally {
    if (!options.keep) rmSync(root, { recursive: true, force: true });
  }
}
