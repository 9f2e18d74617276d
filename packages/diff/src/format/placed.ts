import { groupOf } from '@fairlead/objects/manifest';
import type { DiffReport, Entry, FieldChange, ObjectReference } from '../model.ts';
import { number, plural } from '../report.ts';

// Kinds of a namespace, which foreign trees write without naming it. Any other kind without one acts on the whole cluster.
const namespaced = new Set(
  'ConfigMap CronJob DaemonSet Deployment HorizontalPodAutoscaler Ingress Job LimitRange NetworkPolicy PersistentVolumeClaim Pod PodDisruptionBudget ReplicaSet ResourceQuota Role RoleBinding Service ServiceAccount StatefulSet'.split(
    ' ',
  ),
);
const holdsSecret = /^(Sealed)?Secret$/;
// Groups outside Kubernetes whose objects hold no data: what they state can be stated again.
const stateless = /^(monitoring\.coreos\.com|monitoring\.googleapis\.com|keda\.sh|autoscaling\.k8s\.io)$/;
const cloudIdentity =
  /^\/metadata\/annotations\/(eks\.amazonaws\.com~1role-arn|iam\.gke\.io~1gcp-service-account|azure\.workload\.identity~1client-id)$/;
const privateBlock =
  /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd]|fe80).*\/([89]|\d{2,})$/i;

/** What entries of an app are told together as: plain objects, where its secrets come from, its cloud identities. */
type Topic = 'plain' | 'secrets' | 'identities';

/**
 * The entries as a reader of text is told them: what is plainly added with a new placement, and plainly removed with one that is gone, is
 * one entry of each app, at the place of the first. What is a decision by itself keeps its entry. {@link topicOf} says which is which.
 */
