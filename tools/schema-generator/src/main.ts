import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from './generate.ts';

const registry = fileURLToPath(new URL('../../../packages/schemas/registry', import.meta.url));
const files = await generate();

mkdirSync(registry, { recursive: true });
for (const entry of readdirSync(registry, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && !files.has(path.slice(registry.length + 1))) rmSync(path);
}
for (const [path, text] of files) {
  mkdirSync(dirname(join(registry, path)), { recursive: true });
  writeFileSync(join(registry, path), text);
}
console.log(`${files.size} schemas in packages/schemas/registry`);
