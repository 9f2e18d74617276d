import type { ObjectMeta } from '@fairlead/schemas/custom-resources/metadata';

interface Attribute {
  readonly key: string;
  readonly value: string;
}

/**
 * Settings of the load balancer behind a Gateway, as far as routes use them.
 * Source: kubernetes-sigs/aws-load-balancer-controller, `apis/gateway/v1/loadbalancerconfig_types.go`.
 */
export interface LoadBalancerConfiguration {
  readonly apiVersion: 'gateway.k8s.aws/v1';
  readonly kind: 'LoadBalancerConfiguration';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly scheme?: 'internal' | 'internet-facing';
    readonly listenerConfigurations?: readonly {
      /** `HTTPS:443` */
      readonly protocolPort: string;
      readonly defaultCertificate?: string;
      readonly certificates?: readonly string[];
      readonly sslPolicy?: string;
      readonly listenerAttributes?: readonly Attribute[];
    }[];
    readonly loadBalancerAttributes?: readonly Attribute[];
    readonly sourceRanges?: readonly string[];
    readonly tags?: Readonly<Record<string, string>>;
    readonly wafV2?: { readonly webACL: string };
    readonly shieldConfiguration?: { readonly enabled?: boolean };
    readonly defaultTargetGroupConfiguration?: { readonly name: string };
  };
}

/**
 * Settings of the target group of a Service.
 * Source: kubernetes-sigs/aws-load-balancer-controller, `apis/gateway/v1/targetgroupconfig_types.go`.
 */
export interface TargetGroupConfiguration {
  readonly apiVersion: 'gateway.k8s.aws/v1';
  readonly kind: 'TargetGroupConfiguration';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly targetReference?: { readonly group?: string; readonly kind?: string; readonly name: string };
    readonly defaultConfiguration?: {
      readonly targetType?: 'instance' | 'ip';
      readonly targetGroupAttributes?: readonly Attribute[];
      readonly healthCheckConfig?: {
        readonly healthCheckPath?: string;
        readonly healthCheckPort?: string;
        readonly healthCheckProtocol?: 'HTTP' | 'HTTPS' | 'TCP';
        readonly healthCheckInterval?: number;
        readonly healthCheckTimeout?: number;
        readonly healthyThresholdCount?: number;
        readonly unhealthyThresholdCount?: number;
        readonly matcher?: { readonly httpCode?: string; readonly grpcCode?: string };
      };
      readonly tags?: Readonly<Record<string, string>>;
    };
  };
}

/**
 * What an ALB does with a request before it forwards it; attached to a rule of a route by an `ExtensionRef` filter.
 * Source: kubernetes-sigs/aws-load-balancer-controller, `docs/guide/gateway/listenerruleconfig.md`.
 */
export interface ListenerRuleConfiguration {
  readonly apiVersion: 'gateway.k8s.aws/v1';
  readonly kind: 'ListenerRuleConfiguration';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly actions?: readonly {
      readonly type: 'authenticate-oidc';
      readonly authenticateOIDCConfig: {
        readonly issuer: string;
        readonly authorizationEndpoint: string;
        readonly tokenEndpoint: string;
        readonly userInfoEndpoint: string;
        readonly secret: { readonly name: string };
        readonly scope?: string;
        readonly onUnauthenticatedRequest?: 'authenticate' | 'allow' | 'deny';
      };
    }[];
  };
}
