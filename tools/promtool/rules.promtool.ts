import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workloadRules, type RuleGroup } from '@fairlead/monitoring';
import type { WorkloadKind } from '@fairlead/objects';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { cluster, workload } from '../../packages/monitoring/test/fixtures.ts';
import { checkRules } from './run-promtool.ts';

const dist = fileURLToPath(new URL('../../dist/clusters', import.meta.url));
const ruleKinds = /^(prometheusrule|rules|clusterrules)-/;

interface RulesObject {
  readonly spec: { readonly groups: readonly RuleGroup[] };
}

function ruleFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && ruleKinds.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

test('all rules of dist', () => {
  const files = ruleFiles(dist);
  if (files.length === 0) return; // Nothing is rendered yet.
  const groups = files.map((file) => [
    file.slice(dist.length + 1),
    (parse(readFileSync(file, 'utf8')) as RulesObject).spec.groups,
  ]);
  const { ok, output } = checkRules(Object.fromEntries(groups));
  expect(ok, output).toBe(true);
});

test.each<WorkloadKind>(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'])(
  'the whole library for a %s',
  (kind) => {
    const groups = workloadRules({
      cluster: cluster(),
      workload: workload({ kind }),
      intent: { scrape: { port: 'http' }, objective: { availability: 99.9, latency: { threshold: 1, ratio: 99 } } },
      facts: { autoscaler: 'hub-api', claims: ['data'], spot: true, cpuLimit: true },
    });
    const { ok, output } = checkRules({ [kind]: groups });
    expect(ok, output).toBe(true);
  },
);

test('a broken rule is refused', () => {
  const { ok, output } = checkRules({ broken: [{ name: 'broken', rules: [{ record: 'a:b', expr: 'rate(x)' }] }] });
  expect(ok).toBe(false);
  expect(output).toContain('expected type range vector');
});
