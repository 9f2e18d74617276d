import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic } from '@fairlead/diagnostics';
import type { BuildFailure, BuildOptions, Message, Metafile, Plugin } from 'esbuild';
import { compiledApps, esbuild, runEsbuild, writable } from './compiler.ts';
import { type ProvidedModule, isProvided, providedModules, providedSource } from './provided-modules.ts';
import { pureGlobals } from './pure-globals.ts';
import { appNames, appOf, relativePath } from './workspace.ts';

/** The apps of a workspace in one compiled module. */
export interface CompiledApps {
  /** Path of the module; beside it, with `.map`, where its lines are from. */
  readonly file: string;
  /** Names of the apps in it: those that could be compiled. */
  readonly names: readonly string[];
  /** What they import from the program. */
  readonly imports: readonly ProvidedModule[];
  /** Files of the workspace that an app imports and that do not lie in its own folder, relative to the workspace. */
  readonly shared: readonly string[];
  /** Why others are not in it. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compiles all apps of a workspace into one module with esbuild, kept in the cache until a file changes that is compiled into it. An app
 * that cannot be compiled is a diagnostic; the others are still there. A process of its own does it: who asks early need not wait.
 */
export function compileApps(root: string): Promise<CompiledApps> {
  return compileNamed(root, appNames(root), compiledApps(root));
}

async function compileNamed(root: string, names: readonly string[], folder: string): Promise<CompiledApps> {
  const key = sourcesKey(root, names);
  const known = readKnown(root, folder, key);
  if (known) return { ...known, names, diagnostics: [] };
  const cache = writable(folder);
  const result = await compile(root, names, cache, key);
  if ('file' in result) return { ...result, names, diagnostics: [] };
  const rest = await compileNamed(
    root,
    names.filter((name) => !result.failed.has(name)),
    cache,
  );
  return { ...rest, diagnostics: [...result.diagnostics, ...rest.diagnostics] };
}

/** Changes with any file under apps/ that could be part of an app, and with how they are compiled. */
function sourcesKey(root: string, names: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify([root, names, compilerOptions]));
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (!entry.name.endsWith('.test.ts') && entry.name !== 'releases.yaml') hash.update(stateOf(path));
    }
  };
  const apps = join(root, 'apps');
  if (existsSync(apps)) visit(apps);
  for (const name of compilerFiles) hash.update(stateOf(join(root, name)));
  return hash.digest('hex').slice(0, 20);
}

/** Files that say how apps are compiled. */
const compilerFiles = ['tsconfig.json', 'tsconfig.base.json', 'package.json'];

/** A file as it is now; a text that changes with it. */
function stateOf(path: string): string {
  const state = statSync(path, { throwIfNoEntry: false });
  return `${path}\0${state ? `${state.size}\0${state.mtimeMs}` : ''}\n`;
}

/** What is kept of a compilation under its key, which does not know of files outside apps/ before they have been read. */
interface Kept extends Pick<CompiledApps, 'imports' | 'shared'> {
  /** Files outside apps/ that are part of the module, relative to the workspace. */
  readonly outside: readonly string[];
}

/** Path of the module with these files outside apps/ as they are now. */
function moduleFile(root: string, folder: string, key: string, { outside }: Kept): string {
  const hash = createHash('sha256').update(key);
  for (const path of outside) hash.update(stateOf(resolve(root, path)));
  // Source maps are relative to where Node finds the module: behind links, such as a shared node_modules.
  return join(realpathSync(folder), `apps-${hash.digest('hex').slice(0, 20)}.mjs`);
}

function readKnown(
  root: string,
  folder: string,
  key: string,
): Pick<CompiledApps, 'file' | 'imports' | 'shared'> | undefined {
  const index = join(folder, `apps-${key}.json`);
  if (!existsSync(index)) return undefined;
  const kept = JSON.parse(readFileSync(index, 'utf8')) as Kept;
  const file = moduleFile(root, folder, key, kept);
  return existsSync(file) ? { file, imports: kept.imports, shared: kept.shared } : undefined;
}

type Compiled = Pick<CompiledApps, 'file' | 'imports' | 'shared'>;

