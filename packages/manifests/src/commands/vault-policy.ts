import { secretUses } from '@fairlead/app';
import { vaultPolicy as policyOf } from '@fairlead/vault-csi';
import type { Io } from '../io.ts';
import { UsageError } from '../io.ts';
import { placementGraph } from '../placement-graph.ts';
import { printDiagnostics } from '../print.ts';
import { findWorkspace } from '../workspace.ts';

/** Prints the least that Vault must grant an app on a cluster: policies in HCL and Kubernetes auth roles. */
export async function vaultPolicy(
  app: string,
  cluster: string,
  { json }: { readonly json?: boolean | undefined },
  io: Io,
): Promise<number> {
  const graph = await placementGraph(app, cluster, io);
  if (!graph) return 1;
  const { implementation } = graph.cluster.capabilities.secrets;
  if (implementation !== 'vault') {
    throw new UsageError(
      `cluster "${cluster}" keeps its secrets in ${implementation}, not in Vault`,
      `fairlead explain ${cluster} capabilities.secrets`,
    );
  }
  const { authMount, policies, roles, diagnostics } = policyOf(graph.cluster, secretUses(graph));
  printDiagnostics(findWorkspace(io.cwd), diagnostics, io);
  if (json) io.stdout(`${JSON.stringify({ version: 1, app, cluster, authMount, policies, roles }, undefined, 2)}\n`);
  else {
    for (const [name, text] of Object.entries(policies)) io.stdout(`# vault policy write ${name} -\n${text}\n`);
    for (const [name, role] of Object.entries(roles)) {
      io.stdout(`# vault write auth/${authMount}/role/${name} -\n${JSON.stringify(role, undefined, 2)}\n`);
    }
  }
  return diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0;
}
