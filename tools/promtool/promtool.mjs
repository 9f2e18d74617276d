#!/usr/bin/env node
// Plain JavaScript, so that it runs before anything is installed or compiled.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/fairlead/bin/', import.meta.url));

/** The one version that the tests trust; `go.mod` requires it. Module v0.315.0 is Prometheus 3.15.0. */
const module = /prometheus\/prometheus v0\.(\d)(\d\d)\.(\d+)/.exec(readFileSync(join(here, 'go.mod'), 'utf8'));
export const promtoolVersion = module === null ? '' : `${module[1]}.${Number(module[2])}.${module[3]}`;

/**
 * Where the pinned promtool is: the one on PATH if it is of exactly that version, else one built once with Go. The build takes
 * minutes of CPU, which is why it belongs to `npm run test:promtool` and not to the default tests.
 * @returns {string}
 */
export function promtoolPath() {
  if (versionOf('promtool') === promtoolVersion) return 'promtool';
  const binary = join(cache, `promtool-${promtoolVersion}`);
  if (existsSync(binary)) return binary;
  mkdirSync(cache, { recursive: true });
  // Made beside its place and renamed into it, so that a build that is killed leaves nothing half made.
  const workshop = mkdtempSync(join(cache, 'promtool-'));
  try {
    const made = join(workshop, 'promtool');
    build(made);
    if (versionOf(made) !== promtoolVersion) throw new Error(`promtool: ${made} is not ${promtoolVersion}`);
    renameSync(made, binary);
    return binary;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

function versionOf(binary) {
  const { stdout, status } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return status === 0 ? /version (\S+)/.exec(stdout)?.[1] : undefined;
}

function build(output) {
  if (spawnSync('go', ['version']).error !== undefined) {
    throw new Error(`promtool: neither promtool ${promtoolVersion} nor Go is on PATH; install Go 1.26 or later`);
  }
  const flags = ['-s', '-w', '-X', `github.com/prometheus/common/version.Version=${promtoolVersion}`].join(' ');
  // Rules need no service discovery, and the clients of all clouds are most of the build.
  const args = ['build', '-trimpath', '-tags', 'remove_all_sd', '-ldflags', flags, '-o', output];
  const { status, stderr } = spawnSync('go', [...args, 'github.com/prometheus/prometheus/cmd/promtool'], {
    cwd: here,
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=readonly', GOWORK: 'off', CGO_ENABLED: '0' },
  });
  if (status !== 0) throw new Error(`promtool: go build failed\n${stderr}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { status } = spawnSync(promtoolPath(), process.argv.slice(2), { stdio: 'inherit' });
  process.exitCode = status ?? 2;
}
