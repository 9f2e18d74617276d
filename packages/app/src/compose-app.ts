import { diagnostic } from '@fairlead/diagnostics';
import type { Backend, Route, RoutePath, UrlPath } from '@fairlead/ingress';
import { Ingress, namespaceLabels, serviceAnnotations, trafficSources } from '@fairlead/ingress';
import { scrapeAnnotations } from '@fairlead/monitoring';
import type { Traffic } from '@fairlead/network-policy';
import { DefaultDeny, nodeDns, WorkloadPolicy } from '@fairlead/network-policy';
import type { WorkloadReference } from '@fairlead/objects';
import { joinName, ownershipLabels } from '@fairlead/objects';
import { HumanAccess } from '@fairlead/rbac';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { declareAt, report } from '@fairlead/objects/report';
import { healthPath } from '@fairlead/workload';
import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { AppGraph, RouteDeclaration, WorkloadDeclaration } from './builder.ts';
import { composeClusterMonitoring } from './compose-cluster-monitoring.ts';
import { composeIdentity } from './compose-identity.ts';
import { composeMonitoring, scrapeOf, scrapeTraffic } from './compose-monitoring.ts';
import { composeProxies } from './compose-proxies.ts';
import { composeScaling } from './compose-scaling.ts';
import { composeSecrets, secretVolumes } from './compose-secrets.ts';
import { composeWorkload } from './compose-workload.ts';
import { connectionsOf, portsOf } from './connections.ts';
import { orderObjects, stagesOf } from './delivery-order.ts';
import type { ImageResolver } from './images.ts';
import { composeWatching } from './compose-watching.ts';
import { quotaManifests } from './namespace-quota.ts';
import { namespaceManifest } from './namespaces.ts';
import type { PathOptions, RouteTarget } from './route-options.ts';
import type { WorkloadHandle } from './targets.ts';

/** The constructs of an app on its cluster, in a chart of their own. */
export function composeApp(graph: AppGraph, images: ImageResolver): Chart {
  const { definition, cluster } = graph;
  const chart = new Chart(new App(), definition.name);
  for (const each of graph.diagnostics) report(chart, each);
  const labels = ownershipLabels(graph.ownership);
  for (const { name, access } of namespacesOf(graph)) {
    const scope = new Construct(chart, `namespace-${name}`);
    const routed = graph.routes.length > 0 && name === definition.namespace ? namespaceLabels(cluster) : {};
    new KubernetesObject(scope, 'Namespace', namespaceManifest(name, { ...labels, ...routed }, cluster));
    for (const each of quotaManifests(name, labels, cluster)) new KubernetesObject(scope, each.kind, each);
    new DefaultDeny(scope, 'DefaultDeny', { namespace: name, labels });
    const dns = nodeDns(cluster, name, labels);
    if (dns) new KubernetesObject(scope, 'NodeDns', dns);
    new HumanAccess(scope, 'Access', { cluster, owner: graph.ownership, namespace: name, level: access });
  }
  const { stages, diagnostics } = stagesOf(graph);
  for (const each of diagnostics) report(chart, each);
  const routes = graph.routes.map((route) => ({ ...route, route: resolveRoute(chart, graph, route) }));
  const connections = connectionsOf(graph);
  for (const declaration of graph.workloads) {
    const { reference } = declaration;
    const scope = new Construct(chart, declaration.name);
    declareAt(scope, declaration.declaredAt);
    const traffic = connections.get(declaration.name) ?? { ingress: [], egress: [], calls: [] };
    const routed = routes.flatMap(({ route }) => (route && reaches(route, reference) ? [route] : []));
    const identity = composeIdentity(scope, graph, declaration);
    const scrape = scrapeOf(declaration);
    const composed = composeWorkload(scope, graph, declaration, images, {
      volumes: secretVolumes(graph, declaration),
      podLabels: identity.podLabels,
      podAnnotations: scrapeAnnotations(cluster, reference, scrape),
      nodeSelector: identity.nodeSelector,
      routed: routed.length > 0,
      annotations:
        traffic.calls.length > 0 ? { 'fairlead.dev/calls': [...new Set(traffic.calls)].sort().join(',') } : {},
      serviceAnnotations: Object.assign({}, ...routed.map((route) => serviceAnnotations(cluster, route, reference))),
      serviceAccountAnnotations: identity.serviceAccountAnnotations,
    });
    new WorkloadPolicy(scope, 'Policy', {
      cluster,
      workload: reference,
      ingress: [
        ...traffic.ingress,
        ...routed.flatMap((route) => routeTraffic(graph, route, reference)),
        ...scrapeTraffic(cluster, reference, scrape),
      ],
      egress: [...traffic.egress, ...metadataTraffic(graph, declaration)],
    });
    composeScaling(scope, graph, declaration, scrape, composed);
    composeMonitoring(scope, graph, declaration, scrape, composed);
    const stage = stages.get(declaration.name) ?? 0;
    if (stage > 0 || declaration.kind === 'Job') orderObjects(scope, cluster, stage, 'running');
  }
  composeSecrets(chart, graph);
  if (!runsNothing(graph)) composeWatching(chart, graph, routes);
  composeClusterMonitoring(chart, graph);
  const last = Math.max(0, ...stages.values());
  for (const { name, route, declaredAt } of routes) {
    if (!route) continue;
    const objectName = graph.routes.length === 1 ? definition.name : joinName(definition.name, name);
    const scope = new Construct(chart, `way-${name}`);
    declareAt(scope, declaredAt);
    const way = new Ingress(scope, 'Ingress', {
      cluster,
      owner: graph.ownership,
      namespace: definition.namespace,
      name: objectName,
      route,
    });
    composeProxies(way, graph, objectName, route);
    // The door opens when those behind it are there.
    orderObjects(way, cluster, last, 'all');
  }
  for (const [index, extend] of graph.extensions.entries()) extend(new Construct(chart, `extension-${index}`), cluster);
  return chart;
}

