import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { SourceFile } from '@fairlead/diff/model';
import { isFile, isPlainFile } from './paths.ts';
import type { Side } from './side.ts';

/** The texts of both sides: what differs, and how to read what does not. */
export interface Texts {
  readonly base: readonly SourceFile[];
  readonly head: readonly SourceFile[];
  /** Unchanged files that a test on their path accepts. */
  unchanged(wanted: (path: string) => boolean): readonly SourceFile[];
  /** The paths of all unchanged files. */
  unchangedPaths(): readonly string[];
  readonly total: number;
}

const manifestFile = /\.(ya?ml|json)$/i;
const noManifests =
  /(^|\/)(node_modules|\.git|\.github|\.nx)\/|(^|\/)(package(-lock)?|tsconfig[^/]*|nx|project)\.json$/;
const isManifestPath = (path: string): boolean => manifestFile.test(path) && !noManifests.test(path);

/** The texts that differ between two sides, read once each. */
export function textsOf(base: Side, head: Side): Texts {
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
      each.onDisk && isPlainFile(join(head.git.root, each.path))
        ? [{ path: each.path, text: readFileSync(join(head.git.root, each.path), 'utf8') }]
        : [],
    ),
    ...unchangedOf(base, new Set(changed.map((each) => each.path)), changed.length),
  };
}

/** The unchanged blobs of a tree, listed and read only when somebody asks. */
function unchangedOf(
  side: Side & { type: 'tree' },
  changed: ReadonlySet<string>,
  count: number,
): Pick<Texts, 'unchanged' | 'unchangedPaths' | 'total'> {
  if (count === 0) return { total: 0, unchanged: () => [], unchangedPaths: () => [] };
  const blobs = side.git.list(side.tree, side.folder).filter(({ path }) => isManifestPath(path));
  return {
    total: blobs.length,
    unchangedPaths: () => blobs.flatMap(({ path }) => (changed.has(path) ? [] : path)),
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
  const same = (wanted: (path: string) => boolean) =>
    [...head.files].filter(([path, sha]) => base.files.get(path) === sha && wanted(path)).map(([path]) => path);
  return {
    base: base.read(differs(base, head)),
    head: head.read(differs(head, base)),
    total: head.files.size,
    unchanged: (wanted) => head.read(same(wanted)),
    unchangedPaths: () => same(() => true),
  };
}

/** Files outside `dist` that changed between two refs. */
export function sourcesOf(base: Side, head: Side): string[] {
  if (base.type !== 'tree' || base.folder === '') return [];
  const changed =
    head.type === 'tree'
      ? base.git.changes(base.tree, head.tree)
      : head.type === 'worktree'
        ? base.git.changesInWorkingTree(base.tree)
        : [];
  return changed.map((each) => each.path).filter((path) => !path.startsWith('dist/'));
}
