import { diagnostic } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory/model';
import { type Ownership, ownershipLabels } from '@fairlead/objects';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { report } from '@fairlead/objects/report';
import type { IClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer';
import { Construct } from 'constructs';

export interface CertificateIssuerProps {
  readonly cluster: Cluster;
  readonly owner: Ownership;
  /** Mail address that the authority may write to. */
  readonly contact: string;
}

type IssuerSpec = NonNullable<IClusterIssuer['spec']>;
type Dns01 = NonNullable<NonNullable<NonNullable<IssuerSpec['acme']>['solvers']>[number]['dns01']>;

/**
 * The ClusterIssuer that the cluster's routes name, where cert-manager makes certificates and the cluster does not come with it:
 * Let's Encrypt by DNS where cert-manager's own identity may write the cloud's zone, else the PKI of the cluster's Vault.
 *
 * @see https://cert-manager.io/docs/configuration/acme/dns01/
 * @see https://cert-manager.io/docs/configuration/vault/
 */
export class CertificateIssuer extends Construct {
  constructor(scope: Construct, id: string, { cluster, owner, contact }: CertificateIssuerProps) {
    super(scope, id);
    const { source, name } = cluster.capabilities.ingress.certificates;
    if (source !== 'cert-manager' || name === undefined || cluster.offers.clusterIssuers.includes(name)) return;
    const dns01 = solverOf(cluster);
    const spec = dns01 === undefined ? vaultPki(cluster) : letsEncrypt(name, contact, dns01);
    if (spec === undefined) {
      report(
        this,
        diagnostic('ingress/missing-setting', {
          message: `cluster ${cluster.name}: nothing says how the ClusterIssuer "${name}" proves whose names it certifies`,
          hint: `make it yourself and state offers.clusterIssuers: [${name}], or state the address of a Vault under capabilities.secrets`,
          clusters: [cluster.name],
        }),
      );
      return;
    }
    new KubernetesObject(this, 'issuer', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name, labels: ownershipLabels(owner) },
      spec,
    } satisfies IClusterIssuer);
  }
}

/** Azure's solver wants a resource group, which no cluster file states. */
function solverOf({ provider, account, region }: Cluster): Dns01 | undefined {
  if (provider === 'gke') return { cloudDNS: { project: account } };
  if (provider === 'eks') return { route53: { region } };
  return undefined;
}

function letsEncrypt(name: string, email: string, dns01: Dns01): IssuerSpec {
  return {
    acme: {
      email,
      privateKeySecretRef: { name: `${name}-account` },
      server: 'https://acme-v02.api.letsencrypt.org/directory',
      solvers: [{ dns01 }],
    },
  };
}

/** Mount and role are the convention of Vault's own guide; `<cluster>` is the role of the PKI. */
function vaultPki({ name, capabilities: { secrets } }: Cluster): IssuerSpec | undefined {
  if (secrets.implementation !== 'vault' || secrets.address === undefined) return undefined;
  return {
    vault: {
      server: secrets.address,
      path: `pki_int/sign/${name}`,
      auth: {
        kubernetes: {
          mountPath: `/v1/auth/${secrets.authMount ?? 'kubernetes'}`,
          role: 'cert-manager',
          serviceAccountRef: { name: 'cert-manager' },
        },
      },
    },
  };
}
