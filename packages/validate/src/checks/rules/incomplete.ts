import type { Severity } from '@fairlead/diagnostics';
import { podTemplateKind } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { at, atPath, isMap, listAt, mapAt, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import type { Workload } from '../../workload.ts';

/** What an object must state to have any effect: at least one of the fields. Schemas let it pass, since each field is optional by itself. */
interface Need {
  readonly fields: readonly string[];
  readonly message: string;
  readonly severity?: Severity;
}

const needs: Readonly<Record<string, readonly Need[]>> = {
  'policy/PodDisruptionBudget': [
    { fields: ['spec.selector'], message: 'has no selector, and so guards nothing' },
    {
      fields: ['spec.minAvailable', 'spec.maxUnavailable'],
      message: 'states neither minAvailable nor maxUnavailable',
      severity: 'warning',
    },
  ],
  'autoscaling/HorizontalPodAutoscaler': [
    { fields: ['spec.scaleTargetRef'], message: 'has no scaleTargetRef' },
    { fields: ['spec.metrics', 'spec.targetCPUUtilizationPercentage'], message: 'has no metrics', severity: 'warning' },
  ],
  // What its definition requires; a patch of the Kustomization above may add it.
  'kustomize.toolkit.fluxcd.io/Kustomization': [
    { fields: ['spec.prune'], message: 'does not say whether to prune', severity: 'warning' },
    { fields: ['spec.interval'], message: 'has no interval', severity: 'warning' },
    { fields: ['spec.sourceRef'], message: 'names no source', severity: 'warning' },
  ],
  'external-secrets.io/ExternalSecret': [
    { fields: ['spec.data', 'spec.dataFrom'], message: 'fetches nothing: it has neither data nor dataFrom' },
  ],
  'secrets-store.csi.x-k8s.io/SecretProviderClass': [
    { fields: ['spec.provider'], message: 'names no provider' },
    { fields: ['spec.parameters'], message: 'has no parameters, and so fetches nothing' },
  ],
  'cert-manager.io/Certificate': [
    { fields: ['spec.secretName'], message: 'names no Secret to write' },
    {
      fields: [
        'spec.dnsNames',
        'spec.commonName',
        'spec.ipAddresses',
        'spec.uris',
        'spec.emailAddresses',
        'spec.literalSubject',
        'spec.otherNames',
      ],
      message: 'names no host',
    },
  ],
  ...Object.fromEntries(
    ['Issuer', 'ClusterIssuer'].map((kind) => [
      `cert-manager.io/${kind}`,
      [
        {
          fields: ['acme', 'ca', 'vault', 'selfSigned', 'venafi'].map((type) => `spec.${type}`),
          message: 'does not say how it issues',
        },
      ],
    ]),
  ),
  'networking.k8s.io/IngressClass': [{ fields: ['spec.controller'], message: 'names no controller' }],
  'gateway.networking.k8s.io/HTTPRoute': [
    { fields: ['spec.parentRefs'], message: 'is attached to no Gateway', severity: 'warning' },
  ],
  'gateway.networking.k8s.io/GRPCRoute': [
    { fields: ['spec.parentRefs'], message: 'is attached to no Gateway', severity: 'warning' },
  ],
  'rbac.authorization.k8s.io/Role': [{ fields: ['rules'], message: 'grants nothing', severity: 'warning' }],
  'rbac.authorization.k8s.io/ClusterRole': [
    { fields: ['rules', 'aggregationRule'], message: 'grants nothing', severity: 'warning' },
  ],
  'rbac.authorization.k8s.io/RoleBinding': [{ fields: ['subjects'], message: 'binds nobody', severity: 'warning' }],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [
    { fields: ['subjects'], message: 'binds nobody', severity: 'warning' },
  ],
  '/ResourceQuota': [{ fields: ['spec.hard'], message: 'limits nothing', severity: 'warning' }],
  '/LimitRange': [{ fields: ['spec.limits'], message: 'limits nothing', severity: 'warning' }],
  'networking.k8s.io/NetworkPolicy': [
    { fields: ['spec.podSelector'], message: 'has no podSelector', severity: 'warning' },
  ],
  'monitoring.coreos.com/ServiceMonitor': [
    { fields: ['spec.endpoints'], message: 'scrapes nothing: it has no endpoints', severity: 'warning' },
    {
      fields: ['spec.selector.matchLabels', 'spec.selector.matchExpressions'],
      message: 'selects every Service, as its selector is empty',
      severity: 'warning',
    },
  ],
  'monitoring.coreos.com/PodMonitor': [
    {
      fields: ['spec.podMetricsEndpoints'],
      message: 'scrapes nothing: it has no podMetricsEndpoints',
      severity: 'warning',
    },
    {
      fields: ['spec.selector.matchLabels', 'spec.selector.matchExpressions'],
      message: 'selects every pod, as its selector is empty',
      severity: 'warning',
    },
  ],
  'monitoring.coreos.com/PrometheusRule': [{ fields: ['spec.groups'], message: 'has no rules', severity: 'warning' }],
  'argoproj.io/Application': [
    { fields: ['spec.source', 'spec.sources', 'spec.sourceHydrator'], message: 'has no source' },
    { fields: ['spec.destination.server', 'spec.destination.name'], message: 'has a destination without cluster' },
  ],
  'argoproj.io/AppProject': [
    { fields: ['spec.destinations'], message: 'allows no destination', severity: 'warning' },
    { fields: ['spec.sourceRepos', 'spec.sourceNamespaces'], message: 'allows no repository', severity: 'warning' },
  ],
};

/** Objects that lack what would make them do anything. */
export const completenessRules: Check = (set, report) => {
  const forgotten = set.context === 'fleet' || statesNamespaces(set);
  for (const { apiVersion, kind, key, manifests } of set.kinds) {
    for (const need of Object.hasOwn(needs, key) ? (needs[key] ?? []) : []) {
      for (const manifest of manifests) {
        if (need.fields.some((field) => !isEmpty(manifest, field))) continue;
        report(
          'rules/incomplete',
          manifest,
          `/${(need.fields[0] ?? '').replaceAll('.', '/')}`,
          `${manifest.kind} "${manifest.metadata.name}" ${need.message}`,
          { hint: `add ${need.fields.slice(0, 2).join(' or ')}`, severity: need.severity },
        );
      }
    }
    const facts = podTemplateKind({ apiVersion, kind });
    for (const manifest of facts === undefined ? [] : manifests) {
      if (set.workloadOf(manifest) !== undefined || at(manifest, 'spec', 'workloadRef') !== undefined) continue;
      report(
        'rules/incomplete',
        manifest,
        '/spec',
        `${manifest.kind} "${manifest.metadata.name}" has no pod template`,
        { hint: `add ${facts?.path.length === 0 ? 'a spec' : `${facts?.path.join('.')} with a spec`}` },
      );
    }
  }
  for (const manifest of forgotten ? set.manifests : []) {
    if (set.namespaceOf(manifest) === 'default' && textAt(manifest, 'metadata', 'namespace') === undefined)
      report(
        'rules/no-namespace',
        manifest,
        '/metadata',
        `${manifest.kind} "${manifest.metadata.name}" states no namespace`,
        { hint: 'add metadata.namespace' },
      );
  }
  checkRoutes(set, report);
  checkMakers(set, report);
  for (const workload of set.workloads) checkPod(report, workload);
  checkServices(set, report);
};

/** Whether a folder states the namespace of all but a few objects, so that those few are evidently forgotten. */
function statesNamespaces(set: ManifestSet): boolean {
  if (set.kustomizations?.some(({ content }) => textAt(content, 'namespace') !== undefined)) return false;
  let [stated, left] = [0, 0];
  for (const manifest of set.manifests) {
    const namespace = set.namespaceOf(manifest);
    if (namespace === '') continue;
    if (textAt(manifest, 'metadata', 'namespace') === undefined) left++;
    else if (namespace !== 'kube-system') stated++;
  }
  return stated >= 8 && left * 8 <= stated;
}

function isEmpty(manifest: unknown, field: string): boolean {
  const value = atPath(manifest, field.split('.'));
  // An empty podSelector or budget selector selects everything, and selfSigned has no fields: they state something.
  if (field === 'spec.selfSigned' || field === 'spec.podSelector' || field === 'spec.selector')
    return value === undefined || value === null;
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (isMap(value) && Object.keys(value).length === 0)
  );
}

