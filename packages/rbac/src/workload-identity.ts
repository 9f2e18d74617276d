import { type Diagnostic, diagnostic, didYouMean } from '@fairlead/diagnostics';
import type { Cluster, IdentityImplementation } from '@fairlead/inventory/model';
import type { Labels, WorkloadReference } from '@fairlead/objects';
import { expandPattern, placeholders } from './expand-pattern.ts';

/** What a workload's ServiceAccount and pods carry so that the cloud knows them; data for whoever builds the two. */
export interface WorkloadIdentity {
  /** Role ARN, Google service account e-mail, `principal://` URI or Azure client id; absent where something is missing. */
  readonly principal?: string | undefined;
  readonly serviceAccountAnnotations: Labels;
  readonly podLabels: Labels;
  readonly nodeSelector: Labels;
  readonly diagnostics: readonly Diagnostic[];
}

interface PrincipalForm {
  readonly pattern: RegExp;
  readonly expected: string;
}

const roleArn: PrincipalForm = {
  // A role name has at most 64 characters; a path may stand before it.
  pattern: /^arn:aws(-[a-z]+)*:iam::\d{12}:role\/([\w+=,.@/-]+\/)?[\w+=,.@-]{1,64}$/,
  expected: 'a role ARN such as arn:aws:iam::111122223333:role/shop, with a name of at most 64 characters',
};

/** What a principal looks like, per implementation; absent: it follows from names alone. */
const forms: Readonly<Partial<Record<IdentityImplementation, PrincipalForm>>> = {
  irsa: roleArn,
  'pod-identity': roleArn,
  'gke-workload-identity': {
    pattern: /^[a-z][-a-z0-9]{4,28}[a-z0-9]@[a-z][-a-z0-9.:]*\.iam\.gserviceaccount\.com$/,
    expected: 'an e-mail such as shop-api@project.iam.gserviceaccount.com, with 6 to 30 characters before the @',
  },
  'azure-workload-identity': {
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    expected: 'the client id of a managed identity, a GUID',
  },
};

type Statement = Pick<WorkloadReference, 'app' | 'component'>;

const keyOf = ({ app, component }: Statement): string => `${app}/${component}`;

/** What the cluster file states for a workload, placeholders and all. */
function statedOf({ capabilities: { identity } }: Cluster, workload: Statement): string | undefined {
  return identity.principals?.[keyOf(workload)] ?? identity.principals?.[workload.app] ?? identity.pattern;
}

/** True when the cluster file says nothing of which the identity of a workload could be made. */
export function lacksIdentity(cluster: Cluster, workload: Statement): boolean {
  const { implementation, projectNumber } = cluster.capabilities.identity;
  if (implementation === 'none') return true;
  if (implementation === 'gke-workload-identity-direct') return projectNumber === undefined;
  return statedOf(cluster, workload) === undefined;
}

/** What the cluster file lacks for workloads of one app, told once for all of them. */
export function missingIdentity(cluster: Cluster, workloads: readonly [Statement, ...Statement[]]): Diagnostic {
  const { implementation } = cluster.capabilities.identity;
  const [first, ...others] = workloads;
  const all = workloads.map(keyOf);
  const who = others.length === 0 ? `workload ${keyOf(first)} wants` : `workloads ${all.join(', ')} want`;
  const fault = (code: 'identity/missing-setting' | 'identity/unavailable', message: string, hint: string) =>
    diagnostic(code, { message, hint, clusters: [cluster.name] });
  if (implementation === 'none') {
    return fault(
      'identity/unavailable',
      `${who} a cloud identity, and cluster ${cluster.name} has none`,
      'set capabilities.identity.implementation, or leave the identity of the workload out on this cluster',
    );
  }
  if (implementation === 'gke-workload-identity-direct') {
    return fault(
      'identity/missing-setting',
      `cluster ${cluster.name}: a principal of workload identity federation begins with the project's number`,
      'set capabilities.identity.projectNumber',
    );
  }
  const each = `["${keyOf(first)}"]`;
  const keys = others.length === 0 ? each : `["${first.app}"], or one for each as in ${each},`;
  return fault(
    'identity/missing-setting',
    `${who} a cloud identity, and cluster ${cluster.name} does not say which`,
    `set capabilities.identity.principals${keys} or capabilities.identity.pattern to ${forms[implementation]?.expected}`,
  );
}

