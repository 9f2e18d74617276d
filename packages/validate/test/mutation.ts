import type { Code } from '@fairlead/diagnostics';
import { schemas } from '@fairlead/fixtures';
import { type InputDocument, type ValidateOptions, type Verdict, validateManifests } from '../src/index.ts';
import { baseEnvironment, baseNodePools, baseOffers, baseTree } from './base-tree.ts';

/** One change to the base tree. `find` must occur in the file; only its first occurrence after `after` (if given) is replaced. */
export interface Edit {
  readonly file: string;
  readonly after?: string;
  readonly find?: string;
  /** Text that takes the place of `find`; without `find`, a document that is appended to the file (or makes a new one). */
  readonly put?: string;
  /** The file is deleted. */
  readonly remove?: true;
}

/** A way to break the base tree: the finding it must earn. */
export interface Mutation {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly code: Code;
  /** Where the finding must stand; default: the file of the first edit. */
  readonly in?: string;
  /** Judged for another Kubernetes version than 1.34. */
  readonly kubernetes?: string;
}

/** An edit that changes nothing that matters: no finding at all. */
export interface HarmlessEdit {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** The base tree with edits applied; throws where an edit does not fit, so that no row of a table tests nothing. */
export function edited(edits: readonly Edit[]): Record<string, string> {
  const tree: Record<string, string> = { ...baseTree };
  for (const edit of edits) {
    const text = tree[edit.file];
    if (edit.remove) {
      if (text === undefined) throw new Error(`there is no ${edit.file}`);
      delete tree[edit.file];
    } else if (edit.find === undefined) {
      tree[edit.file] = text === undefined ? (edit.put ?? '') : `${text}---\n${edit.put ?? ''}`;
    } else {
      const from = edit.after === undefined ? 0 : (text ?? '').indexOf(edit.after);
      const at = from < 0 ? -1 : (text ?? '').indexOf(edit.find, from);
      if (text === undefined || at < 0) throw new Error(`${edit.file} does not hold ${JSON.stringify(edit.find)}`);
      tree[edit.file] = text.slice(0, at) + (edit.put ?? '') + text.slice(at + edit.find.length);
    }
  }
  return tree;
}

/** The verdict on a tree under the base tree's cluster and environment. */
export function judge(tree: Readonly<Record<string, string>>, options: Partial<ValidateOptions> = {}): Verdict {
  const documents: InputDocument[] = Object.entries(tree).map(([file, text]) => ({ file, text }));
  return validateManifests({
    documents,
    schemas,
    kubernetes: '1.34',
    context: 'fleet',
    offers: baseOffers,
    environment: baseEnvironment,
    nodePools: baseNodePools,
    metrics: { queryUrl: 'http://prometheus.monitoring.svc.cluster.local:9090', exports: ['shop_queue_*'] },
    today: '2026-06-01',
    ...options,
  });
}
