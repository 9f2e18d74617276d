import type { ImageResolver } from '@fairlead/app';
import type { Diagnostic } from '@fairlead/diagnostics';
import type { Environment } from '@fairlead/inventory';
import { imageOf, parseReleases } from '@fairlead/inventory';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readTextFile } from './workspace.ts';

/** Finds images in apps/<name>/releases.yaml; each file is read once, the faults of those that were asked for are collected. */
export interface Releases {
  (app: string, environment: Environment): ImageResolver;
  /** Reads the file of an app ahead of the first question about it. */
  read(app: string): void;
  diagnostics(): readonly Diagnostic[];
}

/** Stands in for an image while a run with errors is judged; it is never written. */
const unknownImage = `registry.invalid/unknown:0.0.0@sha256:${'0'.repeat(64)}`;

/** The releases of a workspace's apps. An app without the file has no images of its own. */
export function releasesOf(root: string, environments: readonly Environment[]): Releases {
  const parsed = new Map<string, ReturnType<typeof parseReleases>>();
  const asked = new Set<string>();
  const read = (app: string): ReturnType<typeof parseReleases> | undefined => {
    const known = parsed.get(app);
    if (known) return known;
    const file = `apps/${app}/releases.yaml`;
    if (!existsSync(join(root, file))) return undefined;
    const { text, unreadable } = readTextFile(root, file);
    const releases = parseReleases(file, text, environments, unreadable);
    parsed.set(app, releases);
    return releases;
  };
  const resolver = (app: string, environment: Environment): ImageResolver => {
    asked.add(app);
    const releases = read(app);
    // Of a file with faults nothing is known; that its images are missing would only hide what is wrong with it.
    if (releases && !releases.value) return () => ({ reference: unknownImage, digest: true });
    return Object.assign((image: string) => releases?.value && imageOf(releases.value, image, environment.name), {
      keys: [...(releases?.value?.images.keys() ?? [])],
    });
  };
  const diagnostics = (): Diagnostic[] => [...asked].flatMap((app) => parsed.get(app)?.diagnostics ?? []);
  return Object.assign(resolver, { read, diagnostics });
}
