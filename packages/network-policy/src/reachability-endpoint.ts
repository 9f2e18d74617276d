import { fieldsOf, listOf } from '@fairlead/objects/fields';
import { closest, distance } from 'fastest-levenshtein';
import { parseBlock, type AddressBlock } from './reachability-address.ts';
import type { Group, PolicyIndex } from './reachability-index.ts';
import { type Workload } from './reachability-workload.ts';
import type { Manifest } from '@fairlead/objects/manifest';
import { podTemplateKinds, podTemplates } from '@fairlead/objects/pod-templates';

/** One end of a connection. */
export type Endpoint =
  | { readonly type: 'workload'; readonly id: string; readonly workload: Workload; readonly group: Group }
  | { readonly type: 'service'; readonly id: string; readonly manifest: Manifest; readonly groups: readonly Group[] }
  | { readonly type: 'address'; readonly id: string; readonly block: AddressBlock }
  /** Any address outside the cluster. */
  | { readonly type: 'world'; readonly id: 'world' };

/** The endpoint that a text names; else what is wrong with it and what it may have meant. */
export type EndpointResult =
  | { readonly endpoint: Endpoint; readonly error?: undefined; readonly hint?: undefined }
  | { readonly endpoint?: undefined; readonly error: string; readonly hint?: string | undefined };

// `kubectl api-resources` short names.
const shortNames: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(podTemplates).flatMap(([key, { short }]) =>
      short === undefined ? [] : [[short, key.slice(key.indexOf('/') + 1)]],
    ),
  ),
  svc: 'Service',
};

const kinds = new Map(
  [...podTemplateKinds, 'Service'].flatMap((kind) => [
    [kind.toLowerCase(), kind],
    [`${kind.toLowerCase()}s`, kind],
  ]),
);

/**
 * Reads one end of a connection: `namespace/Kind/name` (any case, plural or kubectl's short names), an address, a CIDR, or
 * `world`. What names nothing in the manifests is an error that says the nearest names.
 */
export function parseEndpoint(text: string, index: PolicyIndex): EndpointResult {
  if (text === 'world') return { endpoint: { type: 'world', id: 'world' } };
  const parts = text.split('/');
  const block = parts.length < 3 ? parseBlock(text) : undefined;
  if (block) return { endpoint: { type: 'address', id: text, block } };
  const [namespace = '', kindText = '', name = ''] = parts;
  if (parts.length !== 3 || namespace === '' || name === '') {
    return unknown(
      `"${text}" is no endpoint`,
      'write <namespace>/<kind>/<name>, an address such as 10.0.0.7, a CIDR, or world',
    );
  }
  const kind = kinds.get(kindText.toLowerCase()) ?? shortNames[kindText.toLowerCase()];
  if (kind === undefined) {
    const known = [...new Set(kinds.values())];
    return unknown(
      `"${kindText}" is no kind that runs pods or leads to them`,
      `did you mean "${closest(kindText, known)}"? known: ${known.join(', ')}`,
    );
  }
  const id = `${namespace}/${kind}/${name}`;
  if (kind === 'Service') {
    const manifest = index.services.get(`${namespace}/${name}`);
    if (manifest) return { endpoint: { type: 'service', id, manifest, groups: index.behind(manifest) } };
  } else {
    const found = index.workloads.get(id);
    if (found) return { endpoint: { type: 'workload', id, ...found } };
  }
  const ids = [...index.workloads.keys(), ...[...index.services.keys()].map((key) => key.replace('/', '/Service/'))];
  return unknown(`there is no ${kind} "${name}" in namespace "${namespace}"`, otherEnds(namespace, name, id, ids));
}

/** The names that may have been meant: the nearest ones, those of which only the app was left out, or else what there is. */
function otherEnds(namespace: string, name: string, id: string, ids: readonly string[]): string {
  const there = ids.filter((each) => each.startsWith(`${namespace}/`));
  const unabbreviated = there.filter((each) => each.endsWith(`-${name}`));
  const near = unabbreviated.length > 0 ? unabbreviated : nearest(id, ids);
  const quoted = (each: string): string => `"${each}"`;
  if (near.length > 0) return `did you mean ${near.slice(0, 3).map(quoted).join(', ')}?`;
  if (there.length > 0) return `known there: ${listed(there)}`;
  return `known namespaces: ${listed([...new Set(ids.map((each) => each.slice(0, each.indexOf('/'))))])}`;
}

function listed(words: readonly string[]): string {
  return words.length === 0
    ? 'none'
    : `${words.slice(0, 12).join(', ')}${words.length > 12 ? ` and ${words.length - 12} more` : ''}`;
}

/** A port of a Service, and where it leads: a number, or a name that each pod resolves for itself. */
export interface ServicePort {
  readonly name?: string | undefined;
  readonly port: number;
  readonly targetPort: number | string;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** The ports of a Service; `targetPort` defaults to `port`. */
export function servicePorts(service: Manifest): ServicePort[] {
  return listOf(fieldsOf(service['spec'])['ports']).flatMap((entry) => {
    const { name, port, targetPort, protocol } = fieldsOf(entry);
    if (typeof port !== 'number') return [];
    return [
      {
        name: typeof name === 'string' ? name : undefined,
        port,
        targetPort:
          typeof targetPort === 'number' || (typeof targetPort === 'string' && targetPort !== '') ? targetPort : port,
        protocol: protocol === 'UDP' || protocol === 'SCTP' ? protocol : 'TCP',
      },
    ];
  });
}

function nearest(text: string, known: readonly string[]): string[] {
  return known
    .map((each) => ({ each, cost: distance(text, each) }))
    .filter(({ each, cost }) => cost <= Math.max(3, Math.floor(each.length / 4)))
    .sort((a, b) => a.cost - b.cost || (a.each < b.each ? -1 : 1))
    .slice(0, 3)
    .map(({ each }) => each);
}

function unknown(error: string, hint: string | undefined): EndpointResult {
  return { error, hint };
}
