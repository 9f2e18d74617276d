import { distance } from 'fastest-levenshtein';

/**
 * The known word that a mistyped one most likely stands for, or undefined when none is near.
 *
 * Near means: at most a third of the longer word differs (at least one letter), after ignoring case, `-`, `_` and spaces; or, from
 * three letters on, one abbreviates the other (`prdo`, `prod` → `production`). The nearest wins, ties go to the first known word.
 */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const wanted = fold(word);
  if (wanted === '' || wanted.length > 100) return undefined;
  let best: string | undefined;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const score = scoreOf(wanted, fold(candidate));
    if (score < bestScore) {
      bestScore = score;
      best = candidate;
    }
  }
  return best;
}

/**
 * The known word of which another is evidently a slip of the pen, or undefined: a {@link typoOf}, or one abbreviates the other. Much
 * nearer than {@link suggest}, for those who must not accuse.
 */
export function slipOf(word: string, known: readonly string[]): string | undefined {
  const wanted = fold(word);
  return (
    typoOf(word, known) ??
    known.find((each) => {
      const other = fold(each);
      return abbreviates(wanted, other) || abbreviates(other, wanted);
    })
  );
}

/** The known word that another is but for one letter (two from six letters on) or for two neighbours that changed places. */
export function typoOf(word: string, known: readonly string[]): string | undefined {
  const wanted = fold(word);
  return known.find((each) => {
    const other = fold(each);
    const [shorter, longer] = [Math.min(wanted.length, other.length), Math.max(wanted.length, other.length)];
    const limit = shorter < 6 ? 1 : 2;
    if (shorter < 3 || longer - shorter > limit || wanted === other) return false;
    return distance(wanted, other) <= limit || isSwap(wanted, other);
  });
}

function scoreOf(wanted: string, candidate: string): number {
  const longer = Math.max(wanted.length, candidate.length);
  const limit = Math.max(1, Math.floor(longer / 3));
  const abbreviated = abbreviates(wanted, candidate) || abbreviates(candidate, wanted);
  if (!abbreviated && Math.abs(wanted.length - candidate.length) > limit) return Number.POSITIVE_INFINITY;
  const away = isSwap(wanted, candidate) ? 1 : distance(wanted, candidate);
  // Where every letter differs, the guess would be noise.
  if (away <= limit && away < longer) return away;
  return abbreviated ? limit + away / longer : Number.POSITIVE_INFINITY;
}

/** True when two neighbouring letters changed places: one slip, although it changes two letters. */
function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at + 1 < a.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** True when the letters of `short` (three or more) occur in `long` in their order, starting with the same one. */
function abbreviates(short: string, long: string): boolean {
  if (short.length < 3 || short.length > long.length || short[0] !== long[0]) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at++;
  return at === short.length;
}

/** The usual hint for a word that is not known: `did you mean "production"? known: dev, staging, production`. */
export function didYouMean(word: string, known: readonly string[], limit = 20): string {
  const nearest = suggest(word, known);
  const listed = known.length > limit ? [...known.slice(0, limit), `and ${known.length - limit} more`] : known;
  const list = known.length === 0 ? 'known: none' : `known: ${listed.join(', ')}`;
  return nearest === undefined ? list : `did you mean "${nearest}"? ${list}`;
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll(/[-_\s]/g, '');
}
