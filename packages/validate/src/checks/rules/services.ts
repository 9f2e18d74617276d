import type { Manifest } from '@fairlead/objects';
import { contains, hasHostBits, parseAddress, parseBlock } from '../../address.ts';
import type { Check, Report } from '../../check.ts';
import { at, isMap, listAt, mapAt, numberAt, step, textAt } from '../../json.ts';
import { dnsLabel, dnsSubdomain, hostName, isPort, labelValue, portName, qualifiedName } from '../../syntax.ts';
import { minor } from './containers.ts';
import { checkSelector } from './metadata.ts';

/** Services: types, ports, addresses. */
export const serviceRules: Check = (set, report) => {
  const nodePorts = new Map<string, string>();
  for (const service of set.ofKind('', 'Service')) {
    const spec = mapAt(service, 'spec');
    const type = textAt(spec, 'type') ?? 'ClusterIP';
    checkServiceType(report, service, type, minor(set.kubernetes));
    checkServicePorts(report, service, type, nodePorts);
    for (const [key, value] of Object.entries(mapAt(spec, 'selector'))) {
      const fault =
        qualifiedName(key) ?? (typeof value === 'string' ? labelValue(value) : 'needs a value that is text');
      if (fault !== undefined)
        report(
          'rules/selector',
          service,
          `/spec/selector/${step(key)}`,
          `the selector ${key}: ${String(value)} ${fault}`,
        );
    }
  }
};

function checkServiceType(report: Report, service: Manifest, type: string, version: number): void {
  const spec = mapAt(service, 'spec');
  const complain = (field: string, message: string, hint?: string): void =>
    report('rules/service', service, `/spec/${field}`, message, { hint });
  const outside = type === 'NodePort' || type === 'LoadBalancer';
  const headless = spec['clusterIP'] === 'None';
  if (type === 'ExternalName') {
    const name = textAt(spec, 'externalName');
    if (!name) report('rules/service', service, '/spec', 'type ExternalName needs externalName');
    else if (dnsSubdomain(name.replace(/\.$/, '')) !== undefined) complain('externalName', `"${name}" is no DNS name`);
    else if (parseAddress(name) !== undefined)
      complain(
        'externalName',
        `"${name}" is an address, not a name`,
        'use a Service without selector and an EndpointSlice',
      );
    if (typeof spec['clusterIP'] === 'string' && spec['clusterIP'] !== '')
      complain('clusterIP', 'type ExternalName takes no clusterIP');
  }
  if (headless && outside) complain('clusterIP', `a Service of type ${type} cannot be headless`);
  const address = textAt(spec, 'clusterIP');
  if (address !== undefined && address !== '' && address !== 'None' && parseAddress(address) === undefined)
    complain('clusterIP', `"${address}" is no IP address`);
  if (textAt(spec, 'externalTrafficPolicy') && !outside && listAt(spec, 'externalIPs').length === 0)
    complain(
      'externalTrafficPolicy',
      `type ${type} takes no externalTrafficPolicy`,
      'it belongs to NodePort and LoadBalancer',
    );
  for (const field of ['loadBalancerClass', 'healthCheckNodePort', 'allocateLoadBalancerNodePorts']) {
    if (spec[field] !== undefined && spec[field] !== null && spec[field] !== 0 && type !== 'LoadBalancer')
      complain(field, `type ${type} takes no ${field}`, 'it belongs to LoadBalancer');
  }
  if (listAt(spec, 'loadBalancerSourceRanges').length > 0 && type !== 'LoadBalancer')
    complain(
      'loadBalancerSourceRanges',
      `type ${type} takes no loadBalancerSourceRanges`,
      'it belongs to LoadBalancer',
    );
  listAt(spec, 'loadBalancerSourceRanges').forEach((each, index) =>
    checkBlock(report, service, each, `/spec/loadBalancerSourceRanges/${index}`),
  );
  listAt(spec, 'externalIPs').forEach((each, index) => {
    if (typeof each === 'string' && parseAddress(each) === undefined)
      report('rules/address', service, `/spec/externalIPs/${index}`, `"${each}" is no IP address`);
  });
  if (isMap(spec['sessionAffinityConfig']) && spec['sessionAffinity'] !== 'ClientIP')
    complain('sessionAffinityConfig', 'sessionAffinityConfig needs sessionAffinity: ClientIP');
  const distribution = textAt(spec, 'trafficDistribution');
  const known = version >= 34 ? ['PreferClose', 'PreferSameZone', 'PreferSameNode'] : ['PreferClose'];
  if (distribution !== undefined && !known.includes(distribution))
    complain(
      'trafficDistribution',
      `"${distribution}" is no trafficDistribution of this version`,
      `known: ${known.join(', ')}`,
    );
}

