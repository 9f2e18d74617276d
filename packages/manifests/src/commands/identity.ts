import { identities } from '@fairlead/app';
import { identityDocument } from '@fairlead/rbac';
import type { Io } from '../io.ts';
import { placementGraph } from '../placement-graph.ts';
import { printDiagnostics } from '../print.ts';
import { findWorkspace } from '../workspace.ts';

/** Prints the cloud's half of an app's identities on a cluster: what its administrators create, as JSON for CLI or Terraform. */
export async function identity(app: string, cluster: string, io: Io): Promise<number> {
  const graph = await placementGraph(app, cluster, io);
  if (!graph) return 1;
  const documents = identities(graph).map(({ name, reference }) => ({
    workload: name,
    ...identityDocument(graph.cluster, reference),
  }));
  const diagnostics = documents.flatMap((each) => each.diagnostics);
  printDiagnostics(findWorkspace(io.cwd), diagnostics, io);
  const rows = documents.map(({ diagnostics: _, ...rest }) => rest);
  io.stdout(`${JSON.stringify({ version: 1, app, cluster, identities: rows }, undefined, 2)}\n`);
  return diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0;
}
