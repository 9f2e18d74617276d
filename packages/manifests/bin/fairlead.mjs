#!/usr/bin/env node
// Starts the program from its TypeScript sources: bundled once into node_modules/.cache, again whenever a source changes.
// A bundle starts in a tenth of the time that loading some three hundred modules through a TypeScript loader takes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

// A run is over before optimised code pays for itself: V8 compiles ten times later than it would for a server. At a thousand services
// this halves the CPU time, most of which went into compiling functions again that had been compiled too soon.
setFlagsFromString('--interrupt-budget=600000');

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const packages = join(root, 'packages');
const cache = join(root, 'node_modules', '.cache', 'fairlead');

/** Changes with every source file, with the installed packages and with the major version of Node. */
function sourcesKey() {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '');
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (/(?<!\.test)\.ts$|\.json$/.test(entry.name)) {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${path}\0${size}\0${mtimeMs}\n`);
      }
    }
  };
  for (const name of readdirSync(packages)) {
    for (const folder of ['src', 'schemas']) {
      const sources = join(packages, name, folder);
      if (existsSync(sources)) visit(sources);
    }
  }
  const lock = statSync(join(root, 'package-lock.json'));
  return hash.update(`${lock.size}\0${lock.mtimeMs}`).digest('hex').slice(0, 20);
}

async function bundle(target) {
  const { build } = await import('esbuild');
  const scratch = `${target}.${process.pid}`;
  mkdirSync(scratch, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['main', 'thread'].map((name) => join(packages, 'manifests', 'src', `${name}.ts`)),
    outdir: scratch,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['esbuild', 'typescript'],
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    // Half the text is read in half the time, on every start.
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'error',
    // Bundled CommonJS packages ask for Node's own modules with require, which an ES module does not have.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  try {
    renameSync(scratch, target);
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true });
    if (!existsSync(join(target, 'main.mjs'))) throw error; // another process was first
  }
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    // Bundles of older sources; young ones may belong to a process that is still starting.
    if (name.startsWith('program-') && path !== target && Date.now() - statSync(path).mtimeMs > 3_600_000) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

const target = join(cache, `program-${sourcesKey()}`);
if (!existsSync(join(target, 'main.mjs'))) {
  try {
    await bundle(target);
  } catch {
    process.stderr.write('fairlead cannot be compiled from its sources; the faults are above\n');
    process.exit(2);
  }
}
const { main } = await import(pathToFileURL(join(target, 'main.mjs')).href);
await main(process.argv.slice(2), root, join(target, 'thread.mjs'));
