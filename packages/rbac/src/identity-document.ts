import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import type { Cluster, IdentityImplementation } from '@fairlead/inventory/model';
import type { Json, WorkloadReference } from '@fairlead/objects';
import { principalOf } from './workload-identity.ts';

/** The cloud's half of a workload's identity: what lets its ServiceAccount act as the principal. */
export interface IdentityDocument {
  readonly implementation: IdentityImplementation;
  readonly principal?: string | undefined;
  /** `system:serviceaccount:<namespace>:<name>`. */
  readonly subject: string;
  /** In the shape of the cloud's own API, ready for its CLI or for `jsondecode` in Terraform; absent where nothing is needed. */
  readonly document?: Json | undefined;
  /** The CLI call that takes {@link document} from `document.json`, or needs no file. */
  readonly command?: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** The cloud-side half of a workload's identity; pure, nothing is looked up. */
export function identityDocument(cluster: Cluster, workload: WorkloadReference): IdentityDocument {
  const { implementation, issuer } = cluster.capabilities.identity;
  const subject = `system:serviceaccount:${workload.namespace}:${workload.serviceAccount}`;
  const { principal, diagnostics } = principalOf(cluster, workload);
  const identity = { implementation, principal, subject, diagnostics };
  if (principal === undefined) return identity;
  const withoutIssuer = (): IdentityDocument => ({
    ...identity,
    diagnostics: [
      ...diagnostics,
      diagnostic('identity/missing-setting', {
        message: `cluster ${cluster.name}: ${implementation} trusts the cluster's OIDC issuer, which is not stated`,
        hint: 'set capabilities.identity.issuer to the URL of the OIDC issuer',
        clusters: [cluster.name],
      }),
    ],
  });
  switch (implementation) {
    case 'irsa':
      return issuer === undefined ? withoutIssuer() : { ...identity, ...irsa(cluster, principal, subject, issuer) };
    case 'pod-identity':
      return { ...identity, ...podIdentity(cluster, principal, workload) };
    case 'gke-workload-identity': {
      const member = `serviceAccount:${cluster.account}.svc.id.goog[${workload.namespace}/${workload.serviceAccount}]`;
      const role = 'roles/iam.workloadIdentityUser';
      return {
        ...identity,
        document: { bindings: [{ members: [member], role }] },
        command: `gcloud iam service-accounts add-iam-policy-binding ${principal} --role ${role} --member "${member}"`,
      };
    }
    case 'gke-workload-identity-direct':
      // The principal is granted roles on resources directly; which ones is the app's matter.
      return { ...identity, document: { members: [principal] } };
    case 'azure-workload-identity':
      return issuer === undefined
        ? withoutIssuer()
        : { ...identity, ...federatedCredential(cluster, principal, workload, subject, issuer) };
    case 'none':
      return identity;
  }
}

function roleName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function createRole(arn: string): string {
  return `aws iam create-role --role-name ${roleName(arn)} --assume-role-policy-document file://document.json`;
}

function irsa(cluster: Cluster, principal: string, subject: string, issuer: string) {
  const provider = issuer.replace(/^https:\/\//, '').replace(/\/$/, '');
  const partition = principal.split(':')[1] ?? 'aws';
  const document: Json = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:${partition}:iam::${cluster.account}:oidc-provider/${provider}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${provider}:aud`]: 'sts.amazonaws.com', [`${provider}:sub`]: subject } },
      },
    ],
  };
  return { document, command: createRole(principal) };
}

function podIdentity(cluster: Cluster, principal: string, { namespace, serviceAccount }: WorkloadReference) {
  const document: Json = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'pods.eks.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        // The session's tags say whence a call comes; without the condition any association of the account would do.
        Condition: {
          StringEquals: {
            'aws:RequestTag/eks-cluster-arn': `arn:${principal.split(':')[1]}:eks:${cluster.region}:${cluster.account}:cluster/${cluster.name}`,
            'aws:RequestTag/kubernetes-namespace': namespace,
            'aws:RequestTag/kubernetes-service-account': serviceAccount,
          },
        },
      },
    ],
  };
  const association = `aws eks create-pod-identity-association --cluster-name ${cluster.name} --namespace ${namespace} --service-account ${serviceAccount} --role-arn ${principal}`;
  return { document, command: `${createRole(principal)} && ${association}` };
}

function federatedCredential(
  cluster: Cluster,
  principal: string,
  workload: WorkloadReference,
  subject: string,
  issuer: string,
) {
  const audience = 'api://AzureADTokenExchange';
  const name = `${cluster.name}-${workload.namespace}-${workload.serviceAccount}`.slice(0, 120);
  const document: Json = { name, issuer, subject, audiences: [audience] };
  // The CLI wants the identity's name and group, which follow from its client id.
  const lookUp = (property: string) =>
    `"$(az identity list --query "[?clientId=='${principal}'].${property}" --output tsv)"`;
  const identity = `--identity-name ${lookUp('name')} --resource-group ${lookUp('resourceGroup')}`;
  const command = `az identity federated-credential create --name ${name} ${identity} --issuer ${issuer} --subject ${subject} --audiences ${audience}`;
  return { document, command };
}