function checkRoutes(set: ManifestSet, report: Report): void {
  for (const kind of ['HTTPRoute', 'GRPCRoute']) {
    for (const route of set.ofKind('gateway.networking.k8s.io', kind)) {
      const rules = listAt(route, 'spec', 'rules');
      if (rules.length === 0)
        report(
          'rules/incomplete',
          route,
          '/spec/rules',
          `${kind} "${route.metadata.name}" has no rules, and so no backend`,
          { hint: 'add rules with backendRefs', severity: 'warning' },
        );
      for (const [index, rule] of rules.entries()) {
        const answers = listAt(rule, 'filters').some((each) =>
          ['RequestRedirect', 'ExtensionRef'].includes(textAt(each, 'type') ?? ''),
        );
        if (listAt(rule, 'backendRefs').length === 0 && !answers)
          report(
            'rules/incomplete',
            route,
            `/spec/rules/${index}`,
            'a rule has no backend, so that its requests fail',
            { hint: 'add backendRefs', severity: 'warning' },
          );
      }
    }
  }
  for (const gateway of set.ofKind('gateway.networking.k8s.io', 'Gateway')) {
    for (const [index, listener] of listAt(gateway, 'spec', 'listeners').entries()) {
      const tls = at(listener, 'tls');
      if (
        isMap(tls) &&
        (textAt(tls, 'mode') ?? 'Terminate') === 'Terminate' &&
        listAt(tls, 'certificateRefs').length === 0 &&
        Object.keys(mapAt(tls, 'options')).length === 0 &&
        Object.keys(mapAt(gateway, 'metadata', 'annotations')).length === 0
      )
        report(
          'rules/incomplete',
          gateway,
          `/spec/listeners/${index}/tls`,
          'a listener that terminates TLS has no certificate',
          { hint: 'add certificateRefs', severity: 'warning' },
        );
    }
  }
  for (const ingress of set.ofKind('networking.k8s.io', 'Ingress')) {
    for (const [index, rule] of listAt(ingress, 'spec', 'rules').entries())
      if (listAt(rule, 'http', 'paths').length === 0 && at(ingress, 'spec', 'defaultBackend') === undefined)
        report('rules/incomplete', ingress, `/spec/rules/${index}`, 'a rule has no paths, and so no backend', {
          hint: 'add http.paths',
          severity: 'warning',
        });
  }
  for (const [kind, field] of [
    ['ServiceMonitor', 'endpoints'],
    ['PodMonitor', 'podMetricsEndpoints'],
  ] as const) {
    for (const monitor of set.ofKind('monitoring.coreos.com', kind)) {
      for (const [index, each] of listAt(monitor, 'spec', field).entries())
        if (
          at(each, 'port') === undefined &&
          at(each, 'targetPort') === undefined &&
          at(each, 'portNumber') === undefined
        )
          report('rules/incomplete', monitor, `/spec/${field}/${index}`, 'an endpoint names no port', {
            hint: 'add port',
          });
    }
  }
}

