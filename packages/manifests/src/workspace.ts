import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { UsageError } from './io.ts';

/** A text file of the workspace; `file` is relative to its root, with `/`. */
export interface TextFile {
  readonly file: string;
  readonly text: string;
}

/** The folder that holds clusters/, environments/ and apps/: the working folder or the nearest one above it. */
export function findWorkspace(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'clusters')) && existsSync(join(folder, 'environments'))) return folder;
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
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => /\.ya?ml$/i.test(name))
    .sort()
    .map((name) => ({ file: `${folder}/${name}`, text: readFileSync(join(path, name), 'utf8') }));
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
  if (!existsSync(apps)) return [];
  return readdirSync(apps, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(apps, entry.name, 'app.ts')))
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
