import { appCodes } from './app.ts';
import { inventoryCodes } from './inventory.ts';

/** What the registry says of a code; `docs/diagnostics.md` is generated from it. */
export interface CodeEntry {
  readonly severity: 'error' | 'warning' | 'info';
  /** One sentence: what the code stands for and why it matters. */
  readonly sentence: string;
  /** YAML (or TypeScript) that earns the diagnostic. */
  readonly bad?: string;
  /** The same, mended. */
  readonly good?: string;
}

/** Every diagnostic code of the program. One file per area; the keys are `area/slug`. */
export const codes = {
  ...appCodes,
  ...inventoryCodes,
} as const satisfies Record<string, CodeEntry>;

export type Code = keyof typeof codes;
