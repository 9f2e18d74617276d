import type { Diagnostic } from '@fairlead/diagnostics';
import { type ResolvedHealthCheck, seconds } from './backends.ts';
import { isProtected } from './common.ts';
import type { IngressRequest } from './request.ts';
import { securityHeaders } from './route.ts';
import { missingSetting, unsupported } from './unsupported.ts';

type Strings = Record<string, string>;

/**
 * The response headers that an ALB can set, by the attribute of the listener that does it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
 */
const settableHeaders: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'strict-transport-security',
    'access-control-allow-origin',
    'access-control-allow-methods',
    'access-control-allow-headers',
    'access-control-allow-credentials',
    'access-control-expose-headers',
    'access-control-max-age',
    'content-security-policy',
    'x-content-type-options',
    'x-frame-options',
  ].map((header) => [header, `routing.http.response.${header.replaceAll('-', '_')}.header_value`]),
);

/**
 * Security policies that AWS Security Hub (ELB.17) recommends: the first offers 1.3 and 1.2 with forward secrecy only,
 * the second 1.3 alone. The controller's own default is `ELBSecurityPolicy-2016-08`, with TLS 1.0.
 */
const tlsPolicies = { '1.2': 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06', '1.3': 'ELBSecurityPolicy-TLS13-1-3-2021-06' };

/** Name of the security policy: the cluster's, unless the route wants a newer version than its default. */
export function tlsPolicy({ cluster, route }: IngressRequest): string {
  const { tlsPolicy: named } = cluster.capabilities.ingress;
  return route.minimumTls === '1.3' ? tlsPolicies['1.3'] : (named ?? tlsPolicies['1.2']);
}

/** Attributes of the HTTPS listener, and the response headers that it cannot set. */
export function listenerAttributes(request: IngressRequest): { attributes: Strings; diagnostics: Diagnostic[] } {
  const { responseHeaders, securityHeaders: preset } = request.route;
  const attributes: Strings = { 'routing.http.response.server.enabled': 'false' };
  const diagnostics: Diagnostic[] = [];
  for (const [header, value] of Object.entries({
    ...(preset === true ? securityHeaders : {}),
    ...responseHeaders?.set,
  })) {
    const attribute = settableHeaders[header.toLowerCase()];
    if (attribute !== undefined) attributes[attribute] = value;
    else diagnostics.push(unsupported(request, 'responseHeaders', `it cannot set ${header}`));
  }
  for (const header of Object.keys(responseHeaders?.add ?? {})) {
    diagnostics.push(unsupported(request, 'responseHeaders', `it can set ${header}, not add it to one that is there`));
  }
  for (const header of responseHeaders?.remove ?? []) {
    // `server` is removed anyway, by the first attribute above.
    if (header.toLowerCase() !== 'server')
      diagnostics.push(unsupported(request, 'responseHeaders', `it cannot remove ${header}`));
  }
  return { attributes, diagnostics };
}

/** The web ACL of a route that wants a firewall, or that the cluster names none. */
export function webAcl(request: IngressRequest): { arn?: string | undefined; diagnostics: Diagnostic[] } {
  if (request.route.firewall !== true) return { diagnostics: [] };
  const { firewall: arn } = request.cluster.capabilities.ingress;
  if (arn !== undefined) return { arn, diagnostics: [] };
  const example = 'set capabilities.ingress.firewall to the ARN of a regional web ACL';
  return { diagnostics: [missingSetting(request, 'a firewall', 'which web ACL', example)] };
}

/** Attributes of the load balancer, and a missing bucket. */
export function loadBalancerAttributes(request: IngressRequest): { attributes: Strings; diagnostics: Diagnostic[] } {
  const { accessLogs } = request.cluster.capabilities.ingress;
  const diagnostics: Diagnostic[] = [];
  const attributes: Strings = {
    'routing.http.drop_invalid_header_fields.enabled': 'true',
    'idle_timeout.timeout_seconds': String(seconds(request.route.idleTimeout ?? '60s')),
  };
  if (isProtected(request)) attributes['deletion_protection.enabled'] = 'true';
  if (request.route.accessLog === true && accessLogs === undefined) {
    diagnostics.push(
      missingSetting(request, 'an access log', 'where it goes', 'set capabilities.ingress.accessLogs.bucket'),
    );
  }
  // A bucket in the cluster file is the platform's wish for every load balancer, stated or not.
  if (accessLogs !== undefined && request.route.accessLog !== false) {
    attributes['access_logs.s3.enabled'] = 'true';
    attributes['access_logs.s3.bucket'] = accessLogs.bucket;
    if (accessLogs.prefix !== undefined) attributes['access_logs.s3.prefix'] = accessLogs.prefix;
  }
  return { attributes, diagnostics };
}

/** Attributes of the target groups. */
export function targetGroupAttributes({ route }: IngressRequest): Strings {
  return {
    // AWS' default of 300 s keeps finished pods waiting; pods get a preStop pause and 30 s to end.
    'deregistration_delay.timeout_seconds': '30',
    ...(route.sessionAffinity === undefined
      ? {}
      : {
          'stickiness.enabled': 'true',
          'stickiness.type': 'lb_cookie',
          'stickiness.lb_cookie.duration_seconds': String(seconds(route.sessionAffinity.ttl)),
        }),
  };
}

/** The regular expression and replacement of an ALB url-rewrite that replaces a prefix, or the whole of an exact path. */
export function rewriteRule(
  path: string,
  match: 'prefix' | 'exact',
  target: string,
): { regex: string; replace: string } {
  const literal = path.replace(/\/$/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (match === 'exact') return { regex: `^${literal}$`, replace: target };
  return { regex: `^${literal}/?(.*)$`, replace: `${target.replace(/\/$/, '')}/$1` };
}

/** The health check as both ALB APIs count it: a 2xx answer is a success. */
export const healthySuccessCodes = '200-299';

/** Annotations of a health check, for an Ingress or (where it differs per Service, and wins) a Service. */
export function healthCheckAnnotations(health: ResolvedHealthCheck): Strings {
  const prefix = 'alb.ingress.kubernetes.io';
  return {
    [`${prefix}/healthcheck-path`]: health.path,
    [`${prefix}/healthcheck-interval-seconds`]: String(health.interval),
    [`${prefix}/healthcheck-timeout-seconds`]: String(health.timeout),
    [`${prefix}/healthy-threshold-count`]: String(health.healthyThreshold),
    [`${prefix}/unhealthy-threshold-count`]: String(health.unhealthyThreshold),
    [`${prefix}/success-codes`]: healthySuccessCodes,
  };
}
