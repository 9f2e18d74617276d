import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { changeClasses, type ChangeClass, type DiffReport, type SourceFile } from '@fairlead/diff/model';
import { contextNeeds, mayBeContext, mayBeContextByName } from '@fairlead/diff/context';
import { diffManifests, type DiffOptions as EngineOptions } from '@fairlead/diff/diff';
import { parseFiles, type Unreadable } from '@fairlead/diff/parse';
import { sidesOf } from '../diff/side.ts';
import { stagesOf } from '../diff/stages.ts';
import { sourcesOf, textsOf } from '../diff/texts.ts';
import { GitRepository } from '../git-tree.ts';
import { UsageError, type Io } from '../io.ts';

/** What `fairlead diff` is called with; commander's words. */
export interface DiffOptions {
  /** Git ref, `<ref>:<folder>` or folder. Default: the merge base of HEAD with the main branch. */
  readonly base?: string | undefined;
  /** Git ref, `<ref>:<folder>` or folder. Default: the working tree. */
  readonly head?: string | undefined;
  readonly format?: string | undefined;
  /** Where the report goes instead of the terminal. */
  readonly out?: string | undefined;
  readonly maxChars?: string | number | undefined;
  /** Classes that make the exit code 1. */
  readonly failOn?: string | readonly string[] | undefined;
  /** Where the comment for a merge request goes, beside the report. */
  readonly commentFile?: string | undefined;
  readonly json?: boolean | undefined;
  /** A price table of one's own. */
  readonly prices?: string | undefined;
}

const formats = ['text', 'markdown', 'html', 'json'] as const;
type Format = (typeof formats)[number];

/** Says what the difference between two trees of manifests will do. Exit 0, 1 when a class of `--fail-on` is met, 2 wrong usage. */
export async function diff(options: DiffOptions, io: Io): Promise<number> {
  const format = options.json === true ? 'json' : formatOf(options.format, options.out);
  const gate = gateOf(options.failOn);
  const maxChars = maxCharsOf(options.maxChars);
  const prices = options.prices === undefined ? undefined : await pricesOf(resolve(io.cwd, options.prices));
  const { report, unreadable } = compareSides(options, io, prices === undefined ? {} : { prices });
  for (const each of unreadable.slice(0, 10))
    io.stderr(`warning: ${each.path} is no YAML and was left out: ${each.reason}\n`);
  if (unreadable.length > 10) io.stderr(`warning: ${unreadable.length - 10} more files were left out\n`);

  const text = await render(report, format, {
    color: io.color && options.out === undefined,
    width: options.out === undefined ? io.width : 100,
    maxChars,
  });
  if (options.out === undefined) io.stdout(text);
  else write(resolve(io.cwd, options.out), text);
  if (options.commentFile !== undefined)
    write(
      resolve(io.cwd, options.commentFile),
      await render(report, 'markdown', { color: false, width: 100, maxChars }),
    );
  const hit = gate.filter((each) => report.summary.byClass[each] > 0);
  if (hit.length > 0)
    io.stderr(`the gate is hit: ${hit.map((each) => `${report.summary.byClass[each]} ${each}`).join(', ')}\n`);
  return hit.length > 0 ? 1 : 0;
}

function formatOf(given: string | undefined, out: string | undefined): Format {
  const guess = /\.(html|json|md)$/.exec(out ?? '')?.[1];
  const name = given ?? (guess === 'md' ? 'markdown' : (guess ?? 'text'));
  const found = formats.find((each) => each === name);
  if (found === undefined) throw new UsageError(`there is no format "${name}"`, `known: ${formats.join(', ')}`);
  return found;
}

function gateOf(given: DiffOptions['failOn']): ChangeClass[] {
  const names = (typeof given === 'string' ? given.split(',') : (given ?? []))
    .map((each) => each.trim())
    .filter((each) => each !== '');
  return names.map((name) => {
    const found = changeClasses.find((each) => each === name);
    if (found === undefined)
      throw new UsageError(`--fail-on: there is no class "${name}"`, `known: ${changeClasses.join(', ')}`);
    return found;
  });
}

function maxCharsOf(given: DiffOptions['maxChars']): number {
  if (given === undefined) return 65_000;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 500)
    throw new UsageError(`--max-chars must be a whole number of at least 500, not "${given}"`);
  return value;
}

async function pricesOf(file: string): Promise<EngineOptions['prices'] & object> {
  const { parsePrices } = await import('@fairlead/diff/prices');
  try {
    return parsePrices(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new UsageError(`--prices: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function render(
  report: DiffReport,
  format: Format,
  options: { color: boolean; width: number; maxChars: number },
): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('@fairlead/diff/format/text')).formatText(report, options);
    case 'markdown':
      return (await import('@fairlead/diff/format/markdown')).formatMarkdown(report, options);
    case 'html':
      return (await import('@fairlead/diff/format/html')).formatHtml(report);
    case 'json':
      return (await import('@fairlead/diff/format/json')).formatJson(report);
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function compareSides(
  options: DiffOptions,
  io: Io,
  engine: EngineOptions,
): { report: DiffReport; unreadable: Unreadable[] } {
  const git = GitRepository.at(io.cwd);
  const [base, head] = sidesOf(options, git, io);
  const texts = textsOf(base, head);
  const { left, right, unreadable } = readBoth(texts.base, texts.head);
  const { networkOf } = contextNeeds(left.manifests, right.manifests);
  const folders = new Set([...texts.base, ...texts.head].map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1)));
  const small = texts.total <= 3_000;
  const network = (path: string) =>
    networkOf.size > 0 && networkOf.has(/(?:^|\/)clusters\/([^/]+)\//.exec(path)?.[1] ?? '');
  const near = (path: string) => small || folders.has(path.slice(0, path.lastIndexOf('/') + 1));
  const around = texts
    .unchanged((path) => (near(path) || network(path)) && mayBeContextByName(path, network(path)))
    .filter(({ path, text }) => mayBeContext(text, network(path)));
  const context = parseFiles(around).manifests;
  const otherFiles = () => [...texts.unchangedPaths(), ...unreadable.map(({ path }) => path)];
  const changedSources = sourcesOf(base, head);
  const report = diffManifests(
    { name: base.name, manifests: left.manifests },
    { name: head.name, manifests: right.manifests },
    { ...engine, context, otherFiles, changedSources, stages: stagesOf(git?.root ?? io.cwd) },
  );
  return {
    report,
    unreadable,
  };
}

/** Both sides parsed. A file that one side cannot read is left out on the other, too: what it held is not known to be gone. */
function readBoth(base: readonly SourceFile[], head: readonly SourceFile[]) {
  const [left, right] = [parseFiles(base), parseFiles(head)];
  const unreadable = new Map(
    [...right.unreadable, ...left.unreadable].map((each): [string, Unreadable] => [each.path, each]),
  );
  const readable = ({ manifests }: typeof left) => ({
    manifests: unreadable.size === 0 ? manifests : manifests.filter(({ file }) => !unreadable.has(file)),
  });
  return { left: readable(left), right: readable(right), unreadable: [...unreadable.values()] };
}
