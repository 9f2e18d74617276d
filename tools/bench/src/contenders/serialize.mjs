// The floor: what plain Node needs to serialise the objects and write one file each.
// node serialize.mjs <objects.json> <folder>; objects.json is [[path, object], …]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [source, folder] = process.argv.slice(2);
const made = new Set();
for (const [path, object] of JSON.parse(readFileSync(source, 'utf8'))) {
  const file = join(folder, path);
  const directory = dirname(file);
  if (!made.has(directory)) mkdirSync(directory, { recursive: true });
  made.add(directory);
  writeFileSync(file, JSON.stringify(object, undefined, 2));
}
