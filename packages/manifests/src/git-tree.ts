import { spawnSync } from 'node:child_process';
import { UsageError } from './io.ts';

/** One blob of a tree: its path from the tree's root, and its object name. */
export interface Blob {
  readonly path: string;
  readonly sha: string;
}

/** A file that differs between two sides; a side without it has no blob. `null` blob: read it from the working tree. */
export interface ChangedBlob {
  readonly path: string;
  readonly base?: string;
  readonly head?: string;
}

const zeros = /^0+$/;

/** A git repository, read without ever checking anything out. */
export class GitRepository {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** The repository that holds a folder; undefined when none does. */
  static at(folder: string): GitRepository | undefined {
    const result = spawnSync('git', ['rev-parse', '--show-toplevel'], { cwd: folder, encoding: 'utf8' });
    if (result.error !== undefined && 'code' in result.error && result.error.code === 'ENOENT')
      throw new UsageError(
        'git is not installed, so only folders can be compared',
        'pass folders to --base and --head',
      );
    return result.status === 0 ? new GitRepository(result.stdout.trimEnd()) : undefined;
  }

  /** The tree behind a ref, or `<ref>:<folder>`; undefined when git knows none. */
  tree(ref: string): string | undefined {
    if (ref.startsWith('-')) return undefined;
    // In `<ref>:<folder>` a suffix would be read as part of the folder's name.
    const object = ref.includes(':') ? ref : `${ref}^{tree}`;
    const result = this.git(['rev-parse', '--verify', '--quiet', '--end-of-options', object]);
    if (result.status !== 0) return undefined;
    const sha = result.stdout.trim();
    return this.git(['cat-file', '-t', sha]).stdout.trim() === 'tree' ? sha : undefined;
  }

  /** The commit where the work on HEAD began: its merge base with the main branch. HEAD itself on the main branch or without one. */
  defaultBase(): string {
    for (const main of ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']) {
      if (this.git(['rev-parse', '--verify', '--quiet', `${main}^{commit}`]).status !== 0) continue;
      const base = this.git(['merge-base', 'HEAD', main]);
      if (base.status === 0) return base.stdout.trim();
      if (this.isShallow())
        throw new UsageError(
          `the history that joins HEAD and ${main} is not here: this is a shallow clone`,
          'git fetch --unshallow origin (actions/checkout: fetch-depth: 0), or name the base with --base',
        );
    }
    if (this.tree('HEAD') === undefined)
      throw new UsageError('the repository has no commit to compare with', 'name a folder with --base');
    return 'HEAD';
  }

  /** True when history was cut off by a shallow clone. */
  isShallow(): boolean {
    return this.git(['rev-parse', '--is-shallow-repository']).stdout.trim() === 'true';
  }

  /** All blobs under a folder of a tree. */
  list(tree: string, folder = ''): Blob[] {
    const result = this.git(['ls-tree', '-r', '-z', '--full-tree', tree, ...(folder === '' ? [] : ['--', folder])]);
    if (result.status !== 0) throw new UsageError(`git cannot read ${tree}: ${result.stderr.trim()}`);
    const blobs: Blob[] = [];
    for (const line of result.stdout.split('\0')) {
      const tab = line.indexOf('\t');
      if (tab < 0) continue;
      const [, type, sha] = line.slice(0, tab).split(' ');
      if (type === 'blob' && sha !== undefined) blobs.push({ path: line.slice(tab + 1), sha });
    }
    return blobs;
  }

  /** The blobs that differ between two trees. */
  changes(base: string, head: string, folder = ''): ChangedBlob[] {
    return this.raw([
      'diff-tree',
      '-r',
      '-z',
      '--raw',
      '--no-renames',
      '--no-abbrev',
      base,
      head,
      ...(folder === '' ? [] : ['--', folder]),
    ]);
  }

  /** The files of the working tree that differ from a tree; those not yet added count, ignored ones do not. */
  changesInWorkingTree(base: string, folder = ''): (ChangedBlob & { readonly onDisk: boolean })[] {
    const path = folder === '' ? [] : ['--', folder];
    const tracked = this.raw(['diff-index', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', base, ...path]);
    const known = new Set(tracked.map((each) => each.path));
    const deleted = new Set(this.git(['ls-files', '-z', '--deleted', ...path]).stdout.split('\0'));
    const others = this.git(['ls-files', '-z', '--others', '--exclude-standard', ...path])
      .stdout.split('\0')
      .filter((each) => each !== '' && !known.has(each));
    return [
      ...tracked.map((each) => ({ ...each, onDisk: each.status !== 'D' && !deleted.has(each.path) })),
      ...others.map((each) => ({ path: each, onDisk: true })),
    ];
  }

  /** The texts of blobs, in one process. */
  read(shas: readonly string[]): Map<string, string> {
    const texts = new Map<string, string>();
    const wanted = [...new Set(shas)];
    if (wanted.length === 0) return texts;
    const result = spawnSync('git', ['cat-file', '--batch'], {
      cwd: this.root,
      input: `${wanted.join('\n')}\n`,
      maxBuffer: 2 ** 31 - 1,
    });
    if (result.status !== 0) throw new UsageError(`git cannot read objects: ${String(result.stderr).trim()}`);
    const output = result.stdout;
    let at = 0;
    while (at < output.length) {
      const end = output.indexOf(10, at);
      const [sha = '', type, size = '0'] = output.toString('latin1', at, end).split(' ');
      if (type === 'missing')
        throw new UsageError(
          `object ${sha} is not here`,
          'git fetch --refetch: this clone has no blobs of that commit',
        );
      texts.set(sha, output.toString('utf8', end + 1, end + 1 + Number(size)));
      at = end + 1 + Number(size) + 1;
    }
    return texts;
  }

  private raw(args: readonly string[]): (ChangedBlob & { readonly status: string })[] {
    const result = this.git(args);
    if (result.status !== 0) throw new UsageError(`git ${args[0] ?? ''}: ${result.stderr.trim()}`);
    const parts = result.stdout.split('\0');
    const changes: (ChangedBlob & { readonly status: string })[] = [];
    for (let index = 0; index + 1 < parts.length; index += 2) {
      const [, , base = '', head = '', status = ''] = (parts[index] ?? '').split(' ');
      changes.push({
        path: parts[index + 1] ?? '',
        ...(zeros.test(base) ? {} : { base }),
        ...(zeros.test(head) ? {} : { head }),
        status,
      });
    }
    return changes;
  }

  private git(args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync('git', args, {
      cwd: this.root,
      encoding: 'utf8',
      maxBuffer: 2 ** 31 - 1,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
    });
    return { status, stdout: stdout ?? '', stderr: stderr ?? '' };
  }
}
