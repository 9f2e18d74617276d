import type { Manifest } from '@fairlead/objects';
import { dnsSubdomain } from '@fairlead/objects/forms';
import type { Check, Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, isMap, listAt, mapAt, numberAt, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';

/** Admission webhooks. */
export const webhookRules: Check = (set, report) => {
  for (const kind of ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']) {
    for (const manifest of set.ofKind('admissionregistration.k8s.io', kind)) {
      const names = new Set<string>();
      for (const [index, webhook] of listAt(manifest, 'webhooks').entries()) {
        const pointer = `/webhooks/${index}`;
        const name = textAt(webhook, 'name') ?? '';
        if (dnsSubdomain(name) !== undefined || name.split('.').length < 3)
          report(
            'rules/webhook',
            manifest,
            `${pointer}/name`,
            `the name "${name}" of a webhook needs at least three parts, such as policy.example.com`,
          );
        if (names.has(name)) report('rules/webhook', manifest, `${pointer}/name`, `two webhooks are named "${name}"`);
        names.add(name);
        const timeout = numberAt(webhook, 'timeoutSeconds');
        if (timeout !== undefined && (timeout < 1 || timeout > 30))
          report(
            'rules/webhook',
            manifest,
            `${pointer}/timeoutSeconds`,
            `timeoutSeconds is ${timeout}; it must be from 1 to 30`,
          );
        const effects = textAt(webhook, 'sideEffects');
        if (effects === undefined || !['None', 'NoneOnDryRun'].includes(effects))
          report(
            'rules/webhook',
            manifest,
            effects === undefined ? pointer : `${pointer}/sideEffects`,
            'sideEffects must be None or NoneOnDryRun',
          );
        if (listAt(webhook, 'admissionReviewVersions').length === 0)
          report('rules/webhook', manifest, pointer, 'admissionReviewVersions is missing', { hint: 'such as [v1]' });
        checkOwnPods(set, report, manifest, webhook, pointer);
        const [url, service] = [at(webhook, 'clientConfig', 'url'), at(webhook, 'clientConfig', 'service')];
        if ((url === undefined) === (service === undefined))
          report('rules/webhook', manifest, `${pointer}/clientConfig`, 'clientConfig needs either url or service');
      }
    }
  }
};

/** A webhook that must answer before its own pods may start can never come back. */
function checkOwnPods(set: ManifestSet, report: Report, manifest: Manifest, webhook: unknown, pointer: string): void {
  const home = textAt(webhook, 'clientConfig', 'service', 'namespace');
  if (home === undefined || (textAt(webhook, 'failurePolicy') ?? 'Fail') !== 'Fail') return;
  if (isMap(at(webhook, 'namespaceSelector')) || isMap(at(webhook, 'objectSelector'))) return;
  if (listAt(webhook, 'matchConditions').length > 0 || set.workloadsIn(home).length === 0) return;
  const has = (rule: unknown, field: string, ...values: readonly string[]): boolean =>
    listAt(rule, field).some((each) => each === '*' || (typeof each === 'string' && values.includes(each)));
  listAt(webhook, 'rules').forEach((rule, index) => {
    if (
      has(rule, 'apiGroups', '') &&
      has(rule, 'apiVersions', 'v1') &&
      has(rule, 'operations', 'CREATE') &&
      has(rule, 'resources', 'pods', '*/*')
    )
      report(
        'rules/webhook',
        manifest,
        `${pointer}/rules/${index}`,
        `the webhook must admit the pods of namespace ${home}, its own among them: once they are gone, none can start`,
        { hint: 'leave the namespace out with a namespaceSelector, or set failurePolicy: Ignore', severity: 'warning' },
      );
  });
}

/** CustomResourceDefinitions: name, versions, schemas. */
export const definitionRules: Check = (set, report) => {
  for (const definition of set.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')) {
    const [plural, group] = [textAt(definition, 'spec', 'names', 'plural'), textAt(definition, 'spec', 'group')];
    if (plural !== undefined && group !== undefined && definition.metadata.name !== `${plural}.${group}`)
      report('rules/definition', definition, '/metadata/name', `the name must be "${plural}.${group}"`);
    const versions = listAt(definition, 'spec', 'versions');
    if (definition.apiVersion !== 'apiextensions.k8s.io/v1') continue;
    const stored = versions.filter((each) => at(each, 'storage') === true).length;
    if (stored !== 1)
      report('rules/definition', definition, '/spec/versions', `exactly one version must be stored, not ${stored}`, {
        hint: 'set storage: true on one version',
      });
    versions.forEach((each, index) => {
      if (!isMap(at(each, 'schema', 'openAPIV3Schema')))
        report(
          'rules/definition',
          definition,
          `/spec/versions/${index}`,
          `version ${textAt(each, 'name') ?? ''} has no schema`,
          { hint: 'add schema.openAPIV3Schema' },
        );
    });
  }
};

/** Pod Security labels of namespaces: a typo there switches the protection off. */
export const podSecurityLabelRules: Check = (set, report) => {
  const levels = ['privileged', 'baseline', 'restricted'];
  for (const { manifest } of set.namespaces.values()) {
    for (const key of Object.keys(mapAt(manifest, 'metadata', 'labels'))) {
      if (key.startsWith('pod-security.kubernetes.io/') && !/\/(?:enforce|audit|warn)(?:-version)?$/.test(key))
        report(
          'rules/pod-security-label',
          manifest,
          `/metadata/labels/${step(key)}`,
          `"${key}" is no Pod Security label`,
          { hint: 'enforce, audit or warn, each also with -version' },
        );
    }
    for (const mode of ['enforce', 'audit', 'warn']) {
      const level = textAt(manifest, 'metadata', 'labels', `pod-security.kubernetes.io/${mode}`);
      if (level !== undefined && !levels.includes(level))
        report(
          'rules/pod-security-label',
          manifest,
          `/metadata/labels/${step(`pod-security.kubernetes.io/${mode}`)}`,
          `"${level}" is no Pod Security level`,
          { hint: hintFrom(level, levels) },
        );
      const version = textAt(manifest, 'metadata', 'labels', `pod-security.kubernetes.io/${mode}-version`);
      if (version !== undefined && version !== 'latest' && !/^v1\.\d+$/.test(version))
        report(
          'rules/pod-security-label',
          manifest,
          `/metadata/labels/${step(`pod-security.kubernetes.io/${mode}-version`)}`,
          `"${version}" is no version`,
          { hint: 'latest, or such as v1.34' },
        );
    }
  }
};

const duration = /^(?:(?:\d+)y)?(?:(?:\d+)w)?(?:(?:\d+)d)?(?:(?:\d+)h)?(?:(?:\d+)m)?(?:(?:\d+)s)?(?:(?:\d+)ms)?$/;
const goDuration = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/;

const fluxGroups = /^(?:source|kustomize|helm)\.toolkit\.fluxcd\.io$/;

/** Durations of monitors, certificates, external secrets and objects of Flux. */
export const durationRules: Check = (set, report) => {
  for (const [kind, field] of [
    ['ServiceMonitor', 'endpoints'],
    ['PodMonitor', 'podMetricsEndpoints'],
  ] as const) {
    for (const monitor of set.ofKind('monitoring.coreos.com', kind)) {
      for (const [index, endpoint] of listAt(monitor, 'spec', field).entries()) {
        const pointer = `/spec/${field}/${index}`;
        for (const name of ['interval', 'scrapeTimeout']) {
          const text = textAt(endpoint, name);
          if (text !== undefined && text !== '' && text !== '0' && !duration.test(text))
            report('rules/duration', monitor, `${pointer}/${name}`, `"${text}" is no duration`, {
              hint: 'such as 30s',
            });
        }
        const [interval, timeout] = [seconds(textAt(endpoint, 'interval')), seconds(textAt(endpoint, 'scrapeTimeout'))];
        if (interval !== undefined && timeout !== undefined && timeout > interval)
          report('rules/duration', monitor, `${pointer}/scrapeTimeout`, 'scrapeTimeout is longer than the interval', {
            hint: 'Prometheus refuses the whole configuration',
          });
      }
    }
  }
  for (const certificate of set.ofKind('cert-manager.io', 'Certificate')) {
    const [whole, before] = [textAt(certificate, 'spec', 'duration'), textAt(certificate, 'spec', 'renewBefore')];
    for (const [field, text] of [
      ['duration', whole],
      ['renewBefore', before],
    ] as const)
      if (text !== undefined && !goDuration.test(text))
        report('rules/duration', certificate, `/spec/${field}`, `"${text}" is no duration`, { hint: 'such as 2160h' });
    const [a, b] = [seconds(whole), seconds(before)];
    if (a !== undefined && b !== undefined && b >= a)
      report('rules/duration', certificate, '/spec/renewBefore', 'renewBefore is not shorter than the duration');
  }
  for (const { group, manifests } of set.kinds) {
    if (!fluxGroups.test(group)) continue;
    for (const manifest of manifests) {
      for (const field of ['interval', 'retryInterval', 'timeout']) {
        const text = textAt(manifest, 'spec', field);
        if (text !== undefined && !text.includes('$') && !goDuration.test(text))
          report('rules/duration', manifest, `/spec/${field}`, `"${text}" is no duration`, { hint: 'such as 10m' });
      }
    }
  }
  for (const secret of set.ofKind('external-secrets.io', 'ExternalSecret')) {
    const text = textAt(secret, 'spec', 'refreshInterval');
    if (text !== undefined && text !== '0' && !goDuration.test(text))
      report('rules/duration', secret, '/spec/refreshInterval', `"${text}" is no duration`, { hint: 'such as 1h' });
  }
};

const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400, w: 604800, y: 31536000 };

function seconds(text: string | undefined): number | undefined {
  if (text === undefined || !/^(?:\d+(?:ms|[smhdwy]))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? 's'] ?? 1),
    0,
  );
}
