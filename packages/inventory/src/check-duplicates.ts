import { keyName } from './check-structure.ts';
import { isRecord, type Path, type SourceFile } from './source-file.ts';

/** Keys that name an entry of a list of mappings. */
const naming = ['name', 'id', 'cidr'];

/** Reports list entries that say the same twice, anywhere in a file except in the free-form values of apps. */
export function checkDuplicates(source: SourceFile): void {
  visit(source, source.value, []);
}

function visit(source: SourceFile, value: unknown, path: Path): void {
  if (isRecord(value)) {
    if (path.length === 3 && path[0] === 'apps') return;
    for (const [key, inner] of Object.entries(value)) visit(source, inner, [...path, key]);
  } else if (Array.isArray(value)) {
    checkList(source, value, path);
    value.forEach((inner: unknown, index) => visit(source, inner, [...path, index]));
  }
}

function checkList(source: SourceFile, items: readonly unknown[], path: Path): void {
  const first = new Map<string, Path>();
  items.forEach((item, index) => {
    for (const [text, at] of namesOf(item, [...path, index])) {
      const key = `${isRecord(item) ? String(at.at(-1)) : ''}=${text}`;
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, at);
      else {
        source.report('inventory/duplicate-entry', at, 'value', {
          message: `${keyName(path)} names ${text} twice`,
          hint: `first stated in line ${source.lineOf(earlier)}; keep one of them`,
        });
      }
    }
  });
}

function namesOf(item: unknown, path: Path): [string, Path][] {
  if (typeof item === 'string' || typeof item === 'number') return [[String(item), path]];
  if (!isRecord(item)) return [];
  // Several metadata endpoints may share an address; they differ in port.
  if (path.includes('metadata')) return [[`${String(item['cidr'])}:${String(item['port'])}`, path]];
  return naming.flatMap((key): [string, Path][] => {
    const value = item[key];
    return typeof value === 'string' ? [[value, [...path, key]]] : [];
  });
}
