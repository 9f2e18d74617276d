import type { CustomResource, LabelSelector, Texts } from './metadata.ts';

// Source: GoogleCloudPlatform/prometheus-engine, `pkg/operator/apis/monitoring/v1`.

/** Scrapes the pods of its namespace; `job` is its name. */
export interface PodMonitoring extends CustomResource<'monitoring.googleapis.com/v1', 'PodMonitoring'> {
  readonly spec: PodMonitoringSpec;
}

/** Scrapes pods of every namespace. */
export interface ClusterPodMonitoring extends CustomResource<'monitoring.googleapis.com/v1', 'ClusterPodMonitoring'> {
  readonly spec: PodMonitoringSpec;
}

/** Scrapes the nodes themselves: their kubelets, at any path. */
export interface ClusterNodeMonitoring extends CustomResource<'monitoring.googleapis.com/v1', 'ClusterNodeMonitoring'> {
  readonly spec: {
    /** @minItems 1 */
    readonly endpoints: readonly ScrapeNodeEndpoint[];
    readonly limits?: ScrapeLimits;
    readonly selector?: LabelSelector;
  };
}

/** The one configuration of the stack: `config` of the namespace `gmp-public`. It has no `spec`. */
export interface OperatorConfig extends CustomResource<'monitoring.googleapis.com/v1', 'OperatorConfig'> {
  readonly collection?: {
    readonly compression?: 'none' | 'gzip';
    readonly credentials?: SecretKeySelector;
    readonly enableUTF8?: boolean;
    readonly externalLabels?: Texts;
    readonly filter?: { readonly matchOneOf?: readonly string[] };
    readonly kubeletScraping?: { readonly interval: string; readonly tlsInsecureSkipVerify?: boolean };
  };
  readonly exports?: readonly { readonly url: string }[];
  readonly features?: {
    readonly config?: { readonly compression?: 'none' | 'gzip' };
    readonly targetStatus?: { readonly enabled?: boolean };
  };
  readonly managedAlertmanager?: { readonly configSecret?: SecretKeySelector; readonly externalURL?: string };
  readonly rules?: {
    readonly alerting?: {
      readonly alertmanagers?: readonly {
        readonly apiVersion?: string;
        readonly authorization?: { readonly credentials?: SecretKeySelector; readonly type?: string };
        readonly name: string;
        readonly namespace: string;
        readonly pathPrefix?: string;
        readonly port: string | number;
        readonly scheme?: string;
        readonly timeout?: string;
        readonly tls?: {
          readonly ca?: SecretOrConfigMap;
          readonly cert?: SecretOrConfigMap;
          readonly insecureSkipVerify?: boolean;
          readonly keySecret?: SecretKeySelector;
          readonly maxVersion?: string;
          readonly minVersion?: string;
          readonly serverName?: string;
        };
      }[];
    };
    readonly credentials?: SecretKeySelector;
    readonly externalLabels?: Texts;
    readonly generatorUrl?: string;
    readonly queryProjectID?: string;
  };
  readonly scaling?: { readonly vpa?: { readonly enabled?: boolean } };
}

interface SecretKeySelector {
  readonly key: string;
  readonly name?: string;
  readonly optional?: boolean;
}

interface SecretOrConfigMap {
  readonly configMap?: SecretKeySelector;
  readonly secret?: SecretKeySelector;
}

interface ScrapeLimits {
  /** @integer */
  readonly labelNameLength?: number;
  /** @integer */
  readonly labelValueLength?: number;
  /** @integer */
  readonly labels?: number;
  /** @integer */
  readonly samples?: number;
}

interface ScrapeNodeEndpoint {
  /** @pattern ^((([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?|0)$ */
  readonly interval?: string;
  readonly metricRelabeling?: readonly RelabelingRule[];
  readonly params?: Readonly<Record<string, readonly string[]>>;
  readonly path?: string;
  readonly scheme?: 'http' | 'https';
  readonly timeout?: string;
  readonly tls?: { readonly insecureSkipVerify?: boolean };
}

interface RelabelingRule {
  readonly action?: string;
  /** @integer */
  readonly modulus?: number;
  readonly regex?: string;
  readonly replacement?: string;
  readonly separator?: string;
  readonly sourceLabels?: readonly string[];
  readonly targetLabel?: string;
}

/** Rules that see the metrics of their namespace alone. */
export interface Rules extends CustomResource<'monitoring.googleapis.com/v1', 'Rules'> {
  readonly spec: RulesSpec;
}

/** Rules that see the metrics of their cluster. */
export interface ClusterRules extends CustomResource<'monitoring.googleapis.com/v1', 'ClusterRules'> {
  readonly spec: RulesSpec;
}

/** Rules that see every metric of the project. */
export interface GlobalRules extends CustomResource<'monitoring.googleapis.com/v1', 'GlobalRules'> {
  readonly spec: RulesSpec;
}

interface PodMonitoringSpec {
  /** @minItems 1 */
  readonly endpoints: readonly ScrapeEndpoint[];
  readonly filterRunning?: boolean;
  readonly limits?: ScrapeLimits;
  readonly selector: LabelSelector;
  readonly targetLabels?: {
    readonly fromPod?: readonly { readonly from: string; readonly to?: string }[];
    /** Which labels are allowed differs between the kinds and the releases of GKE. */
    readonly metadata?: readonly string[] | null;
  };
}

interface ScrapeEndpoint extends HttpClientConfig {
  /** @pattern ^((([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?|0)$ */
  readonly interval?: string;
  readonly metricRelabeling?: readonly RelabelingRule[];
  readonly params?: Readonly<Record<string, readonly string[]>>;
  readonly path?: string;
  /** Name or number of a container port. */
  readonly port: string | number;
  readonly scheme?: string;
  readonly timeout?: string;
}

interface HttpClientConfig {
  readonly authorization?: { readonly type?: string; readonly credentials?: SecretSelector };
  readonly basicAuth?: { readonly username?: string; readonly password?: SecretSelector };
  readonly oauth2?: {
    readonly clientID?: string;
    readonly clientSecret?: SecretSelector;
    readonly endpointParams?: Texts;
    readonly proxyUrl?: string;
    readonly scopes?: readonly string[];
    readonly tlsConfig?: Tls;
    readonly tokenURL?: string;
  };
  readonly proxyUrl?: string;
  readonly tls?: Tls;
}

interface Tls {
  readonly ca?: SecretSelector;
  readonly cert?: SecretSelector;
  readonly insecureSkipVerify?: boolean;
  readonly key?: SecretSelector;
  readonly maxVersion?: string;
  readonly minVersion?: string;
  readonly serverName?: string;
}

interface SecretSelector {
  readonly secret?: { readonly name: string; readonly key: string; readonly namespace?: string };
}

interface RulesSpec {
  readonly groups: readonly {
    readonly interval?: string;
    readonly name: string;
    /** @minItems 1 */
    readonly rules: readonly {
      readonly alert?: string;
      readonly annotations?: Texts;
      readonly expr: string;
      readonly for?: string;
      readonly labels?: Texts;
      readonly record?: string;
    }[];
  }[];
}
