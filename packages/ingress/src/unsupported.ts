import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import type { IngressImplementation } from '@fairlead/inventory/model';
import type { IngressRequest } from './request.ts';
import { type Intent, intents, intentsOf, support } from './support.ts';

function capable(intent: Intent, except: IngressImplementation): string {
  const row = Object.entries(support[intent]).filter(([implementation]) => implementation !== except);
  const named = (level: string) =>
    row.filter(([, each]) => each.level === level).map(([implementation]) => implementation);
  const full = named('yes');
  const partly = named('some').map((implementation) => `${implementation} (in part)`);
  return [...full, ...partly].join(', ') || 'none';
}

/** The diagnostic that an intent is beyond the cluster's implementation; the hint names the implementations that can. */
export function unsupported({ cluster, namespace, name }: IngressRequest, intent: Intent, why?: string): Diagnostic {
  const { implementation } = cluster.capabilities.ingress;
  return diagnostic('ingress/unsupported-intent', {
    message: `route ${namespace}/${name} wants ${intents[intent]}, which ${implementation} cannot express: ${why ?? support[intent][implementation].how}`,
    hint: `implementations that can: ${capable(intent, implementation)}`,
    clusters: [cluster.name],
  });
}

/** The diagnostic that the cluster file leaves out a fact which a stated intent needs. */
export function missingSetting(
  { cluster, namespace, name }: IngressRequest,
  wants: string,
  setting: string,
  example: string,
): Diagnostic {
  return diagnostic('ingress/missing-setting', {
    message: `route ${namespace}/${name} wants ${wants}, but cluster ${cluster.name} does not say ${setting}`,
    hint: example,
    clusters: [cluster.name],
  });
}

/** Every intent of the route that the implementation cannot express in any form. */
export function unsupportedIntents(request: IngressRequest): Diagnostic[] {
  const { implementation } = request.cluster.capabilities.ingress;
  return intentsOf(request.route, request.namespace)
    .filter((intent) => support[intent][implementation].level === 'no')
    .map((intent) => unsupported(request, intent));
}
