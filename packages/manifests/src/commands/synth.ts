import { join, resolve, sep } from 'node:path';
import type { Diagnostic } from '@fairlead/diagnostics';
import { hasErrors, mergeAcrossClusters, sortDiagnostics } from '@fairlead/diagnostics';
import type { Inventory } from '@fairlead/inventory';
import { checkCdk8sEnvironment } from '@fairlead/render/cdk8s-environment';
import { compilingApps } from '../early.ts';
import type { Difference, DistPlan, Scope } from '../dist.ts';
import { applyDist, planDist } from '../dist.ts';
import type { Io } from '../io.ts';
import { UsageError } from '../io.ts';
import { printDiagnostics } from '../print.ts';
import { type ClusterRendering, readInventory, renderFleet } from '../render-fleet.ts';
import { selectScope } from '../select.ts';
import { findWorkspace, relativePath } from '../workspace.ts';
import { withProgress } from '../progress.ts';
import { startCrew } from '../threads.ts';
import { unplacedApps } from '../unplaced-apps.ts';
import { unusedNamespaces } from '../unused-namespaces.ts';
import { unusedFleetWaivers } from '../verdict.ts';
import { readRendering } from './render.ts';

export interface SynthOptions {
  /** Names of clusters; absent: all. */
  readonly cluster?: readonly string[] | undefined;
  /** Names of apps; absent: all. */
  readonly app?: readonly string[] | undefined;
  /** Writes nothing; exit 1 if the output folder is not what the sources render. */
  readonly check?: boolean | undefined;
  /** Output folder. Default `dist/clusters`. */
  readonly out?: string | undefined;
  readonly json?: boolean | undefined;
  /** Folder with what `render` has left for each cluster; absent: everything is rendered in this process. */
  readonly rendered?: string | undefined;
}

/**
 * Renders the fleet into the output folder: all of it or, when anything is wrong, none of it.
 */
export async function synth(options: SynthOptions, io: Io): Promise<number> {
  const root = findWorkspace(io.cwd);
  const { inventory, apps } = readInventory(root);
  const scope = selectScope(options, inventory, apps);
  const clusters = inventory.clusters.filter(({ name }) => !scope.clusters || scope.clusters.includes(name));
  const folder = outputFolder(root, io.cwd, options.out);
  const shown = relativePath(root, folder);
  const { environments } = inventory;
  const crew = startCrew('render', options.rendered === undefined ? clusters.length : 1);
  const renderings =
    options.rendered === undefined
      ? await withProgress(io, clusters.length, (done) =>
          renderFleet({ root, clusters, environments, shown }, compilingApps(root), crew, done),
        )
      : clusters.map(({ name }) => readRendering(resolve(io.cwd, options.rendered ?? ''), name));

  const inScope = (all: ClusterRendering['files']): ClusterRendering['files'] =>
    scope.apps ? all.filter(([path]) => scope.apps?.includes(folderOf(path))) : all;
  const files = renderings.flatMap((each) => inScope(each.files));
  const sums = renderings.flatMap((each) => inScope(each.sums));
  const plan = planDist(folder, shown, new Map([...files, ...sums]), scope);
  const whole = !scope.clusters && !scope.apps;
  const rendered = renderings.flatMap((each) => each.diagnostics);
  const found = [
    ...checkCdk8sEnvironment(io.env),
    ...inventory.diagnostics,
    ...rendered,
    // An app that could not be built has made no namespace, and nothing that a waiver accepts.
    ...(whole && !hasErrors(rendered)
      ? [
          ...unusedNamespaces(
            clusters,
            files.map(([path]) => path),
          ),
          ...unusedFleetWaivers(
            clusters,
            renderings.flatMap((each) => each.usedWaivers),
          ),
        ]
      : []),
    // What a faulty cluster file lists is not known.
    ...(whole && !hasErrors(inventory.diagnostics) ? unplacedApps(root, apps, clusters) : []),
    ...plan.diagnostics,
  ];
  const diagnostics = mergeAcrossClusters(sortDiagnostics(found));
  const failed = hasErrors(diagnostics);
  const check = options.check === true;
  if (!failed && !check) await applyDist(plan, crew);
  if (options.json) {
    io.stdout(`${JSON.stringify(report(diagnostics, plan, files.length, check || failed), undefined, 2)}\n`);
  } else {
    // Notes are no reason to act on; `validate` and `--json` tell them too.
    printDiagnostics(
      root,
      diagnostics.filter(({ severity }) => severity !== 'info'),
      io,
    );
    if (check && !failed && plan.differences.length > 0) io.stderr(differenceText(plan, shown));
    if (!failed) io.stderr(absentText(scope, inventory));
    io.stdout(summary(plan, files.length, clusters.length, failed, check, shown));
  }
  return failed || (check && plan.differences.length > 0) ? 1 : 0;
}

