import type { ChangeClass } from '../model.ts';

/** A kind of finding: its class and the sentence that tells it. `{subject}` is the object or the objects, other braces are the finding's words. */
export interface CodeEntry {
  readonly class: ChangeClass;
  readonly sentence: string;
}

/** Every code that a report can hold. The order within a class is the order in the report. */
export const codes = {
  // destroys
  'namespace-deleted': {
    class: 'destroys',
    sentence: '{subject} is deleted, and with it every object and volume claim inside',
  },
  'crd-deleted': {
    class: 'destroys',
    sentence: '{subject} is deleted, and with it every custom resource of that kind on the cluster',
  },
  'claim-deleted': {
    class: 'destroys',
    sentence: '{subject} is deleted; with a storage class that reclaims by Delete its data is gone',
  },
  'volume-deleted': { class: 'destroys', sentence: '{subject} is deleted{how}' },
  'stateful-set-deleted': { class: 'destroys', sentence: '{subject} is deleted: its pods lose their identity{claims}' },
  'database-deleted': { class: 'destroys', sentence: '{subject} is deleted: its operator removes the data with it' },
  'delivery-deleted': {
    class: 'destroys',
    sentence: '{subject} is deleted: {engine} deletes everything that it had applied',
  },
  'backup-deleted': {
    class: 'destroys',
    sentence: '{subject} is deleted: that copy of the data cannot be restored any more',
  },
  'identity-replaced': {
    class: 'destroys',
    sentence:
      '{subject} is deleted and created anew as {to}: to the cluster that is another object, data and identity do not follow',
  },
  'object-pruned': {
    class: 'destroys',
    sentence: '{subject} is deleted from the cluster: Argo CD and Flux prune what git no longer has',
  },
  'reclaim-policy-delete': {
    class: 'destroys',
    sentence: '{subject} reclaims by Delete from now on: the data goes when the claim goes',
  },
  'claims-deleted-with-set': { class: 'destroys', sentence: '{subject} deletes its volume claims {when} from now on' },
  'deletion-policy-delete': {
    class: 'destroys',
    sentence: '{subject} deletes what it manages from now on ({field}: Delete)',
  },
  'storage-ephemeral': {
    class: 'destroys',
    sentence: '{subject} no longer mounts a persistent volume at {volume}: what is written there is lost with the pod',
  },
  'prune-everything': {
    class: 'destroys',
    sentence: '{subject} is told to take its objects from another place ({field}): what is not found there is pruned',
  },
  'prune-enabled': {
    class: 'destroys',
    sentence: '{subject} prunes from now on: what it once applied and git no longer has is deleted',
  },
  'cascade-enabled': {
    class: 'destroys',
    sentence: '{subject} takes what it manages with it when it is deleted ({field})',
  },
  'crd-field-removed': {
    class: 'destroys',
    sentence:
      '{subject} no longer knows the fields {fields}: the API server drops them from the objects that it stores',
  },
  'forced-data-loss': {
    class: 'destroys',
    sentence: '{subject}: {field} cannot change, so it is deleted with its data and created anew ({how})',
  },
  'reclaim-policy-next': {
    class: 'destroys',
    sentence: '{subject}, once created anew, reclaims by Delete: the data of new volumes goes when the claim goes',
  },
  // rejected
  'immutable-selector': {
    class: 'rejected',
    sentence:
      '{subject}: spec.selector cannot change, the API server refuses it; delete and create it again, or give the new one another name',
  },
  'selector-mismatch': {
    class: 'rejected',
    sentence:
      '{subject}: the pod template no longer carries the labels that spec.selector asks for, the API server refuses it; keep the labels',
  },
  'immutable-stateful-set': {
    class: 'rejected',
    sentence:
      '{subject}: {field} of a StatefulSet cannot change, the API server refuses it; delete it with --cascade=orphan and apply again',
  },
  'immutable-claim-templates': {
    class: 'rejected',
    sentence:
      '{subject}: volumeClaimTemplates cannot change, the API server refuses it; resize the claims themselves, delete the StatefulSet with --cascade=orphan and apply again',
  },
  'immutable-job': {
    class: 'rejected',
    sentence:
      '{subject}: {field} of a Job cannot change, the API server refuses it; give the Job a new name or delete it first (Argo CD: Replace=true,Force=true; Flux: force)',
  },
  'immutable-pod': {
    class: 'rejected',
    sentence: '{subject}: {field} of a Pod cannot change, the API server refuses it; delete and create the Pod',
  },
  'immutable-cluster-ip': {
    class: 'rejected',
    sentence: '{subject}: {field} of a Service cannot change, the API server refuses it; delete and create the Service',
  },
  'immutable-claim': {
    class: 'rejected',
    sentence:
      '{subject}: {field} of a PersistentVolumeClaim cannot change, the API server refuses it; create a new claim and copy the data',
  },
  'claim-shrunk': {
    class: 'rejected',
    sentence:
      '{subject}: a volume cannot shrink ({from} to {to}), the API server refuses it; create a smaller claim and copy the data',
  },
  'immutable-volume': {
    class: 'rejected',
    sentence: '{subject}: {field} of a PersistentVolume cannot change, the API server refuses it; create a new volume',
  },
  'immutable-storage-class': {
    class: 'rejected',
    sentence:
      '{subject}: {field} of a StorageClass cannot change, the API server refuses it; create one with another name',
  },
  'immutable-role-ref': {
    class: 'rejected',
    sentence: '{subject}: roleRef cannot change, the API server refuses it; delete and create the binding',
  },
  'immutable-data': {
    class: 'rejected',
    sentence: '{subject} is marked immutable: the API server refuses any change; give the new content a new name',
  },
  'immutable-secret-type': {
    class: 'rejected',
    sentence: '{subject}: the type of a Secret cannot change, the API server refuses it; delete and create the Secret',
  },
  'immutable-field': {
    class: 'rejected',
    sentence: '{subject}: {field} cannot change, the API server refuses it; {out}',
  },
  'crd-version-removed': {
    class: 'rejected',
    sentence:
      '{subject}: a version is removed; the API server refuses it while objects are stored in it: migrate them and clear status.storedVersions first',
  },
  'recreate-with-rolling-update': {
    class: 'rejected',
    sentence:
      '{subject}: spec.strategy.rollingUpdate may not stand beside type Recreate, the API server refuses it; remove it',
  },
  'request-above-limit': {
    class: 'rejected',
    sentence: '{subject}: {field} is above its limit, the API server refuses it',
  },
  'bounds-crossed': {
    class: 'rejected',
    sentence: '{subject}: minReplicas is above maxReplicas, the API server refuses it',
  },
  'budget-twice': {
    class: 'rejected',
    sentence: '{subject}: minAvailable and maxUnavailable exclude each other, the API server refuses it',
  },
  // interrupts
  'pods-restart': { class: 'interrupts', sentence: '{subject}: {pods} restart {how}' },
  'nothing-restarts-yet': {
    class: 'behaves',
    sentence: '{subject}: the pod template changes, but no running pod {why}',
  },
  'running-jobs-end': {
    class: 'interrupts',
    sentence: '{subject}: jobs that are at work are ended, and begin anew with the new template',
  },
  'readers-restart': {
    class: 'interrupts',
    sentence: '{subject} changes, and the reloader restarts what reads it: {readers}',
  },
  'workload-stopped': { class: 'interrupts', sentence: '{subject} stops: no pod runs any more' },
  'workload-deleted': { class: 'interrupts', sentence: '{subject} is deleted, pods included' },
  'workload-replaced': {
    class: 'interrupts',
    sentence: '{subject} is deleted and created anew as {to}: all its pods stop before or while new ones start',
  },
  'service-deleted': { class: 'interrupts', sentence: '{subject} is deleted: its name and address stop answering' },
  'service-replaced': {
    class: 'interrupts',
    sentence: '{subject} is deleted and created anew as {to}: the old name stops answering',
  },
  'service-port': { class: 'interrupts', sentence: '{subject}: a port changes; callers of the old one are cut off' },
  'service-selector': { class: 'interrupts', sentence: '{subject} sends its traffic to other pods' },
  'service-type': {
    class: 'interrupts',
    sentence: '{subject} changes its type from {from} to {to}: its external address goes',
  },
  'container-port': { class: 'interrupts', sentence: '{subject}: a container listens on another port' },
  'probe-changed': {
    class: 'interrupts',
    sentence: '{subject}: a probe changes; one that fails takes pods out of service or restarts them',
  },
  'host-changed': { class: 'interrupts', sentence: '{subject}: a host is no longer served' },
  'tls-changed': {
    class: 'interrupts',
    sentence: '{subject}: TLS is served with another certificate or configuration',
  },
  'route-deleted': { class: 'interrupts', sentence: '{subject} is deleted: what it routed is no longer reachable' },
  'route-replaced': {
    class: 'interrupts',
    sentence: '{subject} is deleted and created anew as {to}: requests fail in between',
  },
  'route-changed': { class: 'interrupts', sentence: '{subject}: requests are routed elsewhere' },
  'listener-changed': {
    class: 'interrupts',
    sentence: '{subject}: a listener changes; connections to the old one fail',
  },
  'rollouts-interrupt': {
    class: 'interrupts',
    sentence: '{subject}: every roll-out stops all pods before it starts new ones from now on',
  },
  'connections-cut': { class: 'interrupts', sentence: '{subject} cuts connections that were possible: {pairs}' },
  'nodes-replaced': {
    class: 'interrupts',
    sentence: '{subject}: nodes drift and are replaced, with every pod on them',
  },
  'database-restarts': {
    class: 'interrupts',
    sentence: '{subject}: the operator restarts or fails over its instances',
  },
  'version-unserved': { class: 'interrupts', sentence: '{subject}: a version is no longer served; clients of it fail' },
  'priority-lowered': { class: 'weakens', sentence: '{subject} is evicted earlier when nodes are short' },
  'forced-replacement': {
    class: 'interrupts',
    sentence: '{subject}: {field} cannot change, so it is deleted and created anew ({how})',
  },
  'storage-swapped': {
    class: 'interrupts',
    sentence:
      '{subject} no longer mounts the volume claim {from}{instead}: what is on it stays there, out of its reach',
  },
  suspended: { class: 'interrupts', sentence: '{subject} is suspended: it does not run until somebody resumes it' },
  'service-elsewhere': { class: 'interrupts', sentence: '{subject} sends its callers elsewhere: {from} to {to}' },
  'secret-key-removed': {
    class: 'interrupts',
    sentence: '{subject} no longer fills the key {key}: pods that read it fail at their next start',
  },
  // opens
  'escalation-gained': {
    class: 'opens',
    sentence: '{subject} gains permissions that lead to more than they say ({dangers}): {permissions}',
  },
  'permissions-gained': { class: 'opens', sentence: '{subject} gains permissions: {permissions}' },
  'subjects-gained': { class: 'opens', sentence: '{subject} gives {role} to {subjects}{dangers}' },
  aggregated: { class: 'opens', sentence: '{subject} adds its rules to the cluster role {role}' },
  reachable: { class: 'opens', sentence: '{subject} lets new connections through: {pairs}' },
  'policy-deleted': {
    class: 'opens',
    sentence: '{subject} is deleted: the pods that it isolated accept and open what no other policy forbids',
  },
  'policy-opened': { class: 'opens', sentence: '{subject} admits more than before' },
  'mesh-opened': { class: 'opens', sentence: '{subject}: {what}' },
  'pod-security-loosened': { class: 'opens', sentence: '{subject}: Pod Security {mode} goes from {from} to {to}' },
  'container-loosened': { class: 'opens', sentence: '{subject}: {what}' },
  'cloud-identity': { class: 'opens', sentence: '{subject}: its pods act under another cloud identity' },
  exposed: { class: 'opens', sentence: '{subject} {what}' },
  'source-ranges': { class: 'opens', sentence: '{subject} admits more source addresses' },
  'firewall-removed': { class: 'opens', sentence: '{subject} loses its web application firewall' },
  'tls-weakened': { class: 'opens', sentence: '{subject}: {what}' },
  'authentication-removed': { class: 'opens', sentence: '{subject}: requests are no longer authenticated ({field})' },
  'delivery-opened': { class: 'opens', sentence: '{subject} may deploy from more sources or to more places' },
  // weakens
  'replicas-lowered': { class: 'weakens', sentence: '{subject} runs fewer pods: {from} to {to}' },
  'scaling-lowered': { class: 'weakens', sentence: '{subject}: {field} goes from {from} to {to}' },
  'scaling-deleted': {
    class: 'weakens',
    sentence: '{subject} is deleted: the number of pods no longer follows the load',
  },
  'budget-lowered': {
    class: 'weakens',
    sentence: '{subject} allows more pods to be away at once: {field} {from} to {to}',
  },
  'budget-deleted': { class: 'weakens', sentence: '{subject} is deleted: a node drain may take all pods at once' },
  'requests-lowered': { class: 'weakens', sentence: '{subject}: {field} goes from {from} to {to}' },
  'limits-lowered': { class: 'weakens', sentence: '{subject}: {field} goes from {from} to {to}' },
  'probe-removed': { class: 'weakens', sentence: '{subject}: {field} is removed' },
  'spread-removed': { class: 'weakens', sentence: '{subject}: its pods may all land on one node or zone' },
  'shutdown-shortened': { class: 'weakens', sentence: '{subject}: its pods get less time or no hook to finish' },
  'rollout-weakened': {
    class: 'weakens',
    sentence: '{subject}: roll-outs leave fewer pods available ({field} {from} to {to})',
  },
  'alert-removed': { class: 'weakens', sentence: '{subject}: the alert or rule {alert} is removed' },
  'alert-weakened': { class: 'weakens', sentence: '{subject}: the alert {alert} fires later or less loudly ({field})' },
  'alerts-deleted': { class: 'weakens', sentence: '{subject} is deleted: nobody is told any more' },
  'metrics-deleted': { class: 'weakens', sentence: '{subject} is deleted: its metrics, and alerts on them, go silent' },
  'backup-weakened': {
    class: 'weakens',
    sentence: '{subject}: backups are taken less often, kept shorter or suspended ({field})',
  },
  'backup-schedule-deleted': { class: 'weakens', sentence: '{subject} is deleted: no more backups are taken' },
  'quota-changed': { class: 'weakens', sentence: '{subject}: a quota or limit changes ({field} {from} to {to})' },
  'quota-deleted': { class: 'weakens', sentence: '{subject} is deleted: nothing bounds what the namespace uses' },
  'admission-weakened': { class: 'weakens', sentence: '{subject}: {what}' },
  'admission-deleted': { class: 'weakens', sentence: '{subject} is deleted: what it refused is admitted' },
  'protection-removed': { class: 'weakens', sentence: '{subject} loses its protection against pruning ({field})' },
  'instances-lowered': { class: 'weakens', sentence: '{subject} runs fewer instances: {from} to {to}' },
  'history-lost': { class: 'weakens', sentence: '{subject} keeps no revision to roll back to' },
  'finalizer-removed': {
    class: 'weakens',
    sentence: '{subject}: a finalizer is removed, so its deletion no longer waits for the clean-up',
  },
  'priority-removed': { class: 'weakens', sentence: '{subject}: its pods lose their priority' },
  'isolation-lost': { class: 'weakens', sentence: '{subject}: {what}' },
  'scaling-paused': {
    class: 'weakens',
    sentence: '{subject} is paused: the number of pods no longer follows the load',
  },
  'scaling-retargeted': {
    class: 'weakens',
    sentence: '{subject} scales another workload ({from} to {to}): the old one no longer follows its load',
  },
  'quota-lowered': {
    class: 'weakens',
    sentence: '{subject}: {field} goes from {from} to {to}; what does not fit any more is refused',
  },
  'delivery-paused': { class: 'weakens', sentence: '{subject}: {what}' },
  'deletion-protection-removed': {
    class: 'weakens',
    sentence: '{subject} loses its protection against deletion ({field})',
  },
  'notifications-removed': { class: 'weakens', sentence: '{subject} no longer notifies somebody whom it notified' },
  'metrics-retargeted': {
    class: 'weakens',
    sentence: '{subject} scrapes other targets: metrics of the old ones, and alerts on them, go silent',
  },
  // behaves
  'image-downgraded': { class: 'behaves', sentence: '{subject} goes back to an older image: {from} to {to}' },
  'image-rebuilt': { class: 'behaves', sentence: '{subject} runs another build under the same tag: {from} to {to}' },
  'image-replaced': { class: 'behaves', sentence: '{subject} runs an image of another repository: {from} to {to}' },
  'image-upgraded': { class: 'behaves', sentence: '{subject} runs a newer image{step}: {from} to {to}' },
  'image-changed': { class: 'behaves', sentence: '{subject} runs another image: {from} to {to}' },
  'kept-when-pruned': {
    class: 'behaves',
    sentence: '{subject} leaves git but stays on the cluster: it is protected from pruning ({field})',
  },
  'object-added': { class: 'behaves', sentence: '{subject} is added' },
  'object-replaced': { class: 'behaves', sentence: '{subject} is deleted and created anew as {to}' },
  'policy-added': {
    class: 'behaves',
    sentence: '{subject} is added: the pods that it selects accept only what it and other policies allow',
  },
  'permissions-lost': { class: 'behaves', sentence: '{subject} loses permissions: {permissions}' },
  'subjects-lost': { class: 'behaves', sentence: '{subject} no longer gives {role} to {subjects}' },
  'configuration-changed': { class: 'behaves', sentence: '{subject} changes{readers}' },
  'replicas-raised': { class: 'behaves', sentence: '{subject} runs more pods: {from} to {to}' },
  'replicas-autoscaled': {
    class: 'behaves',
    sentence: '{subject}: spec.replicas changes, but its autoscaler decides: {range} pods',
  },
  'claim-grown': { class: 'behaves', sentence: '{subject} grows from {from} to {to}; it cannot shrink again' },
  'schedule-changed': { class: 'behaves', sentence: '{subject} runs at other times: {from} to {to}' },
  'tls-added': { class: 'behaves', sentence: '{subject} is served with TLS from now on' },
  'policy-tightened': { class: 'behaves', sentence: '{subject} admits less than before, or other peers' },
  'alert-changed': { class: 'behaves', sentence: '{subject} changes the rules {alert}' },
  'field-changed': { class: 'behaves', sentence: '{subject} changes {fields}' },
  'job-runs-anew': {
    class: 'behaves',
    sentence: '{subject} is deleted and runs anew with the new {field} ({how})',
  },
  'generated-name': { class: 'behaves', sentence: '{subject} gets new content under a new generated name, {to}' },
  'service-account-changed': {
    class: 'behaves',
    sentence: '{subject}: its pods act as another service account ({from} to {to}); no permission gained is known',
  },
  'quota-raised': { class: 'behaves', sentence: '{subject}: {field} goes from {from} to {to}' },
  // cosmetic
  'version-moved': { class: 'cosmetic', sentence: '{subject} is written in another API version: {from} to {to}' },
  'same-permissions': { class: 'cosmetic', sentence: '{subject} states the same permissions in other words' },
  'labels-changed': { class: 'cosmetic', sentence: '{subject}: labels or annotations that nothing acts on change' },
  'description-changed': { class: 'cosmetic', sentence: '{subject}: descriptions change' },
  'dashboard-changed': { class: 'cosmetic', sentence: '{subject}: a dashboard changes' },
  'status-changed': { class: 'cosmetic', sentence: '{subject}: status is written by controllers, not by git' },
} as const satisfies Readonly<Record<string, CodeEntry>>;

/** A code of the registry. */
export type Code = keyof typeof codes;

/** All codes in report order: by class, then as listed. */
export const codeOrder: ReadonlyMap<Code, number> = new Map(
  (Object.keys(codes) as Code[]).map((code, index) => [code, index]),
);
