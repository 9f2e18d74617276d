import type { AppDefinition, Claims, Crossing, ImageResolver } from '@fairlead/app';
import { appClaims, buildApp, composeApp, crossingsOf, declaredWorkloads } from '@fairlead/app';
import type { DeclaredAt, Diagnostic, Locate, Origin, Place } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';
import type { Manifest } from '@fairlead/objects';
import { duplicateFiles } from './duplicate-files.ts';
import { emit } from './emit.ts';
import { fileName } from './file-name.ts';
import { renderTree } from './render-tree.ts';

/** One manifest of a placement with the file it becomes. */
export interface PlacedManifest {
  readonly manifest: Manifest;
  /** `<cluster>/<app>/<kind>-<name>.yaml`. */
  readonly path: string;
  readonly origin: Origin;
  /** The line of the app that stated it, for those who have a finding about it. */
  readonly declaredAt?: DeclaredAt | undefined;
}

/** One app on one cluster, rendered. */
export interface Placement {
  readonly cluster: string;
  readonly app: string;
  readonly manifests: readonly PlacedManifest[];
  /** Its side of the connections with other apps; the sides are compared when all of a cluster are known. */
  readonly crossings: readonly Crossing[];
  /** Its workloads as `<app>/<workload>`, each with the line that declares it. */
  readonly workloads?: readonly (readonly [string, () => Place | undefined])[];
  /** What it claims of the cluster; no other app there may claim it too. */
  readonly claims?: Claims;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Renders one app on one cluster: a pure function of its arguments, so placements render in any order, alone, and twice with equal bytes.
 * `locate` finds the line of the app that a diagnostic is about.
 *
 * @throws AppBuildError if the app's own `build` throws
 */
export function renderPlacement(
  definition: AppDefinition,
  cluster: Cluster,
  images: ImageResolver,
  locate?: Locate,
): Placement {
  const graph = buildApp(definition, cluster, locate);
  const chart = composeApp(graph, images);
  const { manifests, diagnostics } = renderTree(chart, locate);
  const origin = { app: definition.name, file: `apps/${definition.name}/app.ts` };
  const placed = manifests.map(({ manifest, declaredAt }) => ({
    manifest,
    path: `${cluster.name}/${definition.name}/${fileName(manifest, definition.namespace)}`,
    origin,
    declaredAt,
  }));
  return {
    cluster: cluster.name,
    app: definition.name,
    manifests: placed,
    crossings: crossingsOf(graph),
    workloads: declaredWorkloads(graph, locate),
    claims: appClaims(graph),
    diagnostics: [...diagnostics, ...duplicateFiles(placed)].map((each) => ({
      ...each,
      origin: each.origin ?? origin,
      file: each.file ?? origin.file,
      clusters: each.clusters.length > 0 ? each.clusters : [cluster.name],
    })),
  };
}

/** The text of a rendered file: a header that names its source, and the manifest. */
export function fileText(manifest: Manifest, source: string): string {
  return emit(manifest, `# Rendered by Fairlead from ${source}. Do not edit: change the source and run synth.`);
}