interface Refused {
  /** Apps with faults. */
  readonly failed: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

async function compile(
  root: string,
  names: readonly string[],
  cache: string,
  key: string,
): Promise<Compiled | Refused> {
  const apps = names
    .map((name) => `  ${JSON.stringify(name)}: () => import(${JSON.stringify(join(root, 'apps', name, 'app.ts'))}),`)
    .join('\n');
  const scratch = join(realpathSync(cache), `apps-${key}.${process.pid}`);
  const index = join(realpathSync(cache), `apps-${key}.json`);
  const entry = `${scratch}.js`;
  const options: BuildOptions = { ...compilerOptions, outfile: `${scratch}.mjs` };
  try {
    writeFileSync(entry, `export const apps = {\n${apps}\n};\n`);
    const metafile =
      (await compileAtOnce(root, options, entry, `${scratch}.json`)) ??
      (await compileWithReasons(root, options, entry));
    const kept = keptOf(metafile);
    const file = moduleFile(root, cache, key, kept);
    renameSync(`${scratch}.mjs.map`, `${file}.map`);
    renameSync(`${scratch}.mjs`, file);
    writeFileSync(`${scratch}.json`, JSON.stringify(kept));
    renameSync(`${scratch}.json`, index);
    removeStale(cache, [file, index]);
    return { file, imports: kept.imports, shared: kept.shared };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const diagnostics = error.errors.map((message) => syntaxDiagnostic(root, message));
    const failed = new Set(diagnostics.map(({ file: place }) => appOf(place)).filter((name) => name !== ''));
    // A fault in a file that no app owns would fail for ever; then no app can be loaded.
    return { diagnostics, failed: failed.size > 0 ? failed : new Set(names) };
  } finally {
    for (const end of ['.js', '.mjs', '.mjs.map', '.json']) rmSync(`${scratch}${end}`, { force: true });
  }
}

/** What a compilation tells of the files that went into it. */
function keptOf({ inputs, outputs }: Metafile): Kept {
  const imports = new Set<ProvidedModule>();
  const shared = new Set<string>();
  const outside = new Set<string>();
  const entry = Object.values(outputs).find(({ entryPoint }) => entryPoint !== undefined)?.entryPoint ?? '';
  for (const { path: app, kind } of inputs[entry]?.imports ?? []) {
    if (kind !== 'dynamic-import') continue;
    const files = new Set([app]);
    for (const file of files) {
      if (!file.startsWith('apps/')) outside.add(file);
      // Installed packages have a lock file.
      if (appOf(file) !== appOf(app) && !file.includes('node_modules/')) shared.add(file);
      for (const { path, original = path } of inputs[file]?.imports ?? []) {
        if (isProvided(original)) imports.add(original);
        else if (inputs[path] && !isVirtual(path)) files.add(path);
      }
    }
  }
  return { imports: [...imports].sort(), shared: [...shared].sort(), outside: [...outside].sort() };
}

/** Whether esbuild took a module from nowhere on the disk. */
const isVirtual = (path: string): boolean => /^([<(]|provided:|data:)/.test(path);

const compilerOptions = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: 'external',
  sourcesContent: false,
  logLevel: 'silent',
  inject: [dataUrl(pureGlobals)],
  // Libraries ask for it while they are loaded; the answer is the same everywhere.
  define: { 'process.env.NODE_ENV': '"production"' },
} satisfies BuildOptions;

/** Compiles apps that nothing is wrong with; undefined where something is, or where it takes the library to compile them. */
async function compileAtOnce(
  root: string,
  options: BuildOptions,
  entry: string,
  metafile: string,
): Promise<Metafile | undefined> {
  const alias = Object.fromEntries(providedModules.map((name) => [name, dataUrl(providedSource(name))]));
  if (!(await runEsbuild(root, { ...options, alias }, entry, metafile))) return undefined;
  const compiled = JSON.parse(readFileSync(metafile, 'utf8')) as Metafile;
  const refused = Object.entries(compiled.inputs).some(([importer, { imports }]) =>
    imports.some(
      ({ path, original = path }) =>
        (importer.startsWith('apps/') && isImpure(path)) ||
        // A part of a provided module is no part of what stands for it.
        (!isProvided(original) && providedModules.some((name) => original.startsWith(`${name}/`))),
    ),
  );
  return refused ? undefined : compiled;
}

/**
 * Compiles apps by esbuild's library, which says what is wrong with them and where.
 *
 * @throws BuildFailure
 */
async function compileWithReasons(root: string, options: BuildOptions, entry: string): Promise<Metafile> {
  const plugins = [purity(root), provided];
  const { metafile } = await esbuild().build({
    ...options,
    absWorkingDir: root,
    entryPoints: [entry],
    metafile: true,
    plugins,
  });
  return metafile;
}

/** A module of its own text, for which no file is needed. */
function dataUrl(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

function removeStale(folder: string, current: readonly string[]): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!name.startsWith('apps-') || current.some((each) => path.startsWith(each))) continue;
    if (Date.now() - statSync(path).mtimeMs > 3_600_000) rmSync(path, { force: true });
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

function syntaxDiagnostic(root: string, { text, location, detail }: Message): Diagnostic {
  const impure = detail === 'impure';
  return diagnostic(impure ? 'app/impure' : 'app/syntax', {
    message: text,
    hint: impure ? impureHint : 'mend the line; npx tsc --noEmit says more',
    ...(location && {
      file: relativePath(root, join(root, location.file)),
      line: location.line,
      column: location.column + 1,
      length: Math.max(1, location.length),
    }),
  });
}

const builtins = new Set(builtinModules);
const harmless = new Set(['assert', 'buffer', 'path', 'url', 'util']);

/** Whether a path is that of a module of Node that does more than compute. */
function isImpure(path: string): boolean {
  const name = path.replace(/^node:/, '');
  return builtins.has(name) && !harmless.has(name);
}

/** Refuses Node's own modules in apps, except what only computes. */
function purity(root: string): Plugin {
  return {
    name: 'purity',
    setup(build) {
      build.onResolve({ filter: /^(node:)?[a-z_]+(\/[a-z_]+)?$/ }, ({ path, importer }) => {
        if (!isImpure(path) || !importer.startsWith(join(root, 'apps'))) return undefined;
        return { errors: [{ text: `an app must not import "${path}"`, detail: 'impure' }] };
      });
    },
  };
}

/** Lets apps share the modules that the program itself has loaded. */
const provided: Plugin = {
  name: 'provided',
  setup(build) {
    build.onResolve({ filter: /^(@fairlead\/|cdk8s$|cdk8s-plus-28$|constructs$)/ }, ({ path }) =>
      isProvided(path) ? { path, namespace: 'provided' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'provided' }, ({ path }) => ({
      contents: providedSource(path),
      loader: 'js',
    }));
  },
};

export const impureHint =
  'an app is a pure description: pass what it needs through values, clusters/*.yaml or releases.yaml';