function checkMakers(set: ManifestSet, report: Report): void {
  for (const secret of set.ofKind('external-secrets.io', 'ExternalSecret')) {
    const own = textAt(secret, 'spec', 'secretStoreRef', 'name');
    const all = [...listAt(secret, 'spec', 'data'), ...listAt(secret, 'spec', 'dataFrom')];
    if (own === undefined && !all.every((each) => isMap(at(each, 'sourceRef'))))
      report(
        'rules/incomplete',
        secret,
        '/spec/secretStoreRef',
        `ExternalSecret "${secret.metadata.name}" names no store`,
        { hint: 'add secretStoreRef' },
      );
  }
  for (const provider of set.ofKind('secrets-store.csi.x-k8s.io', 'SecretProviderClass')) {
    for (const [index, made] of listAt(provider, 'spec', 'secretObjects').entries()) {
      const pointer = `/spec/secretObjects/${index}`;
      if (textAt(made, 'secretName') === undefined)
        report('rules/incomplete', provider, pointer, 'a secretObject has no secretName', { hint: 'add secretName' });
      if (textAt(made, 'type') === undefined)
        report('rules/incomplete', provider, pointer, 'a secretObject has no type', { hint: 'add type: Opaque' });
      if (listAt(made, 'data').length === 0)
        report('rules/incomplete', provider, pointer, 'a secretObject has no data', {
          hint: 'add data with key and objectName',
        });
      listAt(made, 'data').forEach((each, place) => {
        for (const field of ['key', 'objectName'])
          if (textAt(each, field) === undefined)
            report('rules/incomplete', provider, `${pointer}/data/${place}`, `an entry has no ${field}`, {
              hint: `add ${field}`,
            });
      });
    }
  }
}

