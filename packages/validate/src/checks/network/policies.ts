import { parseBlock, parseSelector, selects, type Group, type Selector } from '@fairlead/network-policy/reachability';
import { suggest } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import type { Report } from '../../check.ts';
import { at, isMap, listAt, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { reachabilityOf } from './reach.ts';

const sides = [
  ['ingress', 'from'],
  ['egress', 'to'],
] as const;

/** Each policy by itself: selectors that match nothing, ports that nobody has, rules that allow everything. */
export function checkPolicies(set: ManifestSet, report: Report): void {
  const { index } = reachabilityOf(set);
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
    for (const [side, list] of sides) {
      for (const [ruleIndex, rule] of listAt(manifest, 'spec', side).entries()) {
        const pointer = `/spec/${side}/${ruleIndex}`;
        const destinations: Group[] = side === 'ingress' ? [...selected] : [];
        let exact = side === 'ingress';
        for (const [peerIndex, peer] of listAt(rule, list).entries()) {
          const place = `${pointer}/${list}/${peerIndex}`;
          const missing = emptyPeer(set, namespace, peer);
          if (missing) nothing(`${place}/${missing.field}`, missing.message, missing.hint);
          if (side === 'egress' && isMap(at(peer, 'podSelector'))) {
            destinations.push(...peerGroups(set, namespace, peer));
            exact = listAt(rule, list).every(
              (each) => isMap(at(each, 'podSelector')) && peerGroups(set, namespace, each).length > 0,
            );
          }
        }
        if (exact) checkPorts(set, report, manifest, pointer, rule, destinations);
        checkOpen(set, report, manifest, pointer, rule, side, list);
      }
    }
  }
}

function checkPorts(
  set: ManifestSet,
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

/** A rule without ports that is for everybody. Egress to everywhere is usual in folders, so it weighs less there. */
function checkOpen(
  set: ManifestSet,
  report: Report,
  manifest: Manifest,
  pointer: string,
  rule: unknown,
  side: 'ingress' | 'egress',
  list: 'from' | 'to',
): void {
  if (listAt(rule, 'ports').length > 0) return;
  const peers = listAt(rule, list);
  const position = peers.findIndex((peer) => {
    const block = parseBlock(textAt(peer, 'ipBlock', 'cidr') ?? '');
    return block?.prefix === 0;
  });
  if (peers.length > 0 && position < 0) return;
  const what = peers.length === 0 ? 'everything on every port' : `every address on every port`;
  report(
    'network/open-rule',
    manifest,
    position < 0 ? pointer : `${pointer}/${list}/${position}/ipBlock/cidr`,
    `the rule allows ${side === 'ingress' ? 'ingress from' : 'egress to'} ${what}`,
    {
      hint: `name the peers in ${list}, and the ports`,
      ...(side === 'egress' && set.context === 'folder' && { severity: 'info' as const }),
    },
  );
}

interface EmptyPeer {
  readonly field: 'podSelector' | 'namespaceSelector';
  readonly message: string;
  readonly hint: string | undefined;
}

/** What of a peer matches nothing, as far as that can be known from the manifests. */
function emptyPeer(set: ManifestSet, namespace: string, peer: unknown): EmptyPeer | undefined {
  const { index } = reachabilityOf(set);
  const [namespaces, pods] = [at(peer, 'namespaceSelector'), at(peer, 'podSelector')];
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
    const near = names.map((each) => suggest(each, [...known])).find((each) => each !== undefined);
    if (names.length > 0) {
      // A folder may be a part of what the cluster gets, so there only what looks like another is told.
      if (near === undefined && (set.context === 'folder' || set.offers === undefined)) return undefined;
      return {
        field: 'namespaceSelector',
        message: `the peer is in no namespace: there is none named ${names.map((each) => `"${each}"`).join(' or ')}`,
        hint:
          near === undefined
            ? "name a namespace of the manifests, or one that the cluster's file offers"
            : `did you mean "${near}"?`,
      };
    }
    const hint = nearNamespaceLabel(set, wanted);
    return hint === undefined
      ? undefined
      : { field: 'namespaceSelector', message: `no namespace is labelled ${describe(wanted)}`, hint };
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
