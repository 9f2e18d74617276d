import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dump } from 'js-yaml';
import { diffManifests } from '../src/diff.ts';
import type { DiffReport, SourceManifest } from '../src/model.ts';
import { parseManifests } from '../src/parse.ts';
import { objects } from './objects.ts';

const all = Object.values(objects).flatMap((text) => parseManifests({ path: 'clusters/one/shop/objects.yaml', text }));

type Path = readonly (string | number)[];

/** Every place in a value that holds a text, a number or a truth value. */
function* places(value: unknown, path: Path = []): Generator<Path> {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* places(item, [...path, index]);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) yield* places(item, [...path, key]);
  else if (path.length > 2 || (path.length === 2 && path[0] !== 'metadata')) yield path;
}

function edit(value: unknown, path: Path, how: (leaf: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return how(value);
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? edit(item, rest, how) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([key, item]) => [key, key === step ? edit(item, rest, how) : item]),
  );
}

const other = (leaf: unknown): unknown =>
  typeof leaf === 'number' ? leaf + 7 : typeof leaf === 'boolean' ? !leaf : `${String(leaf)}x`;

/** Every list in a value. */
function* lists(value: unknown, path: Path = []): Generator<Path> {
  if (Array.isArray(value)) yield path;
  if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value))
      yield* lists(item, [...path, Array.isArray(value) ? Number(key) : key]);
}

const insert = (list: unknown): unknown => {
  const items = list as unknown[];
  const [first] = items;
  return typeof first === 'object' && first !== null
    ? [{ ...first, name: 'inserted', containerPort: 1, mountPath: '/inserted' }, ...items]
    : ['inserted', ...items];
};
const listEdits = {
  drop: (list: unknown) => (list as unknown[]).slice(1),
  insert,
  reverse: (list: unknown) => [...(list as unknown[])].reverse(),
};

/** A few edits: of which object, where in it, and what. */
const edits = fc.array(
  fc.record({
    at: fc.nat(all.length - 1),
    where: fc.nat(10_000),
    how: fc.constantFrom('change', 'change', 'drop', 'insert', 'reverse', 'remove'),
  }),
  { maxLength: 12 },
);
type Edits = readonly {
  readonly at: number;
  readonly where: number;
  readonly how: 'change' | 'remove' | keyof typeof listEdits;
}[];

/** All objects with some edited and some left out. */
function apply(given: Edits): SourceManifest[] {
  const result: (SourceManifest | undefined)[] = [...all];
  for (const { at, where, how } of given) {
    const source = result[at];
    if (source === undefined) continue;
    const choices = how === 'change' ? [...places(source.manifest)] : [...lists(source.manifest)];
    const path = choices[where % choices.length];
    if (how === 'remove') result[at] = undefined;
    else if (path !== undefined)
      result[at] = {
        ...source,
        manifest: edit(source.manifest, path, how === 'change' ? other : listEdits[how]) as SourceManifest['manifest'],
      };
  }
  return result.filter((each) => each !== undefined);
}

const compare = (base: readonly SourceManifest[], head: readonly SourceManifest[]) =>
  diffManifests({ name: 'a', manifests: base }, { name: 'b', manifests: head });

/** Every leaf of a report with its object. */
function leavesOf(report: DiffReport, mirrored = false): string[] {
  return report.entries
    .flatMap((entry) =>
      entry.objects.map((object, index) => ({
        entry,
        object: mirrored ? (entry.previous?.[index] ?? object) : object,
      })),
    )
    .flatMap(({ entry, object }) =>
      entry.fields.map(({ pointer, before, after }) => {
        const [left, right] = mirrored ? [after, before] : [before, after];
        return JSON.stringify([object.kind, object.name, object.namespace, pointer, left ?? null, right ?? null]);
      }),
    )
    .sort();
}

test('what is equal has no difference', () => {
  expect(compare(all, all).entries).toEqual([]);
});

test('other words for the same meaning have no difference', () => {
  const reworded = all
    .map(({ manifest, ...rest }) =>
      parseManifests({
        path: rest.file,
        text: dump(manifest, { sortKeys: true, flowLevel: 2, quotingType: '"', forceQuotes: true }).replaceAll(
          '\n',
          '\r\n',
        ),
      }),
    )
    .flat();
  expect(compare(all, reworded).entries.filter((each) => each.class !== 'cosmetic')).toEqual([]);
});

test('the mirror of a difference is the difference of the mirror', () => {
  fc.assert(
    fc.property(edits, edits, (one, two) => {
      const [base, head] = [apply(one), apply(two)];
      expect(leavesOf(compare(head, base), true)).toEqual(leavesOf(compare(base, head)));
    }),
    { numRuns: 150 },
  );
});

test('the order of objects plays no part', () => {
  fc.assert(
    fc.property(edits, fc.infiniteStream(fc.nat()), (given, numbers) => {
      const shuffled = <T>(items: readonly T[]): T[] =>
        items
          .map((item) => ({ item, key: numbers.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ item }) => item);
      const head = apply(given);
      expect(compare(shuffled(all), shuffled(head))).toEqual(compare(all, head));
    }),
    { numRuns: 40 },
  );
});

test('every changed leaf is told exactly once', () => {
  const nameOf = ({ manifest }: SourceManifest) =>
    `${manifest.kind}/${manifest.metadata.namespace ?? ''}/${manifest.metadata.name}`;
  fc.assert(
    fc.property(edits, (given) => {
      const head = new Map(apply(given).map((each) => [nameOf(each), each]));
      const told = compare(all, [...head.values()]).entries.flatMap((entry) =>
        entry.objects.flatMap((object) =>
          entry.fields.map((field) => `${object.kind}/${object.namespace ?? ''}/${object.name}${field.pointer}`),
        ),
      );
      expect(told.length).toBe(new Set(told).size);
      for (const source of all) {
        const after = head.get(nameOf(source));
        // Where items moved, indices no longer name the same item.
        if (
          after === undefined ||
          after.manifest === source.manifest ||
          given.some((each) => each.how !== 'change' && each.how !== 'remove' && all[each.at] === source)
        )
          continue;
        for (const path of places(source.manifest)) {
          const [left, right] = [source.manifest, after.manifest].map((side) =>
            path.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], side),
          );
          if (left === right) continue;
          const pointer = `${nameOf(source)}/${path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
          expect(
            told.some((each) => each === pointer || each.startsWith(`${pointer}/`)),
            pointer,
          ).toBe(true);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('nothing is mutated', () => {
  const before = JSON.stringify(all);
  compare(all, all.slice(3));
  expect(JSON.stringify(all)).toBe(before);
});
