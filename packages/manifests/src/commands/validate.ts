import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Diagnostic } from '@fairlead/diagnostics';
import { didYouMean, mergeAcrossClusters, sortDiagnostics, summaryLine } from '@fairlead/diagnostics';
import type { InputDocument } from '@fairlead/validate';
import { validateManifests } from '@fairlead/validate';
import { newSince } from '@fairlead/validate/fingerprint';
import { toJson } from '@fairlead/validate/to-json';
import { toJunit } from '@fairlead/validate/to-junit';
import { toSarif } from '@fairlead/validate/to-sarif';
import { GitRepository } from '../git-tree.ts';
import type { Io } from '../io.ts';
import { UsageError } from '../io.ts';
import { printDiagnostics } from '../print.ts';
import { readInventory } from '../render-fleet.ts';
import { schemasWith, supportedVersions } from '../schemas.ts';
import { selectScope } from '../select.ts';
import { clusterJudge, unusedFleetWaivers } from '../verdict.ts';
import { findWorkspace, relativePath } from '../workspace.ts';
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
  const outcome = folders.length > 0 ? judgeFolders(folders, options, io) : judgeFleet(options, io);
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
    groups.set(app, [...(groups.get(app) ?? []), each]);
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

function judgeFleet(options: ValidateOptions, io: Io): Outcome {
  const root = findWorkspace(io.cwd);
  const { inventory, apps } = readInventory(root);
  const scope = selectScope(options, inventory, apps);
  const clusters = inventory.clusters.filter(({ name }) => !scope.clusters || scope.clusters.includes(name));
  const judge = clusterJudge();
  const diagnostics: Diagnostic[] = [...inventory.diagnostics];
  const used: string[] = [];
  let objects = 0;
  for (const cluster of clusters) {
    const folder = join('dist', 'clusters', cluster.name);
    if (!existsSync(join(root, folder)))
      throw new UsageError(`${folder} does not exist`, 'run: npx nx run manifests:synth');
    const verdict = judge(cluster, readYamlTree(root, [folder]), (path) => existsSync(join(root, path)));
    objects += verdict.objects;
    used.push(...verdict.usedWaivers);
    diagnostics.push(
      ...sinceBaseline(
        options.baseline,
        root,
        [folder],
        verdict.diagnostics,
        (documents) => judge(cluster, documents, () => true).diagnostics,
      ),
    );
  }
  if (!scope.clusters) diagnostics.push(...unusedFleetWaivers(clusters, used));
  return { root, diagnostics, objects };
}

function judgeFolders(folders: readonly string[], options: ValidateOptions, io: Io): Outcome {
  const kubernetes = options.kubernetes ?? supportedVersions.at(-1) ?? '1.36';
  if (!/^1\.\d{1,3}(\.\d+)?$/.test(kubernetes)) {
    throw new UsageError(
      `"${kubernetes}" is no Kubernetes version`,
      'write the minor version, such as --kubernetes 1.34',
    );
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

/** The diagnostics that the same folders do not have at a git ref. */
function sinceBaseline(
  ref: string | undefined,
  root: string,
  folders: readonly string[],
  diagnostics: readonly Diagnostic[],
  judge: (documents: readonly InputDocument[]) => readonly Diagnostic[],
): readonly Diagnostic[] {
  if (ref === undefined) return diagnostics;
  return newSince(diagnostics, judge(folders.flatMap((folder) => documentsAt(ref, root, folder))));
}

/** The YAML of a folder at a git ref, under the names that its files have in the working tree. */
function documentsAt(ref: string, root: string, folder: string): InputDocument[] {
  const repository = GitRepository.at(root);
  if (!repository) throw new UsageError(`--baseline needs a git repository, and ${root} is in none`);
  const tree = repository.tree(ref);
  if (tree === undefined)
    throw new UsageError(`git knows no "${ref}"`, 'name a branch, a tag or a commit; a shallow clone may lack it');
  const blobs = repository
    .list(tree, relativePath(repository.root, resolve(root, folder)))
    .filter(({ path }) => /\.(ya?ml|json)$/i.test(path));
  const texts = repository.read(blobs.map(({ sha }) => sha));
  return blobs.map(({ path, sha }) => ({
    file: relativePath(root, join(repository.root, path)),
    text: texts.get(sha) ?? '',
  }));
}
