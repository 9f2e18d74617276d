import type { Provenance } from './layers.ts';
import type { ResolvedCluster } from './resolve-cluster.ts';
import type { ResolvedEnvironment } from './resolve-environment.ts';
import { isRecord, type Path } from './source-file.ts';
import { keyName } from './check-structure.ts';

/** Prints each leaf of a cluster below a path: dotted name, value as JSON, and who set it. Undefined when nothing is there. */
export function explainValues(
  { cluster, layers }: ResolvedCluster,
  environment: ResolvedEnvironment,
  path = '',
): string | undefined {
  const rows: { name: string; value: string; from: string }[] = [];
  const visit = (value: unknown, at: Path): void => {
    if (value === undefined) return;
    if (isRecord(value) && Object.keys(value).length > 0) {
      for (const [key, inner] of Object.entries(value)) visit(inner, [...at, key]);
    } else if (Array.isArray(value) && value.some(isRecord)) {
      value.forEach((inner, index) => visit(inner, [...at, index]));
    } else {
      const name = keyName(at);
      if (isBelow(name, path)) rows.push({ name, value: JSON.stringify(value), from: provenance(at) });
    }
  };
  const provenance = (at: Path): string => {
    if (at[0] === 'name') return 'name of the file';
    if (at[0] === 'environment' && at[1] === 'name')
      return wordsOf(layers.provenanceOf(['environment']) ?? { words: 'cluster file' });
    if (at[0] === 'environment') return wordsOf(environment.layers.provenanceOf(at.slice(1)) ?? { words: 'default' });
    if (at[0] === 'apps' && typeof at[1] === 'number') {
      // In the file apps are keys of a mapping, or a list of names.
      const from = layers.provenanceOf(['apps']);
      const app = cluster.apps[at[1]]?.name ?? '';
      if (from !== undefined && 'source' in from)
        return wordsOf({ ...from, path: from.source.has(['apps', app]) ? ['apps', app] : ['apps', at[1]] });
    }
    const from = layers.provenanceOf(at) ?? { words: 'default' };
    // A pool that leaves a key out gets its default although the list itself stands in the file.
    return at[0] === 'nodePools' && 'source' in from && !from.source.has(from.path) ? 'default' : wordsOf(from);
  };
  visit(cluster, []);
  if (rows.length === 0) return undefined;
  const nameWidth = Math.max(...rows.map((row) => row.name.length));
  // One long value must not push the provenance of all others off the screen.
  const valueWidth = Math.min(48, Math.max(...rows.map((row) => row.value.length)));
  return rows.map((row) => `${row.name.padEnd(nameWidth)}  ${row.value.padEnd(valueWidth)}  ${row.from}`).join('\n');
}

function isBelow(name: string, path: string): boolean {
  return path === '' || name === path || name.startsWith(`${path}.`) || name.startsWith(`${path}[`);
}

function wordsOf(from: Provenance): string {
  return 'words' in from ? from.words : `${from.source.file}:${from.source.lineOf(from.path)}`;
}
