import { typoOf } from '@fairlead/diagnostics';
import { distance } from 'fastest-levenshtein';

/**
 * The known name of an object of which another is evidently a slip of the pen, or undefined. Words of a name stand between dashes and
 * dots, and each is judged on its own: two names that differ in words which people choose, as `orders-east` and `orders-west`, `shard-1`
 * and `shard-2`, `web-tls` and `api-tls` do, are two names.
 */
export function nameSlipOf(name: string, known: readonly string[]): string | undefined {
  return known.find((each) => isSlip(name, each));
}

/** True where two names that are nearly alike are alike on purpose: names of a series, stages, counterparts. */
function areCounterparts(one: string, other: string): boolean {
  if (withoutNumbers(one) === withoutNumbers(other)) return true;
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  if (longer.startsWith(shorter) && /^[-.\d]/.test(longer.slice(shorter.length))) return true;
  if (longer.endsWith(shorter) && /[-.]$/.test(longer.slice(0, -shorter.length))) return true;
  const [parts, others] = [one.split(/[-.]/), other.split(/[-.]/)];
  if (parts.length !== others.length) return false;
  return parts.every((each, index) => each === others[index] || areChosen(each, others[index] ?? ''));
}

function isSlip(name: string, known: string): boolean {
  if (Math.abs(name.length - known.length) > 2 || name === known || !startOrEndAlike(name, known)) return false;
  if (distance(name, known) > 2 || areCounterparts(name, known)) return false;
  const [parts, others] = [name.split(/[-.]/), known.split(/[-.]/)];
  // `route-1` is one of a series, and no slip of `routes`.
  if (parts.length !== others.length && digits(name) !== digits(known)) return false;
  if (parts.length !== others.length) return joined(name) === joined(known) || typoOf(name, [known]) !== undefined;
  return parts.every((each, index) => {
    const other = others[index] ?? '';
    if (each === other) return true;
    // Of words as short as these, what is not chosen is mistyped.
    return !areChosen(each, other) && ((each.length < 4 && other.length < 4) || typoOf(each, [other]) !== undefined);
  });
}

/** What one slip anywhere leaves as it was: the first two letters, the last two, or both ends. Cheap, as most names are not alike at all. */
function startOrEndAlike(one: string, other: string): boolean {
  const [end, otherEnd] = [one.length - 1, other.length - 1];
  const [first, last] = [one[0] === other[0], one[end] === other[otherEnd]];
  return (
    one.length < 5 ||
    (first && last) ||
    (first && one[1] === other[1]) ||
    (last && one[end - 1] === other[otherEnd - 1])
  );
}

const withoutNumbers = (name: string): string => name.replace(/[\d.]+/g, '0');
const digits = (name: string): string => name.replace(/\D+/g, '');
const joined = (name: string): string => name.replace(/[-.]/g, '');

/** Words that somebody chose: neither is the other mistyped. */
function areChosen(one: string, other: string): boolean {
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  // Zones, stages and regions are short, and no letter of theirs is likely to be another; models, sizes and versions have digits.
  if (longer.length < 4) return longer.length < 3 || !(lacksOne(shorter, longer) || haveSameLetters(one, other));
  if (/\d/.test(one) && /\d/.test(other)) return areChosen(one.replace(/\d+/g, ''), other.replace(/\d+/g, ''));
  if (longer === `${shorter}s`) return false;
  return (
    (words.has(one) && words.has(other)) ||
    (longer.endsWith(shorter) && prefixes.test(longer.slice(0, -shorter.length))) ||
    isOpposite(one, other)
  );
}

/** Whether a word is another without one of its letters. */
const lacksOne = (shorter: string, longer: string): boolean =>
  [...longer].some((_, index) => longer.slice(0, index) + longer.slice(index + 1) === shorter);

const haveSameLetters = (one: string, other: string): boolean =>
  one.length === other.length && [...one].sort().join('') === [...other].sort().join('');

/** What turns a word into another, as in `rebuild`, `unstable` and `preview`. */
const prefixes = /^(?:co|de|in|no|non|pre|re|sub|un|up)$/;

/** Beginnings of words that mean the contrary of each other: `import` and `export`, `encrypt` and `decrypt`. */
const opposites = ['in ex', 'im ex', 'en de', 'in de', 'in out', 'at de', 'on off', 'up down'].map((each) =>
  each.split(' '),
);

function isOpposite(one: string, other: string): boolean {
  return opposites.some(
    ([left = '', right = '']) =>
      (one.startsWith(left) && other.startsWith(right) && one.slice(left.length) === other.slice(right.length)) ||
      (one.startsWith(right) && other.startsWith(left) && one.slice(right.length) === other.slice(left.length)),
  );
}

/** Words of the trade that are a letter or two from another of them. */
const words = new Set(
  (
    'account agent alert amount async auth authn authz banking batch beta billing black blob block blog board bone book booking boot ' +
    'border brain broker build cache card cart cash chart chat client clint clock cloud code cold consumer cooking core cost count ' +
    'customer dark data date disk east edge egress email event fast faster feed file filling filter focal folder form forum from ' +
    'game gate gold guild header hive holder host http https image import index infra ingress input intra item jobs large last lead ' +
    'leader ledger lender line link lint list live load loader loan local logic login logout logs looking mail main mark master ' +
    'match media meta modal mode model mongo name node nodes north note oauth order page pages parent patch patent payment pipe plan ' +
    'plant play poll pool port post postgis postgres preview pricing primary printing private process producer product profile proxy ' +
    'public pull push query queue quota quote racing ranking rate rating read reader release render replica report research review ' +
    'risk role root route router routing rule scan schedule scheduler score search seat seed sender sent server service ship ' +
    'shipment shipping shop shopping sink slack slot small smart source south spot spring stack stage staging start state static ' +
    'stats status step stock stop storage store storm story stream string sync team tenant tenants term test text time timer token ' +
    'tool trace tracer tracing track trading train training trip type user value vault vendor video view wallet watch web west work ' +
    'worker write xlarge zone'
  ).split(' '),
);
