import type { Manifest } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { configData } from '../../config-data.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, isMap, listAt, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { missingSecretSeverity, offeredSeverity } from '../../missing.ts';
import { ingressGceClasses } from '../../ingress-classes.ts';
import { checkBackend } from './backend.ts';

/** An Ingress names a class, Services with their ports, and TLS Secrets that exist. */
export const ingressReferences: Check = (set, report) => {
  for (const ingress of [...set.ofKind('networking.k8s.io', 'Ingress'), ...set.ofKind('extensions', 'Ingress')]) {
    checkClass(set, report, ingress);
    for (const [backend, pointer] of backendsOf(ingress)) checkIngressBackend(set, report, ingress, backend, pointer);
    checkTls(set, report, ingress);
  }
};

function checkClass(set: ManifestSet, report: Report, ingress: Manifest): void {
  const annotation = 'kubernetes.io/ingress.class';
  const stated = textAt(ingress, 'spec', 'ingressClassName');
  const name = stated ?? textAt(ingress, 'metadata', 'annotations', annotation);
  const classes = set.ofKind('networking.k8s.io', 'IngressClass');
  const known = [...classes.map((each) => each.metadata.name), ...(set.offers?.ingressClasses ?? [])];
  if (name === undefined) {
    const hasDefault = classes.some(
      (each) => textAt(each, 'metadata', 'annotations', 'ingressclass.kubernetes.io/is-default-class') === 'true',
    );
    if (!hasDefault && (set.context === 'fleet' || classes.length > 0)) {
      report(
        'references/no-ingress-class',
        ingress,
        '/spec',
        `Ingress "${ingress.metadata.name}" names no class, and the cluster has no default one`,
        { hint: hintFrom('', known, 'add spec.ingressClassName'), severity: set.offered },
      );
    }
    return;
  }
  if (known.includes(name) || (stated === undefined && ingressGceClasses.has(name))) return;
  report(
    'references/missing-ingress-class',
    ingress,
    stated === undefined ? `/metadata/annotations/${step(annotation)}` : '/spec/ingressClassName',
    `IngressClass "${name}" does not exist`,
    {
      hint: hintFrom(name, known, 'declare it, or list it under offers.ingressClasses of the cluster'),
      severity: offeredSeverity(set, name, known),
    },
  );
}

function* backendsOf(ingress: Manifest): Iterable<[unknown, string]> {
  for (const field of ['defaultBackend', 'backend'])
    if (at(ingress, 'spec', field) !== undefined) yield [at(ingress, 'spec', field), `/spec/${field}`];
  for (const [rule, each] of listAt(ingress, 'spec', 'rules').entries()) {
    for (const [path, route] of listAt(each, 'http', 'paths').entries())
      yield [at(route, 'backend'), `/spec/rules/${rule}/http/paths/${path}/backend`];
  }
}

function checkIngressBackend(
  set: ManifestSet,
  report: Report,
  ingress: Manifest,
  backend: unknown,
  pointer: string,
): void {
  const namespace = set.namespaceOf(ingress);
  const old = textAt(backend, 'serviceName');
  if (old !== undefined) {
    const port = at(backend, 'servicePort');
    checkBackend(set, report, ingress, {
      namespace,
      name: old,
      port: typeof port === 'string' || typeof port === 'number' ? port : undefined,
      namePointer: `${pointer}/serviceName`,
      portPointer: `${pointer}/servicePort`,
    });
    return;
  }
  const service = at(backend, 'service');
  const name = textAt(service, 'name');
  if (!isMap(service) || name === undefined) return;
  const port = textAt(service, 'port', 'name') ?? at(service, 'port', 'number');
  // The AWS controller takes an action from an annotation instead of a Service of that name.
  if (port === 'use-annotation') {
    const action = `alb.ingress.kubernetes.io/actions.${name}`;
    if (at(ingress, 'metadata', 'annotations', action) === undefined) {
      report('references/missing-service', ingress, `${pointer}/service/name`, `annotation ${action} does not exist`, {
        hint: 'add it, or name a Service and its port',
      });
    }
    return;
  }
  checkBackend(set, report, ingress, {
    namespace,
    name,
    port: typeof port === 'string' || typeof port === 'number' ? port : undefined,
    namePointer: `${pointer}/service/name`,
    portPointer: `${pointer}/service/port/${typeof port === 'string' ? 'name' : 'number'}`,
  });
}

function checkTls(set: ManifestSet, report: Report, ingress: Manifest): void {
  const namespace = set.namespaceOf(ingress);
  for (const [index, each] of listAt(ingress, 'spec', 'tls').entries()) {
    const name = textAt(each, 'secretName');
    if (name !== undefined && name !== '')
      checkTlsSecret(set, report, ingress, namespace, name, `/spec/tls/${index}/secretName`);
  }
}

/** Reports a TLS Secret that nobody makes, or that lacks the certificate or the key. */
export function checkTlsSecret(
  set: ManifestSet,
  report: Report,
  manifest: Manifest,
  namespace: string,
  name: string,
  pointer: string,
): void {
  const data = configData(set);
  const keys = data.secret(namespace, name);
  if (keys === undefined) {
    if (data.mayBeMade(namespace, name) || set.offers?.namespaces.includes(namespace)) return;
    const known = data.names('Secret', namespace);
    report(
      'references/missing-secret',
      manifest,
      pointer,
      `nothing makes the TLS Secret "${name}" in namespace ${namespace}`,
      {
        hint: hintFrom(name, known, 'add a cert-manager Certificate with this secretName, or the Secret'),
        severity: missingSecretSeverity(set, name, known),
      },
    );
    return;
  }
  if (keys === 'any') return;
  for (const key of ['tls.crt', 'tls.key']) {
    if (!keys.has(key))
      report('references/missing-key', manifest, pointer, `TLS Secret "${name}" has no key "${key}"`, {
        hint: 'a TLS Secret holds tls.crt and tls.key',
      });
  }
}
