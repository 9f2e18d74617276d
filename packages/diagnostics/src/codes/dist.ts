import type { CodeEntry } from './index.ts';

/** Faults of the output folder. */
export const distCodes = {
  'dist/foreign-file': {
    severity: 'error',
    sentence: 'The output folder holds a file that Fairlead did not write; it is neither overwritten nor deleted.',
    bad: 'dist/clusters/eks-production/shop/notes.txt # written by hand',
    good: 'docs/notes.txt # dist holds nothing but what is rendered',
  },
} as const satisfies Record<string, CodeEntry>;
