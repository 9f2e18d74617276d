import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { table } from './report.ts';
import { benchSynth } from './synth.ts';

const usage = `npm run bench -- [--services 1000] [--clusters 1] [--services-per-app 20] [--rounds 3] [--json] [--keep] [--only fairlead]

Makes a fleet of that size in a new folder, in memory where there is /dev/shm, and measures whole processes on its objects.
Each figure is the least of several rounds. --only measures the rows whose name contains a word; --keep leaves the folder.`;

const { values } = parseArgs({
  options: {
    services: { type: 'string', default: '1000' },
    clusters: { type: 'string', default: '1' },
    'services-per-app': { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(usage);
} else {
  const size = {
    services: positive('services', values.services),
    clusters: positive('clusters', values.clusters),
    servicesPerApp: positive('services-per-app', values['services-per-app']),
  };
  const result = await benchSynth({
    size,
    rounds: positive('rounds', values.rounds),
    only: values.only,
    keep: values.keep,
  });
  if (values.json) console.log(JSON.stringify({ ...size, ...result }, undefined, 2));
  else {
    const { manifests, bytes, rows, floor, folder } = result;
    console.log(
      `${size.services} services × ${size.clusters} clusters: ${manifests} manifests, ${(bytes / 2 ** 20).toFixed(1)} MiB; ` +
        `Node ${process.versions.node}, ${cpus().length} cores, in ${folder}\n`,
    );
    console.log(table(rows, floor));
  }
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${option} wants a positive integer, not "${text}"`);
}
