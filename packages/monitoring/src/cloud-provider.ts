import type { Provider } from '@fairlead/inventory';

const names: Readonly<Record<Provider, string>> = { eks: 'aws', gke: 'gcp', aks: 'azure', onprem: 'onprem' };

/** The value of the label `cloud_provider` for the clusters of a provider. */
export function cloudProvider(provider: Provider): string {
  return names[provider];
}
