import type { Route } from '@fairlead/ingress';
import { proxyTraffic } from '@fairlead/ingress';
import { WorkloadPolicy } from '@fairlead/network-policy';
import { joinName, ownershipLabels } from '@fairlead/objects';
import type { Construct } from 'constructs';
import type { AppGraph } from './builder.ts';

/** The policy of proxies that the cluster runs beside the app, in its namespace and so under its default deny; nothing where there are none. */
export function composeProxies(
  scope: Construct,
  { cluster, definition, ownership }: AppGraph,
  name: string,
  route: Route,
): void {
  const traffic = proxyTraffic(cluster, route);
  if (traffic === undefined) return;
  const component = 'proxies';
  new WorkloadPolicy(scope, 'Proxies', {
    cluster,
    workload: {
      app: definition.name,
      component,
      namespace: definition.namespace,
      kind: 'Deployment',
      name: joinName(name, component),
      serviceAccount: '',
      ports: [],
      labels: ownershipLabels({ ...ownership, component }),
      selector: traffic.selector,
    },
    ingress: traffic.ingress,
    egress: traffic.egress,
  });
}