function checkPod(report: Report, { manifest, spec, specPointer, containers }: Workload): void {
  for (const container of containers) {
    listAt(container.spec, 'envFrom').forEach((each, index) => {
      const source = at(each, 'configMapRef') ?? at(each, 'secretRef');
      if (!textAt(source, 'name'))
        report(
          'rules/env-source',
          manifest,
          `${container.pointer}/envFrom/${index}`,
          `an envFrom of container "${container.name}" names neither a ConfigMap nor a Secret`,
          { hint: 'add configMapRef.name or secretRef.name' },
        );
    });
    listAt(container.spec, 'env').forEach((each, index) => {
      if (isMap(each) && each['value'] === undefined && each['valueFrom'] === undefined)
        report(
          'rules/env-source',
          manifest,
          `${container.pointer}/env/${index}`,
          `environment variable ${textAt(each, 'name') ?? ''} has neither value nor valueFrom, and so is empty`,
          { hint: 'add value: "" if that is meant', severity: 'warning' },
        );
    });
  }
  listAt(spec, 'volumes').forEach((volume, index) => {
    if (!isMap(volume)) return;
    const pointer = `${specPointer}/volumes/${index}`;
    const sources = Object.keys(volume).filter((key) => key !== 'name' && volume[key] !== null);
    if (sources.length === 0)
      report(
        'rules/volume',
        manifest,
        pointer,
        `volume "${textAt(volume, 'name') ?? ''}" has no source, and so is an empty folder`,
        { hint: 'write emptyDir: {} if that is meant', severity: 'warning' },
      );
    if (isMap(volume['configMap']) && !textAt(volume, 'configMap', 'name'))
      report('rules/volume', manifest, `${pointer}/configMap`, 'the configMap has no name');
    if (isMap(volume['secret']) && !textAt(volume, 'secret', 'secretName'))
      report('rules/volume', manifest, `${pointer}/secret`, 'the secret has no secretName', {
        hint: at(volume, 'secret', 'name') === undefined ? 'add secretName' : 'write secretName instead of name',
      });
    if (isMap(volume['projected']) && listAt(volume, 'projected', 'sources').length === 0)
      report('rules/volume', manifest, `${pointer}/projected`, 'a projected volume has no sources', {
        severity: 'warning', // the API server takes it: an empty folder
      });
    listAt(volume, 'projected', 'sources').forEach((source, place) => {
      if (isMap(source) && Object.keys(source).length === 0)
        report('rules/volume', manifest, `${pointer}/projected/sources/${place}`, 'a projected source is empty');
      for (const kind of ['configMap', 'secret'])
        if (isMap(at(source, kind)) && !textAt(source, kind, 'name'))
          report('rules/volume', manifest, `${pointer}/projected/sources/${place}/${kind}`, `the ${kind} has no name`);
    });
  });
}

/** A Service without selector needs somebody who says where its traffic goes. */
function checkServices(set: ManifestSet, report: Report): void {
  const addressed = new Set<string>();
  for (const each of set.ofKind('discovery.k8s.io', 'EndpointSlice'))
    addressed.add(`${set.namespaceOf(each)}/${textAt(each, 'metadata', 'labels', 'kubernetes.io/service-name') ?? ''}`);
  for (const each of set.ofKind('', 'Endpoints')) addressed.add(`${set.namespaceOf(each)}/${each.metadata.name}`);
  for (const service of set.ofKind('', 'Service')) {
    if (
      textAt(service, 'spec', 'type') === 'ExternalName' ||
      Object.keys(mapAt(service, 'spec', 'selector')).length > 0
    )
      continue;
    if (addressed.has(`${set.namespaceOf(service)}/${service.metadata.name}`)) continue;
    report(
      'rules/incomplete',
      service,
      '/spec',
      `Service "${service.metadata.name}" has no selector, and no EndpointSlice gives it addresses`,
      { hint: 'add spec.selector, or an EndpointSlice labelled kubernetes.io/service-name', severity: 'warning' },
    );
  }
}
