import type { Manifest } from '@fairlead/objects/manifest';
import { isMap } from './canonical.ts';
import { dig, list, maps } from './workloads.ts';

type Values = Readonly<Record<string, unknown>>;

// https://kubernetes.io/docs/reference/using-api/deprecation-guide/ (v1.22, v1.26): the same objects, their fields named anew.
const converters: Readonly<Record<string, (spec: Values) => Values>> = {
  'extensions/v1beta1/Ingress': ingress,
  'networking.k8s.io/v1beta1/Ingress': ingress,
  'autoscaling/v1/HorizontalPodAutoscaler': autoscaler,
};

/** An object of an older API version as the newer one writes it, to compare across versions; every other object as it is. */
export function modern(manifest: Manifest): Manifest {
  const convert = converters[`${manifest.apiVersion}/${manifest.kind}`];
  const spec = manifest['spec'];
  return convert === undefined || !isMap(spec) ? manifest : { ...manifest, spec: convert(spec) };
}

function ingress(spec: Values): Values {
  const { backend, ...rest } = spec;
  return {
    ...rest,
    ...(backend === undefined ? {} : { defaultBackend: service(backend) }),
    ...(rest['rules'] === undefined
      ? {}
      : {
          rules: maps(rest['rules']).map((rule) =>
            isMap(rule['http'])
              ? {
                  ...rule,
                  http: {
                    ...rule['http'],
                    paths: maps(dig(rule, 'http', 'paths')).map((path) => ({
                      pathType: 'ImplementationSpecific',
                      ...path,
                      backend: service(path['backend']),
                    })),
                  },
                }
              : rule,
          ),
        }),
  };
}

function service(backend: unknown): unknown {
  const name = dig(backend, 'serviceName');
  const port = dig(backend, 'servicePort');
  if (name === undefined) return backend;
  return {
    service: {
      name,
      ...(port === undefined ? {} : { port: typeof port === 'number' ? { number: port } : { name: port } }),
    },
  };
}

function autoscaler(spec: Values): Values {
  const { targetCPUUtilizationPercentage: averageUtilization, ...rest } = spec;
  if (averageUtilization === undefined || list(rest['metrics']).length > 0) return spec;
  return {
    ...rest,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } }],
  };
}
