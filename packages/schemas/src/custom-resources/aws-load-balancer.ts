import type { CustomResource, KeyValue, LabelSelector, Texts } from './metadata.ts';

// Source: kubernetes-sigs/aws-load-balancer-controller, `apis/elbv2/v1beta1` and `apis/gateway/v1`, with the fields of
// IngressClassParams that its guide for v3.5 lists.

/** Settings of every Ingress of a class on the AWS Load Balancer Controller; they win over annotations. */
export interface IngressClassParams extends CustomResource<'elbv2.k8s.aws/v1beta1', 'IngressClassParams'> {
  readonly spec?: {
    readonly certificateArn?: readonly string[];
    readonly group?: { readonly name: string };
    readonly inboundCIDRs?: readonly string[];
    readonly ipAddressType?: 'ipv4' | 'dualstack' | 'dualstack-without-public-ipv4';
    readonly ipamConfiguration?: { readonly ipv4IPAMPoolId?: string };
    readonly listeners?: readonly {
      readonly protocol?: string;
      /** @integer */
      readonly port?: number;
      readonly listenerAttributes?: readonly KeyValue[];
    }[];
    readonly loadBalancerAttributes?: readonly KeyValue[];
    readonly loadBalancerName?: string;
    readonly minimumLoadBalancerCapacity?: MinimumLoadBalancerCapacity;
    readonly namespaceSelector?: LabelSelector;
    /** Spelled with an upper-case `IDs`. */
    readonly prefixListsIDs?: readonly string[];
    readonly scheme?: 'internal' | 'internet-facing';
    readonly sslPolicy?: string;
    readonly sslRedirectPort?: string;
    readonly subnets?: {
      readonly ids?: readonly string[];
      readonly tags?: Readonly<Record<string, readonly string[]>>;
    };
    readonly tags?: readonly KeyValue[];
    readonly targetType?: 'instance' | 'ip';
    readonly wafv2AclArn?: string;
    readonly wafv2AclName?: string;
  };
}

/** Registers the pods of a Service in a target group that exists already. */
export interface TargetGroupBinding extends CustomResource<'elbv2.k8s.aws/v1beta1', 'TargetGroupBinding'> {
  readonly spec: {
    readonly iamRoleArnToAssume?: string;
    readonly assumeRoleExternalId?: string;
    readonly ipAddressType?: 'ipv4' | 'ipv6';
    readonly multiClusterTargetGroup?: boolean;
    readonly networking?: {
      readonly ingress?: readonly {
        readonly from: readonly {
          readonly ipBlock?: { readonly cidr: string };
          readonly securityGroup?: { readonly groupID: string };
        }[];
        readonly ports: readonly { readonly protocol?: 'TCP' | 'UDP'; readonly port?: string | number }[];
      }[];
    };
    readonly nodeSelector?: LabelSelector;
    readonly serviceRef: { readonly name: string; readonly port: string | number };
    readonly targetGroupARN?: string;
    readonly targetGroupName?: string;
    readonly targetType?: 'instance' | 'ip';
    readonly vpcID?: string;
  };
}

/** Settings of the load balancer of a Gateway or of every Gateway of a class. */
export interface LoadBalancerConfiguration extends CustomResource<'gateway.k8s.aws/v1', 'LoadBalancerConfiguration'> {
  readonly spec?: {
    readonly customerOwnedIpv4Pool?: string;
    readonly defaultTargetGroupConfiguration?: { readonly name: string };
    readonly disableSecurityGroup?: boolean;
    readonly enableICMP?: boolean;
    readonly enforceSecurityGroupInboundRulesOnPrivateLinkTraffic?: string;
    readonly ipAddressType?: 'ipv4' | 'dualstack' | 'dualstack-without-public-ipv4';
    readonly ipv4IPAMPoolId?: string;
    readonly listenerConfigurations?: readonly ListenerConfiguration[];
    readonly loadBalancerAttributes?: readonly KeyValue[];
    /**
     * @minLength 1
     * @maxLength 32
     */
    readonly loadBalancerName?: string;
    readonly loadBalancerSubnets?: readonly {
      readonly eipAllocation?: string;
      readonly identifier?: string;
      readonly ipv6Allocation?: string;
      readonly privateIPv4Allocation?: string;
      readonly sourceNatIPv6Prefix?: string;
    }[];
    readonly loadBalancerSubnetsSelector?: Readonly<Record<string, readonly string[]>>;
    readonly manageBackendSecurityGroupRules?: boolean;
    readonly mergingMode?: 'prefer-gateway' | 'prefer-gateway-class';
    readonly minimumLoadBalancerCapacity?: MinimumLoadBalancerCapacity;
    readonly scheme?: 'internal' | 'internet-facing';
    readonly securityGroupPrefixes?: readonly string[];
    readonly securityGroups?: readonly string[];
    readonly shieldConfiguration?: { readonly enabled?: boolean };
    readonly sourceRanges?: readonly string[];
    readonly tags?: Texts;
    readonly wafV2?: { readonly webACL: string };
  };
}

interface MinimumLoadBalancerCapacity {
  /** @integer */
  readonly capacityUnits: number;
}

