import type { AppDefinition, ImageResolver } from '@fairlead/app';
import { AppBuildError, checkClaims, checkCrossings } from '@fairlead/app';
import { quotaHeadroom } from '@fairlead/autoscaling/capacity/quota-headroom';
import { verticalConflicts } from '@fairlead/autoscaling/conflicts';
import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic, hasErrors } from '@fairlead/diagnostics';
import type { Cluster, Environment, Inventory } from '@fairlead/inventory';
import { loadInventory } from '@fairlead/inventory';
import type { Placement, PlacedManifest } from '@fairlead/render';
import { fileText, renderPlacement } from '@fairlead/render';
import { isAbsence } from '@fairlead/validate';
import { gitopsManifests } from '@fairlead/gitops';
import type { CompiledApps } from './compile-apps.ts';
import { sumsOf } from './dist.ts';
import { bounded, EndlessError } from './bounded.ts';
import { type LoadedApps, appFailure, loadApps } from './load-apps.ts';
import type { Releases } from './releases.ts';
import { releasesOf } from './releases.ts';
import { clusterJudge, documentsOf, waiveReported } from './verdict.ts';
import { statedPlaces, withOriginLines } from './origin-lines.ts';
import { misplacedFiles } from './misplaced-files.ts';
import { placeDiagnostics } from './place-diagnostics.ts';
import { appStackLine } from './stack.ts';
import type { Crew, Work } from './threads.ts';
import { today } from './today.ts';
import { catchRejections, foreignKeys } from './watch-apps.ts';
import { appNames, appOf, readYamlFiles, repositoryUrl } from './workspace.ts';

/** The inventory of a workspace as its files say it; of one cluster's file alone if it is named. */
export function readInventory(root: string, cluster?: string): { inventory: Inventory; apps: readonly string[] } {
  const apps = appNames(root);
  const inventory = loadInventory({
    clusters: readYamlFiles(root, 'clusters').filter(
      ({ file }) => cluster === undefined || file === `clusters/${cluster}.yaml`,
    ),
    environments: readYamlFiles(root, 'environments'),
    repository: repositoryUrl(root),
    knownApps: apps,
    today: today(),
  });
  const misplaced = cluster === undefined ? misplacedFiles(root) : [];
  return { inventory: { ...inventory, diagnostics: [...inventory.diagnostics, ...misplaced] }, apps };
}

/** One cluster, rendered and judged: what a cached task of Nx keeps. */
export interface ClusterRendering {
  readonly cluster: string;
  /** Each with its path below the output folder, and its text. */
  readonly files: readonly (readonly [path: string, text: string])[];
  /** The digests of the files of each folder, in the same form. */
  readonly sums: readonly (readonly [path: string, text: string])[];
  readonly diagnostics: readonly Diagnostic[];
  /** Keys of the waivers that accepted something. */
  readonly usedWaivers: readonly string[];
}

export interface FleetInput {
  readonly root: string;
  readonly clusters: readonly Cluster[];
  readonly environments: readonly Environment[];
  /** Output folder as diagnostics name it. */
  readonly shown: string;
}

/**
 * Renders and judges clusters: all their placements, for a verdict on the whole, and the objects of their delivery. Each is the work of
 * one thread. `rendered` is called after each with the number of those that are done.
 */
export async function renderFleet(
  input: FleetInput,
  compiling: Promise<CompiledApps>,
  crew: Crew,
  rendered?: (done: number) => void,
): Promise<ClusterRendering[]> {
  const { root, clusters, environments } = input;
  const placed = [...new Set(clusters.flatMap(({ apps }) => apps.map(({ name }) => name)))].sort();
  // The apps are compiled once for all threads; meanwhile their releases are read.
  const releases = releasesOf(root, environments);
  for (const name of placed) releases.read(name);
  const compiled = await compiling;
  return crew.work<ShareInput, ClusterRendering>(
    { ...input, compiled },
    (share, take, tell) => renderClusters(share, releases, take, tell),
    rendered,
  );
}

/** What a thread needs for its share of {@link renderFleet}: all of it can be sent to another. */
export interface ShareInput extends FleetInput {
  readonly compiled: CompiledApps;
}

/** The clusters that fall to a helper thread. */
export const renderShare: Work<ShareInput, ClusterRendering> = (input, take, tell) =>
  renderClusters(input, releasesOf(input.root, input.environments), take, tell);

