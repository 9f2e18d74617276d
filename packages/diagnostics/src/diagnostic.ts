import type { Code } from './codes/index.ts';
import { codes } from './codes/index.ts';

/** How much a diagnostic weighs: an `error` fails the run (exit 1), the others are only told. */
export type Severity = 'error' | 'warning' | 'info';

/** Which Kubernetes object a diagnostic is about. `namespace` is absent for cluster-scoped objects. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}

/** Where the author of an object stated it: the app and its source file, relative to the working folder. */
export interface Origin {
  readonly app: string;
  readonly file: string;
  readonly line?: number | undefined;
}

/** Who decided that a finding is accepted, why, and until when (ISO date). */
export interface Waiver {
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
}

/** One thing that is wrong, with a code, a place and a way out. Plain data: libraries return it, only the program prints it. */
export interface Diagnostic {
  /** `area/slug`, registered in `codes/`. */
  readonly code: Code;
  readonly severity: Severity;
  /** One sentence without a full stop: what is wrong, with the offending value. */
  readonly message: string;
  /** The way out: a command or an edit. */
  readonly hint?: string | undefined;
  /** Relative to the working folder, with `/`. */
  readonly file?: string | undefined;
  /** 1-based. */
  readonly line?: number | undefined;
  /** 1-based, in UTF-16 code units. */
  readonly column?: number | undefined;
  /** Width of the caret in UTF-16 code units. Default 1. */
  readonly length?: number | undefined;
  /** JSON pointer into the document, such as `/spec/template/spec/containers/0/image`. */
  readonly pointer?: string | undefined;
  readonly object?: ObjectReference | undefined;
  readonly origin?: Origin | undefined;
  /** The clusters on which it was found; empty where clusters play no part. */
  readonly clusters: readonly string[];
  readonly waiver?: Waiver | undefined;
}

/** Everything of a {@link Diagnostic} that its code does not already say. */
export type Finding = Omit<Diagnostic, 'code' | 'severity' | 'clusters'> & {
  readonly severity?: Severity;
  readonly clusters?: readonly string[];
};

/** Makes a diagnostic; severity defaults to the one registered with the code. */
export function diagnostic(code: Code, finding: Finding): Diagnostic {
  return { code, severity: codes[code].severity, clusters: [], ...finding };
}

/** True when a run with these diagnostics must exit 1. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((each) => each.severity === 'error' && each.waiver === undefined);
}
