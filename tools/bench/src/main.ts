import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { benchDiff } from './diff.ts';
import { table } from './report.ts';
import { benchSynth } from './synth.ts';
import { benchValidate } from './validate.ts';

const usage = `npm run bench -- [synth|validate|diff] [--services 1000] [--clusters 1] [--services-per-app 20] [--rounds 5]
                 [--only <word>] [--json] [--keep]

Makes a fleet of that size (about seven objects a service) in a new folder, in memory where there is /dev/shm, and measures
whole processes on its objects, all of them in each round. Each figure is the least of the rounds; memory is that of the
largest process.
--only measures the rows whose name contains a word; --keep leaves the folder.`;

const benches = new Map([
  ['synth', benchSynth],
  ['validate', benchValidate],
  ['diff', benchDiff],
]);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    services: { type: 'string', default: '1000' },
    clusters: { type: 'string', default: '1' },
    'services-per-app': { type: 'string', default: '20' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const bench = benches.get(positionals[0] ?? 'synth');
if (values.help || bench === undefined) {
  console.log(usage);
  process.exitCode = values.help ? 0 : 2;
} else {
  const size = {
    services: positive('services', values.services),
    clusters: positive('clusters', values.clusters),
    servicesPerApp: positive('services-per-app', values['services-per-app']),
  };
  const result = await bench({ size, rounds: positive('rounds', values.rounds), only: values.only, keep: values.keep });
  if (values.json) console.log(JSON.stringify({ ...size, ...result }, undefined, 2));
  else {
    const { objects, bytes, rows, floor, folder } = result;
    const fleet = `${size.services} services × ${size.clusters} clusters: ${objects} objects, ${(bytes / 2 ** 20).toFixed(1)} MiB`;
    console.log(`${fleet}; Node ${process.versions.node}, ${cpus().length} cores, in ${folder}\n`);
    console.log(table(rows, floor));
  }
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${option} wants a positive integer, not "${text}"`);
}
