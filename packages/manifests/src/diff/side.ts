import { join, resolve } from 'node:path';
import type { GitRepository } from '../git-tree.ts';
import { UsageError, type Io } from '../io.ts';
import { isFile, isFolder } from './paths.ts';

/** Where one side comes from. */
export type Side =
  | {
      readonly type: 'tree';
      readonly name: string;
      readonly tree: string;
      readonly folder: string;
      readonly git: GitRepository;
    }
  | { readonly type: 'worktree'; readonly name: string; readonly folder: string; readonly git: GitRepository }
  | { readonly type: 'folder'; readonly name: string; readonly path: string };

/** What `--base` and `--head` name, or their defaults: where the work on HEAD began, and the working tree. */
export function sidesOf(
  options: { readonly base?: string | undefined; readonly head?: string | undefined },
  git: GitRepository | undefined,
  io: Io,
): [Side, Side] {
  const base: Side = options.base === undefined ? defaultBase(git) : sideOf(options.base, git, io);
  const head: Side = options.head === undefined ? defaultHead(git, base) : sideOf(options.head, git, io);
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

function defaultHead(git: GitRepository | undefined, base: Side): Side {
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
