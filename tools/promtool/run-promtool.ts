import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RuleGroup } from '@fairlead/monitoring/rules/rule';
import { promtoolPath } from './promtool.mjs';

/** What promtool says: everything it printed, and whether it was content. */
export interface PromtoolReport {
  readonly ok: boolean;
  readonly output: string;
}

/** A series that is fed to unit tests, in promtool's notation: `0+100x60` is 0, 100, …, 6000. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

/** One moment of a unit test: which alerts of a name fire then. */
export interface AlertMoment {
  readonly eval_time: string;
  readonly alertname: string;
  readonly exp_alerts: readonly { readonly exp_labels: Readonly<Record<string, string>> }[];
}

export interface RuleTest {
  /** How often rules are evaluated. */
  readonly evaluationInterval: string;
  /** How far samples are apart. */
  readonly interval: string;
  readonly series: readonly InputSeries[];
  readonly moments: readonly AlertMoment[];
}

/** Checks files of rule groups by name, in one run, with every lint that promtool knows; a lint is a failure. */
export function checkRules(files: Readonly<Record<string, readonly RuleGroup[]>>): PromtoolReport {
  return inFolder((folder) => {
    const paths = Object.entries(files).map(([name, groups], index) => {
      const path = join(folder, `${index}-${name.replaceAll(/[^\w.-]/g, '_')}.json`);
      writeFileSync(path, JSON.stringify({ groups }));
      return path;
    });
    return run(['check', 'rules', '--lint=all', '--lint-fatal', ...paths]);
  });
}

/** Runs a unit test of rules. Annotations are left out: promtool would compare their text, which holds measured values. */
export function testRules(
  groups: readonly RuleGroup[],
  { evaluationInterval, interval, series, moments }: RuleTest,
): PromtoolReport {
  const bare = groups.map(({ name, rules }) => ({
    name,
    rules: rules.map((rule) => ({ ...rule, annotations: undefined })),
  }));
  return inFolder((folder) => {
    writeFileSync(join(folder, 'rules.json'), JSON.stringify({ groups: bare }));
    const test = join(folder, 'test.json');
    writeFileSync(
      test,
      JSON.stringify({
        rule_files: ['rules.json'],
        evaluation_interval: evaluationInterval,
        tests: [{ interval, input_series: series, alert_rule_test: moments }],
      }),
    );
    return run(['test', 'rules', test]);
  });
}

function run(args: readonly string[]): PromtoolReport {
  const { status, stdout, stderr } = spawnSync(promtoolPath(), args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { ok: status === 0, output: `${stdout}${stderr}` };
}

function inFolder(work: (folder: string) => PromtoolReport): PromtoolReport {
  const folder = mkdtempSync(join(tmpdir(), 'fairlead-promtool-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
