import type { Manifest } from '@fairlead/objects';
import { hostName, isPort } from '@fairlead/objects/forms';
import { parseAddress } from '../../address.ts';
import type { Check, Report } from '../../check.ts';
import { at, isMap, listAt, mapAt, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';

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
      if ((textAt(entry, 'secretName') ?? '') === '') checkCertificate(set, report, ingress, `/spec/tls/${index}`);
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

/** A tls entry without Secret: cert-manager has nowhere to put a certificate, and most proxies serve one that no browser trusts. */
function checkCertificate(set: ManifestSet, report: Report, ingress: Manifest, pointer: string): void {
  const annotations = mapAt(ingress, 'metadata', 'annotations');
  const issued = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer', 'kubernetes.io/tls-acme'].some(
    (each) => annotations[each] !== undefined,
  );
  if (issued) {
    report('rules/ingress', ingress, pointer, 'cert-manager makes no certificate for a tls entry without secretName', {
      hint: 'add secretName: the Secret that cert-manager is to fill',
    });
    return;
  }
  const name = textAt(ingress, 'spec', 'ingressClassName') ?? '';
  const controller = textAt(set.get('networking.k8s.io', 'IngressClass', '', name), 'spec', 'controller') ?? name;
  if (/nginx|traefik|haproxy|kong|contour|envoy/i.test(controller))
    report('rules/ingress', ingress, pointer, 'the hosts are served with the default certificate of the controller', {
      hint: 'add secretName, unless its default certificate is for these hosts',
      severity: 'info',
    });
}

function isCanary(ingress: Manifest): boolean {
  return textAt(ingress, 'metadata', 'annotations', 'nginx.ingress.kubernetes.io/canary') === 'true';
}

/** Reports a text that is no host name. */
export function checkHost(report: Report, manifest: Manifest, host: string, pointer: string): void {
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
