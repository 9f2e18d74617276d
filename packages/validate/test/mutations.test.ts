import type { Environment } from '@fairlead/inventory';
import type { Manifest } from '@fairlead/objects';
import { shared } from '@fairlead/objects/plain';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { baseEnvironment, baseOffers, baseTree } from './base-tree.ts';
import { edited, judge } from './mutation.ts';
import { harmlessEdits, mutations } from './mutations/index.ts';

const isManifest = (value: unknown): value is Manifest =>
  typeof (value as Manifest | null)?.apiVersion === 'string' &&
  typeof (value as Manifest).kind === 'string' &&
  typeof (value as Partial<Manifest>).metadata?.name === 'string';

test('the base tree is clean under production strictness', () => {
  expect(judge(baseTree).diagnostics).toEqual([]);
});

describe('every way to break the tree is found, with its code, in its file', () => {
  test.each(mutations.map((each) => [each.title, each] as const))('%s', (_, mutation) => {
    const { diagnostics } = judge(
      edited(mutation.edits),
      mutation.kubernetes === undefined ? {} : { kubernetes: mutation.kubernetes },
    );
    const found = diagnostics.map((each) => `${each.code} ${each.file}`);
    expect(found).toContain(`${mutation.code} ${mutation.in ?? mutation.edits[0]?.file}`);
  });
});

describe('what manifests share is judged like what each has of its own', () => {
  // Every third row: each is judged twice more.
  const rows = mutations.filter((_, index) => index % 3 === 0);
  test.each(rows.map((each) => [each.title, each] as const))('%s', (_, { edits, kubernetes }) => {
    const parts = new Map<string, unknown>();
    const share = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value;
      const text = JSON.stringify(value);
      const part = Array.isArray(value)
        ? value.map(share)
        : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, share(each)]));
      if (!parts.has(text)) parts.set(text, shared(part));
      return parts.get(text);
    };
    const manifests = Object.entries(edited(edits)).flatMap(([file, text]) =>
      parseAllDocuments(text, { merge: true })
        .map((document) => ({ file, manifest: (document.errors.length > 0 ? null : document.toJS()) as unknown }))
        .filter((each): each is { file: string; manifest: Manifest } => isManifest(each.manifest)),
    );
    const judged = (change: (manifest: Manifest) => Manifest): unknown[] =>
      judge(
        {},
        {
          documents: manifests.map(({ file, manifest }) => ({
            file,
            manifest: change(manifest),
            origin: { app: 'a', file: 'a' },
          })),
          ...(kubernetes !== undefined && { kubernetes }),
        },
      ).diagnostics.map(({ code, file, message, pointer }) => [code, file, message, pointer]);
    const whole = (manifest: Manifest): Manifest =>
      Object.fromEntries(Object.entries(manifest).map(([key, each]) => [key, share(each)])) as Manifest;
    expect(judged(whole)).toEqual(judged((manifest) => manifest));
  });
});

describe('an edit that changes nothing that matters stays silent', () => {
  test.each(harmlessEdits.map((each) => [each.title, each] as const))('%s', (_, { edits }) => {
    expect(judge(edited(edits)).diagnostics).toEqual([]);
  });
});

test('a namespace is judged by what the environment says of it alone', () => {
  const tree = edited([{ file: 'cluster/namespaces.yaml', find: 'enforce: restricted', put: 'enforce: baseline' }]);
  const [name] = /(?<=\n {2}name: )\S+/.exec(tree['cluster/namespaces.yaml'] ?? '') ?? [''];
  const codes = (namespaces: Environment['namespaces']) =>
    judge(tree, { environment: { ...baseEnvironment, namespaces } }).diagnostics.map(({ code }) => code);
  expect(codes({ elsewhere: { podSecurity: 'baseline' } })).toContain('security/namespace-level');
  expect(codes({ [name]: { podSecurity: 'baseline' } })).toEqual([]);
});

test('a kind without a schema leads to where schemas come from: in the fleet not to an option of another command', () => {
  const put = 'apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: one\n  namespace: shop\n';
  const tree = edited([{ file: 'shop/widget.yaml', put }]);
  const hint = (context: 'fleet' | 'folder') =>
    judge(tree, { context }).diagnostics.find(({ code }) => code === 'schema/unknown-kind')?.hint;
  expect(hint('fleet')).toMatch(/npm run schemas$/);
  expect(hint('folder')).toMatch(/--schemas$/);
});

test('no two rows of the tables have one title', () => {
  const titles = [...mutations, ...harmlessEdits].map((each) => each.title);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

test('a namespace that the cluster forgot to offer is told once, however many policies name it', () => {
  const offers = { ...baseOffers, namespaces: baseOffers.namespaces.filter((each) => each !== 'monitoring') };
  const { diagnostics } = judge(baseTree, { offers });
  expect(diagnostics.filter(({ message }) => message.includes('"monitoring"')).map(({ code }) => code)).toEqual([
    'network/selects-nothing',
  ]);
});
