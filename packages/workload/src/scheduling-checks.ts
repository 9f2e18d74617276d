import { diagnostic, didYouMean, type Diagnostic } from '@fairlead/diagnostics';
import { aboutWorkload } from '@fairlead/objects/about-workload';
import { hasForm, qualifiedName } from '@fairlead/objects/forms';
import { poolSelector } from './scheduling-affinity.ts';
import type { NodeFamily } from './scheduling-nodes.ts';
import { eligiblePools } from './scheduling-pools.ts';
import { priorities } from './scheduling-priority.ts';
import { capacityDomains, onDemandReplicas } from './scheduling-spread.ts';
import type { SchedulingContext } from './scheduling.ts';

/** What cannot be had on this cluster, or contradicts itself. */
export function checkScheduling(context: SchedulingContext, family: NodeFamily): Diagnostic[] {
  return [
    ...checkPools(context, family),
    ...checkArchitecture(context),
    ...checkSpot(context, family),
    ...checkNeighbours(context),
    ...checkPriority(context),
    ...checkDevices(context),
  ].map((each) => aboutWorkload(each, context));
}

function checkPools(context: SchedulingContext, family: NodeFamily): Diagnostic[] {
  const { cluster, intent } = context;
  const names = cluster.nodePools.map(({ name }) => name);
  const file = `clusters/${cluster.name}.yaml`;
  if (intent.pool !== undefined && names.length > 0 && !names.includes(intent.pool)) {
    return [
      diagnostic('scheduling/unknown-pool', {
        message: `there is no node pool "${intent.pool}"`,
        hint: didYouMean(intent.pool, names),
      }),
    ];
  }
  const found: Diagnostic[] = [];
  if (intent.pool !== undefined && poolSelector(context, family) === undefined) {
    found.push(
      diagnostic('scheduling/unsupported', {
        message: `nothing tells the nodes of pool "${intent.pool}" from others: ${family.title} carry no label with the pool's name`,
        hint: `state labels of the pool's nodes under nodePools in ${file}`,
      }),
    );
  }
  const { eligible, refusals } = eligiblePools(context, family);
  if (names.length > 0 && eligible.length === 0 && context.platforms?.length !== 0) {
    const reasons = [...refusals].map(([name, reason]) => `${name} ${reason}`).join(', ');
    found.push(
      diagnostic('scheduling/no-pool', {
        message: `no node pool takes its pods: ${reasons}`,
        hint: `add a pool under nodePools in ${file}, or ask for less`,
      }),
    );
  }
  return found;
}

function checkArchitecture({ intent: { architecture }, platforms }: SchedulingContext): Diagnostic[] {
  if (platforms === undefined) return [];
  if (platforms.length === 0) {
    return [
      diagnostic('scheduling/architecture', {
        message: 'its images are built for no architecture in common',
        hint: 'build all of them for one, and state it under platforms in releases.yaml',
      }),
    ];
  }
  if (architecture === undefined || platforms.includes(architecture)) return [];
  return [
    diagnostic('scheduling/architecture', {
      message: `it is to run on ${architecture}, and its images are built for ${platforms.join(', ')}`,
      hint: `build them for ${architecture} and state it under platforms in releases.yaml`,
    }),
  ];
}

