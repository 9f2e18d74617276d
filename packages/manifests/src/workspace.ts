import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { UsageError } from './io.ts';

/** A text file of the workspace; `file` is relative to its root, with `/`. */
export interface TextFile {
  readonly file: string;
  readonly text: string;
  /** Why it cannot be read; its text is then empty. */
  readonly unreadable?: string;
}

/** The folder that holds clusters/, environments/ and apps/: the working folder or the nearest one above it. */
export function findWorkspace(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (isFolder(join(folder, 'clusters')) && isFolder(join(folder, 'environments'))) return folder;
    if (folder === dirname(folder)) {
      throw new UsageError(
        'there is no folder with clusters/ and environments/ here or above',
        'change into a Fairlead workspace; validate and diff take any folder of Kubernetes YAML as an argument',
      );
    }
  }
}

/** The YAML files of one folder of the workspace, sorted by name; none if the folder is missing. */
export function readYamlFiles(root: string, folder: string): TextFile[] {
  const path = join(root, folder);
  if (!isFolder(path)) return [];
  return readdirSync(path)
    .filter((name) => /\.ya?ml$/i.test(name))
    .sort()
    .map((name) => readTextFile(root, `${folder}/${name}`));
}

const maximumBytes = 16 * 1024 * 1024;

/** A file of the workspace that must be there and be a text; if it is not, it says why. */
export function readTextFile(root: string, file: string): TextFile {
  const unreadable = (why: string): TextFile => ({ file, text: '', unreadable: why });
  try {
    const status = statSync(join(root, file));
    if (status.isDirectory()) return unreadable('it is a folder');
    // A pipe or a device would be read for ever.
    if (!status.isFile()) return unreadable('it is no regular file');
    if (status.size > maximumBytes) return unreadable('it is larger than 16 MiB');
    return { file, text: readFileSync(join(root, file), 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return unreadable('it is a link that leads nowhere');
    if (code === 'ELOOP') return unreadable('it is a link to itself');
    if (code === 'EACCES' || code === 'EPERM') return unreadable('permission is denied');
    return unreadable(String(code ?? error));
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** A text file, or undefined if there is none. */
export function readText(root: string, file: string): string | undefined {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
}

/** Names of the folders under apps/ that hold an app.ts. */
export function appNames(root: string): string[] {
  const apps = join(root, 'apps');
  if (!isFolder(apps)) return [];
  return readdirSync(apps, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && statSync(join(apps, entry.name, 'app.ts'), { throwIfNoEntry: false })?.isFile(),
    )
    .map((entry) => entry.name)
    .sort();
}

/** A path relative to the root, with `/` on every system. */
export function relativePath(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

/** URL of the git repository, from the root package.json; an empty text if it states none. */
export function repositoryUrl(root: string): string {
  const text = readText(root, 'package.json');
  if (text === undefined) return '';
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || !('repository' in parsed)) return '';
  const { repository } = parsed;
  if (typeof repository === 'string') return repository;
  if (typeof repository !== 'object' || repository === null || !('url' in repository)) return '';
  return typeof repository.url === 'string' ? repository.url.replace(/^git\+/, '') : '';
}

/** The app whose folder a file lies in; empty for a file of no app. */
export function appOf(file: string | undefined): string {
  return /^apps\/([^/]+)\//.exec(file ?? '')?.[1] ?? '';
}
