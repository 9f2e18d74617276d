import type { Check } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { listAt, step, textAt } from '../../json.ts';
import { missingSeverity } from '../../missing.ts';

/** Certificates name issuers, and ExternalSecrets name stores, that exist. */
export const issuerReferences: Check = (set, report) => {
  const clusterIssuers = [
    ...set.ofKind('cert-manager.io', 'ClusterIssuer').map((each) => each.metadata.name),
    ...(set.offers?.clusterIssuers ?? []),
  ];
  for (const certificate of set.ofKind('cert-manager.io', 'Certificate')) {
    const name = textAt(certificate, 'spec', 'issuerRef', 'name');
    const kind = textAt(certificate, 'spec', 'issuerRef', 'kind') ?? 'Issuer';
    if (
      name === undefined ||
      (textAt(certificate, 'spec', 'issuerRef', 'group') ?? 'cert-manager.io') !== 'cert-manager.io'
    )
      continue;
    const namespace = set.namespaceOf(certificate);
    const known =
      kind === 'ClusterIssuer'
        ? clusterIssuers
        : set
            .ofKind('cert-manager.io', 'Issuer')
            .flatMap((each) => (set.namespaceOf(each) === namespace ? each.metadata.name : []));
    if (known.includes(name)) continue;
    report('references/missing-issuer', certificate, '/spec/issuerRef/name', `${kind} "${name}" does not exist`, {
      hint: hintFrom(
        name,
        known,
        kind === 'Issuer' && clusterIssuers.includes(name)
          ? 'there is a ClusterIssuer of that name: write kind: ClusterIssuer'
          : 'declare it, or list it under offers.clusterIssuers of the cluster',
      ),
      severity: missingSeverity(set, known),
    });
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
          severity: set.offered,
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
  for (const secret of set.ofKind('external-secrets.io', 'ExternalSecret')) {
    const name = textAt(secret, 'spec', 'secretStoreRef', 'name');
    if (name === undefined) continue;
    const kind = textAt(secret, 'spec', 'secretStoreRef', 'kind') ?? 'SecretStore';
    const namespace = set.namespaceOf(secret);
    const known =
      kind === 'ClusterSecretStore'
        ? clusterStores
        : set
            .ofKind('external-secrets.io', 'SecretStore')
            .flatMap((each) => (set.namespaceOf(each) === namespace ? each.metadata.name : []));
    if (known.includes(name)) continue;
    report('references/missing-secret-store', secret, '/spec/secretStoreRef/name', `${kind} "${name}" does not exist`, {
      hint: hintFrom(
        name,
        known,
        kind === 'SecretStore' && clusterStores.includes(name)
          ? 'there is a ClusterSecretStore of that name: write kind: ClusterSecretStore'
          : 'declare it, or list it under offers.secretStores of the cluster',
      ),
      severity: missingSeverity(set, known),
    });
  }
};
