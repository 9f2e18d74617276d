import { join, resolve } from 'node:path';
import type { Diagnostic } from '@fairlead/diagnostics';
import type { InputDocument } from '@fairlead/validate';
import { newSince } from '@fairlead/validate/fingerprint';
import { GitRepository } from './git-tree.ts';
import { UsageError } from './io.ts';
import { relativePath } from './workspace.ts';

/** The diagnostics that the same folders do not have at a git ref; all of them without one. */
export function sinceBaseline(
  ref: string | undefined,
  root: string,
  folders: readonly string[],
  diagnostics: readonly Diagnostic[],
  judge: (documents: readonly InputDocument[]) => readonly Diagnostic[],
): readonly Diagnostic[] {
  if (ref === undefined) return diagnostics;
  return newSince(diagnostics, judge(folders.flatMap((folder) => documentsAt(ref, root, folder))));
}

/**
 * The repository of a folder and the tree of a ref in it.
 *
 * @throws UsageError where there is no repository, or none of this ref.
 */
export function requireRef(ref: string, root: string): { readonly repository: GitRepository; readonly tree: string } {
  const repository = GitRepository.at(root);
  if (!repository) throw new UsageError(`--baseline needs a git repository, and ${root} is in none`);
  const tree = repository.tree(ref);
  if (tree === undefined)
    throw new UsageError(`git knows no "${ref}"`, 'name a branch, a tag or a commit; a shallow clone may lack it');
  return { repository, tree };
}

/** The YAML of a folder at a git ref, under the names that its files have in the working tree. */
function documentsAt(ref: string, root: string, folder: string): InputDocument[] {
  const { repository, tree } = requireRef(ref, root);
  const blobs = repository
    .list(tree, relativePath(repository.root, resolve(root, folder)))
    .filter(({ path }) => /\.(ya?ml|json)$/i.test(path));
  const texts = repository.read(blobs.map(({ sha }) => sha));
  return blobs.map(({ path, sha }) => ({
    file: relativePath(root, join(repository.root, path)),
    text: texts.get(sha) ?? '',
  }));
}