/** Whom the cloud takes a workload for; undefined with a diagnostic where the cluster file does not say. */
export function principalOf(
  cluster: Cluster,
  workload: WorkloadReference,
): { principal?: string; diagnostics: Diagnostic[] } {
  const { implementation, projectNumber } = cluster.capabilities.identity;
  if (lacksIdentity(cluster, workload)) return { diagnostics: [missingIdentity(cluster, [workload])] };
  if (implementation === 'gke-workload-identity-direct') {
    const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/${cluster.account}.svc.id.goog`;
    return {
      principal: `principal://iam.googleapis.com/${pool}/subject/ns/${workload.namespace}/sa/${workload.serviceAccount}`,
      diagnostics: [],
    };
  }
  return expanded(cluster, workload, implementation, statedOf(cluster, workload) ?? '');
}

function expanded(
  cluster: Cluster,
  workload: WorkloadReference,
  implementation: IdentityImplementation,
  stated: string,
) {
  const known = placeholders(cluster, workload);
  const { text, unknown } = expandPattern(stated, known);
  if (unknown.length > 0) {
    return {
      diagnostics: unknown.map((word) =>
        diagnostic('identity/unknown-placeholder', {
          message: `cluster ${cluster.name}: nothing replaces {${word}} in the identity "${stated}"`,
          hint: didYouMean(word, Object.keys(known)),
          clusters: [cluster.name],
        }),
      ),
    };
  }
  const form = forms[implementation];
  if (form !== undefined && !form.pattern.test(text)) {
    const message = `cluster ${cluster.name}: the identity of ${workload.app}/${workload.component} is "${text}"`;
    const hint = `${implementation} takes ${form.expected}`;
    return { diagnostics: [diagnostic('identity/invalid-principal', { message, hint, clusters: [cluster.name] })] };
  }
  return { principal: text, diagnostics: [] };
}

/**
 * The identity of a workload that asks for one. A workload that does not ask gets none, so it is asked per workload.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity
 * @see https://learn.microsoft.com/azure/aks/workload-identity-overview
 */
export function workloadIdentity(cluster: Cluster, workload: WorkloadReference): WorkloadIdentity {
  const { implementation, tenant } = cluster.capabilities.identity;
  const { principal, diagnostics } = principalOf(cluster, workload);
  const none: Labels = {};
  const identity = { principal, serviceAccountAnnotations: none, podLabels: none, nodeSelector: none, diagnostics };
  if (principal === undefined) return identity;
  switch (implementation) {
    case 'irsa':
      return {
        ...identity,
        serviceAccountAnnotations: {
          'eks.amazonaws.com/role-arn': principal,
          // The global endpoint is one region's; the regional one survives its outage.
          'eks.amazonaws.com/sts-regional-endpoints': 'true',
        },
      };
    case 'gke-workload-identity':
      return { ...identity, serviceAccountAnnotations: { 'iam.gke.io/gcp-service-account': principal } };
    case 'azure-workload-identity':
      return {
        ...identity,
        serviceAccountAnnotations: {
          'azure.workload.identity/client-id': principal,
          ...(tenant === undefined ? {} : { 'azure.workload.identity/tenant-id': tenant }),
        },
        // On the pod template, not the ServiceAccount: without it the webhook leaves the pod alone.
        podLabels: { 'azure.workload.identity/use': 'true' },
      };
    // Known to the cloud by namespace and name alone.
    case 'pod-identity':
    case 'gke-workload-identity-direct':
    case 'none':
      return identity;
  }
}
