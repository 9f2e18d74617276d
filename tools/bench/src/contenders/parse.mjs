// What reading YAML costs: every file of the folders parsed with js-yaml, nothing else.
// node parse.mjs <folder> …
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

for (const folder of process.argv.slice(2)) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith('.yaml')) load(readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  }
}
