import { didYouMean, suggest } from '@fairlead/diagnostics';

/** A hint that names the nearest known word; the known words follow where they are few; else `otherwise`. */
export function hintFrom(word: string, known: Iterable<string>, otherwise?: string): string | undefined {
  const words = [...new Set(known)];
  if (words.length === 0 || words.length > 2000) return otherwise;
  if (words.length <= 12)
    return otherwise === undefined || suggest(word, words) !== undefined
      ? didYouMean(word, words)
      : `${otherwise}; known: ${words.join(', ')}`;
  const nearest = suggest(word, words);
  return nearest === undefined ? otherwise : `did you mean "${nearest}"?`;
}
