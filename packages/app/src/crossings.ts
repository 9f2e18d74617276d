import type { Code, Diagnostic, Locate, Place } from '@fairlead/diagnostics';
import { diagnostic, didYouMean, suggest } from '@fairlead/diagnostics';
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

/** Where workloads are declared, by `<app>/<workload>`. */
export type Declared = ReadonlyMap<string, () => Place | undefined>;

/** The workloads of an app, each with the line that declares it. */
export function declaredWorkloads(
  { definition, workloads }: AppGraph,
  locate?: Locate,
): [workload: string, place: () => Place | undefined][] {
  return workloads.map(({ name, declaredAt }) => [`${definition.name}/${name}`, () => locate?.(declaredAt)]);
}

/**
 * Connections between the apps of one cluster that only one side states. A call that the other app does not admit is dropped by its
 * policy, so it is an error; an admission that nobody uses is a door left open, so it is a warning.
 *
 * `built` are the apps whose side is known: of one that failed to build nothing more is told. `declared` knows their workloads.
 */
export function checkCrossings(
  cluster: string,
  placed: readonly string[],
  crossings: readonly Crossing[],
  built: readonly string[] = placed,
  declared?: Declared,
): Diagnostic[] {
  const key = ({ caller, callee }: Crossing): string => `${caller} ${callee}`;
  const sides = { caller: new Set<string>(), callee: new Set<string>() };
  for (const crossing of crossings) sides[crossing.stated].add(key(crossing));
  const told = (code: Code, at: string, message: string, hint: string): Diagnostic[] => [
    diagnostic(code, {
      file: fileOf(at),
      ...declared?.get(at)?.(),
      message,
      hint,
      clusters: [cluster],
      origin: { app: at.slice(0, at.indexOf('/')), file: fileOf(at) },
    }),
  ];
  return crossings.flatMap((crossing): Diagnostic[] => {
    const { caller, callee, stated, port } = crossing;
    const [callerApp = '', callerName = ''] = caller.split('/');
    const [calleeApp = '', calleeName = ''] = callee.split('/');
    const call = `app.peer('${calleeApp}', '${calleeName}', { port: … })`;
    if (stated === 'callee') {
      if (!built.includes(callerApp) || sides.caller.has(key(crossing))) return [];
      return told(
        'app/admitted-without-call',
        callee,
        `workload ${callee} (${fileOf(callee)}) admits ${caller} (${fileOf(caller)}), which does not call it`,
        `write in ${fileOf(caller)}: calls: [${call}], or take it out of admits`,
      );
    }
    if (!placed.includes(calleeApp)) {
      const nearest = suggest(calleeApp, placed);
      const place = `add ${calleeApp}: under apps: in clusters/${cluster}.yaml, or leave the call out there`;
      return told(
        'app/connection-not-admitted',
        caller,
        `workload ${caller} calls ${callee}, and app "${calleeApp}" is not on cluster "${cluster}"`,
        nearest === undefined ? place : `did you mean "${nearest}"? else ${place}`,
      );
    }
    if (!built.includes(calleeApp)) return [];
    if (declared !== undefined && !declared.has(callee)) {
      const names = [...declared.keys()].filter((each) => each.startsWith(`${calleeApp}/`));
      return told(
        'app/connection-not-admitted',
        caller,
        `workload ${caller} calls ${callee}, and app "${calleeApp}" has no such workload there`,
        didYouMean(
          calleeName,
          names.map((each) => each.slice(calleeApp.length + 1)),
        ),
      );
    }
    if (!sides.callee.has(key(crossing))) {
      return told(
        'app/connection-not-admitted',
        callee,
        `workload ${caller} (${fileOf(caller)}) calls ${callee} (${fileOf(callee)}), which does not admit it`,
        `write in ${fileOf(callee)}, in workload "${calleeName}": admits: [app.peer('${callerApp}', '${callerName}')]`,
      );
    }
    return port
      ? []
      : told(
          'app/connection-without-port',
          caller,
          `workload ${caller} calls ${callee} without a port`,
          `write ${call}`,
        );
  });
}

function fileOf(workload: string): string {
  return `apps/${workload.slice(0, workload.indexOf('/'))}/app.ts`;
}