/** The folder that is written: never one whose other files would be taken for left-overs. */
function outputFolder(root: string, cwd: string, out: string | undefined): string {
  const usual = join(root, 'dist', 'clusters');
  if (out === undefined) return usual;
  const folder = resolve(cwd, out);
  const inside = (path: string, parent: string): boolean => path === parent || path.startsWith(join(parent, sep));
  const sources = ['apps', 'clusters', 'environments', 'packages', 'tools', 'docs', 'node_modules', '.git'];
  const refused =
    out === '' ||
    inside(usual, folder) !== (usual === folder) ||
    (folder !== usual && inside(folder, usual)) ||
    sources.some((name) => inside(folder, join(root, name)));
  if (refused)
    throw new UsageError(
      `--out "${out}" is no folder of its own: it would mix rendered files with others`,
      'name a new folder, such as --out tmp/clusters',
    );
  return folder;
}

/** `<app>` of `<cluster>/<app>/<file>`. */
function folderOf(path: string): string {
  return path.split('/')[1] ?? '';
}

const reasons: Readonly<Record<Difference['why'], string>> = {
  missing: 'missing: the source renders it',
  'source-changed': 'the source changed: it renders something else now',
  'file-changed': 'the file changed: it was edited after it was rendered',
  stale: 'left over: nothing renders it any more',
};

function differenceText({ differences }: DistPlan, shown: string): string {
  const lines = differences.map(({ path, why }) => `  ${shown}/${path}\n    ${reasons[why]}\n`);
  return `${lines.join('')}run: npx nx run manifests:synth\n`;
}

/** Which of the named apps run on none of the named clusters: nothing is wrong with that, but it may not be what was meant. */
function absentText({ clusters, apps = [] }: Scope, inventory: Inventory): string {
  const lines = apps.map((name) => {
    const places = inventory.clusters.filter((each) => each.apps.some((app) => app.name === name));
    if (places.some((each) => clusters?.includes(each.name) ?? true)) return '';
    const runs = places.length === 0 ? 'no cluster has it under apps:' : `it runs on ${listOf(places)}`;
    return `app "${name}" does not run on ${clusters?.join(', ') ?? 'any cluster'}; ${runs}\n`;
  });
  return lines.join('');
}

const listOf = (clusters: Inventory['clusters']): string => clusters.map(({ name }) => name).join(', ');

function summary(
  plan: DistPlan,
  manifests: number,
  clusters: number,
  failed: boolean,
  check: boolean,
  shown: string,
): string {
  const what = `${count(manifests, 'manifest')} on ${count(clusters, 'cluster')}`;
  if (failed) return `${what} rendered; ${shown} was not touched, because there are errors\n`;
  if (check) {
    return plan.differences.length === 0
      ? `${what}: ${shown} is up to date\n`
      : `${what}: ${count(plan.differences.length, 'file')} of ${shown} differ${plan.differences.length === 1 ? 's' : ''}\n`;
  }
  return `${what}: ${plan.writes.size} written, ${plan.deletes.length} deleted, ${plan.unchanged} unchanged in ${shown}\n`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function report(diagnostics: readonly Diagnostic[], plan: DistPlan, manifests: number, untouched: boolean): unknown {
  return {
    version: 1,
    diagnostics,
    manifests,
    files: {
      written: untouched ? [] : [...plan.writes.keys()],
      deleted: untouched ? [] : plan.deletes,
      unchanged: plan.unchanged,
      differences: plan.differences,
    },
  };
}
