import type { Manifest } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { listAt, mapAt, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import { nameSlipOf } from '../../name-slips.ts';
import { serviceIndex } from '../../service-index.ts';
import type { Workload } from '../../workload.ts';

const clusterName =
  /([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)\.([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)\.svc((?:\.[a-z0-9-]+)*)(?::(\d{2,5}))?(?![\w-])/g;

/**
 * In-cluster addresses (`http://api.shop.svc.cluster.local:4000`) in environment variables, command lines and ConfigMaps, mounted files
 * among them, name Services and ports that exist.
 */
export const addressReferences: Check = (set, report) => {
  for (const workload of set.workloads) {
    for (const container of workload.containers) {
      for (const [index, each] of listAt(container.spec, 'env').entries()) {
        const value = textAt(each, 'value');
        if (value === undefined) continue;
        checkNeighbour(
          set,
          report,
          workload,
          textAt(each, 'name') ?? '',
          value,
          `${container.pointer}/env/${index}/value`,
        );
        checkText(set, report, workload.manifest, value, `${container.pointer}/env/${index}/value`, workload.namespace);
      }
      for (const field of ['command', 'args']) {
        for (const [index, each] of listAt(container.spec, field).entries()) {
          if (typeof each === 'string' && each.includes('.svc'))
            checkText(
              set,
              report,
              workload.manifest,
              each,
              `${container.pointer}/${field}/${index}`,
              workload.namespace,
            );
        }
      }
    }
  }
  for (const map of set.ofKind('', 'ConfigMap')) {
    for (const [key, value] of Object.entries(mapAt(map, 'data')))
      if (typeof value === 'string') checkText(set, report, map, value, `/data/${step(key)}`, set.namespaceOf(map));
  }
};

const hostName = /(?:^|_)(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER|ENDPOINT|URL|URI)$/;

/** `DB_HOST: psotgres` beside a Service `postgres` of the same namespace. */
function checkNeighbour(
  set: ManifestSet,
  report: Report,
  { manifest, namespace }: Workload,
  name: string,
  value: string,
  pointer: string,
): void {
  if (!hostName.test(name)) return;
  const host = /^(?:[a-z][a-z0-9+]*:\/\/)?([a-z][-a-z0-9]*[a-z0-9])(?::\d{2,5})?(?:\/\S*)?$/.exec(value)?.[1];
  if (host === undefined) return;
  const services = serviceIndex(set);
  if (services.get(namespace, host) !== undefined || services.mayBeMade(namespace, host)) return;
  const meant = nameSlipOf(host, services.namesIn(namespace));
  if (meant !== undefined)
    report(
      'references/missing-address',
      manifest,
      pointer,
      `${value} names Service "${host}", which does not exist in namespace ${namespace}`,
      {
        hint: `did you mean "${meant}"?`,
      },
    );
}

function checkText(
  set: ManifestSet,
  report: Report,
  manifest: Manifest,
  text: string,
  pointer: string,
  own: string,
): void {
  const services = serviceIndex(set);
  if (text.includes('.svc')) {
    for (const [whole, name = '', namespace = '', domain = '', port] of text.matchAll(clusterName)) {
      // Only where the Services of that namespace are known at all.
      if (services.in(namespace).length === 0) {
        if (
          set.context === 'fleet' &&
          !set.namespaces.has(namespace) &&
          !set.offers?.namespaces.includes(namespace) &&
          namespace !== 'default' &&
          namespace !== 'kube-system'
        )
          report(
            'references/missing-address',
            manifest,
            pointer,
            `${whole} is in namespace "${namespace}", which does not exist`,
            { hint: hintFrom(namespace, set.namespaces.keys()) },
          );
        continue;
      }
      const service = services.get(namespace, name);
      if (service === undefined) {
        if (!services.mayBeMade(namespace, name) && !set.offers?.namespaces.includes(namespace))
          report(
            'references/missing-address',
            manifest,
            pointer,
            `${whole} names Service "${name}", which does not exist in namespace ${namespace}`,
            {
              // A namespace of the fleet's own holds nothing that is not known.
              severity: set.context === 'fleet' && set.namespaces.has(namespace) ? 'error' : undefined,
              hint: hintFrom(
                name,
                services.in(namespace).map((each) => each.name),
              ),
            },
          );
      } else if (
        port !== undefined &&
        service.ports.length > 0 &&
        !service.ports.some((each) => each.port === Number(port)) &&
        textAt(service.manifest, 'spec', 'clusterIP') !== 'None'
      ) {
        report(
          'references/missing-address',
          manifest,
          pointer,
          `${whole} names port ${port}, which Service "${name}" does not have`,
          { hint: `it has ${service.ports.map((each) => each.port).join(', ')}` },
        );
      } else if (/^\.cluster\.loca?l?./.test(domain) && domain !== '.cluster.local')
        report('references/missing-address', manifest, pointer, `${whole} is in the domain "${domain.slice(1)}"`, {
          hint: 'did you mean "cluster.local"?',
        });
    }
    return;
  }
  // `redis:6379` and `http://api:4000`: the port of a Service of the same namespace.
  const short = /^(?:[a-z][a-z0-9+]*:\/\/)?([a-z0-9](?:[-a-z0-9]*[a-z0-9])?):(\d{2,5})(?:\/\S*)?$/.exec(text);
  const service = short?.[1] === undefined ? undefined : services.get(own, short[1]);
  const port = Number(short?.[2]);
  if (
    service === undefined ||
    port < 80 ||
    service.ports.length === 0 ||
    textAt(service.manifest, 'spec', 'clusterIP') === 'None' ||
    service.ports.some((each) => each.port === port)
  )
    return;
  report(
    'references/missing-address',
    manifest,
    pointer,
    `${text} names port ${port}, which Service "${service.name}" does not have`,
    { hint: `it has ${service.ports.map((each) => each.port).join(', ')}` },
  );
}
