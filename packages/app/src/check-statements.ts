import type { Exposure } from '@fairlead/ingress';
import { isHost } from '@fairlead/ingress/check-route';
import { configKey, hasForm } from '@fairlead/objects/forms';
import type { Fault } from './check-values.ts';
import type { RouteOptions } from './route-options.ts';
import { isRecord, shown, text } from './check-values.ts';
import { checkKeys, keysOfOption } from './check-keys.ts';
import { checkUrlPath } from './check-options.ts';
import { oneOf } from './shape.ts';
import { routeParts } from './option-shapes.ts';

interface StatementFault {
  readonly message: string;
  readonly hint: string;
}

/** What is wrong with the options of `app.secret`. */
export function checkSecret(options: unknown): StatementFault[] {
  const faults: StatementFault[] = [];
  const fault: Fault = (message, hint) => void faults.push({ message, hint });
  const { keys, path } = isRecord(options) ? options : {};
  if (!Array.isArray(keys) || keys.length === 0) {
    const named = typeof keys === 'string' && keys !== '' ? keys : 'password';
    fault(`keys is ${shown(keys)}`, `name its keys: keys: ['${named}']`);
    return faults;
  }
  keys.forEach((key: unknown, index) => {
    if (!hasForm(key, configKey))
      fault(`the key ${shown(key)} is no file name`, 'use letters, digits, hyphens, dots and underscores');
    else if (keys.indexOf(key) < index) fault(`the key ${shown(key)} is stated twice`, 'state it once');
  });
  if (path !== undefined) text(path, 'path', fault);
  checkKeys(options, '', fault, ['keys', 'path']);
  return faults;
}

/** What is wrong with the options of `app.alerting`. */
export function checkAlerting(options: unknown): StatementFault[] {
  const faults: StatementFault[] = [];
  const fault: Fault = (message, hint) => void faults.push({ message, hint });
  const { receivers, routes } = isRecord(options) ? options : {};
  if (!isRecord(receivers) || Object.keys(receivers).length === 0) {
    fault(
      `receivers is ${shown(receivers)}`,
      "name one: receivers: { team: { slack: { channel: '#team', webhook } } }",
    );
    return faults;
  }
  if (routes !== undefined && !isRecord(routes))
    fault(`routes is ${shown(routes)}`, "say who hears of which severity: routes: { page: 'team' }");
  for (const [severity, name] of Object.entries(isRecord(routes) ? routes : {})) {
    if (severity !== 'page' && severity !== 'ticket')
      fault(`routes has "${severity}", which is no severity`, 'known: page, ticket');
    else if (typeof name !== 'string') fault(`routes.${severity} is ${shown(name)}`, 'name a receiver');
  }
  for (const [name, receiver] of Object.entries(receivers)) {
    const at = `receivers.${name}`;
    if (!isRecord(receiver)) {
      fault(`${at} is ${shown(receiver)}`, 'write { slack: …, pager: … } or { email: … }');
      continue;
    }
    const { slack, pager, email } = receiver;
    const keyed = (value: unknown, field: string): void => {
      const key = isRecord(value) ? value[field] : undefined;
      if (isRecord(key) && typeof key['secret'] === 'string' && typeof key['key'] === 'string') return;
      fault(
        `${at} has no ${field}`,
        `name the key of a secret: ${field}: app.secret('chat', { keys: ['url'] }).key('url')`,
      );
    };
    if (slack !== undefined) {
      if (!isRecord(slack) || typeof slack['channel'] !== 'string')
        fault(`${at}.slack has no channel`, "write channel: '#team'");
      keyed(slack, 'webhook');
    }
    if (pager !== undefined) keyed(pager, 'routingKey');
    if (email !== undefined && (!isRecord(email) || typeof email['to'] !== 'string'))
      fault(`${at}.email has no address`, "write email: { to: 'team@example.com' }");
  }
  return faults;
}

