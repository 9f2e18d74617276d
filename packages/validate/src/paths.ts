/** A part of a path that is empty, `.` or `..`. */
const unusual = /(?:^|\/)\.{0,2}(?:\/|$)/;

/** A path, seen from a folder, without `.` and `..`. */
export function joined(folder: string, path: string): string {
  if (folder === '' && !unusual.test(path)) return path;
  const parts: string[] = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** The folder of a file, or the one above a folder; empty at the top. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
