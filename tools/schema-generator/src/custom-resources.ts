import type * as argo from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1';
import type * as rollouts from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1';
import type * as certManager from '@kubernetes-models/cert-manager/cert-manager.io/v1';
import type * as cilium from '@kubernetes-models/cilium/cilium.io/v2';
import type * as cnpg from '@kubernetes-models/cloudnative-pg/postgresql.cnpg.io/v1';
import type * as envoy from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1';
import type * as externalSecrets from '@kubernetes-models/external-secrets/external-secrets.io/v1';
import type * as fluxHelm from '@kubernetes-models/flux-cd/helm.toolkit.fluxcd.io/v2';
import type * as fluxKustomize from '@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1';
import type { ISelector } from '@kubernetes-models/flux-cd/github.com/fluxcd/pkg/apis/kustomize/Selector';
import type * as fluxSource from '@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1';
import type * as gateway from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import type * as gatewayBeta from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1beta1';
import type * as gkeCloud from '@kubernetes-models/gke/cloud.google.com/v1';
import type * as gke from '@kubernetes-models/gke/networking.gke.io/v1';
import type * as gkeBeta from '@kubernetes-models/gke/networking.gke.io/v1beta1';
import type * as karpenterAws from '@kubernetes-models/karpenter/karpenter.k8s.aws/v1';
import type * as karpenter from '@kubernetes-models/karpenter/karpenter.sh/v1';
import type * as keda from '@kubernetes-models/keda/keda.sh/v1alpha1';
import type * as prometheus from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type * as prometheusAlpha from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1';
import type * as handwritten from '@fairlead/schemas/custom-resources/index';

/**
 * Every custom resource of the registry, by API version and kind. The generator reads this interface with the
 * TypeScript compiler, so adding a kind is adding a line. The types come from `@kubernetes-models/*` (generated from
 * the operators' Go types), or from `packages/schemas/src/custom-resources` where no package has them.
 */
