import type { Claims, Finding, Sides } from '../finding.ts';
import type { SourceManifest } from '../model.ts';
import type { ObjectChange } from '../pair.ts';
import { canonical } from '../canonical.ts';
import { dig, kindOf, templateOf } from '../workloads.ts';
import { fieldName } from './immutable.ts';

// Read by controllers: a change of these annotations changes what runs.
const acting =
  /(^|\.)(ingress\.kubernetes\.io|service\.beta\.kubernetes\.io|service\.kubernetes\.io|cert-manager\.io|external-dns\.alpha\.kubernetes\.io|argocd\.argoproj\.io|kustomize\.toolkit\.fluxcd\.io|helm\.sh\/(hook|resource-policy)|reloader\.stakater\.com|prometheus\.io|eks\.amazonaws\.com|iam\.gke\.io|azure\.workload\.identity|networking\.gke\.io|cloud\.google\.com|karpenter\.sh|storageclass\.kubernetes\.io|ingressclass\.kubernetes\.io|sidecar\.istio\.io|linkerd\.io|haproxy\.org|traefik\.ingress|projectcontour\.io|vault\.hashicorp\.com|instrumentation\.opentelemetry\.io|cluster-autoscaler\.kubernetes\.io|kubernetes\.io\/ingress\.class|nginx\.org|nginx\.com|konghq\.com|keda\.sh|cnpg\.io|strimzi\.io|velero\.io|kueue\.x-k8s\.io|external-secrets\.io|crossplane\.io|kyverno\.io|emberstack\.com|mittwald\.de|getambassador\.io|metallb\.(io|universe\.tf)|cilium\.io|istio\.io|appgw\.|gateway\.envoyproxy\.io|cluster\.x-k8s\.io|descheduler\.alpha\.kubernetes\.io|controller\.kubernetes\.io|node\.kubernetes\.io|volume\.(beta\.)?kubernetes\.io|snapshot\.storage\.kubernetes\.io|scheduler\.alpha\.kubernetes\.io)/;
// Labels by which other objects or controllers choose these kinds.
const chosenByLabel =
  /^(monitoring\.coreos\.com|operator\.victoriametrics\.com|gateway\.networking\.k8s\.io|networking\.istio\.io|cilium\.io)\/|^\/(Pod|Node|Namespace|Service|ServiceAccount|PersistentVolume)$|^rbac\.authorization\.k8s\.io\/ClusterRole$/;
const actingLabel =
  /(^|\.)(argocd\.argoproj\.io|velero\.io|kueue\.x-k8s\.io|azure\.workload\.identity|grafana_(dashboard|datasource|alert|folder)|istio\.io|istio-injection|cnpg\.io|strimzi\.io|kyverno\.io|cilium\.io|karpenter\.sh|node\.kubernetes\.io|topology\.kubernetes\.io|kustomize\.toolkit\.fluxcd\.io|pod-security\.kubernetes\.io|kubernetes\.io\/service-name|cluster\.x-k8s\.io|external-secrets\.io|elbv2\.k8s\.aws)/;
const actingKinds = new Set(['/Namespace', '/Node', '/Service', '/ServiceAccount']);
// Labels that only people read.
const descriptive =
  /^metadata\.labels\.(app\.kubernetes\.io\/(version|managed-by|part-of)|helm\.sh\/chart|chart|heritage|release|team|owner|cost-center|description|environment)$/;

