import type { Check } from '../../check.ts';
import { at, isMap, listAt, numberAt } from '../../json.ts';
import { containerResource } from '../../pod-resources.ts';
import { serviceIndex } from '../../service-index.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import type { Workload } from '../../workload.ts';

/** Probes, requests and limits of containers. */
export const containerOperations: Check = (set, report) => {
  const served = set.memo(servedWorkloads);
  for (const workload of set.workloads) {
    const { manifest, spec } = workload;
    for (const container of workload.containers) {
      const { name, pointer } = container;
      if (container.role === 'main' && workload.runs !== 'done') {
        const has = (kind: string): boolean => isMap(container.spec[kind]);
        // A sidecar container without ports beside a serving one is judged by the pod's other probes.
        const serves =
          listAt(container.spec, 'ports').length > 0 ||
          (served.has(workload) && workload.containers.filter((each) => each.role === 'main').length === 1);
        if (serves && !has('readinessProbe'))
          report(
            'operations/no-probe',
            manifest,
            pointer,
            `container "${name}" has no readiness probe: it gets traffic before it can serve`,
            { hint: 'add readinessProbe' },
          );
        if (serves && !has('livenessProbe'))
          report(
            'operations/no-probe',
            manifest,
            pointer,
            `container "${name}" has no liveness probe: it is not restarted when it hangs`,
            { hint: 'add livenessProbe', severity: set.environment === undefined ? 'info' : undefined },
          );
      }
      for (const resource of ['cpu', 'memory']) {
        // What is no quantity is told as that.
        if (
          containerResource(container, 'requests', resource) === undefined &&
          at(container.spec, 'resources', 'requests', resource) === undefined
        )
          report(
            'operations/no-requests',
            manifest,
            `${pointer}/resources`,
            `container "${name}" requests no ${resource}`,
            { hint: `add resources.requests.${resource}` },
          );
      }
      if (containerResource(container, 'limits', 'memory') === undefined)
        report(
          'operations/no-memory-limit',
          manifest,
          `${pointer}/resources`,
          `container "${name}" has no memory limit`,
          { hint: 'add resources.limits.memory' },
        );
      const wait =
        numberAt(container.spec, 'lifecycle', 'preStop', 'sleep', 'seconds') ??
        sleepOf(at(container.spec, 'lifecycle', 'preStop', 'exec', 'command'));
      const grace = numberAt(spec, 'terminationGracePeriodSeconds') ?? 30;
      if (wait !== undefined && wait >= grace)
        report(
          'operations/grace-too-short',
          manifest,
          `${pointer}/lifecycle/preStop`,
          `container "${name}" waits ${wait} s before it stops, but is killed after ${grace} s`,
          { hint: 'raise terminationGracePeriodSeconds' },
        );
    }
  }
};

/** Seconds of `sleep 10`, however it is written as a command. */
function sleepOf(command: unknown): number | undefined {
  const text = Array.isArray(command) ? command.join(' ') : '';
  const match = /^(?:\/bin\/)?(?:(?:ba)?sh -c )?(?:\/bin\/)?sleep (\d+)s?$/.exec(text);
  return match === null ? undefined : Number(match[1]);
}

function servedWorkloads(set: ManifestSet): Set<Workload> {
  return new Set(serviceIndex(set).all.flatMap((each) => (each.ports.length > 0 ? (each.pods ?? []) : [])));
}
