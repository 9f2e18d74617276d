import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { changeClasses, type ChangeClass, type DiffReport, type SourceFile } from '@fairlead/diff/model';
import { contextNeeds, mayBeContext, mayBeContextByName } from '@fairlead/diff/context';
import { diffManifests, type DiffOptions as EngineOptions } from '@fairlead/diff/diff';
import { parseFiles, parseYaml, type Unreadable } from '@fairlead/diff/parse';
import { GitRepository } from '../git-tree.ts';
import { UsageError, type Io } from '../io.ts';

/** What `fairlead diff` is called with; commander's words. */
export interface DiffOptions {
  /** Git ref, `<ref>:<folder>` or folder. Default: the merge base of HEAD with the main branch. */
  readonly base?: string | undefined;
  /** Git ref, `<ref>:<folder>` or folder. Default: the working tree. */
  readonly head?: string | undefined;
  readonly format?: string | undefined;
  /** Where the report goes instead of the terminal. */
  readonly out?: string | undefined;
  readonly maxChars?: string | number | undefined;
  /** Classes that make the exit code 1. */
  readonly failOn?: string | readonly string[] | undefined;
  /** Where the comment for a merge request goes, beside the report. */
  readonly commentFile?: string | undefined;
  readonly json?: boolean | undefined;
  /** A price table of one's own. */
  readonly prices?: string | undefined;
}

const formats = ['text', 'markdown', 'html', 'json'] as const;
type Format = (typeof formats)[number];

/** Says what the difference between two trees of manifests will do. Exit 0, 1 when a class of `--fail-on` is met, 2 wrong usage. */
export async function diff(options: DiffOptions, io: Io): Promise<number> {
  const format = options.json === true ? 'json' : formatOf(options.format, options.out);
  const gate = gateOf(options.failOn);
  const maxChars = maxCharsOf(options.maxChars);
  const prices = options.prices === undefined ? undefined : await pricesOf(resolve(io.cwd, options.prices));
  const { report, unreadable } = compareSides(options, io, prices === undefined ? {} : { prices });
  for (const each of unreadable.slice(0, 10))
    io.stderr(`warning: ${each.path} is no YAML and was left out: ${each.reason}\n`);
  if (unreadable.length > 10) io.stderr(`warning: ${unreadable.length - 10} more files were left out\n`);

  const text = await render(report, format, {
    color: io.color && options.out === undefined,
    width: options.out === undefined ? io.width : 100,
    maxChars,
  });
  if (options.out === undefined) io.stdout(text);
  else write(resolve(io.cwd, options.out), text);
  if (options.commentFile !== undefined)
    write(
      resolve(io.cwd, options.commentFile),
      await render(report, 'markdown', { color: false, width: 100, maxChars }),
    );
  const hit = gate.filter((each) => report.summary.byClass[each] > 0);
  if (hit.length > 0)
    io.stderr(`the gate is hit: ${hit.map((each) => `${report.summary.byClass[each]} ${each}`).join(', ')}\n`);
  return hit.length > 0 ? 1 : 0;
}

function formatOf(given: string | undefined, out: string | undefined): Format {
  const guess = /\.(html|json|md)$/.exec(out ?? '')?.[1];
  const name = given ?? (guess === 'md' ? 'markdown' : (guess ?? 'text'));
  const found = formats.find((each) => each === name);
  if (found === undefined) throw new UsageError(`there is no format "${name}"`, `known: ${formats.join(', ')}`);
  return found;
}

function gateOf(given: DiffOptions['failOn']): ChangeClass[] {
  const names = (typeof given === 'string' ? given.split(',') : (given ?? []))
    .map((each) => each.trim())
    .filter((each) => each !== '');
  return names.map((name) => {
    const found = changeClasses.find((each) => each === name);
    if (found === undefined)
      throw new UsageError(`--fail-on: there is no class "${name}"`, `known: ${changeClasses.join(', ')}`);
    return found;
  });
}

function maxCharsOf(given: DiffOptions['maxChars']): number {
  if (given === undefined) return 65_000;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 500)
    throw new UsageError(`--max-chars must be a whole number of at least 500, not "${given}"`);
  return value;
}

