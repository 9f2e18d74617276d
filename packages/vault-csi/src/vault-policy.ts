import type { Diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory/model';
import { vaultRole } from './provider-class.ts';
import { remotePath } from './remote-path.ts';
import type { Secret } from './secret.ts';

/** A secret with the ServiceAccounts of the workloads that read it. */
export interface SecretUse extends Secret {
  readonly serviceAccounts: readonly string[];
}

/** A role of Vault's Kubernetes auth method, in the field names of its API. */
export interface VaultRole {
  readonly bound_service_account_names: readonly string[];
  readonly bound_service_account_namespaces: readonly string[];
  readonly token_policies: readonly string[];
  readonly token_ttl: string;
}

/** What Vault must know of an app on a cluster: policies as HCL and roles as JSON, both by name. */
export interface VaultAccess {
  /** `auth/<mount>/role/<name>` is where the roles go. */
  readonly authMount: string;
  readonly policies: Readonly<Record<string, string>>;
  readonly roles: Readonly<Record<string, VaultRole>>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The least that Vault must grant: for each secret one policy that reads its path and nothing else, and one role that binds it to
 * the ServiceAccounts of its consumers. Empty where the cluster keeps its secrets elsewhere.
 *
 * @see https://developer.hashicorp.com/vault/api-docs/auth/kubernetes#create-update-role
 */
export function vaultPolicy(cluster: Cluster, uses: readonly SecretUse[]): VaultAccess {
  const { implementation, authMount = 'kubernetes', mount = 'secret' } = cluster.capabilities.secrets;
  const policies: Record<string, string> = {};
  const roles: Record<string, VaultRole> = {};
  const diagnostics: Diagnostic[] = [];
  if (implementation !== 'vault') return { authMount, policies, roles, diagnostics };
  for (const use of uses) {
    const role = vaultRole(use);
    // Roles live under the cluster's own auth mount, policies are Vault-wide: so their names carry the cluster.
    const policy = `${cluster.name}-${role}`;
    const remote = remotePath(use, '/');
    diagnostics.push(...remote.diagnostics);
    policies[policy] = `path "${mount}/data/${remote.path}" {\n  capabilities = ["read"]\n}\n`;
    roles[role] = {
      bound_service_account_names: [...new Set(use.serviceAccounts)].sort(),
      bound_service_account_namespaces: [use.namespace],
      token_policies: [policy],
      token_ttl: '20m',
    };
  }
  return { authMount, policies, roles, diagnostics };
}
