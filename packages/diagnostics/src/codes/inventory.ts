import type { CodeEntry } from './index.ts';

/** Faults of `clusters/*.yaml`, `environments/*.yaml` and `apps/*\/releases.yaml`. */
export const inventoryCodes = {
  'inventory/syntax': {
    severity: 'error',
    sentence:
      'A file of the inventory is not readable YAML: bad indentation, an unclosed quote, tabs, bytes that are not UTF-8.',
    bad: 'provider: "eks',
    good: 'provider: "eks"',
  },
  'inventory/unreadable': {
    severity: 'error',
    sentence: 'A file cannot be read: it is a folder, a pipe, a link that leads nowhere, or permission is denied.',
    bad: 'mkdir clusters/eks-production.yaml',
    good: 'clusters/eks-production.yaml # a text file',
  },
  'inventory/empty': {
    severity: 'error',
    sentence: 'A file of the inventory says nothing, or is not one mapping of keys to values.',
    bad: '- provider: eks',
    good: 'provider: eks',
  },
  'inventory/several-documents': {
    severity: 'error',
    sentence: 'A file of the inventory holds more than one YAML document; the second would be ignored.',
    bad: 'provider: eks\n---\nprovider: gke',
    good: 'provider: eks',
  },
  'inventory/too-large': {
    severity: 'error',
    sentence:
      'A file of the inventory is larger, deeper or, once its aliases are expanded, longer than any description of a cluster can be.',
    bad: 'a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]',
    good: 'a: [x]',
  },
  'inventory/alias': {
    severity: 'error',
    sentence:
      'An alias or a merge key of YAML cannot be resolved: unknown anchor, a cycle, or `<<`, which YAML 1.2 does not know.',
    bad: 'network:\n  <<: *base',
    good: 'network:\n  vpc: 10.40.0.0/16',
  },
  'inventory/file-name': {
    severity: 'error',
    sentence:
      'The name of a file, which names the cluster or environment, is no DNS label, differs from another only in case, does not end in .yaml, or lies where nothing reads it.',
    bad: 'clusters/EKS_Production.yml',
    good: 'clusters/eks-production.yaml',
  },
  'inventory/open-store': {
    severity: 'warning',
    sentence:
      'A store is said to lie at every address, so the network policies of its callers would keep nothing from them.',
    bad: 'stores:\n  shop/database: { host: db.example.com, port: 5432, cidrs: [0.0.0.0/0] }',
    good: 'stores:\n  shop/database: { host: db.example.com, port: 5432, cidrs: [10.20.224.0/24] }',
  },
  'inventory/unknown-key': {
    severity: 'error',
    sentence: 'A key that the file format does not know; it would have no effect.',
    bad: 'enviroment: production',
    good: 'environment: production',
  },
  'inventory/duplicate-key': {
    severity: 'error',
    sentence: 'A key is stated twice; which one counts depends on the reader.',
    bad: 'region: eu-west-1\nregion: eu-west-2',
    good: 'region: eu-west-1',
  },
  'inventory/duplicate-entry': {
    severity: 'error',
    sentence: 'A list names the same thing twice.',
    bad: 'vpc: [10.0.0.0/16, 10.0.0.0/16]',
    good: 'vpc: [10.0.0.0/16]',
  },
  'inventory/wrong-type': {
    severity: 'error',
    sentence: 'A value has another type than its key wants, often because quotes are missing.',
    bad: 'account: 111122223333',
    good: 'account: "111122223333"',
  },
  'inventory/missing-key': {
    severity: 'error',
    sentence: 'A key that has no default is missing.',
    bad: 'provider: eks',
    good: 'provider: eks\nregion: eu-west-1',
  },
  'inventory/unknown-value': {
    severity: 'error',
    sentence: 'A value is none of the words that its key knows.',
    bad: 'delivery: argo',
    good: 'delivery: argocd',
  },
  'inventory/out-of-range': {
    severity: 'error',
    sentence: 'A number is outside the range that its key allows.',
    bad: 'port: 70000',
    good: 'port: 5432',
  },
  'inventory/bad-format': {
    severity: 'error',
    sentence: 'A text does not look like what its key wants: a domain, a quantity, a label, a URL, a digest.',
    bad: 'domain: https://example.com/',
    good: 'domain: example.com',
  },
  'inventory/unknown-provider': {
    severity: 'error',
    sentence: 'A provider that has no row of defaults.',
    bad: 'provider: ekz',
    good: 'provider: eks',
  },
  'inventory/bad-version': {
    severity: 'error',
    sentence: 'The Kubernetes version is no supported minor version, or lost its last zero because it is not quoted.',
    bad: 'kubernetes: 1.30',
    good: 'kubernetes: "1.30"',
  },
  'inventory/bad-account': {
    severity: 'error',
    sentence: 'The account does not look like an account of the provider.',
    bad: 'account: "1111-2222-3333"',
    good: 'account: "111122223333"',
  },
  'inventory/bad-region': {
    severity: 'error',
    sentence: 'The region does not look like a region of the provider; an availability zone is not one.',
    bad: 'region: eu-west-1a',
    good: 'region: eu-west-1',
  },
  'inventory/bad-cidr': {
    severity: 'error',
    sentence: 'An address range is no IPv4 range, has bits set behind its prefix, or is out of bounds.',
    bad: 'vpc: 10.40.0.1/16',
    good: 'vpc: 10.40.0.0/16',
  },
  'inventory/cidr-overlap': {
    severity: 'error',
    sentence: 'Two address ranges overlap that never may: Services must lie outside pods, nodes and VPC.',
    bad: 'network:\n  vpc: 10.0.0.0/16\n  services: 10.0.4.0/22',
    good: 'network:\n  vpc: 10.0.0.0/16\n  services: 172.20.0.0/16',
  },
  'inventory/bad-reference': {
    severity: 'error',
    sentence: 'An ARN, a resource id or a secret name does not look like what its key refers to.',
    bad: 'firewall: arn:aws:s3:::logs',
    good: 'firewall: arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/edge/0a1b2c3d',
  },
  'inventory/foreign-reference': {
    severity: 'warning',
    sentence: 'A reference names another account or region than the cluster it is used in.',
    bad: 'account: "111122223333"\ncapabilities:\n  storage:\n    encryptionKey: arn:aws:kms:eu-west-1:999988887777:key/0a1b2c3d',
    good: 'account: "111122223333"\ncapabilities:\n  storage:\n    encryptionKey: arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d',
  },
  'inventory/capability-conflict': {
    severity: 'error',
    sentence:
      'Two statements about a cluster cannot both be true: an implementation that the provider does not have, or one without what it needs.',
    bad: 'provider: aks\ncapabilities:\n  networkPolicy: vpc-cni',
    good: 'provider: aks\ncapabilities:\n  networkPolicy: azure-cilium',
  },
  'inventory/no-effect': {
    severity: 'warning',
    sentence: 'A setting that the chosen implementation does not read, or of something that is nowhere made.',
    bad: 'secrets:\n  implementation: aws\n  keyVault: production',
    good: 'secrets:\n  implementation: aws',
  },
  'inventory/retired': {
    severity: 'warning',
    sentence: 'An implementation that upstream no longer maintains: no security fixes arrive.',
    bad: 'ingress: nginx',
    good: 'ingress: envoy-gateway',
  },
  'inventory/unknown-environment': {
    severity: 'error',
    sentence: 'A cluster or a release names an environment that has no file in environments/.',
    bad: 'environment: prdo',
    good: 'environment: production',
  },
  'inventory/unknown-receiver': {
    severity: 'error',
    sentence:
      'Alerts of an environment go to a receiver that the environment does not have, so nobody would hear of them.',
    bad: 'alerts:\n  severity: { page: pagr, ticket: chat }\n  receivers:\n    pager: { pager: pagerduty }\n    chat: { slack: "#alerts" }',
    good: 'alerts:\n  severity: { page: pager, ticket: chat }\n  receivers:\n    pager: { pager: pagerduty }\n    chat: { slack: "#alerts" }',
  },
  'inventory/unused-environment': {
    severity: 'info',
    sentence: 'An environment that no cluster names.',
    bad: '# environments/qa.yaml, and no cluster with environment: qa\norder: 20',
    good: '# clusters/eks-qa.yaml\nenvironment: qa',
  },
  'inventory/unknown-app': {
    severity: 'error',
    sentence: 'A cluster names an app that has no folder in apps/.',
    bad: 'apps:\n  resorce-hub:',
    good: 'apps:\n  resource-hub:',
  },
  'inventory/unknown-code': {
    severity: 'error',
    sentence: 'A waiver or a strictness names a diagnostic code that does not exist.',
    bad: 'strictness:\n  inventory/unknow-key: warning',
    good: 'strictness:\n  inventory/unknown-key: warning',
  },
  'inventory/name-too-long': {
    severity: 'error',
    sentence:
      'Names are too long once joined: Kubernetes and the delivery engines allow 63 characters for <cluster>-<app>.',
    bad: '# clusters/eks-production-central-europe-payments.yaml\napps:\n  payment-settlement-reconciler:',
    good: '# clusters/eks-payments.yaml\napps:\n  payment-settlement-reconciler:',
  },
  'inventory/bad-waiver': {
    severity: 'error',
    sentence: 'A waiver that could not be honoured: its last day is no real date, or its target is malformed.',
    bad: 'expires: "2026-02-30"',
    good: 'expires: "2026-02-28"',
  },
  'inventory/expired-waiver': {
    severity: 'warning',
    sentence: 'The last day of a waiver has passed; the finding counts again.',
    bad: 'waivers:\n  - { code: operations/single-replica, owner: shop, reason: licence for one, expires: 2020-01-01 }',
    good: 'waivers: []',
  },
  'inventory/missing-digest': {
    severity: 'error',
    sentence: 'An environment that demands digests runs an image by tag alone.',
    bad: 'production: { version: 1.3.2 }',
    good: 'production: { version: 1.3.2, digest: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 }',
  },
} as const satisfies Record<string, CodeEntry>;
