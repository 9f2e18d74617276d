import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Io } from '../src/io.ts';
import { run } from '../src/main.ts';

/** The repository that these tests belong to. */
export const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** What a command line answered. */
export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A workspace in a folder of its own, with real files; removed after the test. */
export interface Workspace {
  readonly root: string;
  /** Runs `fairlead <words>` in it. */
  fairlead(...words: readonly string[]): Promise<Answer>;
  read(file: string): string;
  write(file: string, text: string): void;
  /** Replaces a text in a file, which must be there. */
  edit(file: string, from: string, to: string): void;
  remove(path: string): void;
  /** Every file below a folder with its text. */
  tree(folder: string): Record<string, string>;
}

/** A copy of the clusters, environments and apps of the repository. */
export function workspace(files: Readonly<Record<string, string>> = {}): Workspace {
  const root = mkdtempSync(join(tmpdir(), 'fairlead-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const folder of ['clusters', 'environments', 'apps'])
    cpSync(join(repository, folder), join(root, folder), { recursive: true });
  cpSync(join(repository, 'package.json'), join(root, 'package.json'));
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(join(repository, 'node_modules', '@fairlead'), join(root, 'node_modules', '@fairlead'));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  return {
    root,
    read,
    write,
    fairlead: (...words) => answer(root, words),
    edit(file, from, to) {
      const text = read(file);
      if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
      write(file, text.replace(from, to));
    },
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    tree: (folder) => treeOf(join(root, folder)),
  };
}

/** Runs a command line in a folder. */
export async function answer(cwd: string, words: readonly string[]): Promise<Answer> {
  let out = '';
  let err = '';
  const io: Io = {
    cwd,
    env: {},
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
    color: false,
    width: 120,
    interactive: false,
  };
  const code = await run(words, io);
  return { code, out, err };
}

/** Runs a command line in a process of its own, as a user does: with Node's own source maps and exit code. */
export function process(cwd: string, words: readonly string[]): Answer {
  const { status, stdout, stderr } = spawnSync(
    execPath,
    [join(repository, 'packages/manifests/bin/fairlead.mjs'), ...words],
    {
      cwd,
      encoding: 'utf8',
    },
  );
  return { code: status ?? -1, out: stdout, err: stderr };
}

/** Every file below a folder with its text, by relative path; empty if the folder is missing. */
export function treeOf(folder: string): Record<string, string> {
  const result: Record<string, string> = {};
  const visit = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) visit(child);
      else result[relative(folder, child)] = readFileSync(child, 'utf8');
    }
  };
  try {
    visit(folder);
  } catch {
    return {};
  }
  return result;
}
