/** Thrown-away error whose stack names the line that stated something; the stack is only formatted when it is asked for. */
export interface DeclaredAt {
  readonly stack?: string;
}

/** Where in a source file something is stated: relative to the working folder, 1-based. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Finds the line of a source file that a stack names; undefined if it names none. */
export type Locate = (declaredAt: DeclaredAt) => Place | undefined;
