import type { Manifest } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { at, atPath, listAt, numberAt, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { checkBackend } from './backend.ts';

/** Services that the API server calls: admission webhooks, aggregated APIs, conversion of custom resources. */
export const webhookReferences: Check = (set, report) => {
  for (const kind of ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']) {
    for (const manifest of set.ofKind('admissionregistration.k8s.io', kind)) {
      listAt(manifest, 'webhooks').forEach((each, index) =>
        checkService(
          set,
          report,
          manifest,
          at(each, 'clientConfig', 'service'),
          `/webhooks/${index}/clientConfig/service`,
        ),
      );
    }
  }
  for (const manifest of set.ofKind('apiregistration.k8s.io', 'APIService'))
    checkService(set, report, manifest, at(manifest, 'spec', 'service'), '/spec/service');
  for (const manifest of set.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')) {
    const pointer = ['spec', 'conversion', 'webhook', 'clientConfig', 'service'];
    checkService(set, report, manifest, atPath(manifest, pointer), `/${pointer.join('/')}`);
  }
};

function checkService(set: ManifestSet, report: Report, manifest: Manifest, service: unknown, pointer: string): void {
  const name = textAt(service, 'name');
  const namespace = textAt(service, 'namespace');
  if (name === undefined || namespace === undefined) return;
  // Injected by kustomize or the CRD's package for a controller that is installed elsewhere.
  if (manifest.kind === 'CustomResourceDefinition' && set.context === 'folder' && set.workloads.length === 0) return;
  checkBackend(set, report, manifest, {
    namespace,
    name,
    port: numberAt(service, 'port') ?? 443,
    namePointer: `${pointer}/name`,
    portPointer: `${pointer}/port`,
  });
}