function checkServicePorts(report: Report, service: Manifest, type: string, nodePorts: Map<string, string>): void {
  const ports = listAt(service, 'spec', 'ports');
  if (ports.length === 0 && type !== 'ExternalName' && textAt(service, 'spec', 'clusterIP') !== 'None')
    report('rules/service', service, '/spec', `Service "${service.metadata.name}" has no ports`, {
      hint: 'add spec.ports',
    });
  const [names, numbers] = [new Set<string>(), new Set<string>()];
  for (const [index, each] of ports.entries()) {
    const pointer = `/spec/ports/${index}`;
    const port = numberAt(each, 'port');
    const protocol = textAt(each, 'protocol') ?? 'TCP';
    const name = textAt(each, 'name');
    if (port !== undefined && !isPort(port))
      report('rules/port', service, `${pointer}/port`, `${port} is no port (1-65535)`);
    const target = at(each, 'targetPort');
    if (typeof target === 'number' && !isPort(target))
      report('rules/port', service, `${pointer}/targetPort`, `${target} is no port (1-65535)`);
    if (typeof target === 'string') {
      const fault = portName(target);
      if (fault !== undefined)
        report('rules/port', service, `${pointer}/targetPort`, `the port name "${target}" ${fault}`, {
          hint: /^\d+$/.test(target) ? 'write the number without quotes' : undefined,
        });
    }
    if (ports.length > 1 && (name === undefined || name === ''))
      report('rules/port', service, pointer, `port ${port} needs a name, as the Service has several`, {
        hint: 'add name',
      });
    if (name !== undefined && name !== '') {
      const fault = dnsLabel(name);
      if (fault !== undefined) report('rules/port', service, `${pointer}/name`, `the port name "${name}" ${fault}`);
      if (names.has(name))
        report('rules/duplicate-port', service, `${pointer}/name`, `two ports are named "${name}"`, {
          hint: 'rename one of them',
        });
      names.add(name);
    }
    if (numbers.has(`${port}/${protocol}`))
      report('rules/duplicate-port', service, `${pointer}/port`, `port ${port}/${protocol} is listed twice`, {
        hint: 'remove one of them',
      });
    numbers.add(`${port}/${protocol}`);
    const node = numberAt(each, 'nodePort');
    if (node === undefined || node === 0) continue;
    if (type !== 'NodePort' && type !== 'LoadBalancer')
      report('rules/service', service, `${pointer}/nodePort`, `type ${type} takes no nodePort`, {
        hint: 'remove it, or set type: NodePort',
      });
    else if (node < 30000 || node > 32767)
      report(
        'rules/port',
        service,
        `${pointer}/nodePort`,
        `nodePort ${node} is outside 30000-32767, the range that clusters use unless told otherwise`,
      );
    const other = nodePorts.get(`${node}/${protocol}`);
    if (other !== undefined)
      report(
        'rules/duplicate-port',
        service,
        `${pointer}/nodePort`,
        `nodePort ${node}/${protocol} is already used by Service "${other}"`,
      );
    nodePorts.set(`${node}/${protocol}`, service.metadata.name);
  }
}

/** Reports a text that is no CIDR. */
export function checkBlock(report: Report, manifest: Manifest, text: unknown, pointer: string): void {
  if (typeof text !== 'string') return;
  const block = parseBlock(text);
  if (block === undefined)
    report('rules/address', manifest, pointer, `"${text}" is no address block`, {
      hint:
        parseAddress(text) === undefined
          ? 'such as 10.0.0.0/8'
          : `write ${text}/${text.includes(':') ? 128 : 32} for a single address`,
    });
  else if (hasHostBits(block))
    report('rules/address', manifest, pointer, `"${text}" has address bits beyond its prefix`, {
      hint: 'it means the whole block; write its first address',
      severity: 'warning',
    });
}

