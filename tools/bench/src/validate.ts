import { join } from 'node:path';
import { writeFleet } from './fleet.ts';
import { measure } from './measure.ts';
import { readObjects } from './objects.ts';
import { kubeconform } from './others.ts';
import { measureRows, type Bench, type BenchOptions } from './report.ts';
import { fairlead, home, inNewFolder, script } from './workspace.ts';

/** Measures judging a folder of YAML: Fairlead, kubeconform, and plain Node that only reads and parses it. */
export function benchValidate({ size, rounds, only, keep }: BenchOptions): Promise<Bench> {
  return inNewFolder(keep, async (root) => {
    writeFleet(root, size);
    await measure([fairlead(root, 1, ['synth'])]);
    const objects = readObjects(join(root, 'dist', 'clusters'));
    return measureRows(
      root,
      objects,
      ['floor: plain Node, js-yaml per file', script(root, rounds, 'parse', ['dist/clusters'])],
      [
        ['fairlead validate', fairlead(root, rounds, ['validate', 'dist/clusters'])],
        await kubeconform(root, home, 'dist/clusters', rounds),
      ],
      only,
    );
  });
}
