import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { schemaVersionOf } from '@fairlead/schemas';
import { kubeconformPath } from './kubeconform.mjs';

const registry = fileURLToPath(new URL('../../packages/schemas/registry', import.meta.url));

/** What kubeconform says of one object; `status` is `statusValid`, `statusInvalid`, `statusError` or `statusSkipped`. */
export interface KubeconformResource {
  readonly filename: string;
  readonly kind: string;
  readonly name: string;
  readonly version: string;
  readonly status: string;
  readonly msg: string;
}

/** What kubeconform says of a run. */
export interface KubeconformReport {
  readonly resources: readonly KubeconformResource[];
  readonly summary: {
    readonly valid: number;
    readonly invalid: number;
    readonly errors: number;
    readonly skipped: number;
  };
}

/**
 * Runs the pinned kubeconform with `-strict` on files or folders, offline, against the registry's schemas of a
 * Kubernetes version (`1.34`). A kind without schema is an error: `-ignore-missing-schemas` is never passed.
 */
export async function runKubeconform(kubernetes: string, paths: readonly string[]): Promise<KubeconformReport> {
  const args = [
    ...['-strict', '-summary', '-verbose', '-output', 'json', '-n', '2'],
    ...['-kubernetes-version', `${schemaVersionOf(kubernetes)}.0`],
    '-schema-location',
    `${registry}/{{.NormalizedKubernetesVersion}}-standalone{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json`,
    '-schema-location',
    `${registry}/crds/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json`,
  ];
  const { stdout, stderr } = spawnSync(await kubeconformPath(), [...args, ...paths], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (!stdout.trimStart().startsWith('{')) throw new Error(`kubeconform: ${stderr || stdout}`);
  return JSON.parse(stdout) as KubeconformReport;
}
