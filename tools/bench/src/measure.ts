import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What one process cost, start-up included. */
export interface Cost {
  /** Seconds. */
  readonly wall: number;
  /** User and system seconds of the process and of the children it waited for; absent where nothing measures them. */
  readonly cpu?: number | undefined;
  /** Peak resident memory of the largest process, MiB. */
  readonly memory?: number | undefined;
}

/** A command line to measure; `prepare` runs before each round and is not measured. */
export interface Contender {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly rounds: number;
  /** Exit codes that are no failure. Default 0. */
  readonly exitCodes?: readonly number[];
  readonly prepare?: (round: number) => readonly string[] | undefined;
}

const time = '/usr/bin/time';

/**
 * Runs contenders and returns the least of each figure of each. Every round runs all of them, one after the other: the pace of a machine
 * changes from minute to minute, and so all of them meet all of its paces. @throws Error with the output of one that fails
 */
export async function measure(contenders: readonly Contender[]): Promise<Cost[]> {
  const costs = contenders.map((): Cost[] => []);
  for (let round = 0; contenders.some(({ rounds }) => round < rounds); round++) {
    for (const [index, { command, args, cwd, rounds, exitCodes = [0], prepare }] of contenders.entries()) {
      if (round >= rounds) continue;
      const extra = prepare?.(round) ?? [];
      costs[index]?.push(await once(command, [...args, ...extra], cwd, exitCodes));
    }
  }
  return costs.map((all) => ({
    wall: Math.min(...all.map(({ wall }) => wall)),
    cpu: least(all.map(({ cpu }) => cpu)),
    memory: least(all.map(({ memory }) => memory)),
  }));
}

function least(figures: readonly (number | undefined)[]): number | undefined {
  const known = figures.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

async function once(
  command: string,
  args: readonly string[],
  cwd: string,
  exitCodes: readonly number[],
): Promise<Cost> {
  const usage = join(tmpdir(), `fairlead-bench-${process.pid}.usage`);
  const timed = existsSync(time);
  const [file, list] = timed ? [time, ['-q', '-f', '%U %S %M', '-o', usage, command, ...args]] : [command, args];
  const started = process.hrtime.bigint();
  const { code, output } = await run(file, list, cwd);
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  if (code === null || !exitCodes.includes(code))
    throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`);
  if (!timed) return { wall };
  const [user = 0, system = 0, kibibytes = 0] = readFileSync(usage, 'utf8').trim().split(' ').map(Number);
  rmSync(usage);
  return { wall, cpu: user + system, memory: kibibytes / 1024 };
}

/** What makes Node itself do more at its start, such as reading certificates (40 ms) or loading a tracer, is left out. */
const loads = new Set(['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'NODE_V8_COVERAGE']);
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !loads.has(name)));

function run(file: string, args: readonly string[], cwd: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => {
      if (output.length < 4000) output += chunk.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
