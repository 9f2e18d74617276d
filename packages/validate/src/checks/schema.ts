import { slipOf } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import { groupOf } from '@fairlead/objects';
import type { Report } from '../check.ts';
import { nearestDefined } from '../defined-kinds.ts';
import { atPath, isMap, textAt } from '../json.ts';
import type { ManifestSet } from '../manifest-set.ts';
import { servedVersions } from '../manifest-set.ts';
import { holdsVariable } from '../placeholders.ts';
import type { SchemaError, SchemaSource, SchemaValidator } from '../schema-source.ts';
import { isBuiltInGroup } from '../scope.ts';
import { removedApis } from './deprecated-apis.ts';

/** Judges every manifest by its strict schema. A kind without schema is an error in the fleet, a warning in a folder, told once per kind there. */
export function checkSchemas(set: ManifestSet, report: Report, schemas: SchemaSource | undefined): void {
  if (schemas === undefined) return;
  const definitions = set.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition');
  const source = schemas.withDefinitions?.(definitions) ?? schemas;
  const validators = new Map<string, Map<string, SchemaValidator>>();
  for (const { apiVersion, kind, manifests } of set.kinds) {
    const validator = source.validatorFor(set.kubernetes, apiVersion, kind);
    if (validator !== undefined) {
      const kinds = validators.get(apiVersion) ?? new Map<string, SchemaValidator>();
      validators.set(apiVersion, kinds.set(kind, validator));
    } else if (!removedApis.has(`${apiVersion}/${kind}`)) {
      for (const manifest of set.context === 'fleet' ? manifests : manifests.slice(0, 1))
        reportUnknown(set, report, manifest);
    }
  }
  // Not kind by kind: what V8 learns of the first kinds would be wrong for each that follows.
  for (const manifest of set.manifests) {
    const validator = validators.get(manifest.apiVersion)?.get(manifest.kind);
    const errors = validator?.(manifest) ?? [];
    if (validator === undefined || errors.length === 0) continue;
    const dropped = set.context === 'folder' ? droppedNulls(manifest, errors, validator) : nothing;
    for (const error of errors)
      if (!isDefaulted(error))
        report('schema/invalid', manifest, error.pointer, error.message, {
          hint: error.hint,
          severity: dropped.has(error.pointer) || mayBeNewer(set, source, manifest, error) ? 'warning' : undefined,
        });
  }
}

const nothing: ReadonlySet<string> = new Set();

/**
 * Empty fields of a custom resource that it does without: API servers drop a null where none may stand, and then miss what is required.
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable
 */
function droppedNulls(
  manifest: Manifest,
  errors: readonly SchemaError[],
  validator: SchemaValidator,
): ReadonlySet<string> {
  const empty = errors.flatMap(({ message, pointer }) => (message.endsWith('is empty (null)') ? pointer : []));
  if (empty.length === 0 || isBuiltInGroup(groupOf(manifest.apiVersion))) return nothing;
  const before = new Set(errors.map(({ pointer, message }) => `${pointer} ${message}`));
  return new Set(
    empty.filter((pointer) => {
      const without = structuredClone(manifest);
      const steps = pointer.split('/').slice(1);
      const field = steps.pop() ?? '';
      const parent = atPath(without, steps);
      if (!isMap(parent) || !Reflect.deleteProperty(parent, field)) return false;
      return validator(without).every((each) => before.has(`${each.pointer} ${each.message}`));
    }),
  );
}

/**
 * Whether a field may be of another version of a custom resource than the one that is known: in somebody's folder it is an error only
 * where its definition is at hand, or where the name is a slip of a known field or is known elsewhere in the kind.
 */
function mayBeNewer(
  set: ManifestSet,
  source: SchemaSource,
  { apiVersion, kind }: Manifest,
  error: SchemaError,
): boolean {
  return (
    set.context === 'folder' &&
    error.message.startsWith('unknown field') &&
    !/^(?:did you mean|it belongs)/.test(error.hint ?? '') &&
    !isBuiltInGroup(groupOf(apiVersion)) &&
    source.isDefined?.(apiVersion, kind) !== true
  );
}