interface ListenerConfiguration {
  readonly alpnPolicy?: 'HTTP1Only' | 'HTTP2Only' | 'HTTP2Optional' | 'HTTP2Preferred' | 'None';
  readonly certificates?: readonly string[];
  readonly defaultCertificate?: string;
  readonly listenerAttributes?: readonly KeyValue[];
  readonly mutualAuthentication?: {
    readonly advertiseTrustStoreCaNames?: 'on' | 'off';
    readonly ignoreClientCertificateExpiry?: boolean;
    readonly mode: 'off' | 'passthrough' | 'verify';
    readonly trustStore?: string;
  };
  /** @pattern ^(HTTP|HTTPS|TLS|TCP|UDP|TCP_UDP)?:(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})?$ */
  readonly protocolPort: string;
  readonly quicEnabled?: boolean;
  readonly sslPolicy?: string;
  readonly targetGroupStickiness?: boolean;
}

/** Settings of the target group of a Service behind a Gateway. */
export interface TargetGroupConfiguration extends CustomResource<'gateway.k8s.aws/v1', 'TargetGroupConfiguration'> {
  readonly spec: {
    readonly defaultConfiguration?: TargetGroupProps;
    readonly routeConfigurations?: readonly {
      readonly routeIdentifier: { readonly kind?: string; readonly namespace?: string; readonly name?: string };
      readonly targetGroupProps: TargetGroupProps;
    }[];
    readonly targetReference?: { readonly group?: string; readonly kind?: string; readonly name: string };
  };
}

interface TargetGroupProps {
  readonly enableMultiCluster?: boolean;
  readonly healthCheckConfig?: {
    /** @integer */
    readonly healthCheckInterval?: number;
    readonly healthCheckPath?: string;
    readonly healthCheckPort?: string;
    readonly healthCheckProtocol?: 'HTTP' | 'HTTPS' | 'TCP';
    /** @integer */
    readonly healthCheckTimeout?: number;
    /** @integer */
    readonly healthyThresholdCount?: number;
    readonly matcher?: { readonly httpCode?: string; readonly grpcCode?: string };
    /** @integer */
    readonly unhealthyThresholdCount?: number;
  };
  readonly ipAddressType?: 'ipv4' | 'ipv6';
  readonly nodeSelector?: LabelSelector;
  readonly protocol?: 'HTTP' | 'HTTPS' | 'TCP' | 'TLS' | 'UDP' | 'TCP_UDP';
  readonly protocolVersion?: 'HTTP1' | 'HTTP2' | 'GRPC';
  readonly tags?: Texts;
  /** @integer */
  readonly targetControlPort?: number;
  readonly targetGroupAttributes?: readonly KeyValue[];
  readonly targetGroupName?: string;
  readonly targetType?: 'instance' | 'ip';
}

/** Actions and conditions that a route adds to its listener rules through an `ExtensionRef` filter. */
export interface ListenerRuleConfiguration extends CustomResource<'gateway.k8s.aws/v1', 'ListenerRuleConfiguration'> {
  readonly spec?: {
    /** @minItems 1 */
    readonly actions?: readonly ListenerRuleAction[];
    /** @minItems 1 */
    readonly conditions?: readonly {
      readonly field: 'source-ip';
      readonly matchIndexes?: readonly number[];
      readonly sourceIPConfig?: { readonly values: readonly string[] };
    }[];
    readonly tags?: Texts;
  };
}

interface ListenerRuleAction {
  readonly type:
    'forward' | 'fixed-response' | 'redirect' | 'authenticate-cognito' | 'authenticate-oidc' | 'jwt-validation';
  readonly authenticateCognitoConfig?: Session & {
    readonly userPoolArn: string;
    readonly userPoolClientId: string;
    readonly userPoolDomain: string;
  };
  readonly authenticateOIDCConfig?: Session & {
    readonly authorizationEndpoint: string;
    readonly issuer: string;
    readonly secret: { readonly name: string };
    readonly tokenEndpoint: string;
    readonly useExistingClientSecret?: boolean;
    readonly userInfoEndpoint: string;
  };
  readonly fixedResponseConfig?: {
    readonly contentType?: 'text/plain' | 'text/css' | 'text/html' | 'application/javascript' | 'application/json';
    readonly messageBody?: string;
    /**
     * @integer
     * @minimum 200
     * @maximum 599
     */
    readonly statusCode: number;
  };
  readonly forwardConfig?: {
    readonly targetGroupStickinessConfig?: {
      /**
       * @integer
       * @minimum 1
       * @maximum 604800
       */
      readonly durationSeconds?: number;
      readonly enabled?: boolean;
    };
  };
  readonly jwtValidationConfig?: {
    readonly additionalClaims?: readonly {
      readonly format: 'single-string' | 'string-array' | 'space-separated-values';
      readonly name: string;
      readonly values: readonly string[];
    }[];
    readonly issuer: string;
    readonly jwksEndpoint: string;
  };
  readonly redirectConfig?: { readonly query?: string };
}

interface Session {
  readonly authenticationRequestExtraParams?: Texts;
  readonly onUnauthenticatedRequest?: 'deny' | 'allow' | 'authenticate';
  readonly scope?: string;
  readonly sessionCookieName?: string;
  /**
   * @integer
   * @minimum 1
   * @maximum 604800
   */
  readonly sessionTimeout?: number;
}
