import type { Manifest } from '@fairlead/objects';
import { isPort } from '@fairlead/objects/forms';
import type { Check } from '../../check.ts';
import { at, isMap, listAt, numberAt, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { checkHost } from './ingresses.ts';

/** Protocols of the Gateway API; controllers may know others. https://gateway-api.sigs.k8s.io/reference/spec/#protocoltype */
const protocols = ['HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'];

/** Gateways and routes: listeners, host names, paths. */
export const gatewayRules: Check = (set, report) => {
  const group = 'gateway.networking.k8s.io';
  for (const gateway of set.ofKind(group, 'Gateway')) {
    const certificates = certificatesElsewhere(set, gateway);
    const [names, sockets] = [new Set<string>(), new Set<string>()];
    for (const [index, listener] of listAt(gateway, 'spec', 'listeners').entries()) {
      const pointer = `/spec/listeners/${index}`;
      const name = textAt(listener, 'name') ?? '';
      const port = numberAt(listener, 'port');
      const protocol = textAt(listener, 'protocol');
      const meant = protocol === undefined ? undefined : protocols.find((each) => each === protocol.toUpperCase());
      if (meant !== undefined && meant !== protocol)
        report('rules/gateway', gateway, `${pointer}/protocol`, `"${protocol}" is no protocol of a listener`, {
          hint: `write ${meant}`,
        });
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
      if ((protocol === 'HTTPS' || protocol === 'TLS') && !isMap(tls) && !certificates)
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

/**
 * Whether the listeners of a Gateway get their certificates without `tls`: on GKE from a certificate map, on AWS from the
 * LoadBalancerConfiguration or from ACM by host name (the AWS controller cannot read `certificateRefs` at all).
 */
function certificatesElsewhere(set: ManifestSet, gateway: Manifest): boolean {
  if (textAt(gateway, 'metadata', 'annotations', 'networking.gke.io/certmap') !== undefined) return true;
  if (textAt(gateway, 'spec', 'infrastructure', 'parametersRef', 'kind') === 'LoadBalancerConfiguration') return true;
  const className = textAt(gateway, 'spec', 'gatewayClassName') ?? '';
  const controller = textAt(
    set.get('gateway.networking.k8s.io', 'GatewayClass', '', className),
    'spec',
    'controllerName',
  );
  return controller?.startsWith('gateway.k8s.aws/') === true;
}
