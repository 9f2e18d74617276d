import type { Placement, PlacementChanges, SourceManifest } from './model.ts';
import type { ObjectChange } from './pair.ts';

// Deeper paths count, too: a folder with a file anywhere below it is there.
const placementFolder = /(?:^|\/)clusters\/([^/]+)\/([^/]+)\//;

/**
 * The placements that one side has and the other has not. One counts as new only if each of its objects is: an object that the cluster had
 * in another folder says that the app was there under another name. `otherFiles` are the paths of files whose objects are in neither
 * tree, because they are equal on both sides or cannot be read; they are asked for only where a placement may be new or gone.
 */
export function placementChanges(
  base: readonly SourceManifest[],
  head: readonly SourceManifest[],
  changes: readonly ObjectChange[],
  otherFiles: () => Iterable<string>,
): PlacementChanges {
  const before = countByFolder(base);
  const after = countByFolder(head);
  const candidates = new Set(
    [...before.keys(), ...after.keys()].filter((folder) => before.has(folder) !== after.has(folder)),
  );
  if (candidates.size === 0) return { added: [], removed: [] };
  for (const path of otherFiles()) candidates.delete(folderOf(path) ?? '');
  const fresh = countByFolder(
    changes.flatMap(({ change, after: source }) => (change === 'modified' ? [] : (source ?? []))),
  );
  const gone = countByFolder(
    changes.flatMap(({ change, before: source }) => (change === 'modified' ? [] : (source ?? []))),
  );
  const whole = (all: ReadonlyMap<string, number>, some: ReadonlyMap<string, number>): Placement[] =>
    [...candidates]
      .filter((folder) => all.has(folder) && all.get(folder) === some.get(folder))
      .sort()
      .map((folder) => {
        const [cluster = '', app = ''] = folder.split('/');
        return { app, cluster };
      });
  return { added: whole(after, fresh), removed: whole(before, gone) };
}

function countByFolder(manifests: readonly SourceManifest[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { file } of manifests) {
    const folder = folderOf(file);
    if (folder !== undefined) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return counts;
}

/** `<cluster>/<app>` of a path of the layout `[…/]clusters/<cluster>/<app>/…`. */
function folderOf(path: string): string | undefined {
  const match = placementFolder.exec(path);
  return match === null ? undefined : `${match[1]}/${match[2]}`;
}
