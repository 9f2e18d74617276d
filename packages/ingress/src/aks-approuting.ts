import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { metadataOf } from './common.ts';
import { type GatewayOptions, gatewayObjects } from './gateway-api.ts';
import type { Adapter, IngressRequest } from './request.ts';
import { terminateWithSecret, tlsCertificate } from './tls-certificate.ts';
import { missingSetting, unsupported } from './unsupported.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The add-on names its Deployment and Service `<gateway>-approuting-istio`, with less than 63 characters. */
const longestName = 62 - '-approuting-istio'.length;

/**
 * The Gateway API flavour of AKS application routing: Istio's proxies without Istio's objects, so the standard ones and
 * annotations of the Azure load balancer are all there is.
 *
 * @see https://learn.microsoft.com/azure/aks/app-routing-gateway-api
 */
export const aksApprouting: Adapter = (request) => {
  const { cluster, route } = request;
  const { ingress } = cluster.capabilities;
  const diagnostics: Diagnostic[] = [];
  if (request.name.length > longestName) {
    const message = `route ${request.namespace}/${request.name}: AKS appends "-approuting-istio" to the name, which may then have at most 62 characters`;
    const hint = `use a name of at most ${longestName} characters`;
    diagnostics.push(diagnostic('ingress/invalid-route', { message, hint, clusters: [cluster.name] }));
  }
  const frontDoor = frontDoorOf(request, diagnostics);
  const keyVault = keyVaultOf(request, diagnostics);
  if (route.cors !== undefined && minorOf(cluster.kubernetes) < 36) {
    diagnostics.push(
      unsupported(
        request,
        'cors',
        `AKS installs a Gateway API with the CORS filter from Kubernetes 1.36 on, and ${cluster.name} runs ${cluster.kubernetes}`,
      ),
    );
  }
  if (route.paths.some((path) => path.to?.some((backend) => typeof backend.health === 'object') ?? false)) {
    diagnostics.push(
      diagnostic('ingress/health-check-ignored', {
        message: `route ${request.namespace}/${request.name}: aks-approuting has no health checks of its own; the readiness probes decide`,
        clusters: [cluster.name],
      }),
    );
  }
  const annotations = {
    ...(route.exposure === 'public' ? {} : { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' }),
    ...(frontDoor === undefined
      ? {}
      : { 'service.beta.kubernetes.io/azure-allowed-service-tags': 'AzureFrontDoor.Backend' }),
  };
  const standard = gatewayObjects(request, {
    className: ingress.class,
    listenerPerHost: true,
    tls: keyVault?.tls ?? terminateWithSecret(request),
    inRoute: { headers: true, cors: true, requestTimeout: true },
    ...(Object.keys(annotations).length === 0 ? {} : { infrastructure: { annotations } }),
    ...(frontDoor === undefined ? {} : { requiredHeaders: { 'X-Azure-FDID': frontDoor } }),
  });
  return { objects: [...standard, ...tlsCertificate(request), ...(keyVault?.objects ?? [])], diagnostics };
};

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

/**
 * The id of the Front Door profile that filters the traffic, where the route wants a firewall or DDoS protection. The Gateway then
 * admits Front Door's addresses only, and only requests of this one profile.
 *
 * @see https://learn.microsoft.com/azure/frontdoor/origin-security
 */
function frontDoorOf(request: IngressRequest, diagnostics: Diagnostic[]): string | undefined {
  const { cluster, route } = request;
  const wanted = route.firewall === true ? 'firewall' : route.ddosProtection === true ? 'ddosProtection' : undefined;
  if (wanted === undefined) return undefined;
  if (route.exposure !== 'public') {
    diagnostics.push(unsupported(request, wanted, 'Azure Front Door reaches public routes only'));
    return undefined;
  }
  const { firewall } = cluster.capabilities.ingress;
  if (firewall !== undefined && guid.test(firewall)) return firewall;
  const hint =
    'set capabilities.ingress.firewall to the id of the Front Door profile (a GUID, as it stands in X-Azure-FDID)';
  diagnostics.push(
    missingSetting(
      request,
      wanted === 'firewall' ? 'a firewall' : 'DDoS protection',
      'which Azure Front Door filters it',
      hint,
    ),
  );
  return undefined;
}

/**
 * Listener options by which the add-on fetches a certificate from Key Vault, and the ServiceAccount that may. The add-on then writes
 * `certificateRefs` into the listeners, which a GitOps engine must leave alone.
 *
 * @see https://learn.microsoft.com/azure/aks/app-routing-gateway-api-dns-tls
 */
function keyVaultOf(
  request: IngressRequest,
  diagnostics: Diagnostic[],
): { tls: GatewayOptions['tls']; objects: Manifest[] } | undefined {
  const { source, name: uri, identity } = request.cluster.capabilities.ingress.certificates;
  if (source !== 'key-vault' || uri === undefined) return undefined;
  if (identity === undefined) {
    const hint =
      'set capabilities.ingress.certificates.identity to the client id of a managed identity with Key Vault Secrets User';
    diagnostics.push(missingSetting(request, 'a certificate from Key Vault', 'who may read it', hint));
  }
  const serviceAccount = `${request.name}-tls`;
  const metadata = metadataOf(
    request,
    serviceAccount,
    identity === undefined ? {} : { 'azure.workload.identity/client-id': identity },
  );
  const object = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { ...metadata, labels: { ...metadata.labels, 'azure.workload.identity/use': 'true' } },
    automountServiceAccountToken: false,
  } satisfies IServiceAccount;
  return {
    tls: {
      mode: 'Terminate',
      options: {
        'kubernetes.azure.com/tls-cert-keyvault-uri': uri,
        'kubernetes.azure.com/tls-cert-service-account': serviceAccount,
      },
    },
    objects: [object],
  };
}
