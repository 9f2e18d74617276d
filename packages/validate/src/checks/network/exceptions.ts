import type { Manifest } from '@fairlead/objects';
import { contains, parseAddress, parseBlock } from '../../address.ts';
import type { Report } from '../../check.ts';
import { listAt, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';

interface Block {
  readonly policy: Manifest;
  readonly pointer: string;
  readonly except: readonly string[];
}

/** Where nodes of every cloud answer questions about themselves, credentials included. */
const metadata = parseAddress('169.254.169.254')?.value ?? 0n;

/**
 * Address blocks that leave out less than the same blocks in the policies beside them: an exception was forgotten or removed. In a
 * folder also egress to every address, the service that gives nodes their credentials included.
 */
export function checkExceptions(set: ManifestSet, report: Report): void {
  const blocks = new Map<string, Block[]>();
  for (const policy of set.ofKind('networking.k8s.io', 'NetworkPolicy')) {
    for (const [side, list] of [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const) {
      listAt(policy, 'spec', side).forEach((rule, index) =>
        listAt(rule, list).forEach((peer, place) => {
          const cidr = textAt(peer, 'ipBlock', 'cidr');
          if (cidr === undefined) return;
          const except = listAt(peer, 'ipBlock', 'except').filter((each) => typeof each === 'string');
          const key = `${side} ${cidr}`;
          const found = { policy, pointer: `/spec/${side}/${index}/${list}/${place}/ipBlock`, except };
          const known = blocks.get(key);
          if (known === undefined) blocks.set(key, [found]);
          else known.push(found);
        }),
      );
    }
  }
  for (const [key, alike] of blocks) {
    const [side = '', cidr = ''] = key.split(' ');
    compare(report, alike, cidr);
    if (set.context === 'folder' && side === 'egress' && cidr === '0.0.0.0/0')
      for (const each of alike) if (!leavesOutMetadata(each)) tellMetadata(report, each);
  }
}

function compare(report: Report, alike: readonly Block[], cidr: string): void {
  const counts = new Map<string, number>();
  for (const { except } of alike) for (const each of new Set(except)) counts.set(each, (counts.get(each) ?? 0) + 1);
  if (counts.size === 0) return;
  for (const { policy, pointer, except } of alike) {
    const others = alike.length - 1;
    const forgotten = [...counts]
      .filter(([each, count]) => count === others && !except.includes(each))
      .map(([each]) => each);
    if (others === 0 || forgotten.length === 0) continue;
    report(
      'network/open-rule',
      policy,
      `${pointer}/cidr`,
      `the rule does not leave ${forgotten.join(', ')} out of ${cidr}, as the ${others === 1 ? 'other rule' : `other ${others} rules`} for it do`,
      { hint: `add except: [${forgotten.join(', ')}]`, severity: others === 1 ? 'info' : 'warning' },
    );
  }
}

function leavesOutMetadata({ except }: Block): boolean {
  return except.some((each) => {
    const block = parseBlock(each);
    return block?.version === 4 && contains(block, { version: 4, base: metadata, bits: 32 });
  });
}

function tellMetadata(report: Report, { policy, pointer }: Block): void {
  report(
    'network/open-rule',
    policy,
    `${pointer}/cidr`,
    'the rule allows egress to 169.254.169.254, where nodes get their credentials',
    {
      hint: 'add except: [169.254.169.254/32]',
      severity: 'info',
    },
  );
}
