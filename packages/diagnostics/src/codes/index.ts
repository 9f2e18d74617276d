import { renderCodes } from './render.ts';
import { validateCodes } from './validate.ts';
import { ruleCodes } from './rules.ts';
import { referenceCodes } from './references.ts';
import { operationsCodes } from './operations.ts';
import { securityCodes } from './security.ts';
import { monitoringCodes } from './monitoring.ts';
import { networkCodes } from './network.ts';
import { appCodes } from './app.ts';
import { distCodes } from './dist.ts';
import { identityCodes } from './identity.ts';
import { ingressCodes } from './ingress.ts';
import { inventoryCodes } from './inventory.ts';
import { secretsCodes } from './secrets.ts';
import { storageCodes } from './storage.ts';
import { metricsCodes } from './metrics.ts';
import { scalingCodes } from './scaling.ts';
import { schedulingCodes } from './scheduling.ts';

/** What the registry says of a code; `docs/diagnostics.md` is generated from it. */
export interface CodeEntry {
  readonly severity: 'error' | 'warning' | 'info';
  /** One sentence: what the code stands for and why it matters. */
  readonly sentence: string;
  /** YAML (or TypeScript) that earns the diagnostic. */
  readonly bad: string;
  /** The same, mended. */
  readonly good: string;
}

/** One file per area; the keys are `area/slug`. */
type Codes = typeof appCodes &
  typeof monitoringCodes &
  typeof networkCodes &
  typeof securityCodes &
  typeof distCodes &
  typeof identityCodes &
  typeof ingressCodes &
  typeof inventoryCodes &
  typeof secretsCodes &
  typeof storageCodes &
  typeof metricsCodes &
  typeof renderCodes &
  typeof scalingCodes &
  typeof schedulingCodes &
  typeof operationsCodes &
  typeof referenceCodes &
  typeof ruleCodes &
  typeof validateCodes;

/** Every diagnostic code of the program. Without a prototype it is a table from the start: else V8 makes a shape for each key. */
export const codes = Object.assign(
  Object.create(null) as Codes,
  appCodes,
  monitoringCodes,
  networkCodes,
  securityCodes,
  distCodes,
  identityCodes,
  ingressCodes,
  inventoryCodes,
  secretsCodes,
  storageCodes,
  metricsCodes,
  renderCodes,
  scalingCodes,
  schedulingCodes,
  operationsCodes,
  referenceCodes,
  ruleCodes,
  validateCodes,
) as Codes satisfies Readonly<Record<string, CodeEntry>>;

export type Code = keyof typeof codes;
