import type { IdentityCapability, IdentityImplementation } from '@fairlead/inventory/model';
import { describe, expect, test } from 'vitest';
import { sampleCluster, sampleWorkload } from '@fairlead/fixtures';
import { identityDocument } from './identity-document.ts';
import { workloadIdentity } from './workload-identity.ts';

const client = '00000000-0000-4000-8000-000000000001';
const issuer = 'https://oidc.example.com/id/ABC';

/** Each implementation as a cluster file states it. */
const capability: Readonly<Record<Exclude<IdentityImplementation, 'none'>, IdentityCapability>> = {
  irsa: { implementation: 'irsa', issuer, pattern: 'arn:aws:iam::{account}:role/{cluster}-{app}-{workload}' },
  'pod-identity': {
    implementation: 'pod-identity',
    pattern: 'arn:aws:iam::{account}:role/{environment}/{serviceAccount}',
  },
  'gke-workload-identity': {
    implementation: 'gke-workload-identity',
    pattern: '{app}-{workload}@{account}.iam.gserviceaccount.com',
  },
  'gke-workload-identity-direct': { implementation: 'gke-workload-identity-direct', projectNumber: '123456789' },
  'azure-workload-identity': {
    implementation: 'azure-workload-identity',
    issuer,
    principals: { 'shop/api': client },
    tenant: 'tenant',
  },
};

function on(implementation: Exclude<IdentityImplementation, 'none'>, more: Partial<IdentityCapability> = {}) {
  const google = implementation.startsWith('gke');
  return sampleCluster({
    capabilities: { identity: { ...capability[implementation], ...more } },
    ...(google && { account: 'shop-project' }),
  });
}

const api = sampleWorkload();
const role = 'arn:aws:iam::111122223333:role/eks-staging-shop-api';
const nothing = { serviceAccountAnnotations: {}, podLabels: {}, nodeSelector: {}, diagnostics: [] };

test.each<[Exclude<IdentityImplementation, 'none'>, object]>([
  [
    'irsa',
    {
      ...nothing,
      principal: role,
      serviceAccountAnnotations: {
        'eks.amazonaws.com/role-arn': role,
        'eks.amazonaws.com/sts-regional-endpoints': 'true',
      },
    },
  ],
  ['pod-identity', { ...nothing, principal: 'arn:aws:iam::111122223333:role/staging/shop-api' }],
  [
    'gke-workload-identity',
    {
      ...nothing,
      principal: 'shop-api@shop-project.iam.gserviceaccount.com',
      serviceAccountAnnotations: { 'iam.gke.io/gcp-service-account': 'shop-api@shop-project.iam.gserviceaccount.com' },
    },
  ],
  [
    'gke-workload-identity-direct',
    {
      ...nothing,
      principal:
        'principal://iam.googleapis.com/projects/123456789/locations/global/workloadIdentityPools/shop-project.svc.id.goog/subject/ns/shop/sa/shop-api',
    },
  ],
  [
    'azure-workload-identity',
    {
      ...nothing,
      principal: client,
      serviceAccountAnnotations: {
        'azure.workload.identity/client-id': client,
        'azure.workload.identity/tenant-id': 'tenant',
      },
      podLabels: { 'azure.workload.identity/use': 'true' },
    },
  ],
])('a workload on %s', (implementation, expected) => {
  expect(workloadIdentity(on(implementation), api)).toEqual(expected);
});

