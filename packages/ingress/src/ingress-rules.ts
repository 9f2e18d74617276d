import type { IHTTPIngressPath } from 'kubernetes-models/networking.k8s.io/v1/HTTPIngressPath';
import type { IIngressRule } from 'kubernetes-models/networking.k8s.io/v1/IngressRule';
import { backendsOfPath, isForwarded } from './backends.ts';
import type { ForwardedPath, Route } from './route.ts';

/** The rules of an Ingress that sends each path to one Service, the first of its backends, for every host of the route. */
export function ingressRules(
  route: Route,
  match: (path: ForwardedPath) => Pick<IHTTPIngressPath, 'path' | 'pathType'>,
): IIngressRule[] {
  return route.hosts.map((host) => ({
    host,
    http: {
      paths: route.paths.filter(isForwarded).flatMap((path) =>
        backendsOfPath(path)
          .slice(0, 1)
          .map(({ service, port }) => ({
            ...match(path),
            backend: { service: { name: service, port: { name: port.name } } },
          })),
      ),
    },
  }));
}
