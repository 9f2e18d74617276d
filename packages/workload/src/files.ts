import { SharedParts } from '@fairlead/objects/shared-parts';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount';

/** A volume with the places where a container sees it; without the volume where a claim template brings it. */
export interface MountedVolume {
  readonly volume?: IVolume;
  readonly mounts: readonly IVolumeMount[];
}

/** A writable folder on a read-only root filesystem. */
export interface WritableFolder {
  /** Most it may hold before the pod is evicted, such as `64Mi`. */
  readonly size?: string | undefined;
  /** Held in memory (counts against the memory limit). */
  readonly memory?: boolean | undefined;
}

/** The key of a file in its ConfigMap: its name, or its path with `_` where two files share a name. */
export function fileKeys(paths: readonly string[]): Map<string, string> {
  const byName = new Map<string, number>();
  for (const path of paths) byName.set(baseName(path), (byName.get(baseName(path)) ?? 0) + 1);
  return new Map(
    paths.map((path) => [
      path,
      byName.get(baseName(path)) === 1 ? baseName(path) : path.replace(/^\/+/, '').replaceAll('/', '_'),
    ]),
  );
}

/** The files of a ConfigMap, each mounted at its own path, so that the rest of the folder stays the image's. */
export function configFiles(configMap: string, paths: readonly string[]): MountedVolume {
  const keys = fileKeys(paths);
  return {
    volume: { name: 'files', configMap: { name: configMap } },
    mounts: [...paths]
      .sort()
      .map((path) => ({ name: 'files', mountPath: path, readOnly: true, subPath: keys.get(path) ?? baseName(path) })),
  };
}

const emptyDirs = new SharedParts<MountedVolume>();

/** One emptyDir for all writable folders, each a folder of its own in it unless it has a size or lies in memory. */
export function writableFolders(folders: Readonly<Record<string, WritableFolder>>): MountedVolume[] {
  return Object.entries(folders)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { size, memory }]) => {
      const name = `writable${path.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`.replace(/-$/, '');
      return emptyDirs.of([path, size, memory], () => ({
        volume: {
          name,
          emptyDir: { ...(memory && { medium: 'Memory' }), sizeLimit: size ?? '64Mi' },
        },
        mounts: [{ name, mountPath: path }],
      }));
    });
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
