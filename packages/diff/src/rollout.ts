/** The environment of a cluster and its place in the order of roll-out; lower goes first. */
export interface ClusterStage {
  readonly environment: string;
  readonly order: number;
}

const guesses: readonly (readonly [RegExp, string])[] = [
  [/(^|[-_.])(sandbox|playground)([-_.]|$)/, 'sandbox'],
  [/(^|[-_.])(dev|development)([-_.]|$)/, 'dev'],
  [/(^|[-_.])(test|qa|uat|integration)([-_.]|$)/, 'test'],
  [/(^|[-_.])(stage|staging|stg|preprod|pre)([-_.]|$)/, 'staging'],
  [/(^|[-_.])(prod|production|prd|live)([-_.]|$)/, 'production'],
];

/** Clusters in the order in which a change should reach them: by the stages given, else by what their names say; unknown ones last but before production. */
export function rolloutOrder(
  clusters: readonly string[],
  stages: Readonly<Record<string, ClusterStage>> = {},
): { environment: string; clusters: string[] }[] {
  const steps = new Map<string, { environment: string; order: number; clusters: string[] }>();
  for (const cluster of clusters) {
    const stage = Object.hasOwn(stages, cluster) ? stages[cluster] : undefined;
    const index = guesses.findIndex(([pattern]) => pattern.test(cluster));
    const environment = stage?.environment ?? guesses[index]?.[1] ?? 'unknown';
    const order = stage?.order ?? (index < 0 ? guesses.length - 1.5 : index);
    const step = steps.get(environment);
    if (step === undefined) steps.set(environment, { environment, order, clusters: [cluster] });
    else step.clusters.push(cluster);
  }
  return [...steps.values()]
    .sort((a, b) => a.order - b.order || (a.environment < b.environment ? -1 : 1))
    .map(({ environment, clusters: names }) => ({ environment, clusters: names.sort() }));
}
