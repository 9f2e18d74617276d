import { diagnostic, type Diagnostic } from '@fairlead/diagnostics';
import { aboutWorkload } from '@fairlead/objects/about-workload';
import type { NodeFamily } from './scheduling-nodes.ts';
import { defaultGraceSeconds, type SchedulingContext } from './scheduling.ts';

/** A drain that leaves the process a third of the time that its pod gets on a spot node. */
export function drainWithin(drainSeconds: number, { podSeconds }: NodeFamily, spot: boolean): number {
  return spot && podSeconds !== undefined ? Math.min(drainSeconds, Math.floor((podSeconds * 2) / 3)) : drainSeconds;
}

/**
 * How long a pod may take to end: its drain and its process's own time. On spot nodes a time that nobody stated is cut to the cloud's
 * notice; a stated one that is longer cannot be kept, and one shorter than the load balancer's draining cuts requests off.
 */
export function gracefulEnd(
  context: SchedulingContext,
  { noticeSeconds, title }: NodeFamily,
  spot: boolean,
): { readonly seconds: number; readonly diagnostics: readonly Diagnostic[] } {
  const { drainSeconds, graceSeconds, balancerDrainSeconds } = context;
  const stated = drainSeconds + (graceSeconds ?? defaultGraceSeconds);
  const seconds =
    spot && graceSeconds === undefined && noticeSeconds !== undefined ? Math.min(stated, noticeSeconds) : stated;
  const diagnostics: Diagnostic[] = [];
  if (spot && noticeSeconds !== undefined && seconds > noticeSeconds) {
    const left = Math.max(0, noticeSeconds - drainSeconds);
    diagnostics.push(
      diagnostic('scheduling/grace-exceeds-notice', {
        message: `its pods take up to ${seconds} s to end (${drainSeconds} s draining), and spot nodes of ${title} go ${noticeSeconds} s after the notice`,
        hint: `state graceSeconds: ${left} or less, or leave spot out`,
      }),
    );
  }
  if (seconds < balancerDrainSeconds) {
    diagnostics.push(
      diagnostic('scheduling/grace-below-draining', {
        message: `its pods end within ${seconds} s, and the load balancer lets requests end on them for ${balancerDrainSeconds} s`,
        hint: `state graceSeconds: ${balancerDrainSeconds - drainSeconds} or more`,
      }),
    );
  }
  return { seconds, diagnostics: diagnostics.map((each) => aboutWorkload(each, context)) };
}
