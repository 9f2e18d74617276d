import type { Metadata, Ownership } from '@fairlead/objects';
import { ownershipLabels } from '@fairlead/objects';
import type { IngressRequest } from './request.ts';

type Strings = Readonly<Record<string, string>>;

/** Metadata of an object of a route: its name, the owner's labels, and annotations where there are any; in the route's namespace, or `elsewhere`. */
export function metadataOf(
  { namespace, owner }: IngressRequest,
  name: string,
  annotations: Strings = {},
  elsewhere = namespace,
): Metadata {
  return {
    name,
    namespace: elsewhere,
    labels: ownershipLabels(owner),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}

/** True where losing a load balancer to a deleted object would be an outage. */
export function isProtected({ cluster }: IngressRequest): boolean {
  return /^prod/.test(cluster.environment.name);
}

/**
 * The annotation that tells external-dns which names to keep, on the object it reads them from.
 *
 * @see https://github.com/kubernetes-sigs/external-dns/blob/master/docs/annotations/annotations.md
 */
export function dnsAnnotations({ cluster, route }: IngressRequest): Strings {
  return cluster.capabilities.dns.implementation === 'external-dns'
    ? { 'external-dns.alpha.kubernetes.io/hostname': route.hosts.join(',') }
    : {};
}

/** `key=value` pairs as the AWS annotations of type stringMap take them; commas in values are escaped. */
export function stringMap(values: Strings): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${value.replaceAll(',', '\\,')}`)
    .join(',');
}

/** Cost allocation tags of cloud resources. */
export function costTags(owner: Ownership): Strings {
  return {
    app: owner.app,
    ...(owner.costCenter === undefined ? {} : { 'cost-center': owner.costCenter }),
    environment: owner.environment,
    team: owner.team,
  };
}