/** What is wrong with the options of `app.route` on any cluster. */
export function checkRouteOptions(options: unknown): StatementFault[] {
  const faults: StatementFault[] = [];
  const fault: Fault = (message, hint) => void faults.push({ message, hint });
  if (!isRecord(options)) {
    fault(`its options are ${shown(options)}`, "write { host: '…', to: { '/': web } }");
    return faults;
  }
  checkKeys(options, '', fault, keysOfOption.route);
  const { name, host, to, probe, exposure, minimumTls } = options;
  if (exposure !== undefined) oneOf(...exposures)(exposure, 'exposure', fault);
  if (minimumTls !== undefined) oneOf(...tlsVersions)(minimumTls, 'minimumTls', fault);
  if (name !== undefined) text(name, 'name', fault);
  for (const part in routeParts) if (options[part] !== undefined) routeParts[part]?.(options[part], part, fault);
  const hosts: readonly unknown[] = Array.isArray(host) ? host : [host];
  if (hosts.length === 0) fault('host is an empty list', "name a host: host: 'shop.example.com'");
  for (const each of hosts) {
    if (typeof each !== 'string' || !isHost(each))
      fault(
        `host is ${shown(each)}, which is no host name`,
        'write a full name such as shop.example.com or *.example.com',
      );
    else if (each.split('.').includes('undefined'))
      fault(
        `host is ${shown(each)}: a part of it does not exist`,
        'of the cluster there are name, domain, region and environment',
      );
  }
  if (probe !== undefined && probe !== false) checkUrlPath(probe, 'probe', fault);
  if (!isRecord(to) || Object.keys(to).length === 0 || 'kind' in to) {
    fault(
      isRecord(to) && 'kind' in to ? 'to is a handle' : `to is ${isRecord(to) ? 'empty' : shown(to)}`,
      "say who answers which path: to: { '/': web }",
    );
    return faults;
  }
  for (const path in to) {
    checkUrlPath(path, 'a path of to', fault);
    checkTarget(to[path], `to[${shown(path)}]`, fault);
  }
  return faults;
}

const exposures = ['public', 'internal'] satisfies Exposure[];
const tlsVersions = ['1.2', '1.3'] satisfies NonNullable<RouteOptions['minimumTls']>[];

function checkTarget(value: unknown, at: string, fault: Fault): void {
  if (isWorkload(value)) return;
  if (!isRecord(value) || 'kind' in value || !('to' in value || 'redirect' in value)) {
    const what = isRecord(value) && 'kind' in value ? `a handle of kind ${shown(value['kind'])}` : shown(value);
    fault(`${at} is ${what}, not a workload of this app`, handleHint);
    return;
  }
  const { to, redirect, rewrite, match } = value;
  checkKeys(value, at, fault, 'redirect' in value ? ['redirect', 'match'] : ['to', 'match', 'rewrite']);
  if (rewrite !== undefined) checkUrlPath(rewrite, `${at}.rewrite`, fault);
  if (match !== undefined) oneOf('prefix', 'exact')(match, `${at}.match`, fault);
  if ('redirect' in value) {
    if (!isRecord(redirect))
      fault(`${at}.redirect is ${shown(redirect)}`, "write redirect: { host: '…' } or { path: '/…' }");
    return;
  }
  if (isWorkload(to)) return;
  if (!Array.isArray(to) || to.length === 0) {
    fault(`${at}.to is ${shown(to)}, not a workload of this app`, handleHint);
    return;
  }
  to.forEach((each: unknown, index) => {
    if (!isRecord(each) || !isWorkload(each['workload']))
      fault(`${at}.to[${index}] names no workload`, 'write { workload: web, weight: 1 }');
    else checkKeys(each, `${at}.to[${index}]`, fault, ['workload', 'port', 'weight']);
  });
}

function isWorkload(value: unknown): boolean {
  return isRecord(value) && value['kind'] === 'workload';
}

const handleHint = 'name what app.deployment(…) or app.statefulSet(…) returned';
