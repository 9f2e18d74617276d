import type { Manifest } from '@fairlead/objects';
import { dnsLabel, dnsSubdomain, isPort, labelValue, portName, qualifiedName } from '@fairlead/objects/forms';
import { hasHostBits, parseAddress, parseBlock } from '../../address.ts';
import type { Check, Report } from '../../check.ts';
import { at, isMap, listAt, mapAt, numberAt, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { minor } from './containers.ts';

/** Services: types, ports, addresses. */
export const serviceRules: Check = (set, report) => {
  const nodePorts = new Map<string, Manifest>();
  for (const service of set.ofKind('', 'Service')) {
    const spec = mapAt(service, 'spec');
    const type = textAt(spec, 'type') ?? 'ClusterIP';
    checkServiceType(report, service, type, minor(set.kubernetes));
    checkServicePorts(set, report, service, type, nodePorts);
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

function checkServicePorts(
  set: ManifestSet,
  report: Report,
  service: Manifest,
  type: string,
  nodePorts: Map<string, Manifest>,
): void {
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
    // A variant of the same Service takes its place, not its port.
    const isVariant =
      other !== service &&
      other?.metadata.name === service.metadata.name &&
      set.namespaceOf(other) === set.namespaceOf(service);
    if (other !== undefined && !isVariant)
      report(
        'rules/duplicate-port',
        service,
        `${pointer}/nodePort`,
        `nodePort ${node}/${protocol} is already used by Service "${other.metadata.name}"`,
      );
    nodePorts.set(`${node}/${protocol}`, service);
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