/** Fields that the published schema requires although the API server fills them in: `status` of a pod condition is "True". */
function isDefaulted({ pointer, message }: { readonly pointer: string; readonly message: string }): boolean {
  return message === 'missing field "status"' && /\/onPodConditions\/\d+$/.test(pointer);
}

/** API versions of the kinds that most folders hold. */
const homes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    v1: 'ConfigMap Namespace PersistentVolume PersistentVolumeClaim Pod Secret Service ServiceAccount ResourceQuota LimitRange',
    'apps/v1': 'DaemonSet Deployment ReplicaSet StatefulSet',
    'batch/v1': 'CronJob Job',
    'autoscaling/v2': 'HorizontalPodAutoscaler',
    'policy/v1': 'PodDisruptionBudget',
    'networking.k8s.io/v1': 'Ingress IngressClass NetworkPolicy',
    'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
    'storage.k8s.io/v1': 'StorageClass',
    'scheduling.k8s.io/v1': 'PriorityClass',
    'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
    'admissionregistration.k8s.io/v1': 'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
  }).flatMap(([version, kinds]) => kinds.split(' ').map((kind): [string, string] => [kind, version])),
);

/** Whether a group is meant to be one of Kubernetes; batch.volcano.sh and apps.kruise.io have a Job and a StatefulSet of their own. */
function isSlipOfGroup(group: string, meant: string): boolean {
  return group === `${meant}.k8s.io` || (meant.includes('.') && slipOf(group, [meant]) !== undefined);
}

function reportUnknown(set: ManifestSet, report: Report, manifest: Manifest): void {
  const group = groupOf(manifest.apiVersion);
  if (set.definitions.has(`${group}/${manifest.kind}`)) {
    const served = set
      .ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')
      .filter(
        (each) => textAt(each, 'spec', 'group') === group && textAt(each, 'spec', 'names', 'kind') === manifest.kind,
      )
      .flatMap(servedVersions);
    if (!served.includes(manifest.apiVersion.slice(group.length + 1))) {
      report(
        'schema/unknown-kind',
        manifest,
        '/apiVersion',
        `the CustomResourceDefinition of ${manifest.kind} serves no ${manifest.apiVersion}`,
        { hint: served.length > 0 ? `it serves ${served.join(', ')}` : undefined, severity: 'error' },
      );
      return;
    }
  }
  const near = nearestDefined(set, group, manifest.kind);
  if (near !== undefined) {
    report('schema/unknown-kind', manifest, '/kind', `nothing defines ${manifest.kind} of ${manifest.apiVersion}`, {
      hint: `did you mean "${near}"?`,
      severity: 'error',
    });
    return;
  }
  const home = homes.get(manifest.kind);
  const meant = slipOf(manifest.kind, [...homes.keys()]);
  // The groups of custom resources have a dot: https://kubernetes.io/docs/reference/access-authn-authz/webhook/ and the CRD validation
  const builtIn =
    isBuiltInGroup(group) || !group.includes('.') || (home !== undefined && isSlipOfGroup(group, groupOf(home)));
  const message = builtIn
    ? `Kubernetes ${set.kubernetes} serves no ${manifest.kind} of ${manifest.apiVersion}`
    : `there is no schema for ${manifest.kind} of ${manifest.apiVersion}`;
  report('schema/unknown-kind', manifest, builtIn && home === undefined ? '/kind' : '/apiVersion', message, {
    severity: builtIn && !holdsVariable(manifest.apiVersion) ? 'error' : set.offered,
    hint: builtIn
      ? home !== undefined
        ? `write apiVersion: ${home}`
        : meant !== undefined
          ? `did you mean "${meant}"?`
          : 'check the spelling of kind and apiVersion'
      : set.context === 'folder'
        ? 'put its CustomResourceDefinition into the folder, or name a folder of schemas with --schemas'
        : 'let an app of the cluster render its CustomResourceDefinition, or add the kind to tools/schema-generator/src/custom-resources.ts and run npm run schemas',
  });
}
