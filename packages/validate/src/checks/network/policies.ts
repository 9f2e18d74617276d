import { parseBlock, parseSelector, selects, type Group, type Selector } from '@fairlead/network-policy/reachability';
import type { Severity } from '@fairlead/diagnostics';
import { suggest } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import type { Report } from '../../check.ts';
import { at, isMap, listAt, mapAt, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { reachabilityOf } from './reach.ts';

const sides = [
  ['ingress', 'from'],
  ['egress', 'to'],
] as const;

/** Each policy by itself: selectors that match nothing, ports that nobody has, rules that allow everything. */
export function checkPolicies(set: ManifestSet, report: Report): void {
  const { index } = reachabilityOf(set);
  // What the cluster's file forgot to offer is one omission, however many policies name it.
  const told = new Set<string>();
  for (const { manifest, namespace, selector } of index.policies) {
    const selected = index.select(namespace, selector);
    const nothing = (pointer: string, what: string, hint: string | undefined) =>
      report('network/selects-nothing', manifest, pointer, what, { hint });

    if (selected.length === 0 && selector.requirements.length > 0 && isCheckable(set, namespace, selector)) {
      nothing(
        '/spec/podSelector',
        `the policy selects no pod: none in namespace "${namespace}" is labelled ${describe(selector)}`,
        nearestLabel(set, namespace, selector),
      );
    }
    checkWrittenOut(report, manifest, at(manifest, 'spec', 'podSelector'), '/spec/podSelector', 'every pod');
    for (const [side, list] of sides) {
      listAt(manifest, 'spec', side).forEach((rule, ruleIndex) => {
        const pointer = `/spec/${side}/${ruleIndex}`;
        const peers = listAt(rule, list);
        peers.forEach((peer, peerIndex) => {
          const missing = emptyPeer(set, namespace, peer);
          if (missing && !(missing.omission === true && told.has(missing.message))) {
            told.add(missing.message);
            nothing(`${pointer}/${list}/${peerIndex}/${missing.field}`, missing.message, missing.hint);
          }
          const place = `${pointer}/${list}/${peerIndex}`;
          checkWrittenOut(report, manifest, at(peer, 'podSelector'), `${place}/podSelector`, 'every pod');
          const namespaces = at(peer, 'namespaceSelector');
          checkWrittenOut(report, manifest, namespaces, `${place}/namespaceSelector`, 'every namespace');
        });
        if (listAt(rule, 'ports').some((each) => textAt(each, 'port') !== undefined)) {
          const groups = side === 'ingress' ? selected : namedPods(set, namespace, peers);
          checkPortNames(report, manifest, pointer, rule, groups);
        }
        checkOpen(set, report, manifest, pointer, rule, side, list);
      });
    }
  }
}

/** The pods that peers name, if that is all they mean. */
function namedPods(set: ManifestSet, namespace: string, peers: readonly unknown[]): readonly Group[] {
  const found = peers.map((peer) => (isMap(at(peer, 'podSelector')) ? peerGroups(set, namespace, peer) : []));
  return found.some((each) => each.length === 0) ? [] : found.flat();
}

function checkPortNames(
  report: Report,
  manifest: Manifest,
  pointer: string,
  rule: unknown,
  groups: readonly Group[],
): void {
  if (groups.length === 0) return;
  for (const [position, entry] of listAt(rule, 'ports').entries()) {
    const port = textAt(entry, 'port');
    if (port === undefined) continue;
    const protocol = textAt(entry, 'protocol') ?? 'TCP';
    const named = groups.flatMap((each) => each.ports);
    if (named.some((each) => each.name === port && each.protocol === protocol)) continue;
    const names = [...new Set(named.flatMap((each) => each.name ?? []))];
    const near = suggest(port, names);
    report(
      'network/unknown-port',
      manifest,
      `${pointer}/ports/${position}/port`,
      `none of the pods has a ${protocol} port named "${port}", so the rule allows nothing`,
      {
        hint:
          near !== undefined
            ? `did you mean "${near}"?`
            : names.length > 0
              ? `their ports: ${names.join(', ')}`
              : 'name the container port, or use its number',
      },
    );
  }
}

/** Ports at which everybody may ask DNS. */
const dnsPorts = new Set(['53', '5353', 'dns', 'dns-tcp']);

/**
 * Rules that are for everybody, or for every port. What is usual in folders weighs less there: egress to everywhere, DNS of anybody,
 * every port of named peers.
 */
function checkOpen(
  set: ManifestSet,
  report: Report,
  manifest: Manifest,
  pointer: string,
  rule: unknown,
  side: 'ingress' | 'egress',
  list: 'from' | 'to',
): void {
  const peers = listAt(rule, list);
  const folder = set.context === 'folder';
  const block = peers.findIndex((peer) => parseBlock(textAt(peer, 'ipBlock', 'cidr') ?? '')?.prefix === 0);
  if (peers.length > 0 && block < 0 && !folder) return;
  const ports = listAt(rule, 'ports').map((each) => {
    const port = at(each, 'port');
    return typeof port === 'number' || typeof port === 'string' ? String(port) : undefined;
  });
  const limited = ports.length > 0 && ports.every((each) => each !== undefined);
  const direction = side === 'ingress' ? 'ingress from' : 'egress to';
  const open = (place: string, who: string, severity?: Severity): void =>
    report('network/open-rule', manifest, place, `the rule allows ${direction} ${who}`, {
      hint: limited ? `name the peers in ${list}` : `name the peers in ${list}, and the ports`,
      severity,
    });
  if (peers.length === 0) {
    if (!limited) open(pointer, 'everything on every port', side === 'egress' && folder ? 'info' : undefined);
    else if (folder && !(side === 'egress' && ports.every((each) => dnsPorts.has(each ?? ''))))
      open(pointer, `everything on port ${ports.join(', ')}`);
    return;
  }
  if (block >= 0 && !limited)
    open(
      `${pointer}/${list}/${block}/ipBlock/cidr`,
      'every address on every port',
      side === 'egress' && folder ? 'info' : undefined,
    );
  if (!folder) return;
  const anywhere = peers.findIndex(
    (peer) => isEverything(at(peer, 'namespaceSelector')) && !restricts(at(peer, 'podSelector')),
  );
  if (anywhere >= 0 && !(limited && ports.every((each) => dnsPorts.has(each ?? ''))))
    open(
      `${pointer}/${list}/${anywhere}/namespaceSelector`,
      'every pod of every namespace',
      side === 'egress' ? 'info' : undefined,
    );
  const neighbours = peers.findIndex(
    (peer) =>
      at(peer, 'namespaceSelector') === undefined &&
      isEverything(at(peer, 'podSelector')) &&
      Object.keys(mapAt(peer, 'podSelector')).length === 0,
  );
  if (neighbours >= 0) open(`${pointer}/${list}/${neighbours}/podSelector`, 'every pod of its namespace', 'info');
  if (anywhere < 0 && neighbours < 0 && block < 0 && !limited)
    report(
      'network/open-rule',
      manifest,
      ports.length > 0 ? `${pointer}/ports` : pointer,
      `the rule allows ${direction} its peers on every port`,
      { hint: 'name the ports', severity: 'info' },
    );
}

const restricts = (selector: unknown): boolean => parseSelector(selector).requirements.length > 0;
const isEverything = (selector: unknown): boolean => isMap(selector) && !restricts(selector);

/** `matchLabels` that is written out and empty, most often because its last line was lost. */
function checkWrittenOut(report: Report, manifest: Manifest, selector: unknown, pointer: string, what: string): void {
  if (!isMap(selector) || restricts(selector)) return;
  const field =
    'matchLabels' in selector ? 'matchLabels' : 'matchExpressions' in selector ? 'matchExpressions' : undefined;
  if (field === undefined) return;
  report('network/open-rule', manifest, `${pointer}/${field}`, `${field} is empty, so the selector means ${what}`, {
    hint: 'name a label, or write {} for the selector if that is meant',
  });
}

/** Namespaces that platforms usually have, and that folders rarely declare. */
const usual: readonly string[] = [
  'ingress-nginx',
  'monitoring',
  'cert-manager',
  'istio-system',
  'traefik',
  'observability',
];

interface EmptyPeer {
  readonly field: 'podSelector' | 'namespaceSelector';
  readonly message: string;
  readonly hint: string | undefined;
  /** Whether the fault is the cluster's rather than the policy's. */
  readonly omission?: boolean;
}

/** What of a peer matches nothing, as far as that can be known from the manifests. */
function emptyPeer(set: ManifestSet, namespace: string, peer: unknown): EmptyPeer | undefined {
  const { index } = reachabilityOf(set);
  const namespaces = at(peer, 'namespaceSelector');
  const pods = at(peer, 'podSelector');
  const selector = parseSelector(pods);
  if (!isMap(namespaces)) {
    if (!isMap(pods) || selector.requirements.length === 0 || !isCheckable(set, namespace, selector)) return undefined;
    if (index.select(namespace, selector).length > 0) return undefined;
    return {
      field: 'podSelector',
      message: `the peer is no pod: none in namespace "${namespace}" is labelled ${describe(selector)}`,
      hint: nearestLabel(set, namespace, selector),
    };
  }
  const wanted = parseSelector(namespaces);
  if (wanted.requirements.length === 0) return undefined;
  const known = set.memo(knownNamespaces);
  const found = matchingNamespaces(set, wanted);
  if (found.length === 0) {
    const names =
      wanted.requirements.find((each) => each.key === 'kubernetes.io/metadata.name' && each.operator === 'In')
        ?.values ?? [];
    const near = names
      .flatMap((each) => (usual.includes(each) ? [] : suggest(each, [...known, ...usual])))
      .find((each) => each !== undefined);
    if (names.length > 0) {
      // A folder may be a part of what the cluster gets, so there only what looks like another is told.
      if (near === undefined && (set.context === 'folder' || set.offers === undefined)) return undefined;
      // Told as references/missing-namespace.
      if (names.every((each) => set.memo(inhabited).has(each))) return undefined;
      return {
        omission: near === undefined,
        field: 'namespaceSelector',
        message: `the peer is in no namespace: there is none named ${names.map((each) => `"${each}"`).join(' or ')}`,
        hint:
          near === undefined
            ? "name a namespace of the manifests, or one that the cluster's file offers"
            : `did you mean "${near}"?`,
      };
    }
    const hint = nearNamespaceLabel(set, wanted);
    // Where namespaces and their labels are declared, a label that none carries is most probably a lost one.
    if (hint === undefined && !declaresLabels(set)) return undefined;
    return { field: 'namespaceSelector', message: `no namespace is labelled ${describe(wanted)}`, hint };
  }
  if (!isMap(pods) || selector.requirements.length === 0) return undefined;
  // Pods of a namespace that the manifests fill are known; those of an offered one are not.
  if (
    !found.every((name) => isCheckable(set, name, selector)) ||
    found.some((name) => index.select(name, selector).length > 0)
  )
    return undefined;
  const [first = ''] = found;
  return {
    field: 'podSelector',
    message: `the peer is no pod: none in namespace "${first}" is labelled ${describe(selector)}`,
    hint: nearestLabel(set, first, selector),
  };
}

/** Namespaces that manifests go to. */
const inhabited = (set: ManifestSet): ReadonlySet<string> =>
  new Set(set.manifests.map((each) => set.namespaceOf(each)));

const declaresLabels = (set: ManifestSet): boolean => set.context === 'folder' && set.namespaces.size > 0;

function peerGroups(set: ManifestSet, namespace: string, peer: unknown): readonly Group[] {
  const { index } = reachabilityOf(set);
  const namespaces = at(peer, 'namespaceSelector');
  const groups = index.peerGroups(
    {
      type: 'pods',
      namespaces: isMap(namespaces) ? parseSelector(namespaces) : undefined,
      pods: parseSelector(at(peer, 'podSelector')),
    },
    namespace,
  );
  return groups === 'all' ? [] : groups;
}

/** The known namespaces that a selector matches; the same few selectors stand in thousands of rules. */
function matchingNamespaces(set: ManifestSet, wanted: Selector): readonly string[] {
  const cache = set.memo(namespaceMatches);
  let found = cache.get(wanted.key);
  if (!found) {
    const known = set.memo(knownNamespaces);
    const names = wanted.requirements.find(
      (each) => each.key === 'kubernetes.io/metadata.name' && each.operator === 'In',
    )?.values;
    const candidates = names ? names.filter((each) => known.has(each)) : [...known];
    found = candidates.filter((name) => reachabilityOf(set).index.namespaceMatches(wanted, name));
    cache.set(wanted.key, found);
  }
  return found;
}

const namespaceMatches = (_: ManifestSet): Map<string, readonly string[]> => new Map();

const knownNamespaces = (set: ManifestSet): Set<string> =>
  new Set([
    ...set.namespaces.keys(),
    ...set.workloads.map((each) => each.namespace),
    ...(set.offers?.namespaces ?? []),
    'default',
    'kube-system',
    'kube-public',
    'kube-node-lease',
  ]);

/**
 * Whether the pods that a selector means would be in the manifests: some are there in its namespace, and its keys are not those of an
 * operator that makes pods itself.
 */
function isCheckable(set: ManifestSet, namespace: string, { requirements }: Selector): boolean {
  const keys = set.memo(labelKeys).get(namespace);
  if (keys === undefined || namespace === 'kube-system') return false;
  return requirements.every(({ key }) => !key.includes('/') || key.startsWith('app.kubernetes.io/') || keys.has(key));
}

/** The label keys of pods, by namespace. */
function labelKeys(set: ManifestSet): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { namespace, labels } of set.workloads) {
    const keys = found.get(namespace) ?? new Set();
    for (const key in labels) keys.add(key);
    found.set(namespace, keys);
  }
  return found;
}

