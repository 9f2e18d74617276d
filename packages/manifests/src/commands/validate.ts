import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Diagnostic } from '@fairlead/diagnostics';
import { didYouMean, mergeAcrossClusters, sortDiagnostics, summaryLine } from '@fairlead/diagnostics';
import type { InputDocument } from '@fairlead/validate';
import { validateManifests } from '@fairlead/validate';
import { toJson } from '@fairlead/validate/to-json';
import { toJunit } from '@fairlead/validate/to-junit';
import { toSarif } from '@fairlead/validate/to-sarif';
import { requireRef, sinceBaseline } from '../baseline.ts';
import type { Io } from '../io.ts';
import { UsageError } from '../io.ts';
import { clusterFolder, judgeShare } from '../judge-fleet.ts';
import { namedPlaces, withOriginLines } from '../origin-lines.ts';
import { printDiagnostics } from '../print.ts';
import { readInventory } from '../render-fleet.ts';
import { schemasWith, supportedVersions } from '../schemas.ts';
import { selectScope } from '../select.ts';
import { startCrew } from '../threads.ts';
import { unusedFleetWaivers } from '../verdict.ts';
import { findWorkspace } from '../workspace.ts';
import { readYamlTree } from '../yaml-files.ts';

export interface ValidateOptions {
  readonly cluster?: readonly string[] | undefined;
  /** Minor version that folders are judged against. */
  readonly kubernetes?: string | undefined;
  /** Folder with CustomResourceDefinitions of which schemas are made. */
  readonly schemas?: string | undefined;
  /** Git ref; only what was not there is reported. */
  readonly baseline?: string | undefined;
  readonly format?: string | undefined;
  readonly out?: string | undefined;
  readonly json?: boolean | undefined;
}

interface Outcome {
  /** Folder that the files of the diagnostics are relative to. */
  readonly root: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly objects: number;
}

const formats = ['text', 'json', 'sarif', 'junit'] as const;

/** Judges what is in dist or, with folders, any Kubernetes YAML. Exit 0 clean, 1 errors, 2 wrong usage. */
export async function validate(folders: readonly string[], options: ValidateOptions, io: Io): Promise<number> {
  const format = options.json ? 'json' : formatOf(options.format);
  const outcome = folders.length > 0 ? judgeFolders(folders, options, io) : await judgeFleet(options, io);
  const { root, objects } = outcome;
  const diagnostics = mergeAcrossClusters(sortDiagnostics(outcome.diagnostics));
  const write = (text: string): void => {
    if (options.out === undefined) io.stdout(text);
    else writeFileSync(resolve(io.cwd, options.out), text);
  };
  if (format === 'json') write(`${JSON.stringify(toJson(diagnostics, objects), undefined, 2)}\n`);
  else if (format === 'sarif') write(`${JSON.stringify(toSarif(diagnostics), undefined, 2)}\n`);
  else if (format === 'junit') write(toJunit(diagnostics));
  if (format === 'text' || options.out !== undefined) {
    printByApp(root, diagnostics, io);
    io.stdout(`${objects} object${objects === 1 ? '' : 's'}: ${summaryLine(diagnostics) || 'no findings'}\n`);
  }
  return diagnostics.some(({ severity, waiver }) => severity === 'error' && waiver === undefined) ? 1 : 0;
}

/** Findings app by app; those that no app has are first, without a heading. */
function printByApp(root: string, diagnostics: readonly Diagnostic[], io: Io): void {
  const groups = new Map<string, Diagnostic[]>();
  for (const each of diagnostics) {
    const app = each.origin?.app ?? '';
    const group = groups.get(app);
    if (group) group.push(each);
    else groups.set(app, [each]);
  }
  for (const [app, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (app !== '') io.stdout(`${app}\n${'─'.repeat(app.length)}\n`);
    printDiagnostics(root, group, io, (text) => io.stdout(`${text}\n`));
  }
}

function formatOf(format = 'text'): (typeof formats)[number] {
  const found = formats.find((each) => each === format);
  if (!found) throw new UsageError(`there is no format "${format}"`, didYouMean(format, formats));
  return found;
}

async function judgeFleet(options: ValidateOptions, io: Io): Promise<Outcome> {
  const root = findWorkspace(io.cwd);
  const { inventory, apps } = readInventory(root);
  const scope = selectScope(options, inventory, apps);
  const clusters = inventory.clusters.filter(({ name }) => !scope.clusters || scope.clusters.includes(name));
  for (const cluster of clusters) {
    const folder = clusterFolder(cluster);
    if (!existsSync(join(root, folder)))
      throw new UsageError(`${folder} does not exist`, 'run: npx nx run manifests:synth');
  }
  if (options.baseline !== undefined) requireRef(options.baseline, root);
  const input = { root, clusters, baseline: options.baseline };
  const crew = startCrew('judge', clusters.length);
  const verdicts = await crew.work(input, judgeShare);
  const diagnostics = [...inventory.diagnostics, ...verdicts.flatMap((each) => each.diagnostics)];
  if (!scope.clusters) {
    diagnostics.push(
      ...unusedFleetWaivers(
        clusters,
        verdicts.flatMap((each) => each.usedWaivers),
        true,
      ),
    );
  }
  return {
    root,
    diagnostics: withOriginLines(diagnostics, namedPlaces(root)),
    objects: verdicts.reduce((sum, each) => sum + each.objects, 0),
  };
}

function judgeFolders(folders: readonly string[], options: ValidateOptions, io: Io): Outcome {
  const newest = supportedVersions.at(-1) ?? '1.36';
  const { kubernetes = newest } = options;
  if (!/^1\.\d{1,3}(\.\d+)?$/.test(kubernetes)) {
    throw new UsageError(
      `"${kubernetes}" is no Kubernetes version`,
      'write the minor version, such as --kubernetes 1.34',
    );
  }
  if (Number(kubernetes.split('.')[1]) > Number(newest.split('.')[1])) {
    throw new UsageError(`nothing is known of Kubernetes ${kubernetes} yet`, `the newest that is known is ${newest}`);
  }
  const schemas = schemasWith(options.schemas === undefined ? [] : readYamlTree(io.cwd, [options.schemas]));
  const judge = (documents: readonly InputDocument[]): { diagnostics: readonly Diagnostic[]; objects: number } =>
    validateManifests({
      documents,
      schemas,
      kubernetes: kubernetes.split('.').slice(0, 2).join('.'),
      context: 'folder',
    });
  const { diagnostics, objects } = judge(readYamlTree(io.cwd, folders));
  return {
    root: io.cwd,
    objects,
    diagnostics: sinceBaseline(
      options.baseline,
      io.cwd,
      folders,
      diagnostics,
      (documents) => judge(documents).diagnostics,
    ),
  };
}
