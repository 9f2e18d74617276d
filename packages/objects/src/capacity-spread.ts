/**
 * Numbers of domains over which pods can be spread so that one domain in each number is on demand. A NodePool on demand takes the first
 * value of each label and a spot one the others, so an even spread over a label keeps one pod in that many on demand, however many run.
 *
 * @see https://aws-samples.github.io/karpenter-blueprints/blueprints/od-spot-split/
 */
export const capacitySpreads = [2, 3, 4, 5] as const;

/** The label of a number of domains. */
export function capacitySpreadLabel(domains: number): string {
  return `fairlead.dev/capacity-spread-${domains}`;
}

/** The values of that label that nodes of a sort may have. */
export function capacitySpreadValues(domains: number, spot: boolean): string[] {
  return spot ? Array.from({ length: domains - 1 }, (_, index) => `${index + 2}`) : ['1'];
}
