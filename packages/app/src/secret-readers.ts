/** Secrets drivers that read in the name of the pod's own identity at the cloud. Vault knows the service account itself. */
export const readsAsPod: ReadonlySet<string> = new Set(['aws', 'gcp', 'azure']);
