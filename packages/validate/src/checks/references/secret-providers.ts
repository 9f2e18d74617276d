import { load as parse } from 'js-yaml';
import type { Manifest } from '@fairlead/objects';
import { hostName } from '@fairlead/objects/forms';
import type { Check } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { isMap, listAt, textAt } from '../../json.ts';

/** Objects that a SecretProviderClass copies into Secrets are among those it fetches; its list is readable. */
export const secretProviderReferences: Check = (set, report) => {
  for (const provider of set.ofKind('secrets-store.csi.x-k8s.io', 'SecretProviderClass')) {
    const text = textAt(provider, 'spec', 'parameters', 'objects') ?? textAt(provider, 'spec', 'parameters', 'secrets');
    const names = text === undefined ? undefined : fetchedNames(text);
    if (text !== undefined && names === undefined) {
      report(
        'references/missing-secret-object',
        provider,
        '/spec/parameters',
        'the list of objects is not readable YAML',
        { hint: 'it is a list of maps, written as one block of text' },
      );
      continue;
    }
    if (names === undefined || names.size === 0) continue;
    for (const [index, secret] of listAt(provider, 'spec', 'secretObjects').entries()) {
      for (const [place, each] of listAt(secret, 'data').entries()) {
        const name = textAt(each, 'objectName');
        if (name !== undefined && !names.has(name))
          report(
            'references/missing-secret-object',
            provider,
            `/spec/secretObjects/${index}/data/${place}/objectName`,
            `SecretProviderClass "${provider.metadata.name}" fetches no object "${name}"`,
            { hint: hintFrom(name, names) },
          );
      }
    }
  }
};

/** Names under which the objects of a provider's list are mounted: alias first, as each provider's documentation says. */
function fetchedNames(text: string): Set<string> | undefined {
  try {
    const parsed: unknown = parse(text);
    const items = Array.isArray(parsed) ? parsed : listAt(parsed, 'array');
    const names = new Set<string>();
    for (const item of items) {
      // Azure writes each entry as text of its own.
      const each: unknown = typeof item === 'string' ? parse(item) : item;
      if (!isMap(each)) continue;
      for (const field of ['objectName', 'objectAlias', 'path', 'fileName']) {
        const name = textAt(each, field);
        if (name !== undefined && name !== '') names.add(name).add(name.replaceAll('/', '_'));
      }
      for (const entry of listAt(each, 'jmesPath')) {
        const alias = textAt(entry, 'objectAlias');
        if (alias !== undefined) names.add(alias);
      }
    }
    return names;
  } catch {
    return undefined;
  }
}

/** A Certificate names every host of the Ingress that serves it. */
export const certificateReferences: Check = (set, report) => {
  const certificates = new Map<string, Manifest>();
  for (const each of set.ofKind('cert-manager.io', 'Certificate'))
    certificates.set(`${set.namespaceOf(each)}/${textAt(each, 'spec', 'secretName')}`, each);
  if (certificates.size === 0) return;
  for (const ingress of set.ofKind('networking.k8s.io', 'Ingress')) {
    for (const [index, entry] of listAt(ingress, 'spec', 'tls').entries()) {
      const certificate = certificates.get(`${set.namespaceOf(ingress)}/${textAt(entry, 'secretName')}`);
      if (certificate === undefined) continue;
      const names = [...listAt(certificate, 'spec', 'dnsNames'), textAt(certificate, 'spec', 'commonName')].filter(
        (each) => typeof each === 'string',
      );
      for (const [place, host] of listAt(entry, 'hosts').entries()) {
        if (
          typeof host !== 'string' ||
          hostName(host) !== undefined ||
          names.some(
            (each) => each === host || (each.startsWith('*.') && host.slice(host.indexOf('.')) === each.slice(1)),
          )
        )
          continue;
        report(
          'references/certificate-host',
          ingress,
          `/spec/tls/${index}/hosts/${place}`,
          `Certificate "${certificate.metadata.name}" does not name the host ${host}`,
          { hint: `it names ${names.join(', ')}` },
        );
      }
    }
  }
};
