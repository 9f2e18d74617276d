export type Labels = Readonly<Record<string, string>>;

/** Who owns an object and what it costs: the sources of its labels. */
export interface Ownership {
  readonly app: string;
  /** The workload within the app; absent for objects of the app as a whole. */
  readonly component?: string | undefined;
  readonly team: string;
  readonly costCenter?: string | undefined;
  readonly environment: string;
  /** Provider of the cluster, for cost allocation. */
  readonly cloud: string;
}

/** Value of `app.kubernetes.io/managed-by` on everything that Fairlead renders. */
export const managedBy = 'fairlead';

/**
 * The labels that selectors use, and no others: they are immutable in a cluster, so they follow from the names alone.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function selectorLabels(app: string, component: string): Labels {
  return { 'app.kubernetes.io/component': component, 'app.kubernetes.io/name': app };
}

/** The labels of every object and pod: the recommended ones, then team, cost centre, environment and cloud for cost allocation. */
export function ownershipLabels(ownership: Ownership): Labels {
  const { app, component, team, costCenter, environment, cloud } = ownership;
  const labels: Record<string, string> = {
    'app.kubernetes.io/managed-by': managedBy,
    'app.kubernetes.io/name': app,
    'app.kubernetes.io/part-of': app,
    cloud,
    environment,
    team,
  };
  if (component !== undefined) labels['app.kubernetes.io/component'] = component;
  if (costCenter !== undefined) labels['cost-center'] = costCenter;
  return labels;
}
