#!/usr/bin/env node
// Plain JavaScript, so that it runs before anything is installed or compiled.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/fairlead/bin/', import.meta.url));

/** The one version that the tests trust; `go.mod` requires it. */
export const kubeconformVersion =
  /yannh\/kubeconform (v[\d.]+)/.exec(readFileSync(join(here, 'go.mod'), 'utf8'))?.[1] ?? '';

/** SHA-256 of the archives of release v0.8.0, from its CHECKSUMS file; change them together with `go.mod`. */
const archives = {
  'linux-amd64': '9bc2bffbf71f261128533edaf912153948b7ff238f9a531ae6d34466ec287883',
  'linux-arm64': '1f53fc8e81258197a35e8603054162a5af1de8c5af13746c71ab680d9534ed87',
  'darwin-amd64': '71dbc87ac9f24099a62b93570e65aa06312ba6ac8aea63b7f86e9d999edf5a92',
  'darwin-arm64': 'f84f4dfbebf4a6b0b230385fa065a39ea35e02608c2b50d025dcf64775a69d67',
};

/**
 * Where the pinned kubeconform is: the one on PATH if it is of exactly that version, else one built once with Go from
 * the module that `go.mod` and `go.sum` pin, else (no Go) the pinned release, checked against its SHA-256.
 * @returns {Promise<string>}
 */
export async function kubeconformPath() {
  if (versionOf('kubeconform') === kubeconformVersion) return 'kubeconform';
  const binary = join(cache, `kubeconform-${kubeconformVersion}`);
  if (existsSync(binary)) return binary;
  mkdirSync(cache, { recursive: true });
  // Made beside its place and renamed into it, so that two test files may ask at the same time.
  const workshop = mkdtempSync(join(cache, 'kubeconform-'));
  try {
    const made = join(workshop, 'kubeconform');
    if (spawnSync('go', ['version']).error === undefined) build(made);
    else await download(workshop);
    if (versionOf(made) !== kubeconformVersion) throw new Error(`kubeconform: ${made} is not ${kubeconformVersion}`);
    renameSync(made, binary);
    return binary;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

function versionOf(binary) {
  const { stdout, status } = spawnSync(binary, ['-v'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

function build(output) {
  const args = ['build', '-trimpath', '-ldflags', `-X main.version=${kubeconformVersion}`, '-o', output];
  const { status, stderr } = spawnSync('go', [...args, 'github.com/yannh/kubeconform/cmd/kubeconform'], {
    cwd: here,
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=readonly', GOWORK: 'off', CGO_ENABLED: '0' },
  });
  if (status !== 0) throw new Error(`kubeconform: go build failed\n${stderr}`);
}

async function download(folder) {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const sha256 = archives[platform];
  if (sha256 === undefined) throw new Error(`kubeconform: no pinned release for ${platform}; install Go 1.26 or later`);
  const url = `https://github.com/yannh/kubeconform/releases/download/${kubeconformVersion}/kubeconform-${platform}.tar.gz`;
  const answer = await fetch(url).catch((cause) => {
    throw new Error(`kubeconform: ${url} cannot be reached; install Go 1.26 or later instead`, { cause });
  });
  if (!answer.ok) throw new Error(`kubeconform: ${url} answered ${answer.status}; install Go 1.26 or later instead`);
  const archive = Buffer.from(await answer.arrayBuffer());
  const found = createHash('sha256').update(archive).digest('hex');
  if (found !== sha256) throw new Error(`kubeconform: ${url} has SHA-256 ${found}, not ${sha256}`);
  writeFileSync(join(folder, 'kubeconform.tar.gz'), archive);
  const { status } = spawnSync('tar', ['-xzf', 'kubeconform.tar.gz', 'kubeconform'], { cwd: folder });
  if (status !== 0) throw new Error('kubeconform: the archive cannot be unpacked');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { status } = spawnSync(await kubeconformPath(), process.argv.slice(2), { stdio: 'inherit' });
  process.exitCode = status ?? 2;
}