async function renderClusters(
  { root, clusters, shown, compiled }: ShareInput,
  releases: Releases,
  take: () => number | undefined,
  tell: (index: number, rendering: ClusterRendering) => void,
): Promise<void> {
  const placed = new Set(clusters.flatMap(({ apps }) => apps.map(({ name }) => name)));
  const loaded = await loadApps(root, compiled, (app) => placed.has(app));
  const judge = clusterJudge();
  const sound = new Map(loaded.apps);
  const rejections = catchRejections();
  let last: [number, ClusterRendering] | undefined;
  for (let index = take(); index !== undefined; index = take()) {
    if (last) tell(...last);
    const cluster = clusters[index];
    if (!cluster) break;
    const { manifests, diagnostics, whole } = renderCluster(root, cluster, sound, (app) =>
      releases(app, cluster.environment),
    );
    const files = manifests.map(({ path, manifest, origin }) => [path, fileText(manifest, origin.file)] as const);
    const own = cluster.apps.map(({ name }) => name);
    const shared = [
      ...faultsOf(loaded, own),
      ...releases.diagnostics().filter(({ file }) => own.includes(appOf(file))),
    ];
    // The paths that Argo CD and Flux read are those of dist, wherever this run writes.
    let folders: ReadonlySet<string> | undefined;
    const pathExists = (path: string): boolean => (folders ??= foldersOf(manifests)).has(path);
    const verdict = judge(cluster, documentsOf(manifests, shown), pathExists);
    const reported = waiveReported(cluster, diagnostics);
    // What an app would have made that could not be built is not missing.
    const judged = whole ? verdict.diagnostics : verdict.diagnostics.filter(({ code }) => !isAbsence(code));
    const found = withOriginLines(judged, statedPlaces(root, manifests, shown));
    last = [
      index,
      {
        cluster: cluster.name,
        files,
        sums: sumsOf(files),
        diagnostics: placeDiagnostics(root, [...shared, ...reported.diagnostics, ...found]),
        usedWaivers: [...verdict.usedWaivers, ...reported.usedWaivers],
      },
    ];
  }
  const left = (await rejections.take()).map((reason) => leftBehind(root, reason));
  rejections.stop();
  if (!last) return;
  const [index, rendering] = last;
  tell(index, { ...rendering, diagnostics: [...rendering.diagnostics, ...placeDiagnostics(root, left)] });
}

function foldersOf(manifests: readonly PlacedManifest[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const { path } of manifests) folders.add(path.slice(0, path.indexOf('/', path.indexOf('/') + 1)));
  return new Set([...folders].map((folder) => `dist/clusters/${folder}`));
}

/** The diagnostic of a promise that an app left behind while it was built, and that was rejected. */
function leftBehind(root: string, reason: unknown): Diagnostic {
  const app = appOf(appStackLine(root, reason)?.file);
  if (app !== '') return appFailure(root, app, reason);
  const what = reason instanceof Error ? reason.message : typeof reason === 'string' ? reason : `a ${typeof reason}`;
  return diagnostic('app/failed', {
    message: `a promise that was left behind while apps were built was rejected with: ${what}`,
    hint: 'an app waits for nothing: take the promise out; reject it with an Error to see its line',
  });
}

/** What is wrong with the sources of some apps, wherever it lies. */
export function faultsOf({ faults }: LoadedApps, apps: readonly string[]): Diagnostic[] {
  return faults.filter((each) => each.apps.some((app) => apps.includes(app))).map((each) => each.diagnostic);
}

function empty({ app, cluster }: Placement): Diagnostic {
  return diagnostic('app/empty', {
    message: `app "${app}" makes nothing on cluster ${cluster}`,
    hint: `state a workload in build, or take "${app}" out of apps: in clusters/${cluster}.yaml`,
    file: `apps/${app}/app.ts`,
    clusters: [cluster],
  });
}

/** Placements that are rendered under one bound of time. */
const boundedTogether = 10;

function renderCluster(
  root: string,
  cluster: Cluster,
  apps: Map<string, AppDefinition>,
  images: (app: string) => ImageResolver,
): { manifests: PlacedManifest[]; diagnostics: Diagnostic[]; whole: boolean } {
  const placements: Placement[] = [];
  const diagnostics: Diagnostic[] = [];
  const names = cluster.apps.map(({ name }) => name);
  // Each bound costs half a millisecond, as much as a small placement.
  for (let first = 0; first < names.length; first += boundedTogether) {
    const batch = names.slice(first, first + boundedTogether);
    for (let name = batch.shift(); name !== undefined; name = batch.shift()) {
      try {
        bounded(() => {
          for (; name !== undefined; name = batch.shift()) {
            const definition = apps.get(name);
            if (!definition) continue; // looking for it, or loading it, has already been reported
            const placement = renderPlacement(definition, cluster, images(name), (at) => appStackLine(root, at));
            diagnostics.push(...placement.diagnostics, ...foreignKeys(name));
            placements.push(placement);
          }
        });
      } catch (error) {
        // It would not end on other clusters either.
        if (error instanceof EndlessError) apps.delete(name);
        // What an app states can make a capability throw too: values of a wrong type, which only a type check sees sooner.
        diagnostics.push(...foreignKeys(name));
        diagnostics.push(appFailure(root, name, error instanceof AppBuildError ? error.cause : error, cluster.name));
      }
    }
  }
  diagnostics.push(
    ...checkCrossings(
      cluster.name,
      names,
      placements.flatMap(({ crossings }) => crossings),
      placements.map(({ app }) => app),
      new Map(placements.flatMap(({ workloads }) => workloads ?? [])),
    ),
    ...checkClaims(
      cluster.name,
      placements.flatMap(({ claims }) => claims ?? []),
    ),
  );
  const manifests = placements.flatMap((placement) => placement.manifests);
  const objects = manifests.map(({ manifest }) => manifest);
  // Two horizontal autoscalers are found by the verdict; a vertical one of another app's, or of an extension's, only here.
  for (const each of verticalConflicts(objects)) diagnostics.push({ ...each, clusters: [cluster.name] });
  diagnostics.push(...quotaHeadroom(objects, cluster));
  // The delivery object of an app that made nothing would be at fault for a folder that is not there.
  const built = placements.filter((each) => each.manifests.length > 0);
  for (const each of placements)
    if (each.manifests.length === 0 && !hasErrors(each.diagnostics)) diagnostics.push(empty(each));
  return {
    manifests: [...manifests, ...gitopsManifests(cluster, built)],
    diagnostics,
    whole: placements.length === names.length,
  };
}
