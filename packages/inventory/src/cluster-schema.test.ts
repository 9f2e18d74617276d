import { expect, test } from 'vitest';
import type { ClusterFile } from './cluster-schema.ts';
import { loadInventory } from './load-inventory.ts';
import type { Cluster } from './model.ts';

/** Of a setting with a short form, the form that compares with the model: lists with lists, mappings with mappings. */
type Comparable<File, Model> = Model extends readonly unknown[]
  ? Extract<File, readonly unknown[]>
  : Exclude<Extract<File, object>, readonly unknown[]>;

/** Paths of the fields that a resolved cluster has and its file may not state. Mappings with keys of the author's choice are leaves. */
type Missing<Model, File, Path extends string = ''> = Model extends readonly (infer Item)[]
  ? File extends readonly (infer FileItem)[]
    ? Missing<Item, Comparable<FileItem, Item>, `${Path}[]`>
    : never
  : Model extends object
    ? string extends keyof Model
      ? never
      : {
          [Key in keyof Model & string]: Key extends keyof File
            ? Missing<
                NonNullable<Model[Key]>,
                Comparable<NonNullable<File[Key]>, NonNullable<Model[Key]>>,
                `${Path}/${Key}`
              >
            : `${Path}/${Key}`;
        }[keyof Model & string]
    : never;

// The name is the file's, an environment is named and not stated, and apps are keys there and a list here.
type Unstated = Missing<Omit<Cluster, 'name' | 'environment' | 'apps'>, ClusterFile>;

test('whatever a resolved cluster has can be stated in its file', () => {
  // The type checker decides: a field of model.ts that cluster-schema.ts lacks makes this line an error that names it.
  const nothing: { readonly missing?: Unstated } = {} satisfies Record<Unstated, never>;
  expect(nothing).toEqual({});
});

const head = `provider: eks
region: eu-west-1
account: "111122223333"
environment: production
kubernetes: "1.34"
domain: example.com
delivery: argocd
network: { vpc: 10.40.0.0/16, services: 172.20.0.0/16 }
`;

const repository = 'https://git.example.com/fleet.git';

function load(file: string) {
  const environments = [{ file: 'environments/production.yaml', text: 'order: 10\nimages: digest\n' }];
  return loadInventory({ clusters: [{ file: 'clusters/eks.yaml', text: head + file }], environments, repository });
}

test('settings that only some clusters need arrive as they are stated', () => {
  const { clusters, diagnostics } = load(`capabilities:
  ingress: { certificates: { internalName: regional, identity: 00000000-1111-2222-3333-444455556666 } }
  identity: { implementation: pod-identity, principals: { shop/api: "arn:aws:iam::111122223333:role/shop" } }
  metrics: { blackbox: "blackbox.monitoring.svc:9115" }
  storage: { fileSystem: fs-0123456789abcdef0 }
`);
  expect(diagnostics).toEqual([]);
  expect(clusters[0]?.capabilities).toMatchObject({
    ingress: {
      certificates: { source: 'acm', internalName: 'regional', identity: '00000000-1111-2222-3333-444455556666' },
    },
    identity: { principals: { 'shop/api': 'arn:aws:iam::111122223333:role/shop' } },
    metrics: { blackbox: 'blackbox.monitoring.svc:9115' },
    storage: { fileSystem: 'fs-0123456789abcdef0' },
  });
});

test('a cluster that says nothing of identity needs no issuer', () => {
  const { clusters, diagnostics } = load('');
  expect(diagnostics).toEqual([]);
  expect(clusters[0]?.capabilities.identity.implementation).toBe('irsa');
});
