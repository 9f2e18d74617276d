import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic } from '@fairlead/diagnostics';
import type { AppGraph } from './builder.ts';

/** One end of a connection between two apps: `caller` and `callee` are `<app>/<workload>`. */
export interface Crossing {
  readonly caller: string;
  readonly callee: string;
  /** Which end states it. */
  readonly stated: 'caller' | 'callee';
  /** Port that the caller wants; absent where the callee states it. */
  readonly port?: number;
}

/** The connections of an app with other apps, as its own side states them. */
export function crossingsOf({ definition, workloads }: AppGraph): Crossing[] {
  return workloads.flatMap(({ name, calls, options }) => {
    const own = `${definition.name}/${name}`;
    const out = calls.flatMap((target) =>
      target.kind === 'peer'
        ? [{ caller: own, callee: `${target.app}/${target.workload}`, stated: 'caller' as const, port: target.port }]
        : [],
    );
    const into = (options.admits ?? []).flatMap((caller) =>
      caller.kind === 'peer'
        ? [{ caller: `${caller.app}/${caller.workload}`, callee: own, stated: 'callee' as const }]
        : [],
    );
    return [...out, ...into];
  });
}

/**
 * Connections between the apps of one cluster that only one side states. A call that the other app does not admit is dropped by its
 * policy, so it is an error; an admission that nobody uses is a door left open, so it is a warning.
 */
export function checkCrossings(
  cluster: string,
  placed: readonly string[],
  crossings: readonly Crossing[],
): Diagnostic[] {
  const key = ({ caller, callee }: Crossing): string => `${caller} ${callee}`;
  const sides = { caller: new Set<string>(), callee: new Set<string>() };
  for (const crossing of crossings) sides[crossing.stated].add(key(crossing));
  const file = (workload: string): string => `apps/${workload.split('/')[0] ?? ''}/app.ts`;
  const name = (workload: string): string => workload.split('/')[1] ?? '';
  return crossings.flatMap((crossing): Diagnostic[] => {
    const { caller, callee, stated, port } = crossing;
    const [callerApp = '', calleeApp = ''] = [caller.split('/')[0], callee.split('/')[0]];
    if (stated === 'caller' && !placed.includes(calleeApp)) {
      return [
        diagnostic('app/connection-not-admitted', {
          message: `workload ${caller} calls ${callee}, and app "${calleeApp}" is not on cluster "${cluster}"`,
          hint: `add ${calleeApp}: under apps: in clusters/${cluster}.yaml, or leave the call out there`,
          file: file(caller),
          clusters: [cluster],
        }),
      ];
    }
    if (stated === 'caller' && !sides.callee.has(key(crossing))) {
      return [
        diagnostic('app/connection-not-admitted', {
          message: `workload ${caller} (${file(caller)}) calls ${callee} (${file(callee)}), which does not admit it`,
          hint: `write in ${file(callee)}, in workload "${name(callee)}": admits: [app.peer('${callerApp}', '${name(caller)}')]`,
          file: file(callee),
          clusters: [cluster],
        }),
      ];
    }
    if (stated === 'callee' && placed.includes(callerApp) && !sides.caller.has(key(crossing))) {
      return [
        diagnostic('app/admitted-without-call', {
          message: `workload ${callee} (${file(callee)}) admits ${caller} (${file(caller)}), which does not call it`,
          hint: `write in ${file(caller)}: calls: [app.peer('${calleeApp}', '${name(callee)}', { port: … })], or take it out of admits`,
          file: file(callee),
          clusters: [cluster],
        }),
      ];
    }
    if (stated === 'caller' && !port) {
      return [
        diagnostic('app/connection-without-port', {
          message: `workload ${caller} calls ${callee} without a port`,
          hint: `write app.peer('${calleeApp}', '${name(callee)}', { port: … })`,
          file: file(caller),
          clusters: [cluster],
        }),
      ];
    }
    return [];
  });
}
