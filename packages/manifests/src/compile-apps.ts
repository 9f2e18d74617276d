import { createHash } from 'node:crypto';
import { existsSync, readdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic } from '@fairlead/diagnostics';
import type { BuildFailure, Message, Plugin } from 'esbuild';
import { modulesForApps } from './app-modules.ts';
import { compiledApps, esbuild, writable } from './compiler.ts';
import { pureGlobals, pureGlobalsModule } from './pure-globals.ts';
import { appNames, appOf, relativePath } from './workspace.ts';

/** The apps of a workspace in one compiled module. */
export interface CompiledApps {
  /** Path of the module; beside it, with `.json`, which of the program's modules it needs, and with `.map`, where its lines are from. */
  readonly file: string;
  /** Names of the apps in it: those that could be compiled. */
  readonly names: readonly string[];
  /** Why others are not in it. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compiles all apps of a workspace into one module with esbuild, kept in the cache until one of their files changes. An app that
 * cannot be compiled is a diagnostic; the others are still there. A process of its own does it: who asks early need not wait.
 */
export function compileApps(root: string): Promise<CompiledApps> {
  return compileNamed(root, appNames(root), compiledApps(root));
}

async function compileNamed(root: string, names: readonly string[], folder: string): Promise<CompiledApps> {
  const module = `apps-${sourcesKey(root, names)}.mjs`;
  // Source maps are relative to where Node finds the module: behind links, such as a shared node_modules.
  const known = existsSync(join(folder, module));
  const cache = realpathSync(known ? folder : writable(folder));
  const file = join(cache, module);
  if (known) return { file, names, diagnostics: [] };
  const failed = await compile(root, names, file);
  if (failed.apps.size === 0) return { file, names, diagnostics: failed.diagnostics };
  const rest = await compileNamed(
    root,
    names.filter((name) => !failed.apps.has(name)),
    cache,
  );
  return { ...rest, diagnostics: [...failed.diagnostics, ...rest.diagnostics] };
}

/** Changes with any file under apps/ that could be part of an app. */
function sourcesKey(root: string, names: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify([root, names, pureGlobals]));
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (!entry.name.endsWith('.test.ts') && entry.name !== 'releases.yaml') {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${path}\0${size}\0${mtimeMs}\n`);
      }
    }
  };
  const apps = join(root, 'apps');
  if (existsSync(apps)) visit(apps);
  return hash.digest('hex').slice(0, 20);
}

async function compile(
  root: string,
  names: readonly string[],
  file: string,
): Promise<{ diagnostics: Diagnostic[]; apps: Set<string> }> {
  const imports = new Set<string>();
  const entry = names
    .map((name) => `  ${JSON.stringify(name)}: () => import(${JSON.stringify(join(root, 'apps', name, 'app.ts'))}),`)
    .join('\n');
  try {
    const result = await esbuild().build({
      stdin: { contents: `export const apps = {\n${entry}\n};\n`, resolveDir: root, loader: 'js' },
      absWorkingDir: root,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: 'external',
      sourcesContent: false,
      write: false,
      outfile: file,
      logLevel: 'silent',
      inject: [pureGlobalsModule],
      // Libraries ask for it while they are loaded; the answer is the same everywhere.
      define: { 'process.env.NODE_ENV': '"production"' },
      plugins: [purity(root), provided(imports)],
    });
    const [map, module] = ['.map', '.mjs'].map((end) => result.outputFiles.find(({ path }) => path.endsWith(end)));
    writeFileSync(`${file}.json`, JSON.stringify([...imports].sort()));
    writeFileSync(`${file}.map`, map?.contents ?? '');
    const scratch = `${file}.${process.pid}`;
    writeFileSync(scratch, module?.contents ?? '');
    renameSync(scratch, file);
    removeStale(join(file, '..'), file);
    return { diagnostics: [], apps: new Set() };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const diagnostics = error.errors.map((message) => syntaxDiagnostic(root, message));
    const apps = new Set(diagnostics.map(({ file: place }) => appOf(place)).filter((name) => name !== ''));
    // A fault in a file that no app owns would fail for ever; then no app can be loaded.
    return { diagnostics, apps: apps.size > 0 ? apps : new Set(names) };
  }
}

function removeStale(folder: string, current: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!/^apps-[0-9a-f]{20}\.mjs(\.json|\.map)?$/.test(name) || path.startsWith(current)) continue;
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

/** Refuses Node's own modules in apps, except what only computes. */
function purity(root: string): Plugin {
  const allowed = new Set(['assert', 'buffer', 'path', 'url', 'util']);
  const builtins = new Set(builtinModules);
  return {
    name: 'purity',
    setup(build) {
      build.onResolve({ filter: /^fairlead:pure-globals$/ }, ({ path }) => ({ path, namespace: 'pure' }));
      build.onLoad({ filter: /.*/, namespace: 'pure' }, () => ({ contents: pureGlobals, loader: 'js' }));
      build.onResolve({ filter: /^(node:)?[a-z_]+(\/[a-z_]+)?$/ }, ({ path, importer }) => {
        const name = path.replace(/^node:/, '');
        if (!builtins.has(name) || allowed.has(name) || !importer.startsWith(join(root, 'apps'))) return undefined;
        return { errors: [{ text: `an app must not import "${path}"`, detail: 'impure' }] };
      });
    },
  };
}

/** Lets apps share the modules that the program itself has loaded, so that there is one cdk8s and one @fairlead/app. */
function provided(imports: Set<string>): Plugin {
  return {
    name: 'provided',
    setup(build) {
      build.onResolve({ filter: /^(@fairlead\/|cdk8s$|cdk8s-plus-28$|constructs$)/ }, ({ path }) => {
        if (!modulesForApps.has(path)) return undefined;
        imports.add(path);
        return { path, namespace: 'provided' };
      });
      build.onLoad({ filter: /.*/, namespace: 'provided' }, ({ path }) => ({
        contents: `module.exports = globalThis[Symbol.for('fairlead.modules')].get(${JSON.stringify(path)});`,
        loader: 'js',
      }));
    },
  };
}

export const impureHint =
  'an app is a pure description: pass what it needs through values, clusters/*.yaml or releases.yaml';
