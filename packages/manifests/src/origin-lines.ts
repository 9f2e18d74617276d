import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic, Place } from '@fairlead/diagnostics';
import type { PlacedManifest } from '@fairlead/render';
import { appStackLine } from './stack.ts';
import { readText } from './workspace.ts';

/** The place of an app's source that stated the object of a finding. */
export type PlaceOf = (diagnostic: Diagnostic) => Pick<Place, 'file' | 'line'> | undefined;

/** Gives findings about rendered objects the line of the app that stated the object. */
export function withOriginLines(diagnostics: readonly Diagnostic[], placeOf: PlaceOf): Diagnostic[] {
  return diagnostics.map((each) => {
    if (each.origin === undefined || each.origin.line !== undefined) return each;
    const place = placeOf(each);
    return place === undefined
      ? each
      : { ...each, origin: { app: each.origin.app, file: place.file, line: place.line } };
  });
}

/** The places that constructs of this run remember; looked up by the file that a manifest becomes, and only for findings. */
export function statedPlaces(root: string, manifests: readonly PlacedManifest[], shown: string): PlaceOf {
  let stated: Map<string, PlacedManifest['declaredAt']> | undefined;
  return ({ file }) => {
    stated ??= new Map(manifests.map(({ path, declaredAt }) => [`${shown}/${path}`, declaredAt]));
    const declaredAt = stated.get(file ?? '');
    return declaredAt === undefined ? undefined : appStackLine(root, declaredAt);
  };
}

/**
 * The places where the sources of an app name a workload, for manifests that were not rendered in this run: `app.deployment('api', …)`
 * stands for `<app>-api` and what belongs to it, or else the first mention of `'api'`.
 */
export function namedPlaces(root: string): PlaceOf {
  const sources = new Map<string, readonly Source[]>();
  return ({ origin, object }) => {
    if (origin === undefined || object === undefined) return undefined;
    const { app } = origin;
    const known = sources.get(app) ?? sourcesOf(root, `apps/${app}`);
    sources.set(app, known);
    const own = object.name.startsWith(`${app}-`) ? object.name.slice(app.length + 1) : '';
    for (let name = own; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('-')))) {
      const place =
        find(known, new RegExp(`\\.(?:deployment|statefulSet|job|cronJob|worker)\\(\\s*(['"\`])${name}\\1`)) ??
        find(known, new RegExp(`(['"\`])${name}\\1`));
      if (place !== undefined) return place;
    }
    return undefined;
  };
}

interface Source {
  readonly file: string;
  readonly text: string;
}

function find(sources: readonly Source[], pattern: RegExp): Pick<Place, 'file' | 'line'> | undefined {
  for (const { file, text } of sources) {
    const match = pattern.exec(text);
    if (match) return { file, line: text.slice(0, match.index).split('\n').length };
  }
  return undefined;
}

function sourcesOf(root: string, folder: string): Source[] {
  try {
    return readdirSync(join(root, folder))
      .filter((each) => each.endsWith('.ts') && !each.endsWith('.test.ts'))
      .sort((a, b) => Number(b === 'app.ts') - Number(a === 'app.ts') || (a < b ? -1 : 1))
      .map((each) => ({ file: `${folder}/${each}`, text: readText(root, `${folder}/${each}`) ?? '' }));
  } catch {
    return []; // the app is gone, and its files in dist will be
  }
}
