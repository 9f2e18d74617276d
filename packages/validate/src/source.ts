import type { Manifest } from '@fairlead/objects';
import type { Origin } from '@fairlead/diagnostics';

/** Where a manifest was read from. */
export interface Source {
  readonly file: string;
  /** Text of the one YAML document that holds it; absent for manifests that were never text. */
  readonly text?: string | undefined;
  /** Lines of the file before that document. */
  readonly line: number;
  /** Pointer of the manifest inside the document: empty, or `/items/3` in a List. */
  readonly prefix: string;
  readonly origin?: Origin | undefined;
}

export type Sources = ReadonlyMap<Manifest, Source>;
