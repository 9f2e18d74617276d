import semver from 'semver';
import type { ImageChange } from './model.ts';
import type { ObjectChange } from './pair.ts';

/** The parts of an image reference. */
export interface ImageReference {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Splits `registry/repository:tag@digest`. */
export function parseImage(image: string): ImageReference {
  const [rest = '', digest] = image.split('@');
  const colon = rest.lastIndexOf(':');
  const hasTag = colon > rest.lastIndexOf('/');
  return {
    repository: hasTag ? rest.slice(0, colon) : rest,
    ...(hasTag ? { tag: rest.slice(colon + 1) } : {}),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** How one image reference relates to another. */
export function compareImages(from: string, to: string): Pick<ImageChange, 'direction' | 'step'> {
  const before = parseImage(from);
  const after = parseImage(to);
  if (before.repository !== after.repository) return { direction: 'replaced' };
  if (before.tag === after.tag) return { direction: before.digest === after.digest ? 'unknown' : 'rebuilt' };
  const left = version(before.tag);
  const right = version(after.tag);
  if (left === undefined || right === undefined) return { direction: 'unknown' };
  const step = semver.diff(left, right);
  const order = semver.compare(left, right);
  if (order === 0) return { direction: 'unknown' };
  return { direction: order < 0 ? 'upgrade' : 'downgrade', ...(step === null ? {} : { step }) };
}

/** A tag as a version: strict semver first, else its leading numbers (`1.25-alpine`, `v3`). Commit hashes and words are none. */
function version(tag: string | undefined): semver.SemVer | undefined {
  if (tag === undefined) return undefined;
  const strict = semver.parse(tag, { loose: true });
  if (strict !== null) return strict;
  return /^v?\d+(\.\d+)*([.+_-]|$)/.test(tag) ? (semver.coerce(tag) ?? undefined) : undefined;
}

const imagePath = /(\.(containers|initContainers|ephemeralContainers)\.\*\.image|^spec\.imageName)$/;

/** One image of one object that changed. */
export interface ImageEdit extends Pick<ImageChange, 'direction' | 'step'> {
  readonly from: string;
  readonly to: string;
}

/** The images of one object that changed from one value to another. */
export function imageEdits(change: ObjectChange): ImageEdit[] {
  const edits: ImageEdit[] = [];
  for (const { path, before, after } of change.leaves) {
    if (typeof before !== 'string' || typeof after !== 'string' || !imagePath.test(path)) continue;
    edits.push({ from: before, to: after, ...compareImages(before, after) });
  }
  return edits;
}

/** Every image that changed, with the number of workloads that run it; downgrades first. */
export function imageChanges(changes: readonly ObjectChange[]): ImageChange[] {
  const found = new Map<string, { edit: ImageEdit; workloads: number }>();
  for (const change of changes) {
    for (const edit of imageEdits(change)) {
      const key = `${edit.from} ${edit.to}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { edit, workloads: 1 });
      else known.workloads++;
    }
  }
  const order = ['downgrade', 'replaced', 'rebuilt', 'unknown', 'upgrade'];
  return [...found.values()]
    .map(({ edit, workloads }) => ({
      repository: parseImage(edit.to).repository,
      from: edit.from,
      to: edit.to,
      direction: edit.direction,
      ...(edit.step === undefined ? {} : { step: edit.step }),
      workloads,
    }))
    .sort(
      (a, b) => order.indexOf(a.direction) - order.indexOf(b.direction) || (a.to < b.to ? -1 : a.to > b.to ? 1 : 0),
    );
}
