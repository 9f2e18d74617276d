import { isRecord, type Path, pointerOf, type SourceFile } from './source-file.ts';

/** Where a resolved value comes from: a statement in a file, or a default in words. */
export type Provenance = { readonly source: SourceFile; readonly path: Path } | { readonly words: string };

/** A value put together from layers, later ones winning key by key, that remembers for each leaf which layer set it. Lists are leaves. */
export class Layers {
  readonly value: Record<string, unknown> = {};
  readonly #provenance = new Map<string, Provenance>();

  /** Lays defaults over what is there. */
  addDefaults(layer: Readonly<Record<string, unknown>>, words: string): this {
    this.#merge(this.value, layer, [], () => ({ words }));
    return this;
  }

  /** Lays what a file says over what is there. */
  addFile(layer: Readonly<Record<string, unknown>>, source: SourceFile): this {
    this.#merge(this.value, layer, [], (path) => ({ source, path }));
    return this;
  }

  /** Sets one leaf unless a layer did. */
  derive(path: readonly string[], value: unknown, words: string): void {
    if (value !== undefined && this.get(path) === undefined) this.addDefaults(nest(path, value), words);
  }

  /** Replaces one leaf and keeps who set it. */
  amend(path: readonly string[], value: unknown): void {
    const parent = this.get(path.slice(0, -1));
    if (isRecord(parent)) parent[path.at(-1) ?? ''] = value;
  }

  get(path: readonly string[]): unknown {
    let at: unknown = this.value;
    for (const key of path) at = isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined;
    return at;
  }

  /** Who set the leaf at a path, or the nearest leaf above it. */
  provenanceOf(path: Path): Provenance | undefined {
    for (let length = path.length; length >= 0; length--) {
      const found = this.#provenance.get(pointerOf(path.slice(0, length)));
      if (found === undefined) continue;
      return 'source' in found ? { source: found.source, path: [...found.path, ...path.slice(length)] } : found;
    }
    return undefined;
  }

  #merge(
    target: Record<string, unknown>,
    layer: Readonly<Record<string, unknown>>,
    path: Path,
    provenance: (path: Path) => Provenance,
  ): void {
    for (const [key, value] of Object.entries(layer)) {
      if (value === undefined) continue;
      const here = [...path, key];
      if (isRecord(value)) {
        const below = Object.hasOwn(target, key) ? target[key] : undefined;
        const next: Record<string, unknown> = isRecord(below) ? below : {};
        target[key] = next;
        this.#provenance.set(pointerOf(here), provenance(here));
        this.#merge(next, value, here, provenance);
      } else {
        target[key] = value;
        this.#provenance.set(pointerOf(here), provenance(here));
      }
    }
  }
}

function nest(path: readonly string[], value: unknown): Record<string, unknown> {
  return path.slice(0, -1).reduceRight<Record<string, unknown>>((inner, key) => ({ [key]: inner }), {
    [path.at(-1) ?? '']: value,
  });
}