/** An app that runs nothing, such as one that sets up clusters, needs no namespace but those that it states. */
function namespacesOf(graph: AppGraph): AppGraph['namespaces'] {
  return runsNothing(graph) ? graph.namespaces.slice(1) : graph.namespaces;
}

function runsNothing({ workloads, secrets, routes }: AppGraph): boolean {
  return workloads.length + secrets.length + routes.length === 0;
}

/** The route with handles replaced by the workloads they stand for; undefined if one of them has no port. */
function resolveRoute(
  chart: Chart,
  graph: AppGraph,
  { name, options, declaredAt }: RouteDeclaration,
): Route | undefined {
  const { host, to, name: _, probe: __, ...intent } = options;
  const hosts: Route['hosts'] = typeof host === 'string' ? [host] : host;
  let complete = true;
  let place: Construct = chart;
  const backend = ({ workload, port = workload.portName, weight }: RouteTarget): Backend => {
    const declaration = graph.workloads.find((each) => each.name === workload.name);
    if (!declaration || declaration.reference.ports.length === 0) {
      if (complete) declareAt((place = new Construct(chart, `portless-${name}`)), declaredAt);
      complete = false;
      report(
        place,
        diagnostic('app/connection-without-port', {
          message: `route "${name}" leads to workload "${workload.name}", which has no port`,
          hint: `give it one: port: 8080`,
          clusters: [graph.cluster.name],
        }),
      );
    }
    const health = declaration && 'health' in declaration.options ? healthPath(declaration.options.health) : undefined;
    return {
      workload: declaration?.reference ?? missing(graph, workload.name),
      ...(port !== undefined && { port }),
      ...(weight !== undefined && { weight }),
      ...(health !== undefined && { health: health as UrlPath }),
    };
  };
  const paths = Object.entries(to).map(([path, target]): RoutePath => {
    const at = path as UrlPath;
    if ('redirect' in target)
      return { path: at, redirect: target.redirect, ...(target.match && { match: target.match }) };
    const options: PathOptions = 'kind' in target ? { to: target } : target;
    const targets = Array.isArray(options.to)
      ? (options.to as readonly RouteTarget[])
      : [{ workload: options.to as WorkloadHandle }];
    const [first, ...rest] = targets.map(backend);
    if (!first) throw new Error(`path ${path} of route "${name}" leads to no workload`);
    return {
      path: at,
      to: [first, ...rest],
      ...(options.match && { match: options.match }),
      ...(options.rewrite && { rewrite: options.rewrite }),
    };
  });
  const [first, ...rest] = paths;
  if (!first) throw new Error(`route "${name}" has no path: give one, such as to: { '/': web }`);
  return complete ? { ...intent, hosts, paths: [first, ...rest] } : undefined;
}

function missing({ definition }: AppGraph, name: string): WorkloadReference {
  return {
    app: definition.name,
    component: name,
    namespace: definition.namespace,
    kind: 'Deployment',
    name,
    serviceAccount: name,
    ports: [],
    labels: {},
    selector: {},
  };
}

function reaches(route: Route, { name, namespace }: WorkloadReference): boolean {
  return route.paths.some((path) =>
    path.to?.some(({ workload }) => workload.name === name && workload.namespace === namespace),
  );
}

/** Where a workload gets the tokens of its identity. Secrets of the cloud are fetched by the node, not by the pod. */
function metadataTraffic({ cluster }: AppGraph, { options }: WorkloadDeclaration): Traffic[] {
  if (!options.identity) return [];
  return cluster.capabilities.networkPolicy.metadata.map(({ cidr, port }) => ({
    peer: { cidrs: [cidr] },
    ports: [{ port }],
  }));
}

/** What the load balancer of a route sends to a workload. */
function routeTraffic({ cluster, definition }: AppGraph, route: Route, reference: WorkloadReference): Traffic[] {
  const ports = portsOf(reference);
  return trafficSources(cluster, route.exposure ?? 'internal', definition.namespace).map((peer) => ({ peer, ports }));
}