/** NetworkPolicies: selectors, address blocks, ports. */
export const networkPolicyRules: Check = (set, report) => {
  for (const policy of set.ofKind('networking.k8s.io', 'NetworkPolicy')) {
    checkSelector(report, policy, at(policy, 'spec', 'podSelector'), '/spec/podSelector');
    listAt(policy, 'spec', 'policyTypes').forEach((each, index) => {
      if (each !== 'Ingress' && each !== 'Egress')
        report(
          'rules/network-policy',
          policy,
          `/spec/policyTypes/${index}`,
          `"${String(each)}" is neither Ingress nor Egress`,
        );
    });
    for (const [direction, peers] of [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const) {
      for (const [index, rule] of listAt(policy, 'spec', direction).entries()) {
        const pointer = `/spec/${direction}/${index}`;
        listAt(rule, peers).forEach((peer, place) => checkPeer(report, policy, peer, `${pointer}/${peers}/${place}`));
        listAt(rule, 'ports').forEach((port, place) =>
          checkPolicyPort(report, policy, port, `${pointer}/ports/${place}`),
        );
      }
    }
  }
};

function checkPeer(report: Report, policy: Manifest, peer: unknown, pointer: string): void {
  if (!isMap(peer)) return;
  const block = peer['ipBlock'];
  if (isMap(block)) {
    if (peer['podSelector'] !== undefined || peer['namespaceSelector'] !== undefined)
      report('rules/network-policy', policy, pointer, 'a peer with ipBlock takes no selectors', {
        hint: 'make two peers of it',
      });
    checkBlock(report, policy, block['cidr'], `${pointer}/ipBlock/cidr`);
    const outer = typeof block['cidr'] === 'string' ? parseBlock(block['cidr']) : undefined;
    for (const [index, each] of listAt(block, 'except').entries()) {
      checkBlock(report, policy, each, `${pointer}/ipBlock/except/${index}`);
      const inner = typeof each === 'string' ? parseBlock(each) : undefined;
      if (outer !== undefined && inner !== undefined && (!contains(outer, inner) || inner.bits === outer.bits))
        report(
          'rules/network-policy',
          policy,
          `${pointer}/ipBlock/except/${index}`,
          `${String(each)} does not lie inside ${String(block['cidr'])}`,
        );
    }
  } else if (peer['podSelector'] === undefined && peer['namespaceSelector'] === undefined) {
    report('rules/network-policy', policy, pointer, 'a peer names nobody', {
      hint: 'add podSelector, namespaceSelector or ipBlock',
    });
  }
  checkSelector(report, policy, peer['podSelector'], `${pointer}/podSelector`);
  checkSelector(report, policy, peer['namespaceSelector'], `${pointer}/namespaceSelector`);
}

function checkPolicyPort(report: Report, policy: Manifest, each: unknown, pointer: string): void {
  const port = at(each, 'port');
  const end = numberAt(each, 'endPort');
  if (typeof port === 'number' && !isPort(port))
    report('rules/port', policy, `${pointer}/port`, `${port} is no port (1-65535)`);
  if (typeof port === 'string') {
    const fault = portName(port);
    if (fault !== undefined)
      report('rules/port', policy, `${pointer}/port`, `the port name "${port}" ${fault}`, {
        hint: /^\d+$/.test(port) ? 'write the number without quotes' : undefined,
      });
  }
  if (end === undefined) return;
  if (typeof port !== 'number')
    report('rules/network-policy', policy, `${pointer}/endPort`, 'endPort needs a port that is a number');
  else if (end < port || !isPort(end))
    report(
      'rules/network-policy',
      policy,
      `${pointer}/endPort`,
      `the range ${port}-${end} runs backwards or leaves 1-65535`,
    );
}

/** Ingresses: hosts, paths, backends; two that claim the same host and path. */
export const ingressRules: Check = (set, report) => {
  const claimed = new Map<string, Manifest>();
  for (const ingress of set.ofKind('networking.k8s.io', 'Ingress')) {
    const rules = listAt(ingress, 'spec', 'rules');
    if (rules.length === 0 && at(ingress, 'spec', 'defaultBackend') === undefined)
      report('rules/ingress', ingress, '/spec', 'an Ingress needs rules or a defaultBackend');
    checkBackend(report, ingress, at(ingress, 'spec', 'defaultBackend'), '/spec/defaultBackend');
    const hosts = new Set<string>();
    for (const [index, rule] of rules.entries()) {
      const host = textAt(rule, 'host') ?? '';
      hosts.add(host);
      checkHost(report, ingress, host, `/spec/rules/${index}/host`);
      for (const [place, path] of listAt(rule, 'http', 'paths').entries()) {
        const pointer = `/spec/rules/${index}/http/paths/${place}`;
        const text = textAt(path, 'path') ?? '';
        const type = textAt(path, 'pathType');
        if (type === undefined)
          report('rules/ingress', ingress, pointer, 'a path needs a pathType', {
            hint: 'Prefix, Exact or ImplementationSpecific',
          });
        else if (type !== 'ImplementationSpecific' && !text.startsWith('/'))
          report('rules/ingress', ingress, `${pointer}/path`, `the path "${text}" does not start with /`);
        else if (type !== 'ImplementationSpecific' && /\/\/|\/\.\.?\/|\/\.\.?$|%2f/i.test(text))
          report('rules/ingress', ingress, `${pointer}/path`, `the path "${text}" may not hold //, /./, /../ or %2f`);
        checkBackend(report, ingress, at(path, 'backend'), `${pointer}/backend`);
        const key = `${textAt(ingress, 'spec', 'ingressClassName') ?? ''} ${host}${text || '/'} ${type}`;
        const other = claimed.get(key);
        if (other !== undefined && (other === ingress || !isCanary(ingress)))
          report(
            'rules/duplicate-route',
            ingress,
            `${pointer}/path`,
            `${host || '*'}${text || '/'} is also routed by Ingress "${other.metadata.name}"${other === ingress ? ' itself' : ` of namespace ${set.namespaceOf(other)}`}`,
            { hint: 'only one of them is served' },
          );
        else if (!isCanary(ingress)) claimed.set(key, ingress);
      }
    }
    for (const [index, entry] of listAt(ingress, 'spec', 'tls').entries()) {
      for (const [place, host] of listAt(entry, 'hosts').entries()) {
        if (typeof host !== 'string') continue;
        checkHost(report, ingress, host, `/spec/tls/${index}/hosts/${place}`);
        if (
          rules.length > 0 &&
          !hosts.has('') &&
          ![...hosts].some(
            (each) =>
              each === host ||
              (host.startsWith('*.') && each.endsWith(host.slice(1))) ||
              (each.startsWith('*.') && host.endsWith(each.slice(1))),
          )
        )
          report(
            'rules/tls-host',
            ingress,
            `/spec/tls/${index}/hosts/${place}`,
            `no rule serves the host ${host} of this certificate`,
            { hint: `rules serve ${[...hosts].join(', ')}` },
          );
      }
    }
  }
};

function isCanary(ingress: Manifest): boolean {
  return textAt(ingress, 'metadata', 'annotations', 'nginx.ingress.kubernetes.io/canary') === 'true';
}

function checkHost(report: Report, manifest: Manifest, host: string, pointer: string): void {
  if (host === '') return;
  if (parseAddress(host) !== undefined)
    report('rules/host', manifest, pointer, `"${host}" is an address, not a host name`);
  else if (hostName(host) !== undefined)
    report('rules/host', manifest, pointer, `the host "${host}" ${hostName(host)}`);
}

function checkBackend(report: Report, ingress: Manifest, backend: unknown, pointer: string): void {
  if (!isMap(backend)) return;
  const { service, resource } = backend;
  if ((service === undefined) === (resource === undefined)) {
    report('rules/ingress', ingress, pointer, 'a backend needs either a service or a resource', {
      hint: 'serviceName and servicePort are of an API that is gone: write service.name and service.port',
    });
    return;
  }
  if (!isMap(service)) return;
  const [name, number] = [at(service, 'port', 'name'), at(service, 'port', 'number')];
  if ((name === undefined) === (number === undefined))
    report(
      'rules/ingress',
      ingress,
      `${pointer}/service`,
      name === undefined ? 'the backend service has no port' : 'the backend service has a port name and a port number',
      { hint: 'state port.name or port.number' },
    );
  if (typeof number === 'number' && !isPort(number))
    report('rules/port', ingress, `${pointer}/service/port/number`, `${number} is no port (1-65535)`);
}

/** Gateways and routes: listeners, host names, paths. */
export const gatewayRules: Check = (set, report) => {
  const group = 'gateway.networking.k8s.io';
  for (const gateway of set.ofKind(group, 'Gateway')) {
    const [names, sockets] = [new Set<string>(), new Set<string>()];
    for (const [index, listener] of listAt(gateway, 'spec', 'listeners').entries()) {
      const pointer = `/spec/listeners/${index}`;
      const name = textAt(listener, 'name') ?? '';
      const port = numberAt(listener, 'port');
      const protocol = textAt(listener, 'protocol');
      if (names.has(name)) report('rules/gateway', gateway, `${pointer}/name`, `two listeners are named "${name}"`);
      names.add(name);
      if (port !== undefined && !isPort(port))
        report('rules/port', gateway, `${pointer}/port`, `${port} is no port (1-65535)`);
      const socket = `${port} ${protocol} ${textAt(listener, 'hostname') ?? ''}`;
      if (sockets.has(socket))
        report('rules/gateway', gateway, pointer, `two listeners share port, protocol and host name: ${socket.trim()}`);
      sockets.add(socket);
      const hostname = textAt(listener, 'hostname');
      if (hostname !== undefined) checkHost(report, gateway, hostname, `${pointer}/hostname`);
      const tls = at(listener, 'tls');
      if (protocol === 'HTTP' && isMap(tls))
        report('rules/gateway', gateway, `${pointer}/tls`, 'a listener of protocol HTTP takes no tls', {
          hint: 'write protocol: HTTPS',
        });
      if ((protocol === 'HTTPS' || protocol === 'TLS') && !isMap(tls))
        report('rules/gateway', gateway, pointer, `a listener of protocol ${protocol} needs tls`);
      if (protocol === 'HTTPS' && textAt(tls, 'mode') === 'Passthrough')
        report(
          'rules/gateway',
          gateway,
          `${pointer}/tls/mode`,
          'protocol HTTPS terminates TLS; Passthrough needs protocol TLS',
        );
    }
  }
  for (const kind of ['HTTPRoute', 'GRPCRoute', 'TLSRoute']) {
    for (const route of set.ofKind(group, kind)) {
      listAt(route, 'spec', 'hostnames').forEach((each, index) => {
        if (typeof each === 'string') checkHost(report, route, each, `/spec/hostnames/${index}`);
      });
      for (const [index, rule] of listAt(route, 'spec', 'rules').entries()) {
        for (const [place, match] of listAt(rule, 'matches').entries()) {
          const path = textAt(match, 'path', 'value');
          if (path !== undefined && textAt(match, 'path', 'type') !== 'RegularExpression' && !path.startsWith('/'))
            report(
              'rules/gateway',
              route,
              `/spec/rules/${index}/matches/${place}/path/value`,
              `the path "${path}" does not start with /`,
            );
        }
        const redirects = listAt(rule, 'filters').some((each) => textAt(each, 'type') === 'RequestRedirect');
        if (redirects && listAt(rule, 'backendRefs').length > 0)
          report('rules/gateway', route, `/spec/rules/${index}`, 'a rule that redirects takes no backendRefs');
        const weights = listAt(rule, 'backendRefs').map((each) => numberAt(each, 'weight') ?? 1);
        if (weights.length > 0 && weights.every((each) => each === 0))
          report(
            'rules/gateway',
            route,
            `/spec/rules/${index}/backendRefs`,
            'all backends have weight 0, so that every request fails',
          );
      }
    }
  }
};
