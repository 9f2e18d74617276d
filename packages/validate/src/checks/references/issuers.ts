import type { Code } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { listAt, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { missingSeverity, offeredSeverity } from '../../missing.ts';

/** Certificates name issuers, and ExternalSecrets name stores, that exist. */
export const issuerReferences: Check = (set, report) => {
  const clusterIssuers = [
    ...set.ofKind('cert-manager.io', 'ClusterIssuer').map((each) => each.metadata.name),
    ...(set.offers?.clusterIssuers ?? []),
  ];
  for (const certificate of set.ofKind('cert-manager.io', 'Certificate')) {
    if ((textAt(certificate, 'spec', 'issuerRef', 'group') ?? 'cert-manager.io') === 'cert-manager.io')
      checkReference(set, report, certificate, issuers, clusterIssuers);
  }
  const classes = set.ofKind('networking.k8s.io', 'IngressClass').map((each) => each.metadata.name);
  for (const issuer of ['Issuer', 'ClusterIssuer'].flatMap((kind) => set.ofKind('cert-manager.io', kind))) {
    for (const [index, solver] of listAt(issuer, 'spec', 'acme', 'solvers').entries()) {
      const field = ['ingressClassName', 'class'].find((each) => textAt(solver, 'http01', 'ingress', each));
      const name = field === undefined ? undefined : textAt(solver, 'http01', 'ingress', field);
      if (name === undefined || classes.includes(name) || set.offers?.ingressClasses.includes(name)) continue;
      if (set.context === 'folder' && classes.length === 0) continue;
      report(
        'references/missing-ingress-class',
        issuer,
        `/spec/acme/solvers/${index}/http01/ingress/${field}`,
        `IngressClass "${name}" does not exist`,
        {
          hint: hintFrom(name, classes, 'declare it, or list it under offers.ingressClasses of the cluster'),
          severity: offeredSeverity(set, name, classes),
        },
      );
    }
  }
  for (const [group, kind] of [
    ['networking.k8s.io', 'Ingress'],
    ['gateway.networking.k8s.io', 'Gateway'],
  ] as const) {
    for (const manifest of set.ofKind(group, kind)) {
      const annotation = 'cert-manager.io/cluster-issuer';
      const name = textAt(manifest, 'metadata', 'annotations', annotation);
      if (name === undefined || clusterIssuers.includes(name)) continue;
      report(
        'references/missing-issuer',
        manifest,
        `/metadata/annotations/${step(annotation)}`,
        `ClusterIssuer "${name}" does not exist`,
        {
          hint: hintFrom(name, clusterIssuers, 'declare it, or list it under offers.clusterIssuers of the cluster'),
          severity: missingSeverity(set, clusterIssuers),
        },
      );
    }
  }
  const clusterStores = [
    ...set.ofKind('external-secrets.io', 'ClusterSecretStore').map((each) => each.metadata.name),
    ...(set.offers?.secretStores ?? []),
  ];
  for (const secret of set.ofKind('external-secrets.io', 'ExternalSecret'))
    checkReference(set, report, secret, stores, clusterStores);
};

/** A reference below `spec` to an object of `kind` in the same namespace, or to one of `Cluster…` for all namespaces. */
interface Reference {
  readonly code: Code;
  readonly field: string;
  readonly group: string;
  readonly kind: string;
  /** The field of a cluster's `offers` that names those for all namespaces. */
  readonly offers: string;
}

const issuers: Reference = {
  code: 'references/missing-issuer',
  field: 'issuerRef',
  group: 'cert-manager.io',
  kind: 'Issuer',
  offers: 'clusterIssuers',
};

const stores: Reference = {
  code: 'references/missing-secret-store',
  field: 'secretStoreRef',
  group: 'external-secrets.io',
  kind: 'SecretStore',
  offers: 'secretStores',
};

function checkReference(
  set: ManifestSet,
  report: Report,
  manifest: Manifest,
  { code, field, group, kind: own, offers }: Reference,
  forAll: readonly string[],
): void {
  const name = textAt(manifest, 'spec', field, 'name');
  if (name === undefined) return;
  const kind = textAt(manifest, 'spec', field, 'kind') ?? own;
  const namespace = set.namespaceOf(manifest);
  const known =
    kind === `Cluster${own}`
      ? forAll
      : set.ofKind(group, own).flatMap((each) => (set.namespaceOf(each) === namespace ? each.metadata.name : []));
  if (known.includes(name)) return;
  report(code, manifest, `/spec/${field}/name`, `${kind} "${name}" does not exist`, {
    hint: hintFrom(
      name,
      known,
      kind === own && forAll.includes(name)
        ? `there is a Cluster${own} of that name: write kind: Cluster${own}`
        : `declare it, or list it under offers.${offers} of the cluster`,
    ),
    severity: missingSeverity(set, known),
  });
}
