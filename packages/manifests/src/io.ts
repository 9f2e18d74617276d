/** Where a command reads its surroundings and writes its answer; tests give their own. */
export interface Io {
  /** Folder in which the user stands. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  stdout(text: string): void;
  stderr(text: string): void;
  /** Colours are wanted on stdout. */
  readonly color: boolean;
  /** Columns of the terminal; 100 in a pipe. */
  readonly width: number;
  /** Standard error is a terminal, so that progress may be shown. */
  readonly interactive: boolean;
}

/** The surroundings of the process. Colours obey NO_COLOR and FORCE_COLOR. */
export function processIo(): Io {
  const { env, stdout, stderr } = process;
  const color = env['NO_COLOR'] ? false : env['FORCE_COLOR'] ? env['FORCE_COLOR'] !== '0' : stdout.isTTY === true;
  return {
    cwd: process.cwd(),
    env,
    stdout: (text) => void stdout.write(text),
    stderr: (text) => void stderr.write(text),
    color,
    width: stdout.columns ?? 100,
    interactive: stderr.isTTY === true,
  };
}

/** A fault in how a command was called: exit 2 with one line and a way out. */
export class UsageError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}