/** Sorts the leaves that no rule took: those that nothing acts on are cosmetic, the rest changes behaviour. */
export function fallback(change: ObjectChange, claims: Claims, sides: Sides): Finding[] {
  const source = change.after ?? change.before;
  if (source === undefined) return [];
  const kind = kindOf(source);
  const findings: Finding[] = [];
  const add = (code: Finding['code'], leaves: Finding['leaves'], words?: Finding['words']): void => {
    if (leaves.length > 0) findings.push({ code, change, leaves, ...(words === undefined ? {} : { words }) });
  };
  const version = claims.take((leaf) => leaf.path === 'apiVersion');
  add('version-moved', version, { from: String(version[0]?.before), to: String(version[0]?.after) });
  add(
    'status-changed',
    claims.take((leaf) => /^status\b/.test(leaf.path)),
  );
  add(
    'labels-changed',
    claims.take((leaf) => {
      if (leaf.path.startsWith('metadata.annotations'))
        return (
          !acting.test(leaf.path) &&
          !(
            actingKinds.has(kind) &&
            leaf.path.includes('/') &&
            !/meta\.helm\.sh|kubectl\.kubernetes\.io|description|checksum/.test(leaf.path)
          )
        );
      if (leaf.path.startsWith('metadata.labels')) {
        if (descriptive.test(leaf.path)) return !(/\.release$/.test(leaf.path) && chosenByLabel.test(kind));
        return !chosenByLabel.test(kind) && !actingLabel.test(leaf.path);
      }
      return leaf.path.startsWith('metadata.ownerReferences') || leaf.path === 'metadata.generateName';
    }),
  );
  if (
    kind === '/ConfigMap' &&
    (dig(source.manifest, 'metadata', 'labels', 'grafana_dashboard') !== undefined || isDashboard(source.manifest))
  )
    add(
      'dashboard-changed',
      claims.take((leaf) => /^(data|binaryData)\b/.test(leaf.path)),
    );
  if (kind === '/ConfigMap' || kind === '/Secret') {
    const content = claims.take((leaf) => /^(data|stringData|binaryData)\b/.test(leaf.path));
    const { words, reloaded } = content.length > 0 ? readers(change, sides) : { words: '', reloaded: [] };
    if (reloaded.length > 0) add('readers-restart', content, { readers: sample(reloaded) });
    else add('configuration-changed', content, { readers: words });
  }
  const rest = claims.rest();
  const names = [...new Set(rest.map((leaf) => fieldName(leaf.path)))];
  add('field-changed', rest, {
    fields: names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', '),
  });
  return findings;
}

function isDashboard(manifest: { readonly [key: string]: unknown }): boolean {
  const data = dig(manifest, 'data');
  return (
    typeof data === 'object' &&
    data !== null &&
    Object.values(data).length > 0 &&
    Object.values(data).every((each) => typeof each === 'string' && /^\s*\{/.test(each) && /"panels"\s*:/.test(each))
  );
}

interface Readers {
  readonly words: string;
  /** Workloads that a reloader restarts. */
  readonly reloaded: readonly string[];
}

/** Who reads a ConfigMap or Secret, and when they see the new content. */
function readers({ after }: ObjectChange, sides: Sides): Readers {
  const nobody = { words: '', reloaded: [] };
  if (after === undefined) return nobody;
  const { kind, metadata } = after.manifest;
  if (kind !== 'ConfigMap' && kind !== 'Secret') return nobody;
  const found = sides.after.readers(kind, metadata.namespace, metadata.name);
  const reloaded = found.filter(({ workload }) => isReloaded(workload, kind, metadata.name));
  const restarting = found.filter((each) => !reloaded.includes(each) && restartsAnyway(each.workload, sides));
  const quiet = found.filter((each) => !reloaded.includes(each) && !restarting.includes(each));
  const parts: string[] = [];
  if (restarting.length > 0)
    parts.push(
      `${sample(restarting.map(nameOf))} ${restarting.length === 1 ? 'restarts' : 'restart'} in this change and ${restarting.length === 1 ? 'reads' : 'read'} it then`,
    );
  const frozen = quiet.filter((each) => each.by !== 'volume').map(nameOf);
  if (frozen.length > 0)
    parts.push(
      `${sample(frozen)} ${frozen.length === 1 ? 'reads' : 'read'} it once, at the start: only restarted pods see the change`,
    );
  const live = quiet.filter((each) => each.by === 'volume').map(nameOf);
  if (live.length > 0)
    parts.push(
      `${sample(live)} ${live.length === 1 ? 'sees' : 'see'} it in a mounted file about a minute later, without a restart`,
    );
  return { words: parts.length === 0 ? '' : `; ${parts.join('; ')}`, reloaded: reloaded.map(nameOf) };
}

function nameOf({ workload }: { readonly workload: SourceManifest }): string {
  return `${workload.manifest.kind} ${workload.manifest.metadata.name}`;
}

/** Stakater's Reloader: all that a workload reads, or what it names. */
function isReloaded({ manifest }: SourceManifest, kind: 'ConfigMap' | 'Secret', name: string): boolean {
  const annotations = manifest.metadata.annotations;
  if (String(annotations?.['reloader.stakater.com/auto']) === 'true') return true;
  const named = annotations?.[`${kind.toLowerCase()}.reloader.stakater.com/reload`] ?? '';
  return String(named)
    .split(',')
    .map((each) => each.trim())
    .includes(name);
}

function restartsAnyway(workload: SourceManifest, sides: Sides): boolean {
  const { kind, metadata } = workload.manifest;
  const before = sides.before
    .of(kind, metadata.namespace)
    .find((each) => each.manifest.metadata.name === metadata.name);
  return (
    before !== undefined &&
    before !== workload &&
    canonical(templateOf(before), undefined) !== canonical(templateOf(workload), undefined)
  );
}

function sample(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}
