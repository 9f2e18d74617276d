import { markdownTable } from '@fairlead/diagnostics/markdown-table';
import type { IdentityImplementation } from '@fairlead/inventory/model';

/** What an identity implementation needs on either side. */
export interface IdentitySupport {
  readonly serviceAccount: string;
  readonly pod: string;
  /** What `fairlead identity` prints for the cloud. */
  readonly cloud: string;
  /** Settings of the cluster file, beside the implementation. */
  readonly settings: string;
}

/** Implementation by implementation. */
export const identitySupport: Readonly<Record<IdentityImplementation, IdentitySupport>> = {
  irsa: {
    serviceAccount: '`eks.amazonaws.com/role-arn`',
    pod: 'nothing',
    cloud: "trust policy of the role, for the cluster's OIDC provider and this one ServiceAccount",
    settings: '`pattern` or `principals`: role ARN; `issuer`',
  },
  'pod-identity': {
    serviceAccount: 'nothing',
    pod: 'nothing; network policies let it reach the agent',
    cloud: 'trust policy of the role, and the association',
    settings: '`pattern` or `principals`: role ARN',
  },
  'gke-workload-identity': {
    serviceAccount: '`iam.gke.io/gcp-service-account`',
    pod: 'nothing; network policies let it reach the metadata server',
    cloud: 'binding of `roles/iam.workloadIdentityUser`',
    settings: '`pattern` or `principals`: Google service account',
  },
  'gke-workload-identity-direct': {
    serviceAccount: 'nothing',
    pod: 'nothing; network policies let it reach the metadata server',
    cloud: 'the `principal://` member to grant roles to',
    settings: '`projectNumber`',
  },
  'azure-workload-identity': {
    serviceAccount: '`azure.workload.identity/client-id`',
    pod: 'label `azure.workload.identity/use`',
    cloud: 'federated credential of the managed identity',
    settings: '`principals` or `pattern`: client id; `issuer`, `tenant`',
  },
  none: {
    serviceAccount: 'nothing',
    pod: 'nothing',
    cloud: 'nothing',
    settings: 'none; asking for an identity is a diagnostic',
  },
};

/** The table as a Markdown page. */
export function renderIdentityPage(): string {
  const columns = ['identity', 'ServiceAccount', 'pod', 'cloud', 'cluster file'];
  const rows = Object.entries(identitySupport).map(([name, each]) => [
    name,
    each.serviceAccount,
    each.pod,
    each.cloud,
    each.settings,
  ]);
  return `# Identities\n\n${markdownTable(columns, rows)}`;
}