export function toldEntries(report: DiffReport): readonly Entry[] {
  const { added, removed } = report.summary.placements;
  if (added.length + removed.length === 0) return report.entries;
  const keyOf = ({ app, cluster }: { readonly app?: string; readonly cluster?: string }) => `${cluster}/${app}`;
  const placements = { added: new Set(added.map(keyOf)), removed: new Set(removed.map(keyOf)) };
  const placed = report.entries.map((entry): boolean => {
    if (entry.change !== 'added' && entry.change !== 'removed') return false;
    const whole = placements[entry.change];
    const app = entry.objects[0]?.app;
    return entry.objects.every((each) => each.app === app && whole.has(keyOf(each)));
  });
  const spaceOf = (cluster: string | undefined, name: string | undefined) => `${cluster}/${name}`;
  const fresh = new Set(
    report.entries
      .filter((entry, index) => placed[index] && entry.code === 'object-added')
      .flatMap(({ objects }) => objects.filter(({ kind }) => kind === 'Namespace'))
      .map(({ cluster, name }) => spaceOf(cluster, name)),
  );
  const groups = new Map<string, { readonly topic: Topic; readonly entries: Entry[] }>();
  report.entries.forEach((entry, index) => {
    const topic = placed[index]
      ? topicOf(entry, ({ cluster, namespace }) => fresh.has(spaceOf(cluster, namespace)))
      : undefined;
    if (topic === undefined) return;
    const key = `${entry.change}/${topic}/${entry.objects[0]?.app}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { topic, entries: [entry] });
    else group.entries.push(entry);
  });
  const instead = new Map<Entry, Entry | undefined>();
  for (const { topic, entries } of groups.values())
    if (entries.length > 1)
      entries.forEach((entry, index) => instead.set(entry, index === 0 ? together(topic, entries) : undefined));
  return report.entries.flatMap((entry) => (instead.has(entry) ? (instead.get(entry) ?? []) : entry));
}

/**
 * What an entry of a placement is told as; undefined where it is a decision by itself: a Secret, what acts on the whole cluster, a
 * privileged namespace, a policy that opens something or selects pods of a namespace that was there before, on the way out a custom
 * resource that may hold data, and every code but the plainest.
 */
function topicOf(entry: Entry, inNewNamespace: (each: ObjectReference) => boolean): Topic | undefined {
  const { code, objects, fields } = entry;
  if (code !== 'object-added' && code !== 'policy-added' && code !== 'object-pruned') return undefined;
  if (objects.some(({ kind, namespace }) => holdsSecret.test(kind) || actsOnCluster(kind, namespace))) return undefined;
  if (objects.every(({ kind }) => kind.includes('Secret'))) return 'secrets';
  switch (code) {
    case 'object-added':
      if (objects.some(({ kind }) => kind.endsWith('Policy')) || fields.some(isPrivileged)) return undefined;
      return fields.some(({ pointer }) => cloudIdentity.test(pointer)) ? 'identities' : 'plain';
    case 'policy-added':
      return !opens(fields) &&
        objects.every((each) => groupOf(each.apiVersion) === 'networking.k8s.io' && inNewNamespace(each))
        ? 'plain'
        : undefined;
    case 'object-pruned':
      return objects.every(({ apiVersion }) => holdsNoData(groupOf(apiVersion))) ? 'plain' : undefined;
  }
}

function holdsNoData(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io') || stateless.test(group);
}

function isPrivileged({ pointer, after }: FieldChange): boolean {
  return pointer.endsWith('/pod-security.kubernetes.io~1enforce') && after === 'privileged';
}

function actsOnCluster(kind: string, namespace: string | undefined): boolean {
  return namespace === undefined && kind !== 'Namespace' && !namespaced.has(kind);
}

/** True for a NetworkPolicy that admits everything, every namespace, or addresses outside private networks. */
function opens(fields: readonly FieldChange[]): boolean {
  const peers = new Map<string, boolean>();
  for (const { pointer, after } of fields) {
    const rule = /^\/spec\/(ingress|egress)\/\d+/.exec(pointer)?.[0];
    if (rule === undefined) continue;
    const rest = pointer.slice(rule.length);
    peers.set(rule, peers.get(rule) === true || /^\/(from|to)\/\d+/.test(rest));
    if (rest.endsWith('/cidr') && !privateBlock.test(String(after))) return true;
    // An empty selector of namespaces selects them all.
    if (/^\/(from|to)\/\d+(\/namespaceSelector)?$/.test(rest)) return true;
  }
  return [...peers.values()].includes(false);
}

/** Entries of one app as one. */
function together(topic: Topic, entries: readonly Entry[]): Entry {
  const [first] = entries;
  if (first === undefined) throw new Error('an entry of nothing');
  const objects = entries.flatMap((each) => each.objects);
  const causes = [...new Set(entries.flatMap((each) => each.causes ?? []))].sort();
  const added = first.change === 'added';
  const clusters = [...new Set(objects.map(({ cluster = '' }) => cluster))].sort();
  const where = clusters.length > 5 ? `${number(clusters.length)} clusters` : clusters.join(', ');
  const kinds = byKind(objects)
    .map(([kind, { length }]) => `${number(length)} ${length === 1 ? kind : plural(kind)}`)
    .join(', ');
  const names = [...new Set(objects.map(({ name }) => name))].sort().join(', ');
  const what = topic === 'plain' ? `${number(objects.length)} objects (${kinds})` : `${kinds} (${names})`;
  const aside = { plain: '', secrets: ', with where its secrets come from', identities: ', with cloud identities' }[
    topic
  ];
  const app = `app ${first.objects[0]?.app ?? ''}`;
  return {
    class: first.class,
    code: `app${topic === 'plain' ? '' : `-${topic}`}-${added ? 'added' : 'removed'}`,
    sentence: added
      ? `${app} is new on ${where}${aside}: ${what}`
      : `${app} leaves ${where}${aside}: ${what} deleted; Argo CD and Flux prune what git no longer has`,
    change: first.change,
    objects,
    fields: [],
    ...(causes.length === 0 ? {} : { causes }),
  };
}

/** True for an entry that stands for many of an app. */
export function isWholeApp({ code }: Entry): boolean {
  return /^app-(?:\w+-)?(?:added|removed)$/.test(code);
}

/** Objects by kind, the most first. */
export function byKind(objects: readonly ObjectReference[]): [string, ObjectReference[]][] {
  const kinds = new Map<string, ObjectReference[]>();
  for (const each of objects) {
    const group = kinds.get(each.kind);
    if (group === undefined) kinds.set(each.kind, [each]);
    else group.push(each);
  }
  return [...kinds].sort(([one, a], [other, b]) => b.length - a.length || (one < other ? -1 : 1));
}