describe("the cloud's half", () => {
  const subject = 'system:serviceaccount:shop:shop-api';

  test('irsa: a role that trusts this one ServiceAccount', () => {
    expect(identityDocument(on('irsa'), api)).toEqual({
      implementation: 'irsa',
      principal: role,
      subject,
      document: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id/ABC' },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: {
              StringEquals: {
                'oidc.example.com/id/ABC:aud': 'sts.amazonaws.com',
                'oidc.example.com/id/ABC:sub': subject,
              },
            },
          },
        ],
      },
      command:
        'aws iam create-role --role-name eks-staging-shop-api --assume-role-policy-document file://document.json',
      diagnostics: [],
    });
  });

  test('pod-identity: a role for the agent, and the association', () => {
    const { document, command } = identityDocument(on('pod-identity'), api);
    expect(document).toMatchObject({
      Statement: [{ Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] }],
    });
    expect(command).toContain(
      'aws eks create-pod-identity-association --cluster-name eks-staging --namespace shop --service-account shop-api --role-arn arn:aws:iam::111122223333:role/staging/shop-api',
    );
  });

  test('gke-workload-identity: a binding of the Google service account', () => {
    expect(identityDocument(on('gke-workload-identity'), api)).toMatchObject({
      document: {
        bindings: [
          {
            role: 'roles/iam.workloadIdentityUser',
            members: ['serviceAccount:shop-project.svc.id.goog[shop/shop-api]'],
          },
        ],
      },
      command:
        'gcloud iam service-accounts add-iam-policy-binding shop-api@shop-project.iam.gserviceaccount.com --role roles/iam.workloadIdentityUser --member "serviceAccount:shop-project.svc.id.goog[shop/shop-api]"',
    });
  });

  test('gke-workload-identity-direct: the member to grant roles to', () => {
    const { document, principal } = identityDocument(on('gke-workload-identity-direct'), api);
    expect(document).toEqual({ members: [principal] });
  });

  test('azure-workload-identity: a federated credential', () => {
    expect(identityDocument(on('azure-workload-identity'), api)).toMatchObject({
      document: { name: 'eks-staging-shop-shop-api', issuer, subject, audiences: ['api://AzureADTokenExchange'] },
      command: expect.stringContaining(
        `--identity-name "$(az identity list --query "[?clientId=='${client}'].name" --output tsv)"`,
      ),
    });
  });

  test('a role in another partition trusts the provider of its own', () => {
    const { document } = identityDocument(on('irsa', { pattern: 'arn:aws-cn:iam::{account}:role/{app}' }), api);
    expect(JSON.stringify(document)).toContain('arn:aws-cn:iam::111122223333:oidc-provider/');
  });
});

test.each<[string, Parameters<typeof on>, string, RegExp]>([
  [
    'unknown placeholder',
    ['irsa', { pattern: 'arn:aws:iam::{acount}:role/x' }],
    'identity/unknown-placeholder',
    /did you mean "account"/,
  ],
  ['no pattern', ['irsa', { pattern: undefined }], 'identity/missing-setting', /identity\.principals\["shop\/api"\]/],
  ['no ARN', ['irsa', { pattern: '{app}' }], 'identity/invalid-principal', /a role ARN/],
  [
    'a role name of 65 characters',
    ['irsa', { pattern: `arn:aws:iam::{account}:role/${'x'.repeat(65)}` }],
    'identity/invalid-principal',
    /64/,
  ],
  [
    'a Google account name of 31',
    ['gke-workload-identity', { pattern: `${'x'.repeat(31)}@p.iam.gserviceaccount.com` }],
    'identity/invalid-principal',
    /6 to 30/,
  ],
  [
    'no project number',
    ['gke-workload-identity-direct', { projectNumber: undefined }],
    'identity/missing-setting',
    /projectNumber/,
  ],
  ['no client id', ['azure-workload-identity', { principals: { shop: 'shop' } }], 'identity/invalid-principal', /GUID/],
])('%s is a diagnostic, and nothing is annotated', (_, [implementation, more], code, hint) => {
  const identity = workloadIdentity(on(implementation, more), api);
  expect(identity).toMatchObject({
    serviceAccountAnnotations: {},
    podLabels: {},
    diagnostics: [{ code, hint: expect.stringMatching(hint) }],
  });
});

test.each(['irsa', 'azure-workload-identity'] as const)(
  '%s needs the issuer for the half of the cloud only',
  (implementation) => {
    const cluster = on(implementation, { issuer: undefined });
    expect(workloadIdentity(cluster, api).diagnostics).toEqual([]);
    expect(identityDocument(cluster, api).diagnostics).toMatchObject([{ code: 'identity/missing-setting' }]);
  },
);

test('a cluster without identities says so to whoever asks for one', () => {
  expect(workloadIdentity(sampleCluster(), api).diagnostics).toMatchObject([{ code: 'identity/unavailable' }]);
});
