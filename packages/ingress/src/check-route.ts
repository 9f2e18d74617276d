import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import { hasForm, hostName } from '@fairlead/objects/forms';
import { isForwarded, resolveBackend, seconds } from './backends.ts';
import type { IngressRequest } from './request.ts';
import type { Backend, Route } from './route.ts';

const duration = /^[1-9]\d{0,4}[smh]$/;
const byteSize = /^[1-9]\d{0,5}[KMG]i$/;

/** Every duration of a route with its name, backends' health checks included. */
function durationsOf({
  cors,
  idleTimeout,
  paths,
  requestTimeout,
  sessionAffinity,
}: Route): { what: string; text: string }[] {
  const checks = paths
    .flatMap((path) => path.to ?? [])
    .flatMap(({ health }) => (typeof health === 'object' ? [health] : []));
  const stated = [
    { what: 'request timeout', text: requestTimeout },
    { what: 'idle timeout', text: idleTimeout },
    { what: 'time of session affinity', text: sessionAffinity?.ttl },
    { what: 'age of CORS answers', text: cors?.maxAge },
    ...checks.flatMap(({ interval, timeout }) => [
      { what: 'interval of a health check', text: interval },
      { what: 'timeout of a health check', text: timeout },
    ]),
  ];
  return stated.flatMap(({ what, text }) => (text === undefined ? [] : [{ what, text }]));
}

/** True for a host name that routes can have: one with a domain, of which the first label may be `*`. */
export function isHost(host: string): boolean {
  return host.includes('.') && hasForm(host, hostName);
}

function backendFault(backend: Backend): string | undefined {
  const { workload, port, weight, health } = backend;
  const name = `${workload.app}/${workload.component}`;
  if (workload.service === undefined) return `the backend ${name} has no Service`;
  if (resolveBackend(backend) === undefined) {
    const known = workload.ports.map((each) => each.name).join(', ');
    return port === undefined
      ? `the backend ${name} has no port`
      : `the backend ${name} has no port "${port}"; it has: ${known}`;
  }
  if (weight !== undefined && !(Number.isInteger(weight) && weight >= 0))
    return `the weight ${weight} of ${name} is no whole number`;
  if (typeof health === 'object' && seconds(health.timeout ?? '5s') >= seconds(health.interval ?? '10s')) {
    return `the health check of ${name} times out only after the next one is due`;
  }
  return undefined;
}

/** Everything about a route that is wrong on any cluster. */
export function checkRoute({ cluster, name, namespace, route }: IngressRequest): Diagnostic[] {
  const faults: { message: string; hint?: string }[] = [];
  const fault = (message: string, hint?: string) =>
    void faults.push({ message, ...(hint === undefined ? {} : { hint }) });

  for (const { what, text } of durationsOf(route)) {
    if (!duration.test(text))
      fault(`the ${what} "${text}" is no duration`, 'write a whole number of seconds, minutes or hours, such as 30s');
  }
  if (route.maximumBodySize !== undefined && !byteSize.test(route.maximumBodySize)) {
    fault(
      `the body size "${route.maximumBodySize}" is no size`,
      'write a whole number with Ki, Mi or Gi, such as 10Mi',
    );
  }
  if (new Set(route.hosts).size < route.hosts.length) fault('a host occurs twice', 'state each host once');
  for (const host of route.hosts) {
    if (!isHost(host))
      fault(`"${host}" is no host name`, 'write a full name such as shop.example.com or *.example.com');
  }
  const seen = new Set<string>();
  for (const path of route.paths) {
    const key = `${path.match ?? 'prefix'} ${path.path}`;
    if (seen.has(key))
      fault(`the path ${path.path} occurs twice`, 'merge the two into one path, with a weight for each backend');
    seen.add(key);
    if (!path.path.startsWith('/')) fault(`the path "${path.path}" does not begin with /`);
    if (!isForwarded(path)) {
      if (path.redirect.host === undefined && path.redirect.path === undefined) {
        fault(`the path ${path.path} redirects to itself`, 'give the redirect a host or a path');
      } else if (path.redirect.host !== undefined && !isHost(path.redirect.host)) {
        fault(`the path ${path.path} redirects to "${path.redirect.host}", which is no host name`);
      }
      continue;
    }
    for (const message of path.to.map(backendFault)) if (message !== undefined) fault(message);
    if (path.to.every((backend) => backend.weight === 0)) {
      fault(`the weights of the path ${path.path} are all zero`, 'give at least one backend a weight above zero');
    }
    if (path.rewrite !== undefined && path.match === 'exact' && path.rewrite === path.path) {
      fault(`the path ${path.path} is rewritten to itself`, 'leave the rewrite out');
    }
  }
  if (route.rateLimit !== undefined && !(Number.isInteger(route.rateLimit.requests) && route.rateLimit.requests > 0)) {
    fault(`a rate limit of ${route.rateLimit.requests} requests lets nothing through`);
  }
  if (route.cors?.credentials === true && route.cors.origins.includes('*')) {
    fault('CORS with credentials cannot allow every origin', 'list the origins instead of *');
  }
  return faults.map(({ message, hint }) =>
    diagnostic('ingress/invalid-route', {
      message: `route ${namespace}/${name}: ${message}`,
      ...(hint === undefined ? {} : { hint }),
      clusters: [cluster.name],
    }),
  );
}
