import { readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic } from '@fairlead/diagnostics';
import type { BuildFailure, BuildOptions, Message, Metafile, Plugin } from 'esbuild';
import { esbuild, ownFolder, runEsbuild } from './compiler.ts';
import { UsageError } from './io.ts';
import { type ProvidedModule, isProvided, providedModules, providedSource } from './provided-modules.ts';
import { pureGlobals } from './pure-globals.ts';
import { appNames, appOf, relativePath } from './workspace.ts';

/** The apps of a workspace in one compiled module. */
export interface CompiledApps {
  /** Path of the module; beside it, with `.map`, where its lines are from. Both are gone with the process. */
  readonly file: string;
  /** Names of the apps in it: those that could be compiled. */
  readonly names: readonly string[];
  /** What they import from the program. */
  readonly imports: readonly ProvidedModule[];
  /** Files that an app imports and that are not known to be its own: of another folder, or a test's. Relative to the workspace. */
  readonly shared: readonly string[];
  /** Why others are not in it. */
  readonly faults: readonly AppFault[];
}

/** What is wrong with the sources of apps: none of these apps can be rendered. The place may be in a file of none of them. */
export interface AppFault {
  readonly apps: readonly string[];
  readonly diagnostic: Diagnostic;
}

/**
 * Compiles all apps of a workspace into one module with esbuild. An app that cannot be compiled is a fault; the others are still there.
 * A process of its own does it: who asks early need not wait. That takes no longer than the program takes to load, so nothing is kept
 * for the next run, which could be of other sources.
 */
export async function compileApps(root: string): Promise<CompiledApps> {
  const names = appNames(root);
  const folder = ownFolder(root);
  const all = (await compileAtOnce(root, names, folder)) ?? (await compileByLibrary(root, names, folder));
  if (!Array.isArray(all)) return { ...all, names, faults: [] };
  // A file may be at fault that belongs to no app, or to another one: whose fault it is shows each app alone.
  const faults = new Map<string, AppFault>();
  const failed = new Set<string>();
  for (const name of names) {
    const alone = await compileByLibrary(root, [name], folder);
    if (!Array.isArray(alone)) continue;
    failed.add(name);
    for (const found of alone) {
      const key = JSON.stringify(found);
      faults.set(key, { apps: [...(faults.get(key)?.apps ?? []), name], diagnostic: found });
    }
  }
  const sound = names.filter((name) => !failed.has(name));
  const rest = await compileByLibrary(root, sound, folder);
  if (Array.isArray(rest)) throw cannotCompile(rest.map(({ message }) => message).join('; '));
  return { ...rest, names: sound, faults: [...faults.values()] };
}

type Compiled = Pick<CompiledApps, 'file' | 'imports' | 'shared'>;

const moduleFile = (folder: string): string => join(folder, 'apps.mjs');

/** Writes the module that imports apps; its path from the root on. No path is absolute: esbuild takes a * in it for a pattern. */
function entryOf(root: string, names: readonly string[], folder: string): string {
  const lines = names.map((name) => {
    const source = relativePath(folder, join(root, 'apps', name, 'app.ts'));
    return `  ${JSON.stringify(name)}: () => import(${JSON.stringify(source)}),\n`;
  });
  const entry = join(folder, 'entry.js');
  writeFileSync(entry, `export const apps = {\n${lines.join('')}};\n`);
  return `./${relativePath(root, entry)}`;
}

