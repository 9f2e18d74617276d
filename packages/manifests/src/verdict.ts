import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic } from '@fairlead/diagnostics';
import type { Cluster, Environment } from '@fairlead/inventory';
import type { PlacedManifest } from '@fairlead/render';
import type { InputDocument, ScopedWaiver } from '@fairlead/validate';
import { applyWaivers, manifestSet, unusedWaivers, validateManifests } from '@fairlead/validate';
import { programSchemas } from './schemas.ts';
import { today } from './today.ts';

export interface ClusterVerdict {
  readonly diagnostics: readonly Diagnostic[];
  /** Number of objects judged. */
  readonly objects: number;
  /** Keys of the waivers that accepted something, for {@link unusedFleetWaivers}. */
  readonly usedWaivers: readonly string[];
}

/** Judges what one cluster gets; `pathExists` answers for paths of the repository that the cluster reads. */
export type Judge = (
  cluster: Cluster,
  documents: Iterable<InputDocument>,
  pathExists: (path: string) => boolean,
) => ClusterVerdict;

/** Every verdict on what a cluster gets, against the cluster's own version and what it offers. */
export function clusterJudge(): Judge {
  const schemas = programSchemas();
  return (cluster, documents, pathExists) => {
    const waivers = waiversOf(cluster);
    const { diagnostics, objects, usedWaivers } = validateManifests({
      documents,
      schemas,
      kubernetes: cluster.kubernetes,
      context: 'fleet',
      offers: cluster.offers,
      environment: cluster.environment,
      nodePools: cluster.nodePools,
      metrics: {
        namespace: cluster.capabilities.metrics.namespace,
        queryUrl: cluster.capabilities.metrics.queryUrl,
        exports: cluster.capabilities.metrics.exports,
        ingress: cluster.capabilities.ingress.implementation,
        keda: cluster.capabilities.autoscaling.keda,
      },
      cluster: cluster.name,
      waivers: [...waivers.values()],
      today: today(),
      pathExists,
      repository: cluster.delivery.repository,
    });
    const used = [...waivers].filter(([, waiver]) => usedWaivers.has(waiver)).map(([key]) => key);
    return { diagnostics, objects, usedWaivers: used };
  };
}

/**
 * What the environment's strictness and the waivers make of what was told while a cluster was rendered. An error can be neither waived
 * nor lowered, since what it is about has not been rendered: whoever tries is told.
 */
export function waiveReported(
  cluster: Cluster,
  reported: readonly Diagnostic[],
): { diagnostics: readonly Diagnostic[]; usedWaivers: readonly string[] } {
  const waivers = waiversOf(cluster);
  const { strictness, name } = cluster.environment;
  const judged =
    Object.keys(strictness).length === 0 ? reported : reported.flatMap((each) => lowered(each, strictness));
  const vain = vainStrictness(reported, strictness, `environments/${name}.yaml`);
  if (waivers.size === 0) return { diagnostics: [...judged, ...vain], usedWaivers: [] };
  const nothing = manifestSet([], { kubernetes: cluster.kubernetes, context: 'fleet' });
  const errors = new Set(reported.filter(({ severity }) => severity === 'error'));
  const acceptable = judged.filter((each) => !errors.has(each));
  // What is wrong with a waiver itself comes after the findings, and is told with the verdict.
  const { diagnostics: marked, used } = applyWaivers(acceptable, [...waivers.values()], nothing, today());
  const byOriginal = new Map(acceptable.map((each, index) => [each, marked[index] ?? each]));
  const vainly = new Set([...waivers.values()].filter((waiver) => [...errors].some((each) => isAbout(waiver, each))));
  return {
    diagnostics: [
      ...judged.map((each) => byOriginal.get(each) ?? each),
      ...vain,
      ...[...vainly].flatMap((each) => (used.has(each) ? [] : [vainWaiver(each)])),
    ],
    usedWaivers: [...waivers].filter(([, waiver]) => used.has(waiver) || vainly.has(waiver)).map(([key]) => key),
  };
}

/** True if a waiver was written for an error, by its code and its app: errors told of statements name no object. */
function isAbout({ code, target = '*' }: ScopedWaiver, each: Diagnostic): boolean {
  return code === each.code && (target.startsWith('*') || target.split('/')[0] === each.origin?.app);
}

type Strictness = Environment['strictness'];

function lowered(each: Diagnostic, strictness: Strictness): readonly Diagnostic[] {
  const severity = Object.hasOwn(strictness, each.code) ? strictness[each.code] : undefined;
  if (severity === undefined || each.severity === 'error') return [each];
  return severity === 'off' ? [] : [{ ...each, severity }];
}

function vainStrictness(reported: readonly Diagnostic[], strictness: Strictness, file: string): Diagnostic[] {
  const codes = new Set(reported.flatMap(({ severity, code }) => (severity === 'error' ? [code] : [])));
  return [...codes].flatMap((code) =>
    (Object.hasOwn(strictness, code) ? strictness[code] : 'error') === 'error'
      ? []
      : [inVain('strictness', code, file)],
  );
}

function vainWaiver({ code, file }: ScopedWaiver): Diagnostic {
  return inVain('the waiver', code, file);
}

function inVain(what: string, code: string, file: string | undefined): Diagnostic {
  return diagnostic('validate/invalid-waiver', {
    message: `${what} cannot accept ${code}: what is told as an error while apps are rendered has to be mended`,
    hint: 'mend what it tells, and take this out',
    file,
  });
}

/** Areas of the findings that rendered manifests alone show; all others are told only while they are rendered. */
const verdictAreas = ['network', 'operations', 'references', 'rules', 'schema', 'security', 'validate'];

/**
 * A finding for every waiver of cluster and environment files that accepted nothing on any cluster. `judged`: only the rendered
 * manifests were looked at, so waivers of what is told while rendering are left alone.
 */
export function unusedFleetWaivers(clusters: readonly Cluster[], used: Iterable<string>, judged = false): Diagnostic[] {
  const all = new Map(
    clusters
      .flatMap((cluster) => [...waiversOf(cluster)])
      .filter(([, { code }]) => !judged || verdictAreas.some((area) => code.startsWith(`${area}/`))),
  );
  const accepted = new Set([...used].flatMap((key) => all.get(key) ?? []));
  return unusedWaivers(all.values(), accepted);
}

/**
 * The waivers that hold on a cluster, by a key that is the same in every process. Those past their day accept nothing, and the
 * inventory has already told of them with their line.
 */
function waiversOf({ name, waivers, environment }: Cluster): Map<string, ScopedWaiver> {
  const now = today();
  const keyed = (file: string, rules: Environment['waivers']): [string, ScopedWaiver][] =>
    rules.flatMap((rule, index) => (rule.expires < now ? [] : [[`${file}#${index}`, { ...rule, file }]]));
  return new Map([
    ...keyed(`clusters/${name}.yaml`, waivers),
    ...keyed(`environments/${environment.name}.yaml`, environment.waivers),
  ]);
}

/** Rendered manifests as documents to judge; `shown` is the output folder as diagnostics name it. */
export function documentsOf(manifests: readonly PlacedManifest[], shown: string): InputDocument[] {
  return manifests.map(({ manifest, path, origin }) => ({ file: `${shown}/${path}`, manifest, origin }));
}
