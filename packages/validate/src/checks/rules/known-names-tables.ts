const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Labels that nodes carry: https://kubernetes.io/docs/reference/labels-annotations-taints/ and those of clouds and node autoscalers. */
export const nodeLabels = words(`
  kubernetes.io/hostname kubernetes.io/arch kubernetes.io/os topology.kubernetes.io/zone topology.kubernetes.io/region
  node.kubernetes.io/instance-type node-role.kubernetes.io/control-plane node-role.kubernetes.io/worker
  failure-domain.beta.kubernetes.io/zone failure-domain.beta.kubernetes.io/region beta.kubernetes.io/arch beta.kubernetes.io/os
  beta.kubernetes.io/instance-type node.kubernetes.io/windows-build topology.ebs.csi.aws.com/zone topology.k8s.aws/zone-id
  karpenter.sh/capacity-type karpenter.sh/nodepool karpenter.k8s.aws/instance-category karpenter.k8s.aws/instance-family
  karpenter.k8s.aws/instance-generation karpenter.k8s.aws/instance-size karpenter.k8s.aws/instance-cpu karpenter.k8s.aws/instance-memory
  eks.amazonaws.com/nodegroup eks.amazonaws.com/capacityType eks.amazonaws.com/compute-type cloud.google.com/gke-nodepool
  cloud.google.com/gke-spot cloud.google.com/gke-accelerator cloud.google.com/compute-class cloud.google.com/machine-family
  kubernetes.azure.com/agentpool kubernetes.azure.com/mode kubernetes.azure.com/scalesetpriority kubernetes.azure.com/os-sku
  nvidia.com/gpu nvidia.com/gpu.present nvidia.com/gpu.product
`);

/** Values that Go's ports give `kubernetes.io/arch`: https://go.dev/doc/install/source#environment */
export const architectures = words('amd64 arm64 arm ppc64le s390x riscv64 386');
export const operatingSystems = words('linux windows');
/** https://karpenter.sh/docs/concepts/nodepools/#capacity-type */
export const capacityTypes = words('spot on-demand reserved');

/** Values of `spec.controller` of IngressClasses. */
export const controllers = words(`
  k8s.io/ingress-nginx nginx.org/ingress-controller ingress.k8s.aws/alb traefik.io/ingress-controller
  haproxy.org/ingress-controller/haproxy haproxy-ingress.github.io/controller ingress-controllers.konghq.com/kong
  projectcontour.io/ingress-controller istio.io/ingress-controller azure/application-gateway cilium.io/ingress-controller
  webapprouting.kubernetes.azure.com/nginx apisix.apache.org/apisix-ingress getambassador.io/ingress-controller
`);

/** Values of `spec.controllerName` of GatewayClasses: https://gateway-api.sigs.k8s.io/implementations/ */
export const gatewayControllers = words(`
  gateway.envoyproxy.io/gatewayclass-controller istio.io/gateway-controller istio.io/mesh-controller io.cilium/gateway-controller
  gateway.nginx.org/nginx-gateway-controller traefik.io/gateway-controller gateway.k8s.aws/alb gateway.k8s.aws/nlb
  networking.gke.io/gateway alb.networking.azure.io/alb-controller konghq.com/kic-gateway-controller
  projectcontour.io/gateway-controller application-networking.k8s.aws/gateway-api-controller
`);

/** CSI drivers: https://kubernetes-csi.github.io/docs/drivers.html */
export const drivers = words(`
  ebs.csi.aws.com ebs.csi.eks.amazonaws.com efs.csi.aws.com fsx.csi.aws.com s3.csi.aws.com pd.csi.storage.gke.io filestore.csi.storage.gke.io
  gcsfuse.csi.storage.gke.io disk.csi.azure.com file.csi.azure.com blob.csi.azure.com csi.vsphere.vmware.com secrets-store.csi.k8s.io
  secrets-store-gke.csi.k8s.io csi.cert-manager.io nfs.csi.k8s.io smb.csi.k8s.io driver.longhorn.io hostpath.csi.k8s.io
  rook-ceph.rbd.csi.ceph.com rook-ceph.cephfs.csi.ceph.com rbd.csi.ceph.com cephfs.csi.ceph.com csi.trident.netapp.io
  dobs.csi.digitalocean.com csi.hetzner.cloud linodebs.csi.linode.com cinder.csi.openstack.org pxd.portworx.com csi.spiffe.io
`);

