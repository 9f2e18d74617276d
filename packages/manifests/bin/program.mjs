// Compiles the program from its TypeScript sources, once into node_modules/.cache and again whenever a source changes, and loads it
// with the machine code's precursor that an earlier run of the same command left: starting takes a tenth of the time that loading some
// three hundred modules through a TypeScript loader takes.
// Loaded before the flags are set: Node keeps its own modules compiled for its own flags.
import 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

// A run is over before optimised code pays for itself: V8 compiles seven times later than it would for a server. At a thousand services
// this spares four tenths of the CPU time, which went into optimising on another core (docs/decisions/0002).
setFlagsFromString('--interrupt-budget=450000');
// What is compiled once is kept, so that the code cache has all of it.
setFlagsFromString('--no-flush-bytecode');
// The second time that V8 looks for garbage among old objects, most of them are still in use: it waits for ten times as many.
setFlagsFromString('--heap-growing-percent=900');
// Functions that take in fewer others are optimised in less time, which a run of seconds does not earn back.
setFlagsFromString('--max-inlined-bytecode-size-cumulative=150');

/** The repository that the program lies in. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const packages = join(root, 'packages');
const cache = join(root, 'node_modules', '.cache', 'fairlead');

/** Changes with every source file, with the installed packages and with the major version of Node. */
function sourcesKey() {
  let state = process.versions.node.split('.')[0] ?? '';
  // The time of the last change of any kind cannot be set, unlike that of the content, which git, rsync and npm may keep or restore.
  const add = (path) => {
    const { size, mtimeMs, ctimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
    state += `${path}\0${size}\0${mtimeMs}\0${ctimeMs}\n`;
  };
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if (/(?<!\.test)\.ts$|\.json$/.test(entry.name)) add(path);
    }
  };
  for (const name of readdirSync(packages)) {
    add(join(packages, name, 'package.json'));
    for (const folder of ['src', 'schemas']) {
      const sources = join(packages, name, folder);
      if (existsSync(sources)) visit(sources);
    }
  }
  // The second says what is installed, the first only what should be.
  for (const path of ['package-lock.json', 'node_modules/.package-lock.json']) add(join(root, path));
  add(fileURLToPath(import.meta.url));
  return createHash('sha256').update(state).digest('hex').slice(0, 20);
}

/** Content behind its checksum: V8 runs whatever lies in its cache, and a disk that was full or lost its power leaves halves of files. */
const sealed = (content) => Buffer.concat([checksum(content), content]);

function checksum(content) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(content));
  return bytes;
}

/** What {@link sealed} has made of a content; undefined if it is missing or damaged. */
function unsealed(file) {
  try {
    const bytes = readFileSync(file);
    const content = bytes.subarray(4);
    return bytes.readUInt32BE() === crc32(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

const parts = ['program', 'early'];
const fileOf = (folder, part) => join(folder, `${part}.js`);
const sources = new Map();

/** The source of a part of the compiled program, read once. */
function sourceOf(folder, part) {
  const file = fileOf(folder, part);
  const source = sources.get(file) ?? unsealed(file)?.latin1Slice();
  if (source !== undefined) sources.set(file, source);
  return source;
}

const isWhole = (folder) => parts.every((part) => sourceOf(folder, part) !== undefined);

/** Puts a folder in its place, unless another process was first, whose folder may be in use. */
function put(scratch, target) {
  try {
    renameSync(scratch, target);
  } catch {
    if (isWhole(target)) return;
    rmSync(target, { recursive: true, force: true });
    renameSync(scratch, target);
  }
}

async function bundle(target) {
  const { build } = await import('esbuild');
  const scratch = `${target}.${randomUUID()}`;
  try {
    mkdirSync(scratch);
    await build({
      absWorkingDir: root,
      // From the root on: esbuild takes a * in a path for a pattern.
      entryPoints: parts.map((part) => `./packages/manifests/src/${part}.ts`),
      outdir: scratch,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      external: ['esbuild', 'typescript'],
      define: { 'import.meta.url': 'programUrl' },
      banner: { js: '(function (exports, require, module, programUrl) {' },
      footer: { js: '})' },
      sourcemap: 'external',
      sourcesContent: false,
      legalComments: 'none',
      // Half the text is read in half the time, on every start.
      minifyWhitespace: true,
      minifySyntax: true,
      logLevel: 'error',
    });
    // Text of one byte a character is read in half the time: in scripts, all others can be escaped.
    for (const part of parts) {
      const text = readFileSync(fileOf(scratch, part), 'utf8');
      const escaped = text.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
      writeFileSync(fileOf(scratch, part), sealed(Buffer.from(escaped, 'latin1')));
    }
    put(scratch, target);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  for (const name of readdirSync(dirname(target))) {
    const path = join(dirname(target), name);
    if (!name.startsWith('program-') || path === target) continue;
    // Bundles of older sources; young ones may belong to a process that is still starting.
    const { mtimeMs = Infinity } = statSync(path, { throwIfNoEntry: false }) ?? {};
    if (Date.now() - mtimeMs > 3_600_000) rmSync(path, { recursive: true, force: true });
  }
}

/** The folder of the compiled program: a temporary one, gone with the process, where the cache cannot be written. */
export async function compiledProgram() {
  const name = `program-${sourcesKey()}`;
  if (isWhole(join(cache, name))) return join(cache, name);
  const target = join(writableCache(), name);
  await bundle(target);
  return target;
}

function writableCache() {
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
    return cache;
  } catch {
    const own = mkdtempSync(join(tmpdir(), 'fairlead-'));
    process.on('exit', () => rmSync(own, { recursive: true, force: true }));
    return own;
  }
}

/**
 * Loads a part of the compiled program. `use` names what it is loaded for: V8 then knows the functions that this needs, from the first
 * time on that `keep` was called after such a use. Node 22 does this by itself (module.enableCompileCache), for whole files.
 */
export function loadProgram(folder, part, use) {
  const file = fileOf(folder, part);
  const kept = join(folder, `${use}.v8`);
  const source = sourceOf(folder, part);
  const cachedData = unsealed(kept);
  const script = new Script(source, { filename: file, ...(cachedData && { cachedData }) });
  const module = { exports: {} };
  // What is required is found from the repository, wherever the compiled program lies.
  const home = join(packages, 'manifests', 'package.json');
  script.runInThisContext()(module.exports, createRequire(home), module, pathToFileURL(home).href);
  let known = cachedData !== undefined && !script.cachedDataRejected;
  const keep = () => {
    if (known) return;
    known = true;
    const scratch = `${kept}.${randomUUID()}`;
    try {
      writeFileSync(scratch, sealed(script.createCachedData()));
      rmSync(kept, { recursive: true, force: true });
      renameSync(scratch, kept);
    } catch {
      // It only makes the next start faster, and the folder may be read-only.
      rmSync(scratch, { force: true });
    }
  };
  return { ...module.exports, keep };
}

/** Imports a module for the program, whose own text cannot: V8's cache and dynamic imports do not go together. */
export const importModule = (url) => import(url);

/** Writes to the error output while the process ends, when nothing is written later any more. */
export function tellAtOnce(text) {
  try {
    writeSync(2, text);
  } catch {
    // There is nowhere left to tell of it.
  }
}
