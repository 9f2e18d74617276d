import type { IGitRepository } from '@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/GitRepository';
import type { IKustomization } from '@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1/Kustomization';
import type { Cluster } from '@fairlead/inventory';
import type { Manifest } from '@fairlead/objects';
import { stageAnnotation } from '@fairlead/app/delivery-order';
import { managedBy } from '@fairlead/objects';
import type { PlacedManifest, Placement } from '@fairlead/render';
import { foundations } from './foundations.ts';

/** Name of the source and of the root Kustomization. */
const root = 'fairlead';

/**
 * One GitRepository, one Kustomization per placement, and a root Kustomization that keeps these as git says.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export function fluxManifests(cluster: Cluster, placements: readonly Placement[]): Manifest[] {
  return [
    repository(cluster),
    kustomization(cluster, root, 'flux-system'),
    ...placements.flatMap((placement) => stages(cluster, placement, foundations(placements))),
  ];
}

function repository({ delivery }: Cluster): Manifest {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: root, namespace: delivery.namespace, labels: labels() },
    spec: { interval: '1m', ref: { branch: delivery.revision }, timeout: '60s', url: delivery.repository },
  } satisfies IGitRepository & Manifest;
}

/**
 * A Kustomization per stage of an app, each waiting for the one before, all over the same folder: each leaves out what is not its own.
 * The last one has the app's name, so that an app which gets a further stage later hands its objects on before it prunes any.
 */
function stages(cluster: Cluster, { app, manifests }: Placement, first: readonly string[]): Manifest[] {
  const stageOf = ({ manifest }: PlacedManifest): number =>
    Number(manifest.metadata.annotations?.[stageAnnotation] ?? 0);
  const last = Math.max(0, ...manifests.map(stageOf));
  const waitFor = first.includes(app) ? [] : first;
  if (last === 0) return [kustomization(cluster, app, app, { after: waitFor, seconds: patience(manifests) })];
  const name = (stage: number): string => (stage === last ? app : `${app}-stage-${stage}`);
  return Array.from({ length: last + 1 }, (_, stage) => {
    const others = stage === 0 ? stageAnnotation : `${stageAnnotation}!=${stage}`;
    return kustomization(cluster, name(stage), app, {
      after: stage === 0 ? waitFor : [name(stage - 1)],
      patches: [{ patch: leaveOut, target: { annotationSelector: others } }],
      seconds: patience(manifests.filter((each) => stageOf(each) === stage)),
    });
  });
}

/** Kustomize takes kind and name from the target, but wants to read some. */
const leaveOut = '$patch: delete\napiVersion: v1\nkind: Any\nmetadata:\n  name: any\n';

/**
 * Seconds until Kubernetes itself gives up on the slowest of these: a Kustomization that waits for less calls a roll-out failed that is
 * still allowed to succeed. Of a StatefulSet Kubernetes never gives up; its pods, which follow one another, get as long as a Deployment.
 */
function patience(manifests: readonly PlacedManifest[]): number {
  return Math.max(0, ...manifests.map(({ manifest }) => deadline(manifest)));
}

/** What a Deployment gets that states nothing. */
const progressSeconds = 600;

function deadline({ kind, spec }: Manifest): number {
  const stated = (field: string): unknown =>
    typeof spec === 'object' && spec !== null && Object.hasOwn(spec, field) ? Reflect.get(spec, field) : undefined;
  switch (kind) {
    case 'Job':
      return Number(stated('activeDeadlineSeconds') ?? 0);
    case 'Deployment':
      return Number(stated('progressDeadlineSeconds') ?? progressSeconds);
    case 'StatefulSet':
    case 'DaemonSet':
      return progressSeconds;
    default:
      return 0;
  }
}

interface KustomizationOptions {
  /** Kustomizations that must be ready. */
  readonly after?: readonly string[];
  readonly patches?: readonly { readonly patch: string; readonly target: { readonly annotationSelector: string } }[];
  /** Least time for everything to become ready. */
  readonly seconds?: number;
}

function kustomization(
  { name: cluster, delivery }: Cluster,
  name: string,
  folder: string,
  { after = [], patches = [], seconds = 0 }: KustomizationOptions = {},
): Manifest {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: delivery.namespace, labels: labels() },
    spec: {
      ...(after.length > 0 && { dependsOn: after.map((each) => ({ name: each })) }),
      interval: '10m',
      ...(patches.length > 0 && { patches: patches.map((each) => ({ ...each })) }),
      path: `./dist/clusters/${cluster}/${folder}`,
      prune: true,
      retryInterval: '1m',
      sourceRef: { kind: 'GitRepository', name: root },
      timeout: `${Math.max(5, Math.ceil(seconds / 60) + 1)}m`,
      // Ready means that what was applied works, not that it was accepted. The root would wait for itself.
      wait: name !== root,
    },
  } satisfies IKustomization & Manifest;
}

function labels(): Record<string, string> {
  return { 'app.kubernetes.io/managed-by': managedBy };
}