const describe = ({ requirements }: Selector): string =>
  requirements
    .map(({ key, operator, values }) =>
      operator === 'In'
        ? `${key}=${values.join('|')}`
        : `${key} ${operator}${values.length > 0 ? ` ${values.join('|')}` : ''}`,
    )
    .join(', ');

/** The pod label that a selector most probably meant. */
function nearestLabel(set: ManifestSet, namespace: string, { requirements }: Selector): string | undefined {
  const workloads = set.workloadsIn(namespace);
  for (const requirement of requirements) {
    const { key, operator, values } = requirement;
    if (workloads.some((each) => selects({ requirements: [requirement], key: '' }, each.labels))) continue;
    const known = new Set(workloads.flatMap((each) => each.labels[key] ?? []));
    const near = operator === 'In' ? suggest(values[0] ?? '', [...known]) : undefined;
    if (near !== undefined) return `did you mean ${key}: ${near}?`;
    if (known.size > 0 && known.size <= 12) return `values of ${key}: ${[...known].sort().join(', ')}`;
    const nearKey = suggest(key, [...new Set(workloads.flatMap((each) => Object.keys(each.labels)))]);
    if (nearKey !== undefined) return `did you mean the label ${nearKey}?`;
  }
  return undefined;
}

function nearNamespaceLabel(set: ManifestSet, { requirements }: Selector): string | undefined {
  const all = [...set.namespaces.values()];
  for (const { key, values } of requirements) {
    const known = [...new Set(all.flatMap((each) => each.labels[key] ?? []))];
    const near = suggest(values[0] ?? '', known);
    if (near !== undefined && near !== values[0]) return `did you mean ${key}: ${near}?`;
    const nearKey = suggest(key, [...new Set(all.flatMap((each) => Object.keys(each.labels)))]);
    if (known.length === 0 && nearKey !== undefined) return `did you mean the label ${nearKey}?`;
  }
  return undefined;
}
