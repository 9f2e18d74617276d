import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Size of a synthetic fleet. */
export interface FleetSize {
  readonly services: number;
  readonly clusters: number;
  readonly servicesPerApp: number;
}

/** Writes a workspace of that size: apps of web services that call one another in a chain, on clusters of one environment. */
export function writeFleet(root: string, { services, clusters, servicesPerApp }: FleetSize): string[] {
  const write = (path: string, text: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const apps = Array.from({ length: Math.ceil(services / servicesPerApp) }, (_, index) => `app-${number(index)}`);
  write(
    'package.json',
    `${JSON.stringify({ name: 'fleet', private: true, repository: 'https://github.com/example/fleet.git' })}\n`,
  );
  write('environments/bench.yaml', environment);
  for (let index = 0; index < clusters; index++) write(`clusters/bench-${number(index)}.yaml`, cluster(index, apps));
  for (const [index, app] of apps.entries()) {
    write(`apps/${app}/app.ts`, appSource(app, Math.min(servicesPerApp, services - index * servicesPerApp)));
    write(`apps/${app}/releases.yaml`, releases);
  }
  return apps;
}

/** The source of an app; `replicas` is what the benchmark changes to measure the render after an edit. */
export function appSource(app: string, services: number, replicas = 2): string {
  const statements = Array.from({ length: services }, (_, index) => {
    const name = `service-${number(index)}`;
    const call = index === 0 ? '' : `calls: [service${index - 1}], `;
    return `    const service${index} = app.deployment('${name}', {
      image: 'service', port: 8080, health: '/health', size: 'small', user: 1000, ${call}
      replicas: { min: ${index === 0 ? replicas : 2}, max: 6, cpu: 70 },
      config: { LOG_LEVEL: 'info', REGION: cluster.region, UPSTREAM: ${index === 0 ? "''" : `service${index - 1}.url()`} },
    });`;
  });
  return `import { defineApp } from '@fairlead/app';

export default defineApp({
  name: '${app}',
  owner: 'team-${app.slice(-2)}',
  build({ app, cluster }) {
${statements.join('\n')}
    app.route({ host: \`${app}.\${cluster.domain}\`, to: { '/': service${services - 1} }, exposure: 'public' });
  },
});
`;
}

function number(index: number): string {
  return String(index + 1).padStart(4, '0');
}

const environment = `order: 10
images: digest
podSecurity: restricted
minimumReplicas: 2
access:
  admin: [platform]
  deploy: []
  readOnly: [engineering]
alerts:
  enabled: false
`;

const releases = `images:
  service:
    repository: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/service
    bench: { version: 1.4.2, digest: sha256:0d5c4f1f2b8a9c7e6d3b1a0f9e8d7c6b5a4938271605f4e3d2c1b0a998877665 }
`;

function cluster(index: number, apps: readonly string[]): string {
  return `provider: eks
region: eu-west-1
account: '111122223333'
environment: bench
kubernetes: '1.36'
domain: c${index + 1}.bench.example.com
delivery: argocd
network:
  vpc: 10.${16 + index}.0.0/16
  services: 172.20.0.0/16
  controlPlane: [10.${16 + index}.0.0/28]
  loadBalancerSubnets:
    - { id: subnet-0a16a0a0a0a0a0a01, cidr: 10.${16 + index}.240.0/24 }
    - { id: subnet-0a16b0b0b0b0b0b02, cidr: 10.${16 + index}.241.0/24 }
capabilities:
  identity:
    issuer: https://oidc.eks.eu-west-1.amazonaws.com/id/5A4D0B0C5A4D0B0C5A4D0B0C5A4D0B01
  ingress:
    certificates:
      name: arn:aws:acm:eu-west-1:111122223333:certificate/5a4d0b0c-0001-4a1a-8b1b-0123456789ab
nodePools:
  - { name: general, cpu: 7910m, memory: 29Gi, architecture: amd64, max: 4000 }
offers:
  namespaces: [argocd, monitoring]
  storageClasses: [gp3]
  ingressClasses: [alb]
apps:
${apps.map((app) => `  ${app}:\n`).join('')}`;
}
