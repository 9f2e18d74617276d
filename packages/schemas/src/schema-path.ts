import type { SchemaVersion } from './versions.ts';
import { schemaFolder } from './versions.ts';

/**
 * Where the registry keeps the schema of a kind that Kubernetes itself serves, relative to the registry:
 * `v1.34.0-standalone-strict/deployment-apps-v1.json`. Only the first label of the group is part of the name
 * (kubeconform's `{{.ResourceKind}}{{.KindSuffix}}`).
 */
export function nativeSchemaPath(version: SchemaVersion, apiVersion: string, kind: string): string {
  const [group = '', revision] = apiVersion.split('/');
  const suffix = revision === undefined ? group : `${group.split('.')[0]}-${revision}`;
  return `${schemaFolder(version)}/${kind.toLowerCase()}-${suffix}.json`;
}

/** Where the registry keeps the schema of a custom resource: `crds/monitoring.coreos.com/servicemonitor_v1.json`. */
export function customSchemaPath(apiVersion: string, kind: string): string {
  const [group, revision] = apiVersion.split('/');
  return `crds/${group}/${kind.toLowerCase()}_${revision}.json`;
}