/** What a compilation tells of the files that went into it. */
function compiledOf({ inputs, outputs }: Metafile, folder: string): Compiled {
  const imports = new Set<ProvidedModule>();
  const shared = new Set<string>();
  const entry = Object.values(outputs).find(({ entryPoint }) => entryPoint !== undefined)?.entryPoint ?? '';
  for (const { path: app, kind } of inputs[entry]?.imports ?? []) {
    if (kind !== 'dynamic-import') continue;
    const files = new Set([app]);
    for (const file of files) {
      if (appOf(file) !== appOf(app) || file.endsWith('.test.ts')) shared.add(file);
      for (const { path, original = path } of inputs[file]?.imports ?? []) {
        if (isProvided(original)) imports.add(original);
        else if (inputs[path] && !isVirtual(path)) files.add(path);
      }
    }
  }
  return { file: moduleFile(folder), imports: [...imports].sort(), shared: [...shared].sort() };
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
  // Half the text is read in half the time; maps know columns.
  minifyWhitespace: true,
  logLevel: 'silent',
  // A module whose name is put together while an app runs is known to nobody beforehand: it is refused when it is asked for.
  supported: { 'dynamic-import': false },
  inject: [dataUrl(pureGlobals)],
  // Libraries ask for it while they are loaded; the answer is the same everywhere.
  define: {
    'process.env.NODE_ENV': '"production"',
    // What is rendered must not follow from where it is rendered.
    'import.meta.url': '"file:///apps.mjs"',
    'import.meta.filename': '"/apps.mjs"',
    'import.meta.dirname': '"/"',
  },
} satisfies BuildOptions;

/** Compiles apps that nothing is wrong with; undefined where something is, or where it takes the library to compile them. */
async function compileAtOnce(root: string, names: readonly string[], folder: string): Promise<Compiled | undefined> {
  const alias = Object.fromEntries(providedModules.map((name) => [name, dataUrl(providedSource(name))]));
  const options = { ...compilerOptions, outfile: moduleFile(folder), alias };
  const metafile = join(folder, 'files.json');
  if (!(await runEsbuild(root, options, entryOf(root, names, folder), metafile))) return undefined;
  const compiled = JSON.parse(readFileSync(metafile, 'utf8')) as Metafile;
  const refused = Object.entries(compiled.inputs).some(([importer, { imports }]) =>
    imports.some(
      ({ path, original = path }) =>
        isRefused(original, importer) ||
        // A part of a provided module is no part of what stands for it.
        (!isProvided(original) && providedModules.some((name) => original.startsWith(`${name}/`))),
    ),
  );
  return refused ? undefined : compiledOf(compiled, folder);
}

/** Compiles apps by esbuild's library, which says what is wrong with them and where. */
async function compileByLibrary(
  root: string,
  names: readonly string[],
  folder: string,
): Promise<Compiled | Diagnostic[]> {
  try {
    const { metafile } = await esbuild().build({
      ...compilerOptions,
      outfile: moduleFile(folder),
      absWorkingDir: root,
      entryPoints: [entryOf(root, names, folder)],
      metafile: true,
      plugins: [purity, provided],
    });
    return compiledOf(metafile, folder);
  } catch (error) {
    if (!isBuildFailure(error)) throw cannotCompile(error instanceof Error ? error.message : String(error));
    return error.errors.map((message) => syntaxDiagnostic(root, message));
  }
}

/** Says that it is not for the sources of the apps that they are not compiled. */
function cannotCompile(why: string): UsageError {
  return new UsageError(
    `apps cannot be compiled: ${why}`,
    'make room for temporary files if there is none; npm ci installs esbuild, which compiles them',
  );
}

/** A module of its own text, for which no file is needed. */
function dataUrl(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
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

/** Whether an app must not import this: the program, what lies on another machine, or a module of Node that does more than compute. */
function isRefused(path: string, importer: string): boolean {
  if (/^@fairlead\/manifests(\/|$)|^[a-z]+:\/\//i.test(path)) return true;
  const name = path.replace(/^node:/, '');
  // Node has some by their prefix alone, such as node:test, and others only in later versions.
  if (!builtins.has(name)) return path.startsWith('node:');
  // Installed libraries ask for more than they use.
  return !harmless.has(name) && !/(^|[\\/])node_modules[\\/]/.test(importer);
}

/** Refuses what an app must not import, also where a file imports it that the app imports. */
const purity: Plugin = {
  name: 'purity',
  setup(build) {
    build.onResolve({ filter: /^node:|^[a-z_]+(\/[a-z_]+)?$|^@fairlead\/manifests|:\/\// }, ({ path, importer }) =>
      isRefused(path, importer)
        ? { errors: [{ text: `an app must not import "${path}"`, detail: 'impure' }] }
        : undefined,
    );
  },
};

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
