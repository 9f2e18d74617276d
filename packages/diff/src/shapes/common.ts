import { by, each, map, off, present, set, type Shape } from './shape.ts';

/** `metav1.LabelSelector`: both halves are joined by "and", so their order means nothing. */
export const labelSelector: Shape = {
  matchLabels: map({}),
  matchExpressions: set({ values: set() }),
};

/** `metav1.ObjectMeta`. */
export const metadata: Shape = {
  labels: each({}),
  annotations: each({}),
  finalizers: set(),
  ownerReferences: by('uid+kind+name', { controller: off, blockOwnerDeletion: off }),
};

/** A `LabelSelector` whose emptiness means "everything". */
export const everythingSelector = present(labelSelector);
