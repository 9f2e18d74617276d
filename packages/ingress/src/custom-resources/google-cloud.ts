import type { ObjectMeta } from '@fairlead/schemas/custom-resources/metadata';

interface TargetReference {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Source: GoogleCloudPlatform/gke-gateway-api, `apis/networking/v1/gcpbackendpolicy_types.go`. */
export interface GCPBackendPolicy {
  readonly apiVersion: 'networking.gke.io/v1';
  readonly kind: 'GCPBackendPolicy';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly targetRef: TargetReference;
    readonly default?: {
      readonly timeoutSec?: number;
      /** Name of a Cloud Armor policy: text, not an object. */
      readonly securityPolicy?: string;
      readonly connectionDraining?: { readonly drainingTimeoutSec?: number };
      /** Rate in millionths. */
      readonly logging?: { readonly enabled?: boolean; readonly sampleRate?: number };
      readonly sessionAffinity?: {
        readonly type?:
          | 'CLIENT_IP'
          | 'CLIENT_IP_PORT_PROTO'
          | 'CLIENT_IP_PROTO'
          | 'GENERATED_COOKIE'
          | 'HEADER_FIELD'
          | 'HTTP_COOKIE'
          | 'NONE';
        readonly cookieTtlSec?: number;
      };
      readonly iap?: {
        readonly enabled?: boolean;
        readonly clientID?: string;
        readonly oauth2ClientSecret?: { readonly name?: string };
      };
      readonly maxRatePerEndpoint?: number;
    };
  };
}

/** Source: GoogleCloudPlatform/gke-gateway-api, `apis/networking/v1/gcpgatewaypolicy_types.go`. */
export interface GCPGatewayPolicy {
  readonly apiVersion: 'networking.gke.io/v1';
  readonly kind: 'GCPGatewayPolicy';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly targetRef: TargetReference;
    readonly default?: { readonly sslPolicy?: string; readonly allowGlobalAccess?: boolean; readonly region?: string };
  };
}

/** Source: GoogleCloudPlatform/gke-gateway-api, `apis/networking/v1/healthcheck_types.go`. */
export interface HealthCheckPolicy {
  readonly apiVersion: 'networking.gke.io/v1';
  readonly kind: 'HealthCheckPolicy';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly targetRef: TargetReference;
    readonly default?: {
      readonly checkIntervalSec?: number;
      readonly timeoutSec?: number;
      readonly healthyThreshold?: number;
      readonly unhealthyThreshold?: number;
      readonly logConfig?: { readonly enabled?: boolean };
      readonly config?: {
        readonly type?: 'HTTP';
        readonly httpHealthCheck?: {
          readonly portSpecification?: 'USE_FIXED_PORT' | 'USE_NAMED_PORT' | 'USE_SERVING_PORT';
          readonly port?: number;
          readonly requestPath?: string;
          readonly host?: string;
        };
      };
    };
  };
}

/** Source: kubernetes/ingress-gce, `pkg/apis/backendconfig/v1/types.go`. */
export interface BackendConfig {
  readonly apiVersion: 'cloud.google.com/v1';
  readonly kind: 'BackendConfig';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly timeoutSec?: number;
    readonly connectionDraining?: { readonly drainingTimeoutSec?: number };
    readonly securityPolicy?: { readonly name: string };
    readonly logging?: { readonly enable?: boolean; readonly sampleRate?: number };
    readonly sessionAffinity?: { readonly affinityType?: string; readonly affinityCookieTtlSec?: number };
    readonly customRequestHeaders?: { readonly headers: readonly string[] };
    readonly customResponseHeaders?: { readonly headers: readonly string[] };
    /** The lower-case c of `oauthclientCredentials` is upstream's. */
    readonly iap?: { readonly enabled: boolean; readonly oauthclientCredentials?: { readonly secretName: string } };
    readonly healthCheck?: {
      readonly checkIntervalSec?: number;
      readonly timeoutSec?: number;
      readonly healthyThreshold?: number;
      readonly unhealthyThreshold?: number;
      readonly type?: 'HTTP' | 'HTTPS' | 'HTTP2';
      readonly port?: number;
      readonly requestPath?: string;
    };
  };
}

/** Source: kubernetes/ingress-gce, `pkg/apis/frontendconfig/v1beta1/types.go`. */
export interface FrontendConfig {
  readonly apiVersion: 'networking.gke.io/v1beta1';
  readonly kind: 'FrontendConfig';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly sslPolicy?: string;
    readonly redirectToHttps?: { readonly enabled: boolean; readonly responseCodeName?: string };
  };
}

/** Source: GoogleCloudPlatform/gke-managed-certs, `pkg/apis/networking.gke.io/v1/types.go`. */
export interface ManagedCertificate {
  readonly apiVersion: 'networking.gke.io/v1';
  readonly kind: 'ManagedCertificate';
  readonly metadata: ObjectMeta;
  readonly spec: { readonly domains: readonly string[] };
}
