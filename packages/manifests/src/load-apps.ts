import { pathToFileURL } from 'node:url';
import type { AppDefinition } from '@fairlead/app';
import { isAppDefinition } from '@fairlead/app';
import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic } from '@fairlead/diagnostics';
import { EndlessError, settled } from './bounded.ts';
import { provideModules } from './app-modules.ts';
import { type AppFault, type CompiledApps, impureHint } from './compile-apps.ts';
import { surroundings } from './home.ts';
import { impureErrorName } from './pure-globals.ts';
import { appStackLine } from './stack.ts';
import { catchRejections, foreignKeys } from './watch-apps.ts';

export interface LoadedApps {
  readonly apps: ReadonlyMap<string, AppDefinition>;
  readonly faults: readonly AppFault[];
}

type Loader = () => Promise<Record<string, unknown>>;

/**
 * Loads those compiled apps that are wanted. One that throws while it is loaded is a fault, beside those of the compilation; the
 * others are still there.
 */
export async function loadApps(
  root: string,
  { file, names, imports, faults: found }: CompiledApps,
  wanted: (app: string) => boolean,
): Promise<LoadedApps> {
  const faults = [...found];
  await provideModules(imports);
  const module = (await surroundings().importModule(pathToFileURL(file).href)) as { apps: Record<string, Loader> };
  const apps = new Map<string, AppDefinition>();
  const rejections = catchRejections();
  for (const name of names.filter(wanted)) {
    const source = `apps/${name}/app.ts`;
    const fault = (found: Diagnostic): void => void faults.push({ apps: [name], diagnostic: found });
    try {
      const { default: definition } = (await settled(module.apps[name]?.())) ?? {};
      if (!isAppDefinition(definition)) {
        fault(
          diagnostic('app/no-definition', {
            message: `apps/${name}/app.ts has no default export made by defineApp`,
            hint: 'begin with: export default defineApp({ name, owner, build({ app }) { … } })',
            file: source,
          }),
        );
      } else if (definition.name !== name) {
        fault(
          diagnostic('app/no-definition', {
            message: `app "${definition.name}" lies in the folder apps/${name}`,
            hint: `write name: '${name}', or rename the folder`,
            file: source,
          }),
        );
      } else apps.set(name, definition);
    } catch (error) {
      fault(appFailure(root, name, error));
    }
    foreignKeys(name).forEach(fault);
    for (const reason of await rejections.take()) fault(appFailure(root, name, reason));
  }
  rejections.stop();
  return { apps, faults };
}

/** The diagnostic of an app that threw, at the line of its own source. */
export function appFailure(root: string, app: string, error: unknown, cluster?: string): Diagnostic {
  const place = appStackLine(root, error) ?? { file: `apps/${app}/app.ts` };
  const text = (error instanceof Error ? error.message : textOf(error)).split('\n')[0] ?? '';
  // What esbuild puts in the place of an import of a name that is only known when it runs.
  const [, imported] = /^Dynamic require of (".*") is not supported$/.exec(text) ?? [];
  const message = imported === undefined ? text : `an app must not import ${imported} by a name that is put together`;
  const impure = imported !== undefined || (error instanceof Error && error.name === impureErrorName);
  const endless = error instanceof EndlessError;
  const threw = `app "${app}" ${endless ? '' : 'threw: '}${message}`;
  return diagnostic(impure ? 'app/impure' : 'app/failed', {
    message: impure ? message : threw,
    hint: impure
      ? impureHint
      : endless
        ? endlessHint
        : 'mend the line; npx tsc --noEmit shows what is of the wrong type',
    origin: { app, file: place.file },
    ...(cluster !== undefined && { clusters: [cluster] }),
    ...place,
  });
}

const endlessHint = 'look for a loop without an end in build or app.extend, or an await of what never comes';

/** What was thrown, if it was no Error: it may be anything, even something that has no text. */
function textOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return `a value of type ${typeof thrown}`;
  }
}