async function pricesOf(file: string): Promise<EngineOptions['prices'] & object> {
  const { parsePrices } = await import('@fairlead/diff/prices');
  try {
    return parsePrices(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new UsageError(`--prices: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function render(
  report: DiffReport,
  format: Format,
  options: { color: boolean; width: number; maxChars: number },
): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('@fairlead/diff/format/text')).formatText(report, options);
    case 'markdown':
      return (await import('@fairlead/diff/format/markdown')).formatMarkdown(report, options);
    case 'html':
      return (await import('@fairlead/diff/format/html')).formatHtml(report);
    case 'json':
      return (await import('@fairlead/diff/format/json')).formatJson(report);
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Where one side comes from. */
type Side =
  | {
      readonly type: 'tree';
      readonly name: string;
      readonly tree: string;
      readonly folder: string;
      readonly git: GitRepository;
    }
  | { readonly type: 'worktree'; readonly name: string; readonly folder: string; readonly git: GitRepository }
  | { readonly type: 'folder'; readonly name: string; readonly path: string };

/** The texts of both sides: what differs, and how to read what does not. */
interface Texts {
  readonly base: readonly SourceFile[];
  readonly head: readonly SourceFile[];
  /** Unchanged files that a test on their path accepts. */
  unchanged(wanted: (path: string) => boolean): readonly SourceFile[];
  readonly total: number;
}

function compareSides(
  options: DiffOptions,
  io: Io,
  engine: EngineOptions,
): { report: DiffReport; unreadable: Unreadable[] } {
  const git = GitRepository.at(io.cwd);
  const [base, head] = sidesOf(options, git, io);
  const texts = textsOf(base, head);
  const left = parseFiles(texts.base);
  const right = parseFiles(texts.head);
  const { networkOf } = contextNeeds(left.manifests, right.manifests);
  const folders = new Set([...texts.base, ...texts.head].map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1)));
  const small = texts.total <= 3_000;
  const network = (path: string) =>
    networkOf.size > 0 && networkOf.has(/(?:^|\/)clusters\/([^/]+)\//.exec(path)?.[1] ?? '');
  const near = (path: string) => small || folders.has(path.slice(0, path.lastIndexOf('/') + 1));
  const around = texts
    .unchanged((path) => (near(path) || network(path)) && mayBeContextByName(path, network(path)))
    .filter(({ path, text }) => mayBeContext(text, network(path)));
  const context = parseFiles(around).manifests;
  const changedSources = sourcesOf(base, head);
  const report = diffManifests(
    { name: base.name, manifests: left.manifests },
    { name: head.name, manifests: right.manifests },
    { ...engine, context, changedSources, stages: stagesOf(git?.root ?? io.cwd) },
  );
  return {
    report,
    unreadable: [...left.unreadable, ...right.unreadable].filter(
      (each, index, all) => all.findIndex((one) => one.path === each.path) === index,
    ),
  };
}

function sidesOf(options: DiffOptions, git: GitRepository | undefined, io: Io): [Side, Side] {
  const base: Side = options.base === undefined ? defaultBase(git) : sideOf(options.base, git, io);
  const head: Side = options.head === undefined ? defaultHead(git, base, io) : sideOf(options.head, git, io);
  return [narrowLike(base, head), narrowLike(head, base)];
}

/** A side of the repository that has no `dist` yet is an empty `dist` beside one that has. */
function narrowLike(side: Side, other: Side): Side {
  if (
    side.type === 'folder' ||
    other.type === 'folder' ||
    other.folder === '' ||
    side.folder !== '' ||
    side.name.includes(':')
  )
    return side;
  return { ...side, folder: other.folder };
}

function defaultBase(git: GitRepository | undefined): Side {
  if (git === undefined)
    throw new UsageError(
      'this folder is in no git repository, so there is no default to compare with',
      'fairlead diff --base <folder> --head <folder>',
    );
  const ref = git.defaultBase();
  return { type: 'tree', name: ref === 'HEAD' ? ref : ref.slice(0, 12), ...treeOf(git, ref), git };
}

function defaultHead(git: GitRepository | undefined, base: Side, io: Io): Side {
  if (git === undefined)
    throw new UsageError(
      'this folder is in no git repository, so the other side has to be named',
      'fairlead diff --base <folder> --head <folder>',
    );
  const folder =
    base.type === 'tree' && base.folder !== '' ? base.folder : isFolder(join(git.root, 'dist')) ? 'dist' : '';
  // A folder as base is compared with a folder, whatever the repository around holds.
  if (base.type === 'folder')
    return { type: 'folder', name: folder === '' ? 'working tree' : folder, path: join(git.root, folder) };
  void io;
  return { type: 'worktree', name: 'working tree', folder, git };
}

/** The tree of a ref, narrowed to `dist` where the ref has one. */
function treeOf(git: GitRepository, ref: string): { tree: string; folder: string } {
  const tree = git.tree(ref);
  if (tree === undefined) throw new UsageError(`git knows no "${ref}"`);
  return { tree, folder: git.tree(`${ref}:dist`) === undefined || ref.includes(':') ? '' : 'dist' };
}

function sideOf(text: string, git: GitRepository | undefined, io: Io): Side {
  const path = resolve(io.cwd, text);
  const folder = isFolder(path);
  const explicit = /^(\.{0,2}\/|\.{1,2}$)/.test(text) || text.endsWith('/');
  const tree = explicit ? undefined : git?.tree(text);
  if (tree !== undefined && git !== undefined) {
    if (folder)
      io.stderr(`"${text}" is a git ref and a folder; the ref is compared. Write ./${text} for the folder.\n`);
    return { type: 'tree', name: text, ...treeOf(git, text), git };
  }
  if (folder) return { type: 'folder', name: text, path };
  if (isFile(path)) throw new UsageError(`${text} is a file, not a folder`, 'compare the folders that hold the files');
  if (git === undefined) throw new UsageError(`there is no folder ${text}, and ${io.cwd} is in no git repository`);
  if (explicit) throw new UsageError(`there is no folder ${text}`);
  const hint = git.isShallow()
    ? `this is a shallow clone: git fetch --no-tags --depth=1 origin ${text.replace(/^origin\//, '')}:refs/remotes/origin/${text.replace(/^origin\//, '')} (actions/checkout: fetch-depth: 0)`
    : `git fetch origin ${text.replace(/^origin\//, '')}, or name a folder`;
  throw new UsageError(`"${text}" is neither a git ref nor a folder`, hint);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

const manifestFile = /\.(ya?ml|json)$/i;
const noManifests =
  /(^|\/)(node_modules|\.git|\.github|\.nx)\/|(^|\/)(package(-lock)?|tsconfig[^/]*|nx|project)\.json$/;
const isManifestPath = (path: string): boolean => manifestFile.test(path) && !noManifests.test(path);

function textsOf(base: Side, head: Side): Texts {
  if (base.type === 'tree' && head.type === 'tree' && base.git.root === head.git.root && base.folder === head.folder)
    return fromTrees(base, head);
  if (base.type === 'tree' && head.type === 'worktree' && base.folder === head.folder)
    return fromTreeAndWorkingTree(base, head);
  return fromListings(listing(base), listing(head));
}

function fromTrees(base: Side & { type: 'tree' }, head: Side & { type: 'tree' }): Texts {
  const changed = base.git.changes(base.tree, head.tree, base.folder).filter(({ path }) => isManifestPath(path));
  const read = base.git.read(changed.flatMap((each) => [each.base, each.head]).filter((each) => each !== undefined));
  const side = (key: 'base' | 'head'): SourceFile[] =>
    changed.flatMap((each) => (each[key] === undefined ? [] : [{ path: each.path, text: read.get(each[key]) ?? '' }]));
  return {
    base: side('base'),
    head: side('head'),
    ...unchangedOf(head, new Set(changed.map((each) => each.path)), changed.length),
  };
}

function fromTreeAndWorkingTree(base: Side & { type: 'tree' }, head: Side & { type: 'worktree' }): Texts {
  const changed = base.git.changesInWorkingTree(base.tree, base.folder).filter(({ path }) => isManifestPath(path));
  const read = base.git.read(changed.flatMap((each) => each.base ?? []));
  return {
    base: changed.flatMap((each) =>
      each.base === undefined ? [] : [{ path: each.path, text: read.get(each.base) ?? '' }],
    ),
    head: changed.flatMap((each) =>
      each.onDisk ? [{ path: each.path, text: readFileSync(join(head.git.root, each.path), 'utf8') }] : [],
    ),
    ...unchangedOf(base, new Set(changed.map((each) => each.path)), changed.length),
  };
}

/** The unchanged blobs of a tree, listed and read only when somebody asks. */
function unchangedOf(
  side: Side & { type: 'tree' },
  changed: ReadonlySet<string>,
  count: number,
): Pick<Texts, 'unchanged' | 'total'> {
  if (count === 0) return { total: 0, unchanged: () => [] };
  const blobs = side.git.list(side.tree, side.folder).filter(({ path }) => isManifestPath(path));
  return {
    total: blobs.length,
    unchanged: (wanted) => {
      const chosen = blobs.filter(({ path }) => !changed.has(path) && wanted(path));
      const texts = side.git.read(chosen.map((each) => each.sha));
      return chosen.map(({ path, sha }) => ({ path, text: texts.get(sha) ?? '' }));
    },
  };
}

/** Every manifest file of a side: its path, a hash that is git's, and how to read it. */
interface Listing {
  readonly files: ReadonlyMap<string, string>;
  read(paths: readonly string[]): SourceFile[];
}

function listing(side: Side): Listing {
  // Both sides are named from the folder that holds the clusters, so that `dist` and another folder compare.
  const bare = (path: string) => path.replace(/^dist\//, '');
  if (side.type === 'tree') {
    const blobs = side.git.list(side.tree, side.folder).filter(({ path }) => isManifestPath(path));
    const shas = new Map(blobs.map(({ path, sha }) => [bare(path), sha]));
    const original = new Map(blobs.map(({ path }) => [bare(path), path]));
    return {
      files: shas,
      read: (paths) => {
        const texts = side.git.read(paths.flatMap((path) => shas.get(path) ?? []));
        return paths.map((path) => ({ path: original.get(path) ?? path, text: texts.get(shas.get(path) ?? '') ?? '' }));
      },
    };
  }
  const root = side.type === 'worktree' ? join(side.git.root, side.folder) : side.path;
  const contents = new Map<string, Buffer>();
  for (const file of walk(root)) {
    const path = relative(root, file).split('\\').join('/');
    if (isManifestPath(path)) contents.set(bare(path), readFileSync(file));
  }
  const files = new Map(
    [...contents].map(([path, content]) => [
      path,
      createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex'),
    ]),
  );
  return { files, read: (paths) => paths.map((path) => ({ path, text: contents.get(path)?.toString('utf8') ?? '' })) };
}

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === '.git' || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile() || (entry.isSymbolicLink() && isFile(path))) yield path;
  }
}

function fromListings(base: Listing, head: Listing): Texts {
  const differs = (one: Listing, other: Listing) =>
    [...one.files].filter(([path, sha]) => other.files.get(path) !== sha).map(([path]) => path);
  return {
    base: base.read(differs(base, head)),
    head: head.read(differs(head, base)),
    total: head.files.size,
    unchanged: (wanted) =>
      head.read(
        [...head.files].filter(([path, sha]) => base.files.get(path) === sha && wanted(path)).map(([path]) => path),
      ),
  };
}

/** Files outside `dist` that changed between two refs. */
function sourcesOf(base: Side, head: Side): string[] {
  if (base.type !== 'tree' || base.folder === '') return [];
  const changed =
    head.type === 'tree'
      ? base.git.changes(base.tree, head.tree)
      : head.type === 'worktree'
        ? base.git.changesInWorkingTree(base.tree)
        : [];
  return changed.map((each) => each.path).filter((path) => !path.startsWith('dist/'));
}

/** The environment of every cluster and its order, from `clusters/` and `environments/`; what cannot be read is left out. */
function stagesOf(root: string): EngineOptions['stages'] & object {
  const stages: Record<string, { environment: string; order: number }> = {};
  const orders = new Map<string, number>();
  const documents = (folder: string): [string, unknown][] => {
    if (!isFolder(join(root, folder))) return [];
    return readdirSync(join(root, folder))
      .filter((name) => /\.ya?ml$/.test(name))
      .flatMap((name): [string, unknown][] => {
        try {
          return [[name.replace(/\.ya?ml$/, ''), parseYaml(readFileSync(join(root, folder, name), 'utf8'))[0]]];
        } catch {
          return [];
        }
      });
  };
  for (const [name, value] of documents('environments')) {
    if (typeof value === 'object' && value !== null && 'order' in value && typeof value.order === 'number')
      orders.set(name, value.order);
  }
  for (const [name, value] of documents('clusters')) {
    if (
      typeof value !== 'object' ||
      value === null ||
      !('environment' in value) ||
      typeof value.environment !== 'string'
    )
      continue;
    const order = orders.get(value.environment);
    if (order !== undefined) stages[name] = { environment: value.environment, order };
  }
  return stages;
}