function checkSpot(context: SchedulingContext, family: NodeFamily): Diagnostic[] {
  const { cluster, intent, replicas, workload } = context;
  if (intent.spot === undefined) return [];
  const kept = onDemandReplicas(context);
  if (kept !== undefined && Number.isNaN(kept)) {
    return [
      diagnostic('scheduling/on-demand-share', {
        message: `${JSON.stringify(typeof intent.spot === 'object' ? intent.spot.onDemand : undefined)} is neither a number of replicas nor a share of them`,
        hint: "state onDemand: 1, or onDemand: '50%'",
      }),
    ];
  }
  if (kept !== undefined && kept >= replicas) {
    return [
      diagnostic('scheduling/on-demand-share', {
        message: `${kept} of ${replicas} replicas are to stay on demand, which leaves none for spot nodes`,
        hint: 'keep fewer, run more, or leave spot out',
      }),
    ];
  }
  if (kept !== undefined && 2 * kept > replicas + 1) {
    return [
      diagnostic('scheduling/unsupported', {
        severity: 'error',
        message: `${kept} of ${replicas} replicas are to stay on demand, and a scheduler that balances cannot keep more than half`,
        hint: `state onDemand: '50%', or split the workload in two`,
      }),
    ];
  }
  if (kept !== undefined && typeof intent.spot === 'object' && intent.spot.strict === true) {
    const { capacity } = family;
    if (capacity !== undefined && capacityDomains(context, kept) === undefined) {
      return [
        diagnostic('scheduling/unsupported', {
          severity: 'error',
          message: `a strict number of replicas on demand needs NodePools of the platform, spot and on demand, and ${family.title} offers none`,
          hint: 'leave strict out, or let the platform make the nodes of the cluster',
        }),
      ];
    }
  }
  if (kept !== undefined) {
    const { eligible } = eligiblePools(context, family);
    if (eligible.length > 0 && eligible.every((pool) => pool.spot)) {
      return [
        diagnostic('scheduling/on-demand-share', {
          message: `${kept} of ${replicas} replicas are to stay on demand, and only spot nodes take its pods`,
          hint: 'leave onDemand or pool out, or add a pool on demand that takes them',
        }),
      ];
    }
  }
  const why = noSpotBecause(context, family);
  if (why !== undefined) {
    return [
      diagnostic('scheduling/no-spot', {
        message: `it may run on spot nodes, and there are none for it: ${why}; it runs on the others`,
        hint: `nothing needs to be done, or add a pool with spot: true to clusters/${cluster.name}.yaml`,
      }),
    ];
  }
  const single = replicas === 1 && (workload.kind === 'Deployment' || workload.kind === 'StatefulSet');
  if (!single) return [];
  return [
    diagnostic('scheduling/single-on-spot', {
      message: 'its only pod may run on a spot node, so every time the cloud takes one back it is away',
      hint: 'run two replicas, or leave spot out',
    }),
  ];
}

/** Why no spot node takes the pods, where none does and others do. */
function noSpotBecause(context: SchedulingContext, family: NodeFamily): string | undefined {
  const { nodePools } = context.cluster;
  if (family.capacity === undefined) return `${family.title} are not taken back`;
  if (nodePools.length === 0) return undefined;
  const { eligible, refusals } = eligiblePools(context, family);
  if (eligible.length === 0 || eligible.some(({ spot }) => spot)) return undefined;
  const reasons = nodePools.flatMap(({ name, spot }) => (spot ? [`${name} ${refusals.get(name) ?? ''}`] : []));
  return reasons.length === 0 ? 'no node pool is spot' : reasons.join(', ');
}

function checkNeighbours({ intent: { together = [], apart = [] } }: SchedulingContext): Diagnostic[] {
  return together.flatMap((near) => {
    const far = apart.find((each) => each.name === near.name && (each.over === near.over || each.over === 'zone'));
    if (far === undefined || near.strength === 'soft' || far.strength === 'soft') return [];
    return [
      diagnostic('scheduling/contradiction', {
        message: `it must run in the same ${near.over} as ${near.name} and in another ${far.over}`,
        hint: 'leave one of the two out, or make one soft',
      }),
    ];
  });
}

function checkPriority({ intent: { priority } }: SchedulingContext): Diagnostic[] {
  const names = Object.keys(priorities);
  if (priority === undefined || names.includes(priority)) return [];
  return [
    diagnostic('scheduling/priority', {
      message: `there is no priority "${String(priority)}"`,
      hint: didYouMean(String(priority), names),
    }),
  ];
}

function checkDevices({ intent: { devices = {} } }: SchedulingContext): Diagnostic[] {
  return Object.entries(devices).flatMap(([name, count]) => {
    if (name.includes('/') && hasForm(name, qualifiedName) && Number.isInteger(count) && count > 0) return [];
    return [
      diagnostic('scheduling/device', {
        message: `${count} of "${name}" is no amount of an extended resource`,
        hint: 'state a whole number of a resource with a domain, such as nvidia.com/gpu: 1',
      }),
    ];
  });
}
