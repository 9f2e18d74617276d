import type { Manifest } from '@fairlead/objects';
import { isPort, portName } from '@fairlead/objects/forms';
import { contains, parseBlock } from '../../address.ts';
import type { Check, Report } from '../../check.ts';
import { at, isMap, listAt, numberAt } from '../../json.ts';
import { unlessSound } from '../../unless-sound.ts';
import { checkSelector } from './metadata.ts';
import { checkBlock } from './services.ts';

const soundRules = { ingress: new WeakSet<object>(), egress: new WeakSet<object>() };

/** NetworkPolicies: selectors, address blocks, ports. */
export const networkPolicyRules: Check = (set, report) => {
  for (const policy of set.ofKind('networking.k8s.io', 'NetworkPolicy')) {
    checkSelector(report, policy, at(policy, 'spec', 'podSelector'), '/spec/podSelector');
    listAt(policy, 'spec', 'policyTypes').forEach((each, index) => {
      if (each !== 'Ingress' && each !== 'Egress')
        report(
          'rules/network-policy',
          policy,
          `/spec/policyTypes/${index}`,
          `"${String(each)}" is neither Ingress nor Egress`,
        );
    });
    for (const [direction, peers] of [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const) {
      for (const [index, rule] of listAt(policy, 'spec', direction).entries()) {
        const pointer = `/spec/${direction}/${index}`;
        unlessSound(soundRules[direction], rule, report, (told) => {
          listAt(rule, peers).forEach((peer, place) => checkPeer(told, policy, peer, `${pointer}/${peers}/${place}`));
          listAt(rule, 'ports').forEach((port, place) =>
            checkPolicyPort(told, policy, port, `${pointer}/ports/${place}`),
          );
        });
      }
    }
  }
};

function checkPeer(report: Report, policy: Manifest, peer: unknown, pointer: string): void {
  if (!isMap(peer)) return;
  const block = peer['ipBlock'];
  if (isMap(block)) {
    if (peer['podSelector'] !== undefined || peer['namespaceSelector'] !== undefined)
      report('rules/network-policy', policy, pointer, 'a peer with ipBlock takes no selectors', {
        hint: 'make two peers of it',
      });
    checkBlock(report, policy, block['cidr'], `${pointer}/ipBlock/cidr`);
    const outer = typeof block['cidr'] === 'string' ? parseBlock(block['cidr']) : undefined;
    for (const [index, each] of listAt(block, 'except').entries()) {
      checkBlock(report, policy, each, `${pointer}/ipBlock/except/${index}`);
      const inner = typeof each === 'string' ? parseBlock(each) : undefined;
      if (outer !== undefined && inner !== undefined && (!contains(outer, inner) || inner.bits === outer.bits))
        report(
          'rules/network-policy',
          policy,
          `${pointer}/ipBlock/except/${index}`,
          `${String(each)} does not lie inside ${String(block['cidr'])}`,
        );
    }
  } else if (peer['podSelector'] === undefined && peer['namespaceSelector'] === undefined) {
    report('rules/network-policy', policy, pointer, 'a peer names nobody', {
      hint: 'add podSelector, namespaceSelector or ipBlock',
    });
  }
  checkSelector(report, policy, peer['podSelector'], `${pointer}/podSelector`);
  checkSelector(report, policy, peer['namespaceSelector'], `${pointer}/namespaceSelector`);
}

function checkPolicyPort(report: Report, policy: Manifest, each: unknown, pointer: string): void {
  const port = at(each, 'port');
  const end = numberAt(each, 'endPort');
  if (typeof port === 'number' && !isPort(port))
    report('rules/port', policy, `${pointer}/port`, `${port} is no port (1-65535)`);
  if (typeof port === 'string') {
    const fault = portName(port);
    if (fault !== undefined)
      report('rules/port', policy, `${pointer}/port`, `the port name "${port}" ${fault}`, {
        hint: /^\d+$/.test(port) ? 'write the number without quotes' : undefined,
      });
  }
  if (end === undefined) return;
  if (typeof port !== 'number')
    report('rules/network-policy', policy, `${pointer}/endPort`, 'endPort needs a port that is a number');
  else if (end < port || !isPort(end))
    report(
      'rules/network-policy',
      policy,
      `${pointer}/endPort`,
      `the range ${port}-${end} runs backwards or leaves 1-65535`,
    );
}
