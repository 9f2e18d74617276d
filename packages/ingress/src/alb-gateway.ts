import type { Diagnostic } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import type {
  ListenerRuleConfiguration,
  LoadBalancerConfiguration,
  TargetGroupConfiguration,
} from '@fairlead/schemas/custom-resources/aws-load-balancer';
import {
  healthySuccessCodes,
  listenerAttributes,
  loadBalancerAttributes,
  targetGroupAttributes,
  tlsPolicy,
  webAcl,
} from './alb-settings.ts';
import { backendsOf } from './backends.ts';
import { costTags, metadataOf } from './common.ts';
import { gatewayObjects } from './gateway-api.ts';
import type { Adapter, IngressRequest } from './request.ts';
import { missingSetting } from './unsupported.ts';

const apiVersion = 'gateway.k8s.aws/v1';

function pairs(attributes: Readonly<Record<string, string>>) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value }));
}

/**
 * Gateway API on the AWS Load Balancer Controller: the standard objects, and the controller's own for everything that belongs to
 * the load balancer, its target groups and its rules.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/l7gateway/
 */
export const albGateway: Adapter = (request) => {
  const { cluster, name, owner, route } = request;
  const { ingress } = cluster.capabilities;
  const listener = listenerAttributes(request);
  const balancer = loadBalancerAttributes(request);
  const login = authentication(request);
  const firewall = webAcl(request);
  const diagnostics = [...listener.diagnostics, ...balancer.diagnostics, ...login.diagnostics, ...firewall.diagnostics];
  const configuration = {
    apiVersion,
    kind: 'LoadBalancerConfiguration',
    metadata: metadataOf(request, name),
    spec: {
      scheme: route.exposure === 'public' ? 'internet-facing' : 'internal',
      listenerConfigurations: [
        {
          protocolPort: 'HTTPS:443',
          // Absent: the controller finds certificates of ACM by host name. `certificateRefs` it cannot read.
          ...(ingress.certificates.name === undefined ? {} : { defaultCertificate: ingress.certificates.name }),
          sslPolicy: tlsPolicy(request),
          listenerAttributes: pairs(listener.attributes),
        },
      ],
      loadBalancerAttributes: pairs(balancer.attributes),
      tags: costTags(owner),
      ...(firewall.arn === undefined ? {} : { wafV2: { webACL: firewall.arn } }),
      ...(route.ddosProtection === true ? { shieldConfiguration: { enabled: true } } : {}),
    },
  } satisfies LoadBalancerConfiguration;

  const standard = gatewayObjects(request, {
    className: ingress.class,
    infrastructure: { parametersRef: { group: 'gateway.k8s.aws', kind: 'LoadBalancerConfiguration', name } },
    ...(login.objects.length === 0
      ? {}
      : {
          filters: [
            {
              type: 'ExtensionRef',
              extensionRef: { group: 'gateway.k8s.aws', kind: 'ListenerRuleConfiguration', name },
            },
          ],
        }),
  });
  return { objects: [...standard, configuration, ...targetGroups(request), ...login.objects], diagnostics };
};

/** The controller's default target type is `instance`, by way of node ports. */
function targetGroups(request: IngressRequest): Manifest[] {
  return backendsOf(request.route).map(
    ({ service, health, workload }) =>
      ({
        apiVersion,
        kind: 'TargetGroupConfiguration',
        metadata: metadataOf(request, service, {}, workload.namespace),
        spec: {
          targetReference: { kind: 'Service', name: service },
          defaultConfiguration: {
            targetType: 'ip',
            targetGroupAttributes: pairs(targetGroupAttributes(request)),
            healthCheckConfig: {
              healthCheckPath: health.path,
              healthCheckInterval: health.interval,
              healthCheckTimeout: health.timeout,
              healthyThresholdCount: health.healthyThreshold,
              unhealthyThresholdCount: health.unhealthyThreshold,
              matcher: { httpCode: healthySuccessCodes },
            },
          },
        },
      }) satisfies TargetGroupConfiguration,
  );
}

function authentication(request: IngressRequest): { objects: Manifest[]; diagnostics: Diagnostic[] } {
  const { authentication: oidc } = request.route;
  if (oidc === undefined) return { objects: [], diagnostics: [] };
  if (oidc.endpoints === undefined) {
    const example = 'state `endpoints` beside the issuer: authorization, token and userInfo';
    return { objects: [], diagnostics: [missingSetting(request, 'login by OIDC', "the issuer's endpoints", example)] };
  }
  const object = {
    apiVersion,
    kind: 'ListenerRuleConfiguration',
    metadata: metadataOf(request, request.name),
    spec: {
      actions: [
        {
          type: 'authenticate-oidc',
          authenticateOIDCConfig: {
            issuer: oidc.issuer,
            authorizationEndpoint: oidc.endpoints.authorization,
            tokenEndpoint: oidc.endpoints.token,
            userInfoEndpoint: oidc.endpoints.userInfo,
            secret: { name: oidc.secret },
            scope: (oidc.scopes ?? ['openid']).join(' '),
            onUnauthenticatedRequest: oidc.onUnauthenticated ?? 'authenticate',
          },
        },
      ],
    },
  } satisfies ListenerRuleConfiguration;
  return { objects: [object], diagnostics: [] };
}