/** Providers of the Secrets Store CSI driver: https://secrets-store-csi-driver.sigs.k8s.io/providers */
export const secretProviders = words('aws azure gcp vault openbao akeyless conjur oci infisical bitwarden gke');

/** https://kubernetes.io/docs/concepts/configuration/secret/#secret-types */
export const secretTypes = words(`
  Opaque kubernetes.io/service-account-token kubernetes.io/dockercfg kubernetes.io/dockerconfigjson kubernetes.io/basic-auth
  kubernetes.io/ssh-auth kubernetes.io/tls bootstrap.kubernetes.io/token helm.sh/release.v1
`);

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export const recommendedLabels = words('name instance version component part-of managed-by created-by').map(
  (each) => `app.kubernetes.io/${each}`,
);

const common =
  'csi.storage.k8s.io/fstype csi.storage.k8s.io/provisioner-secret-name csi.storage.k8s.io/provisioner-secret-namespace';

/**
 * Parameters of StorageClasses, by driver; the drivers fold their case and refuse others.
 * https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md and the like of the others.
 */
export const storageParameters: Readonly<Record<string, readonly string[]>> = {
  'ebs.csi.aws.com': words(
    `${common} type iopsPerGB allowAutoIOPSPerGBIncrease iops throughput encrypted blockExpress kmsKeyId blockSize inodeSize bytesPerInode numberOfInodes ext4BigAlloc ext4ClusterSize`,
  ),
  'efs.csi.aws.com': words(
    `${common} provisioningMode fileSystemId directoryPerms uid gid gidRangeStart gidRangeEnd basePath subPathPattern ensureUniqueDirectory az reuseAccessPoint`,
  ),
  'pd.csi.storage.gke.io': words(
    `${common} type replication-type disk-encryption-kms-key labels provisioned-iops-on-create provisioned-throughput-on-create resource-tags storage-pools enable-confidential-storage availability-class`,
  ),
  'disk.csi.azure.com': words(
    `${common} skuName storageaccounttype kind maxShares cachingMode location resourceGroup DiskIOPSReadWrite DiskMBpsReadWrite LogicalSectorSize tags diskEncryptionSetID diskEncryptionType writeAcceleratorEnabled networkAccessPolicy publicNetworkAccess diskAccessID enableBursting enablePerformancePlus performancePlus userAgent subscriptionID fsType perfProfile zoned`,
  ),
};

/** Values of the parameter `type`, where a driver refuses others. */
export const volumeTypes: Readonly<Record<string, readonly string[] | undefined>> = {
  'ebs.csi.aws.com': words('gp3 gp2 io1 io2 st1 sc1 standard sbp1 sbg1'),
};

/**
 * Annotations by prefix. ingress-nginx: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/;
 * AWS: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/;
 * cert-manager: https://cert-manager.io/docs/reference/annotations/; Argo CD: https://argo-cd.readthedocs.io/en/stable/user-guide/.
 */