export interface CustomResources {
  'alertsmanagement.azure.com/v1api20230301': {
    PrometheusRuleGroup: handwritten.PrometheusRuleGroup;
  };
  'approuting.kubernetes.azure.com/v1alpha1': {
    ClusterExternalDNS: handwritten.ClusterExternalDNS;
    ExternalDNS: handwritten.ExternalDNS;
  };
  'argoproj.io/v1alpha1': {
    AnalysisTemplate: rollouts.IAnalysisTemplate;
    AppProject: argo.IAppProject;
    Application: argo.IApplication;
    ApplicationSet: argo.IApplicationSet;
    Rollout: rollouts.IRollout;
  };
  'autoscaling.k8s.io/v1': {
    VerticalPodAutoscaler: handwritten.VerticalPodAutoscaler;
  };
  'azmonitoring.coreos.com/v1': {
    PodMonitor: prometheus.IPodMonitor;
    ServiceMonitor: prometheus.IServiceMonitor;
  };
  'cert-manager.io/v1': {
    Certificate: certManager.ICertificate;
    ClusterIssuer: certManager.IClusterIssuer;
    Issuer: certManager.IIssuer;
  };
  'cilium.io/v2': {
    CiliumNetworkPolicy: cilium.ICiliumNetworkPolicy;
  };
  'cloud.google.com/v1': {
    BackendConfig: BackendConfig;
    ComputeClass: handwritten.ComputeClass;
  };
  'elbv2.k8s.aws/v1beta1': {
    IngressClassParams: handwritten.IngressClassParams;
    TargetGroupBinding: handwritten.TargetGroupBinding;
  };
  'external-secrets.io/v1': {
    ClusterSecretStore: externalSecrets.IClusterSecretStore;
    ExternalSecret: externalSecrets.IExternalSecret;
    SecretStore: externalSecrets.ISecretStore;
  };
  'gateway.envoyproxy.io/v1alpha1': {
    BackendTrafficPolicy: envoy.IBackendTrafficPolicy;
    ClientTrafficPolicy: envoy.IClientTrafficPolicy;
    EnvoyExtensionPolicy: envoy.IEnvoyExtensionPolicy;
    EnvoyProxy: envoy.IEnvoyProxy;
    SecurityPolicy: envoy.ISecurityPolicy;
  };
  'gateway.k8s.aws/v1': {
    ListenerRuleConfiguration: handwritten.ListenerRuleConfiguration;
    LoadBalancerConfiguration: handwritten.LoadBalancerConfiguration;
    TargetGroupConfiguration: handwritten.TargetGroupConfiguration;
  };
  'gateway.networking.k8s.io/v1': {
    BackendTLSPolicy: gateway.IBackendTLSPolicy;
    Gateway: gateway.IGateway;
    GatewayClass: gateway.IGatewayClass;
    GRPCRoute: gateway.IGRPCRoute;
    HTTPRoute: gateway.IHTTPRoute;
  };
  'gateway.networking.k8s.io/v1beta1': {
    ReferenceGrant: gatewayBeta.IReferenceGrant;
  };
  'helm.toolkit.fluxcd.io/v2': {
    HelmRelease: fluxHelm.IHelmRelease;
  };
  'karpenter.azure.com/v1beta1': {
    AKSNodeClass: handwritten.AKSNodeClass;
  };
  'karpenter.k8s.aws/v1': {
    EC2NodeClass: karpenterAws.IEC2NodeClass;
  };
  'karpenter.sh/v1': {
    NodePool: karpenter.INodePool;
  };
  'keda.sh/v1alpha1': {
    ClusterTriggerAuthentication: keda.IClusterTriggerAuthentication;
    ScaledJob: keda.IScaledJob;
    ScaledObject: keda.IScaledObject;
    TriggerAuthentication: keda.ITriggerAuthentication;
  };
  'kustomize.toolkit.fluxcd.io/v1': {
    Kustomization: fluxKustomize.IKustomization;
  };
  'metallb.io/v1beta1': {
    IPAddressPool: handwritten.IPAddressPool;
    L2Advertisement: handwritten.L2Advertisement;
  };
  'monitoring.coreos.com/v1': {
    Alertmanager: prometheus.IAlertmanager;
    PodMonitor: prometheus.IPodMonitor;
    Probe: prometheus.IProbe;
    Prometheus: prometheus.IPrometheus;
    PrometheusRule: prometheus.IPrometheusRule;
    ServiceMonitor: prometheus.IServiceMonitor;
  };
  'monitoring.coreos.com/v1alpha1': {
    AlertmanagerConfig: prometheusAlpha.IAlertmanagerConfig;
    ScrapeConfig: prometheusAlpha.IScrapeConfig;
  };
  'monitoring.googleapis.com/v1': {
    ClusterNodeMonitoring: handwritten.ClusterNodeMonitoring;
    ClusterPodMonitoring: handwritten.ClusterPodMonitoring;
    ClusterRules: handwritten.ClusterRules;
    GlobalRules: handwritten.GlobalRules;
    OperatorConfig: handwritten.OperatorConfig;
    PodMonitoring: handwritten.PodMonitoring;
    Rules: handwritten.Rules;
  };
  'networking.gke.io/v1': {
    GCPBackendPolicy: gke.IGCPBackendPolicy;
    GCPGatewayPolicy: gke.IGCPGatewayPolicy;
    HealthCheckPolicy: gke.IHealthCheckPolicy;
    ManagedCertificate: gke.IManagedCertificate;
  };
  'networking.gke.io/v1alpha1': {
    FQDNNetworkPolicy: handwritten.FQDNNetworkPolicy;
  };
  'networking.gke.io/v1beta1': {
    FrontendConfig: gkeBeta.IFrontendConfig;
  };
  'postgresql.cnpg.io/v1': {
    Cluster: cnpg.ICluster;
    Pooler: cnpg.IPooler;
    ScheduledBackup: cnpg.IScheduledBackup;
  };
  'secret-sync.gke.io/v1': {
    SecretSync: handwritten.SecretSync;
  };
  'secrets-store.csi.x-k8s.io/v1': {
    SecretProviderClass: handwritten.SecretProviderClass;
  };
  'snapshot.storage.k8s.io/v1': {
    VolumeSnapshot: handwritten.VolumeSnapshot;
    VolumeSnapshotClass: handwritten.VolumeSnapshotClass;
  };
  'source.toolkit.fluxcd.io/v1': {
    GitRepository: fluxSource.IGitRepository;
    HelmRepository: fluxSource.IHelmRepository;
    OCIRepository: fluxSource.IOCIRepository;
  };
}

/** With a field that is newer than the package: kubernetes/ingress-gce, `pkg/apis/backendconfig/v1/types.go`. */
interface BackendConfig extends Omit<gkeCloud.IBackendConfig, 'spec'> {
  spec?: NonNullable<gkeCloud.IBackendConfig['spec']> & { customResponseHeaders?: { headers?: string[] } };
}

declare module '@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1/KustomizationSpec' {
  /** With what Flux 2.9 adds: fields that others write (fluxcd/kustomize-controller, `api/v1/kustomization_types.go`). */
  interface IKustomizationSpec {
    ignore?: { paths: string[]; target?: ISelector }[];
  }
}
