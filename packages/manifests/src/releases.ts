import type { ImageResolver } from '@fairlead/app';
import type { Diagnostic } from '@fairlead/diagnostics';
import type { Environment } from '@fairlead/inventory';
import { imageOf, parseReleases } from '@fairlead/inventory';
import { readText } from './workspace.ts';

/** Finds images in apps/<name>/releases.yaml; each file is read once, the faults of those that were asked for are collected. */
export interface Releases {
  (app: string, environment: Environment): ImageResolver;
  /** Reads the file of an app ahead of the first question about it. */
  read(app: string): void;
  diagnostics(): readonly Diagnostic[];
}

/** The releases of a workspace's apps. An app without the file has no images of its own. */
export function releasesOf(root: string, environments: readonly Environment[]): Releases {
  const parsed = new Map<string, ReturnType<typeof parseReleases>>();
  const asked = new Set<string>();
  const read = (app: string): ReturnType<typeof parseReleases> | undefined => {
    const known = parsed.get(app);
    if (known) return known;
    const file = `apps/${app}/releases.yaml`;
    const text = readText(root, file);
    if (text === undefined) return undefined;
    const releases = parseReleases(file, text, environments);
    parsed.set(app, releases);
    return releases;
  };
  const resolver = (app: string, environment: Environment): ImageResolver => {
    asked.add(app);
    const releases = read(app)?.value;
    return (image) => releases && imageOf(releases, image, environment.name);
  };
  const diagnostics = (): Diagnostic[] => [...asked].flatMap((app) => parsed.get(app)?.diagnostics ?? []);
  return Object.assign(resolver, { read, diagnostics });
}
