import type { Manifest } from '@fairlead/objects';
import { parseBlock } from '@fairlead/network-policy/reachability';
import type { Report } from '../../check.ts';
import { at, isMap, listAt, textAt, textsAt } from '../../json.ts';
import type { Labels } from '../../label-selector.ts';
import type { ManifestSet } from '../../manifest-set.ts';

/** Services, Ingresses and Gateways that are open further, or more plainly, than they should be. */
export function checkExposure(set: ManifestSet, report: Report): void {
  for (const service of set.ofKind('', 'Service')) checkService(set, report, service);
  for (const ingress of set.ofKind('networking.k8s.io', 'Ingress')) checkIngress(set, report, ingress);
  for (const gateway of set.ofKind('gateway.networking.k8s.io', 'Gateway')) checkGateway(set, report, gateway);
}

const severity = (set: ManifestSet) => (set.context === 'folder' ? { severity: 'warning' as const } : {});

function checkService(set: ManifestSet, report: Report, service: Manifest): void {
  const type = textAt(service, 'spec', 'type');
  const name = `Service "${service.metadata.name}"`;
  if (type === 'NodePort') {
    report('security/node-port', service, '/spec/type', `${name} is open on a port of every node`, {
      hint: 'use ClusterIP behind an Ingress or a Gateway',
      ...(set.context === 'folder' && { severity: 'info' as const }),
    });
  }
  if (listAt(service, 'spec', 'externalIPs').length > 0) {
    report(
      'security/node-port',
      service,
      '/spec/externalIPs',
      `${name} takes over the traffic of external addresses (CVE-2020-8554)`,
      { hint: 'remove externalIPs' },
    );
  }
  if (type !== 'LoadBalancer') return;
  const annotations = textsAt(service, 'metadata', 'annotations');
  if (isInternal(annotations, textAt(service, 'spec', 'loadBalancerClass'))) return;
  const ranges = [
    ...listAt(service, 'spec', 'loadBalancerSourceRanges').map(String),
    ...sourceRangeAnnotations.flatMap((key) => annotations[key]?.split(',') ?? []),
  ].map((each) => each.trim());
  const world = ranges.findIndex((each) => parseBlock(each)?.prefix === 0);
  if (ranges.length > 0 && world < 0) return;
  const listed = listAt(service, 'spec', 'loadBalancerSourceRanges').length > 0;
  report(
    'security/open-load-balancer',
    service,
    listed ? `/spec/loadBalancerSourceRanges/${world}` : '/spec/type',
    `${name} gets a public load balancer that admits every address`,
    {
      hint: 'limit it with spec.loadBalancerSourceRanges, make it internal by the annotation of the cloud, or use a ClusterIP behind an Ingress',
      ...severity(set),
    },
  );
}

const sourceRangeAnnotations = [
  'service.beta.kubernetes.io/load-balancer-source-ranges',
  'service.beta.kubernetes.io/azure-allowed-ip-ranges',
];

/** The annotations by which clouds make a load balancer internal. */
function isInternal(annotations: Labels, loadBalancerClass: string | undefined): boolean {
  const prefix = 'service.beta.kubernetes.io/';
  const scheme = annotations[`${prefix}aws-load-balancer-scheme`];
  if (scheme !== undefined) return scheme === 'internal';
  // The AWS Load Balancer Controller makes internal ones unless told otherwise.
  const byController =
    loadBalancerClass === 'service.k8s.aws/nlb' ||
    /^(?:external|nlb-ip)$/.test(annotations[`${prefix}aws-load-balancer-type`] ?? '');
  const awsInternal = annotations[`${prefix}aws-load-balancer-internal`];
  if (awsInternal !== undefined) return awsInternal !== 'false';
  return (
    byController ||
    annotations[`${prefix}azure-load-balancer-internal`] === 'true' ||
    /^internal$/i.test(
      annotations['networking.gke.io/load-balancer-type'] ?? annotations['cloud.google.com/load-balancer-type'] ?? '',
    )
  );
}

