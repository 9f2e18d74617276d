import { podSecurityViolations } from '@fairlead/workload/pod-security';
import type { Leaf } from '../compare.ts';
import type { Finding } from '../finding.ts';
import type { SourceManifest } from '../model.ts';
import type { ObjectChange } from '../pair.ts';
import { dig, list, templateOf } from '../workloads.ts';

/** A broken check of the Pod Security Standards at the level restricted, with the container that breaks it. */
interface Broken {
  readonly check: string;
  readonly container: string;
  readonly pointer: string;
  readonly message: string;
}

const cache = new WeakMap<SourceManifest, readonly Broken[]>();

function brokenOf(source: SourceManifest): readonly Broken[] {
  const known = cache.get(source);
  if (known !== undefined) return known;
  const template = templateOf(source);
  const annotations = dig(template, 'metadata', 'annotations');
  const texts =
    typeof annotations === 'object' && annotations !== null
      ? Object.fromEntries(Object.entries(annotations).map(([key, value]) => [key, String(value)]))
      : {};
  const found = podSecurityViolations(dig(template, 'spec'), { annotations: texts }, 'restricted').map((each) => {
    const [, , kind = '', index = ''] = each.pointer.split('/');
    return { ...each, container: String(dig(list(dig(template, 'spec', kind))[Number(index)], 'name') ?? '') };
  });
  cache.set(source, found);
  return found;
}

/** True when a workload breaks a check of the standard: in the container of a leaf, or anywhere where the leaf speaks of the pod. */
export function breaks(source: SourceManifest | undefined, check: string, leaf: Leaf): boolean {
  if (source === undefined) return true;
  const step = /\/((?:initC|ephemeralC|c)ontainers)\/([^/]+)/.exec(leaf.pointer);
  const named = /^\[name=(.+)\]$/.exec(step?.[2] ?? '')?.[1];
  const container =
    step === null
      ? undefined
      : (named ?? String(dig(list(dig(templateOf(source), 'spec', step[1] ?? ''))[Number(step[2])], 'name') ?? ''));
  return brokenOf(source).some(
    (each) =>
      each.check === check && (container === undefined || each.container === '' || each.container === container),
  );
}

// What the standard looks at; a leaf elsewhere cannot change its verdict.
const judged = /securityContext|ontainers\.\*\.name$|\.volumes\.|\.annotations\.|host|\.os\./i;

/** What the standard newly refuses of a changed workload, where no field tells it. */
export function standardLoosened(change: ObjectChange, told: readonly Finding[]): Finding[] {
  const { before, after } = change;
  if (before === undefined || after === undefined || templateOf(after) === undefined) return [];
  if (!change.leaves.some(({ path }) => judged.test(path))) return [];
  if (told.some(({ code }) => code === 'container-loosened')) return [];
  // A pod that broke a check before is not looser for one container more that breaks it.
  const old = new Set(brokenOf(before).map(({ check }) => check));
  const messages = brokenOf(after)
    .filter(({ check }) => !old.has(check))
    .map(({ check, container }) => (container === '' ? check : `${check} of ${container}`));
  if (messages.length === 0) return [];
  const each = [...new Set(messages)];
  const shown = each.length > 4 ? `${each.slice(0, 4).join(', ')} and ${each.length - 4} more` : each.join(', ');
  return [
    {
      code: 'container-loosened',
      change,
      leaves: [],
      words: { what: `Pod Security restricted is newly broken: ${shown}` },
    },
  ];
}
