import { isRecord, type Path, type SourceFile } from './source-file.ts';

/** Where a resolved value comes from: a statement in a file, or a default in words. */
export type Provenance = { readonly source: SourceFile; readonly path: Path } | { readonly words: string };

/** A value put together from layers, later ones winning key by key, that can tell which layer set a leaf. Lists are leaves. */
export class Layers {
  readonly value: Record<string, unknown> = {};
  readonly #layers: { readonly tree: Readonly<Record<string, unknown>>; readonly from: SourceFile | string }[] = [];

  /** Lays defaults, or what a file says, over what is there. */
  add(tree: Readonly<Record<string, unknown>>, from: SourceFile | string): this {
    this.#layers.push({ tree, from });
    merge(this.value, tree);
    return this;
  }

  /** Sets one leaf unless a layer did. */
  derive(path: readonly string[], value: unknown, words: string): void {
    if (value !== undefined && this.get(path) === undefined) this.add(nest(path, value), words);
  }

  /** Replaces one leaf and keeps who set it. */
  amend(path: readonly string[], value: unknown): void {
    const parent = this.get(path.slice(0, -1));
    if (isRecord(parent)) parent[path.at(-1) ?? ''] = value;
  }

  get(path: readonly string[]): unknown {
    return path.reduce<unknown>(
      (at, key) => (isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined),
      this.value,
    );
  }

  /** Who set the value at a path, or the leaf that it is a part of. */
  provenanceOf(path: Path): Provenance | undefined {
    const layer = this.#layers.findLast(({ tree }) => states(tree, path));
    if (layer === undefined) return undefined;
    return typeof layer.from === 'string' ? { words: layer.from } : { source: layer.from, path };
  }
}

function merge(target: Record<string, unknown>, layer: Readonly<Record<string, unknown>>): void {
  for (const key of Object.keys(layer)) {
    const value = layer[key];
    if (value === undefined) continue;
    if (!isRecord(value)) {
      target[key] = value;
      continue;
    }
    const below = Object.hasOwn(target, key) ? target[key] : undefined;
    const next: Record<string, unknown> = isRecord(below) ? below : {};
    target[key] = next;
    merge(next, value);
  }
}

/** True when a tree has a value at the path, or a leaf on the way to it. */
function states(tree: unknown, path: Path): boolean {
  let at = tree;
  for (const key of path) {
    if (!isRecord(at)) return at !== undefined;
    at = Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at !== undefined;
}

function nest(path: readonly string[], value: unknown): Record<string, unknown> {
  return path.slice(0, -1).reduceRight<Record<string, unknown>>((inner, key) => ({ [key]: inner }), {
    [path.at(-1) ?? '']: value,
  });
}
