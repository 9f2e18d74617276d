import type { SourceManifest } from './model.ts';

/**
 * The changed source files that explain a changed object: the file its header names and what lies beside it, the file of its cluster,
 * those of environments, and the libraries. Only the most specific ones are told.
 */
export function causesOf(objects: readonly SourceManifest[], changedSources: readonly string[]): string[] {
  const found = new Set<string>();
  const general = changedSources.filter(
    (file) => /^(environments\/|packages\/|tools\/|package(-lock)?\.json$)/.test(file) && !/\.test\.ts$/.test(file),
  );
  const folders = new Map<string, string[]>();
  const under = (folder: string): string[] => {
    let files = folders.get(folder);
    if (files === undefined) folders.set(folder, (files = changedSources.filter((file) => file.startsWith(folder))));
    return files;
  };
  for (const { origin, app, cluster } of objects) {
    const folder =
      origin?.includes('/') === true
        ? `${origin.slice(0, origin.lastIndexOf('/'))}/`
        : app === undefined
          ? undefined
          : `apps/${app}/`;
    const near = [
      ...(folder === undefined ? [] : under(folder)),
      ...(cluster === undefined ? [] : under(`clusters/${cluster}.`)),
    ].filter((file) => !/\.test\.ts$/.test(file));
    for (const file of near.length > 0 ? near : general) found.add(file);
  }
  return [...found].sort();
}