export const annotationNames: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'nginx.ingress.kubernetes.io/': `
      app-root affinity affinity-mode affinity-canary-behavior auth-realm auth-secret auth-secret-type auth-type auth-tls-secret
      auth-tls-verify-depth auth-tls-verify-client auth-tls-error-page auth-tls-pass-certificate-to-upstream auth-tls-match-cn auth-url
      auth-signin auth-signin-redirect-param auth-method auth-response-headers auth-request-redirect auth-cache-key auth-cache-duration
      auth-keepalive auth-keepalive-share-vars auth-keepalive-requests auth-keepalive-timeout auth-always-set-cookie
      auth-proxy-set-headers auth-snippet enable-global-auth backend-protocol canary canary-by-header canary-by-header-value
      canary-by-header-pattern canary-by-cookie canary-weight canary-weight-total client-body-buffer-size configuration-snippet
      custom-http-errors custom-headers default-backend disable-proxy-intercept-errors enable-cors cors-allow-origin cors-allow-methods
      cors-allow-headers cors-expose-headers cors-allow-credentials cors-max-age force-ssl-redirect from-to-www-redirect
      http2-push-preload limit-connections limit-rps limit-rpm limit-rate limit-rate-after limit-burst-multiplier limit-whitelist
      limit-allowlist global-rate-limit global-rate-limit-window global-rate-limit-key global-rate-limit-ignored-cidrs
      permanent-redirect permanent-redirect-code temporal-redirect temporal-redirect-code relative-redirects preserve-trailing-slash
      proxy-body-size proxy-cookie-domain proxy-cookie-path proxy-connect-timeout proxy-send-timeout proxy-read-timeout
      proxy-next-upstream proxy-next-upstream-timeout proxy-next-upstream-tries proxy-request-buffering proxy-redirect-from
      proxy-redirect-to proxy-http-version proxy-ssl-secret proxy-ssl-ciphers proxy-ssl-name proxy-ssl-protocols proxy-ssl-verify
      proxy-ssl-verify-depth proxy-ssl-server-name enable-rewrite-log rewrite-target satisfy server-alias server-snippet
      service-upstream session-cookie-name session-cookie-path session-cookie-domain session-cookie-expires session-cookie-max-age
      session-cookie-hash session-cookie-secure session-cookie-change-on-failure session-cookie-samesite
      session-cookie-conditional-samesite-none ssl-redirect ssl-passthrough stream-snippet upstream-hash-by upstream-hash-by-subset
      upstream-hash-by-subset-size x-forwarded-prefix load-balance upstream-vhost whitelist-source-range allowlist-source-range
      denylist-source-range proxy-buffering proxy-buffers-number proxy-buffer-size proxy-busy-buffers-size proxy-max-temp-file-size
      ssl-ciphers ssl-prefer-server-ciphers connection-proxy-header enable-access-log enable-opentracing
      opentracing-trust-incoming-span enable-opentelemetry opentelemetry-operation-name opentelemetry-trust-incoming-span
      enable-influxdb influxdb-measurement influxdb-port influxdb-host influxdb-server-name use-regex enable-modsecurity
      enable-owasp-core-rules modsecurity-transaction-id modsecurity-snippet mirror-request-body mirror-target mirror-host
      fastcgi-index fastcgi-params-configmap base-url-scheme secure-backends grpc-backend add-base-url secure-verify-ca-secret`,
    'alb.ingress.kubernetes.io/': `
      load-balancer-name group.name group.order tags ip-address-type scheme subnets security-groups manage-backend-security-group-rules
      customer-owned-ipv4-pool ipam-ipv4-pool-id load-balancer-attributes wafv2-acl-arn wafv2-acl-name waf-acl-id
      shield-advanced-protection listen-ports ssl-redirect inbound-cidrs security-group-prefix-lists certificate-arn ssl-policy
      target-type backend-protocol backend-protocol-version target-group-attributes healthcheck-port healthcheck-protocol
      healthcheck-path healthcheck-interval-seconds healthcheck-timeout-seconds healthy-threshold-count unhealthy-threshold-count
      success-codes auth-type auth-idp-cognito auth-idp-oidc auth-on-unauthenticated-request auth-scope auth-session-cookie
      auth-session-timeout target-node-labels mutual-authentication multi-cluster-target-group minimum-load-balancer-capacity
      frontend-nlb-scheme enable-frontend-nlb use-regex-path-match create-acm-cert`,
    'cert-manager.io/': `
      issuer cluster-issuer issuer-kind issuer-group common-name email-sans subject-organizations subject-organizationalunits
      subject-countries subject-provinces subject-localities subject-postalcodes subject-streetaddresses subject-serialnumber duration
      renew-before renew-before-percentage usages revision-history-limit private-key-algorithm private-key-encoding private-key-size
      private-key-rotation-policy secret-template alt-names ip-sans uri-sans certificate-name inject-ca-from inject-ca-from-secret
      inject-apiserver-ca allow-direct-injection private-key-secret-name certificate-revision issue-temporary-certificate`,
    'prometheus.io/': 'scrape port path scheme param interval probe timeout',
    'argocd.argoproj.io/':
      'sync-wave sync-options hook hook-delete-policy compare-options manifest-generate-paths refresh tracking-id managed-by-url ignore-default-links application-set-refresh ignore-resource-updates skip-reconcile installation-id hydrate',
    'eks.amazonaws.com/': 'role-arn audience sts-regional-endpoints token-expiration skip-containers compute-type',
    'iam.gke.io/': 'gcp-service-account credential-key return-principal-id-as-email',
    'azure.workload.identity/':
      'client-id tenant-id service-account-token-expiration skip-containers inject-proxy-sidecar proxy-sidecar-port use',
    'external-dns.alpha.kubernetes.io/':
      'hostname internal-hostname ttl target controller access endpoints-type alias cloudflare-proxied set-identifier aws-weight ingress-hostname-source ingress gateway-hostname-source record-type',
    'cluster-autoscaler.kubernetes.io/':
      'safe-to-evict safe-to-evict-local-volumes enable-ds-eviction pod-scale-up-delay scale-down-disabled daemonset-pod',
    'karpenter.sh/': 'do-not-disrupt do-not-evict do-not-consolidate nodepool capacity-type',
    'service.beta.kubernetes.io/': `
      aws-load-balancer-type aws-load-balancer-scheme aws-load-balancer-internal aws-load-balancer-name aws-load-balancer-nlb-target-type
      aws-load-balancer-subnets aws-load-balancer-ssl-cert aws-load-balancer-ssl-ports aws-load-balancer-ssl-negotiation-policy
      aws-load-balancer-backend-protocol aws-load-balancer-proxy-protocol aws-load-balancer-cross-zone-load-balancing-enabled
      aws-load-balancer-additional-resource-tags aws-load-balancer-attributes aws-load-balancer-target-group-attributes
      aws-load-balancer-healthcheck-port aws-load-balancer-healthcheck-path aws-load-balancer-healthcheck-protocol
      aws-load-balancer-healthcheck-interval aws-load-balancer-healthcheck-timeout aws-load-balancer-healthcheck-healthy-threshold
      aws-load-balancer-healthcheck-unhealthy-threshold aws-load-balancer-healthcheck-success-codes aws-load-balancer-security-groups
      aws-load-balancer-extra-security-groups aws-load-balancer-eip-allocations aws-load-balancer-connection-idle-timeout
      aws-load-balancer-connection-draining-enabled aws-load-balancer-connection-draining-timeout
      aws-load-balancer-access-log-enabled aws-load-balancer-access-log-emit-interval aws-load-balancer-access-log-s3-bucket-name
      aws-load-balancer-access-log-s3-bucket-prefix aws-load-balancer-ip-address-type aws-load-balancer-private-ipv4-addresses
      aws-load-balancer-target-node-labels aws-load-balancer-alpn-policy aws-load-balancer-manage-backend-security-group-rules
      azure-load-balancer-internal azure-load-balancer-internal-subnet azure-load-balancer-resource-group azure-load-balancer-ipv4
      azure-load-balancer-tcp-idle-timeout azure-load-balancer-mixed-protocols azure-load-balancer-health-probe-request-path
      azure-load-balancer-health-probe-protocol azure-load-balancer-health-probe-interval azure-load-balancer-health-probe-num-of-probe
      azure-load-balancer-disable-tcp-reset azure-dns-label-name azure-pip-name azure-pip-prefix-id azure-pip-tags
      azure-allowed-service-tags azure-allowed-ip-ranges azure-pls-create azure-shared-securityrule
      azure-additional-public-ips azure-deny-all-except-load-balancer-source-ranges`,
    'reloader.stakater.com/': 'auto search match rollout-strategy',
    'secret.reloader.stakater.com/': 'reload auto',
    'configmap.reloader.stakater.com/': 'reload auto',
  }).map(([prefix, list]) => [prefix, words(list)]),
);