function checkIngress(set: ManifestSet, report: Report, ingress: Manifest): void {
  const annotations = textsAt(ingress, 'metadata', 'annotations');
  const className = textAt(ingress, 'spec', 'ingressClassName') ?? annotations['kubernetes.io/ingress.class'];
  const name = `Ingress "${ingress.metadata.name}"`;
  const alb = 'alb.ingress.kubernetes.io/';
  if (className === 'alb' || Object.keys(annotations).some((each) => each.startsWith(alb))) {
    const ports = annotations[`${alb}listen-ports`];
    const parameters = set
      .ofKind('elbv2.k8s.aws', 'IngressClassParams')
      .some((each) => at(each, 'spec', 'certificateArn') !== undefined);
    const certified =
      parameters ||
      [`${alb}certificate-arn`, `${alb}create-acm-cert`].some((key) => annotations[key] !== undefined) ||
      listAt(ingress, 'spec', 'tls').length > 0;
    // Without a certificate the controller looks for one by host name, if it is to listen on HTTPS.
    if (ports === undefined ? certified : /HTTPS/.test(ports)) return;
    report(
      'security/no-tls',
      ingress,
      ports === undefined ? '/metadata/annotations' : `/metadata/annotations/alb.ingress.kubernetes.io~1listen-ports`,
      `${name} listens on plain HTTP only`,
      {
        hint: `set ${alb}listen-ports: '[{"HTTP":80},{"HTTPS":443}]', ${alb}ssl-redirect: '443' and ${alb}certificate-arn`,
        ...severity(set),
      },
    );
    return;
  }
  if (elsewhere.some((key) => annotations[key] !== undefined && annotations[key] !== 'false')) return;
  const tls = listAt(ingress, 'spec', 'tls');
  if (tls.length === 0) {
    report('security/no-tls', ingress, '/spec', `${name} serves plain HTTP only: it has no tls`, {
      hint: 'add spec.tls with the hosts and a secretName',
      ...severity(set),
    });
    return;
  }
  const covered = tls.flatMap((each) => listAt(each, 'hosts').map(String));
  if (covered.length === 0) return;
  for (const [index, rule] of listAt(ingress, 'spec', 'rules').entries()) {
    const host = textAt(rule, 'host');
    if (
      host === undefined ||
      covered.some(
        (each) => each === host || (each.startsWith('*.') && host.slice(host.indexOf('.')) === each.slice(1)),
      )
    )
      continue;
    report(
      'security/no-tls',
      ingress,
      `/spec/rules/${index}/host`,
      `${name} serves "${host}" without TLS: no entry of spec.tls names it`,
      {
        hint: `add it to the hosts of spec.tls: ${covered.join(', ')}`,
        ...severity(set),
      },
    );
  }
}

/** Annotations by which controllers take certificates from elsewhere than spec.tls. */
const elsewhere = [
  'networking.gke.io/managed-certificates',
  'networking.gke.io/certmap',
  'ingress.gcp.kubernetes.io/pre-shared-cert',
  'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
  'traefik.ingress.kubernetes.io/router.tls',
  'route.openshift.io/termination',
];

function checkGateway(set: ManifestSet, report: Report, gateway: Manifest): void {
  const listeners = listAt(gateway, 'spec', 'listeners');
  const plain = listeners.findIndex((each) => textAt(each, 'protocol') === 'HTTP');
  // Beside a listener with TLS, a plain one serves redirects and ACME challenges.
  if (
    plain < 0 ||
    listeners.some((each) => /^(?:HTTPS|TLS)$/.test(textAt(each, 'protocol') ?? '') || isMap(at(each, 'tls')))
  )
    return;
  report(
    'security/no-tls',
    gateway,
    `/spec/listeners/${plain}/protocol`,
    `Gateway "${gateway.metadata.name}" has listeners for plain HTTP only`,
    {
      hint: 'add a listener with protocol: HTTPS, port: 443 and tls',
      ...severity(set),
    },
  );
}
