import type { Manifest } from '@fairlead/objects';
import { folderOf, type ManifestSet } from './manifest-set.ts';

/** From so many on, files that declare one object, or pairs of files that do, are no slip. */
const several = 3;

/**
 * Folders of somebody's that hold examples of which one is applied at a time: three files declare one object, or three pairs of files
 * have one each. What one of them lacks, the reader is told to have.
 */
export function foldersOfAlternatives(set: ManifestSet): ReadonlySet<string> {
  const folders = new Set<string>();
  if (set.context === 'fleet' || set.duplicates.length < several - 1) return folders;
  const byFirst = new Map<Manifest, Set<string>>();
  const pairs = new Map<string, Set<string>>();
  for (const { first, manifest } of set.duplicates) {
    const [one, other] = [set.fileOf?.(first) ?? '', set.fileOf?.(manifest) ?? ''];
    const folder = folderOf(one);
    if (one === other || folder !== folderOf(other)) continue;
    const files = byFirst.get(first) ?? new Set([one]);
    const paired = pairs.get(folder) ?? new Set();
    byFirst.set(first, files.add(other));
    pairs.set(folder, paired.add(`${one}\n${other}`));
    if (files.size >= several || paired.size >= several) folders.add(folder);
  }
  return folders;
}
