import { type CompiledApps, compileApps } from './compile-apps.ts';
import { surroundings } from './home.ts';
import { findWorkspace } from './workspace.ts';

/** Commands that load apps. */
const needApps = new Set(['identity', 'render', 'shared-sources', 'synth', 'vault-policy']);

/**
 * What a process does before it loads its program, which takes as long: begins to compile the apps of the workspace, if the command line
 * needs them. Whatever is wrong is told by whoever waits for them.
 */
export function begin([command = '', ...options]: readonly string[], cwd: string): Promise<CompiledApps> | undefined {
  if (!needApps.has(command) || options.some((each) => each.startsWith('--rendered'))) return undefined;
  try {
    const compiling = compileApps(findWorkspace(cwd));
    compiling.catch(() => undefined);
    return compiling;
  } catch {
    return undefined;
  }
}

/** The compiled apps of a workspace: those that {@link begin} has begun with, where the program has a launcher. */
export function compilingApps(root: string): Promise<CompiledApps> {
  return surroundings().compiling ?? compileApps(root);
}
