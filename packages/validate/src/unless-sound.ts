import { isShared } from '@fairlead/objects/plain';
import type { Report } from './check.ts';

/**
 * Looks at a part of a manifest, unless manifests share it and an earlier look found nothing wrong; `sound` holds such parts. What is
 * found must follow from the part alone. A part with a fault is looked at in each manifest, since each place is told.
 */
export function unlessSound(
  sound: WeakSet<object>,
  part: unknown,
  report: Report,
  look: (report: Report) => void,
): void {
  if (typeof part !== 'object' || part === null || !isShared(part)) return look(report);
  if (sound.has(part)) return;
  let faults = 0;
  look((...finding) => {
    faults += 1;
    report(...finding);
  });
  if (faults === 0) sound.add(part);
}
