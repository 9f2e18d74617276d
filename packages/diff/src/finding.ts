import type { Leaf } from './compare.ts';
import type { ObjectChange } from './pair.ts';
import type { Code } from './rules/codes.ts';
import type { View } from './view.ts';

/** One rule that matched one object, with the leaves that it accounts for. */
export interface Finding {
  readonly code: Code;
  readonly change: ObjectChange;
  readonly leaves: readonly Leaf[];
  /** Words for the sentence; findings with equal words and leaves are told together. */
  readonly words?: Readonly<Record<string, string>>;
  /** Pods that restart, summed over the objects told together. */
  readonly pods?: number;
  /** A short remark on this one object, told when few objects share the entry. */
  readonly remark?: string;
}

/** The two sides of the comparison on the cluster of a change. */
export interface Sides {
  readonly before: View;
  readonly after: View;
}

/** The leaves of one object that no rule has accounted for yet. A leaf is told once: by the first rule that takes it. */
export class Claims {
  private open: Set<Leaf>;

  constructor(leaves: readonly Leaf[]) {
    this.open = new Set(leaves);
  }

  /** The unclaimed leaves that a test accepts, without taking them. */
  see(test: (leaf: Leaf) => boolean): Leaf[] {
    return [...this.open].filter(test);
  }

  /** Takes the unclaimed leaves that a test accepts. */
  take(test: (leaf: Leaf) => boolean): Leaf[] {
    const taken = this.see(test);
    for (const leaf of taken) this.open.delete(leaf);
    return taken;
  }

  /** Takes what is left. */
  rest(): Leaf[] {
    return this.take(() => true);
  }
}
