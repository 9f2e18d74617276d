import { describe, expect, test } from 'vitest';
import { loadInventory } from './load-inventory.ts';

const cluster = `provider: eks
region: eu-west-1
account: "111122223333"
environment: production
kubernetes: "1.34"
domain: example.com
delivery: argocd
network:
  vpc: 10.40.0.0/16
  services: 172.20.0.0/16
capabilities:
  identity:
    issuer: https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF
apps:
  shop:
`;
const environment = 'order: 10\nimages: digest\n';

/** What is changed in the sound file, what must be said, where, and which way out is offered. */
interface Fault {
  readonly name: string;
  /** Text of the sound file and what stands there instead; a lone text replaces the whole file. */
  readonly edit: readonly [string, string] | string;
  /** code@line:column */
  readonly at: string;
  readonly message: string;
  readonly hint?: string;
}

const clusterFaults: readonly Fault[] = [
  // keys
  {
    name: 'a mistyped key',
    edit: ['environment: production', 'enviroment: production'],
    at: 'inventory/unknown-key@4:1',
    message: 'unknown key "enviroment"',
    hint: 'did you mean "environment"?',
  },
  {
    name: 'a key in the wrong case',
    edit: ['domain:', 'Domain:'],
    at: 'inventory/unknown-key@6:1',
    message: 'unknown key "Domain"',
    hint: 'did you mean "domain"?',
  },
  {
    name: 'a nested unknown key',
    edit: ['  vpc:', '  vcp:'],
    at: 'inventory/unknown-key@9:3',
    message: 'unknown key "vcp" in network',
    hint: 'did you mean "vpc"?',
  },
  {
    name: '__proto__ as a key',
    edit: ['apps:', '__proto__: { x: 1 }\napps:'],
    at: 'inventory/unknown-key@14:1',
    message: '"__proto__"',
    hint: 'remove it',
  },
  {
    name: 'constructor as a key',
    edit: ['apps:', 'constructor: {}\napps:'],
    at: 'inventory/unknown-key@14:1',
    message: '"constructor"',
    hint: 'known: provider',
  },
  {
    name: 'toString as an app',
    edit: ['  shop:', '  toString:'],
    at: 'inventory/bad-format@15:3',
    message: '"toString" is no name of an app',
    hint: 'folder in apps/',
  },
  {
    name: 'constructor as an app',
    edit: ['  shop:', '  constructor:'],
    at: 'inventory/unknown-app@15:3',
    message: 'app "constructor" does not exist',
    hint: 'known: shop',
  },
  {
    name: 'a duplicate key',
    edit: ['domain: example.com', 'region: eu-west-2\ndomain: example.com'],
    at: 'inventory/duplicate-key@6:1',
    message: '"region" is stated twice',
    hint: 'line 2',
  },
  {
    name: 'a missing key',
    edit: ['region: eu-west-1\n', ''],
    at: 'inventory/missing-key@1:1',
    message: '"region" is missing',
    hint: 'Region or data centre',
  },
  {
    name: 'a missing nested key',
    edit: ['apps:', 'stores:\n  db: { host: db.example.com, port: 5432 }\napps:'],
    at: 'inventory/missing-key@15:3',
    message: '"cidrs" is missing in stores.db',
    hint: 'NetworkPolicies',
  },
  {
    name: 'a key that is a list',
    edit: ['apps:', '? [a, b]\n: c\napps:'],
    at: 'inventory/wrong-type@14:3',
    message: 'a key must be a plain word',
  },
  // types
  {
    name: 'a list where a text is wanted',
    edit: ['domain: example.com', 'domain: [example.com]'],
    at: 'inventory/wrong-type@6:9',
    message: 'domain is a list',
    hint: 'a text',
  },
  {
    name: 'a boolean where a text is wanted',
    edit: ['environment: production', 'environment: true'],
    at: 'inventory/wrong-type@4:14',
    message: 'the boolean true',
    hint: '"true"',
  },
  {
    name: 'a text where a number is wanted',
    edit: ['apps:', 'stores:\n  db: { host: db.example.com, port: "5432", cidrs: 10.9.0.0/24 }\napps:'],
    at: 'inventory/wrong-type@15:37',
    message: 'stores.db.port is the text "5432"',
    hint: 'without quotes',
  },
  {
    name: 'yes where a boolean is wanted',
    edit: ['apps:', '  autoscaling: { keda: yes }\napps:'],
    at: 'inventory/wrong-type@14:24',
    message: 'the text "yes"',
    hint: 'write true',
  },
  {
    name: 'a text where a mapping is wanted',
    edit: ['network:\n  vpc: 10.40.0.0/16\n  services: 172.20.0.0/16\n', 'network: 10.40.0.0/16\n'],
    at: 'inventory/wrong-type@8:10',
    message: 'network is the text',
    hint: 'a mapping',
  },
  {
    name: 'a key without a value',
    edit: ['domain: example.com', 'domain:'],
    at: 'inventory/wrong-type@6:1',
    message: 'domain has no value',
    hint: 'a text',
  },
  {
    name: 'neither the short nor the long form',
    edit: ['delivery: argocd', 'delivery: [argocd]'],
    at: 'inventory/wrong-type@7:11',
    message: 'delivery is a list',
    hint: 'a text or a mapping',
  },
  // words
  {
    name: 'a provider by the name of its cloud',
    edit: ['provider: eks', 'provider: AWS'],
    at: 'inventory/unknown-provider@1:11',
    message: '"AWS"',
    hint: 'did you mean "eks"?',
  },
  {
    name: 'an unknown provider',
    edit: ['provider: eks', 'provider: ekz'],
    at: 'inventory/unknown-provider@1:11',
    message: '"ekz"',
    hint: 'did you mean "eks"? known: eks, gke, aks, onprem',
  },
  {
    name: 'an unknown word in a short form',
    edit: ['delivery: argocd', 'delivery: argo'],
    at: 'inventory/unknown-value@7:11',
    message: '"argo"',
    hint: 'did you mean "argocd"?',
  },
  {
    name: 'an unknown word in a long form',
    edit: ['delivery: argocd', 'delivery: { engine: fluxcd }'],
    at: 'inventory/unknown-value@7:21',
    message: '"fluxcd"',
    hint: 'did you mean "flux"?',
  },
  {
    name: 'a number out of range',
    edit: ['apps:', 'stores:\n  db: { host: db.example.com, port: 70000, cidrs: 10.9.0.0/24 }\napps:'],
    at: 'inventory/out-of-range@15:37',
    message: 'port is 70000',
    hint: 'between 1 and 65535',
  },
  {
    name: 'an environment that does not exist',
    edit: ['environment: production', 'environment: prdo'],
    at: 'inventory/unknown-environment@4:14',
    message: 'environment "prdo" does not exist',
    hint: 'did you mean "production"? known: dev, production',
  },
  {
    name: 'an environment called yes',
    edit: ['environment: production', 'environment: yes'],
    at: 'inventory/unknown-environment@4:14',
    message: '"yes"',
    hint: 'known: dev, production',
  },
  {
    name: 'an app that does not exist',
    edit: ['  shop:', '  shopp:'],
    at: 'inventory/unknown-app@15:3',
    message: 'app "shopp" does not exist',
    hint: 'did you mean "shop"?',
  },
  {
    name: 'a store of an app that does not exist',
    edit: ['apps:', 'stores:\n  shp/db: { host: db.example.com, port: 5432, cidrs: 10.9.0.0/24 }\napps:'],
    at: 'inventory/unknown-app@15:3',
    message: '"shp"',
    hint: 'did you mean "shop"?',
  },
  // versions, accounts, regions
  {
    name: 'a version without quotes',
    edit: ['"1.34"', '1.30'],
    at: 'inventory/bad-version@5:13',
    message: 'YAML reads 1.30 as 1.3',
    hint: '"1.30"',
  },
  {
    name: 'a version without quotes that survives',
    edit: ['"1.34"', '1.34'],
    at: 'inventory/bad-version@5:13',
    message: 'the number 1.34',
    hint: '"1.34"',
  },
  {
    name: 'a version that is too old',
    edit: ['"1.34"', '"1.22"'],
    at: 'inventory/bad-version@5:13',
    message: '"1.22"',
    hint: '1.28',
  },
  {
    name: 'a patch version',
    edit: ['"1.34"', 'v1.34.2'],
    at: 'inventory/bad-version@5:13',
    message: '"v1.34.2"',
    hint: 'did you mean "1.34"?',
  },
  {
    name: 'an account without quotes',
    edit: ['"111122223333"', '111122223333'],
    at: 'inventory/bad-account@3:10',
    message: 'the number 111122223333',
    hint: '"111122223333"',
  },
  {
    name: 'an account that begins with zero',
    edit: ['"111122223333"', '011122223333'],
    at: 'inventory/bad-account@3:10',
    message: 'reads 011122223333 as 11122223333',
    hint: '"011122223333"',
  },
  {
    name: 'an account with hyphens',
    edit: ['"111122223333"', '1111-2222-3333'],
    at: 'inventory/bad-account@3:10',
    message: '12 digits',
    hint: 'write "111122223333"',
  },
  {
    name: 'a zone instead of a region',
    edit: ['eu-west-1\n', 'eu-west-1a\n'],
    at: 'inventory/bad-region@2:9',
    message: '"eu-west-1a"',
    hint: 'did you mean "eu-west-1"?',
  },
  {
    name: 'a misspelt region',
    edit: ['eu-west-1\n', 'eu-wst-1\n'],
    at: 'inventory/bad-region@2:9',
    message: '"eu-wst-1"',
    hint: 'did you mean "eu-west-1"?',
  },
  {
    name: 'a store at every address',
    edit: ['apps:', 'stores:\n  db: { host: db.example.com, port: 5432, cidrs: [0.0.0.0/0] }\napps:'],
    at: 'inventory/open-store@15:51',
    message: '0.0.0.0/0 is every address',
    hint: 'name the subnets',
  },
  // texts
  {
    name: 'a domain with scheme',
    edit: ['domain: example.com', 'domain: https://example.com/'],
    at: 'inventory/bad-format@6:9',
    message: 'is not a domain name',
    hint: 'write example.com',
  },
  {
    name: 'an issuer without TLS',
    edit: ['issuer: https', 'issuer: http'],
    at: 'inventory/bad-format@13:13',
    message: 'begins with https://',
  },
  {
    name: 'a quantity with an unknown unit',
    edit: ['apps:', 'nodePools:\n  - { name: a, cpu: 4, memory: 16GB, max: 3 }\napps:'],
    at: 'inventory/bad-format@15:32',
    message: '"16GB" is not a quantity',
    hint: 'Gi',
  },
  {
    name: 'memory in thousandths of a byte',
    edit: ['apps:', 'nodePools:\n  - { name: a, cpu: 4, memory: 512m, max: 3 }\napps:'],
    at: 'inventory/bad-format@15:32',
    message: '512m',
    hint: 'Mi or Gi',
  },
  {
    name: 'a name that is no DNS label',
    edit: ['apps:', 'nodePools:\n  - { name: Big_Pool, cpu: 4, memory: 16Gi, max: 3 }\napps:'],
    at: 'inventory/bad-format@15:13',
    message: '"Big_Pool" is not a DNS label',
    hint: 'big-pool',
  },
  {
    name: 'a joined name that is too long',
    edit: ['  shop:', `  ${'shop-'.repeat(12)}x:`],
    at: 'inventory/name-too-long@15:3',
    message: 'eks-production-shop-',
    hint: 'shorten',
  },
  // addresses
  {
    name: 'bits behind the prefix',
    edit: ['10.40.0.0/16', '10.40.3.0/16'],
    at: 'inventory/bad-cidr@9:8',
    message: 'bits set behind its prefix',
    hint: '10.40.0.0/16',
  },
  {
    name: 'IPv6',
    edit: ['10.40.0.0/16', 'fd00::/8'],
    at: 'inventory/bad-cidr@9:8',
    message: 'is no IPv4 range',
    hint: 'IPv6',
  },
  {
    name: 'an octet out of range',
    edit: ['10.40.0.0/16', '10.256.0.0/16'],
    at: 'inventory/bad-cidr@9:8',
    message: 'is no IPv4 range',
    hint: '255',
  },
  {
    name: 'a prefix out of range',
    edit: ['10.40.0.0/16', '10.40.0.0/33'],
    at: 'inventory/bad-cidr@9:8',
    message: 'above 32',
  },
  {
    name: 'no prefix',
    edit: ['10.40.0.0/16', '10.40.0.0'],
    at: 'inventory/bad-cidr@9:8',
    message: 'no prefix length',
    hint: '/32',
  },
  {
    name: 'Services inside the VPC',
    edit: ['172.20.0.0/16', '10.40.128.0/20'],
    at: 'inventory/cidr-overlap@10:13',
    message: 'overlaps network.vpc 10.40.0.0/16',
    hint: 'line 9',
  },
  {
    name: 'a subnet outside the VPC',
    edit: ['capabilities:', '  loadBalancerSubnets: [10.41.0.0/24]\ncapabilities:'],
    at: 'inventory/bad-cidr@11:25',
    message: 'outside network.vpc',
  },
  {
    name: 'overlapping subnets',
    edit: ['capabilities:', '  loadBalancerSubnets: [10.40.0.0/23, 10.40.1.0/24]\ncapabilities:'],
    at: 'inventory/cidr-overlap@11:39',
    message: 'overlaps the subnet 10.40.0.0/23',
  },
  {
    name: 'a duplicate list entry',
    edit: ['vpc: 10.40.0.0/16', 'vpc: [10.40.0.0/16, 10.40.0.0/16]'],
    at: 'inventory/duplicate-entry@9:23',
    message: 'names 10.40.0.0/16 twice',
  },
  {
    name: 'two pools of one name',
    edit: [
      'apps:',
      'nodePools:\n  - { name: a, cpu: 4, memory: 8Gi, max: 3 }\n  - { name: a, cpu: 8, memory: 16Gi, max: 3 }\napps:',
    ],
    at: 'inventory/duplicate-entry@16:13',
    message: 'nodePools names a twice',
  },
  // references and combinations
  {
    name: 'a bucket as a web ACL',
    edit: ['apps:', '  ingress: { firewall: "arn:aws:s3:::logs" }\napps:'],
    at: 'inventory/bad-reference@14:24',
    message: 'is no ARN of a wafv2 resource',
    hint: 'regional/webacl',
  },
  {
    name: 'a certificate of another account',
    edit: [
      'apps:',
      '  ingress: { certificates: { name: "arn:aws:acm:eu-west-1:999988887777:certificate/0a" } }\napps:',
    ],
    at: 'inventory/foreign-reference@14:36',
    message: "not the cluster's 111122223333",
  },
  {
    name: 'an unknown placeholder',
    edit: ['apps:', '  secrets: { prefix: "{enviroment}/{app}" }\napps:'],
    at: 'inventory/bad-reference@14:22',
    message: '{enviroment}',
    hint: 'did you mean "environment"?',
  },
  {
    name: 'an implementation of another cloud',
    edit: ['apps:', '  networkPolicy: dataplane-v2\napps:'],
    at: 'inventory/capability-conflict@14:18',
    message: 'networkPolicy dataplane-v2 does not exist on Amazon EKS',
    hint: 'vpc-cni',
  },
  {
    name: 'nodes made from no pool',
    edit: `${cluster.replace('provider: eks', 'provider: aks').replace('eu-west-1\n', 'westeurope\n').replace('111122223333', '00000000-1111-2222-3333-444455556666')}`.replace(
      / {2}identity:\n.*\n/,
      '  autoscaling: { nodes: auto-provisioning }\n',
    ),
    at: 'inventory/no-effect@12:25',
    message: 'rendered from nodePools, and there are none',
  },
  {
    name: 'nodes of an image that AKS has not',
    edit: `${cluster.replace('provider: eks', 'provider: aks').replace('eu-west-1\n', 'westeurope\n').replace('111122223333', '00000000-1111-2222-3333-444455556666')}nodePools: [{ name: a, cpu: 4, memory: 8Gi, max: 3 }]\n`.replace(
      / {2}identity:\n.*\n/,
      '  autoscaling: { nodes: auto-provisioning, nodeImage: AzureLinus }\n',
    ),
    at: 'inventory/unknown-value@12:55',
    message: 'no image "AzureLinus"',
    hint: 'did you mean "AzureLinux"?',
  },
  {
    name: 'vpc-cni on AKS',
    edit: `${cluster.replace('provider: eks', 'provider: aks').replace('eu-west-1\n', 'westeurope\n').replace('111122223333', '00000000-1111-2222-3333-444455556666')}`.replace(
      'apps:',
      '  networkPolicy: vpc-cni\napps:',
    ),
    at: 'inventory/capability-conflict@14:18',
    message: 'does not exist on Azure',
    hint: 'azure-cilium',
  },
  {
    name: 'IRSA without an issuer',
    edit: ['    issuer: https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF\n', '    implementation: irsa\n'],
    at: 'inventory/capability-conflict@12:3',
    message: 'needs the OIDC issuer',
    hint: 'issuer',
  },
  {
    name: 'certificates that the load balancer cannot use',
    edit: ['apps:', '  ingress: { certificates: { source: cert-manager } }\napps:'],
    at: 'inventory/capability-conflict@14:38',
    message: 'ingress alb cannot use certificates of cert-manager',
    hint: 'acm',
  },
  {
    name: 'a setting that nobody reads',
    edit: ['apps:', '  secrets: { implementation: aws, keyVault: shop }\napps:'],
    at: 'inventory/no-effect@14:35',
    message: 'no effect with secrets aws',
  },
  {
    name: 'retired ingress-nginx',
    edit: ['apps:', '  ingress: nginx\napps:'],
    at: 'inventory/retired@14:12',
    message: 'retired',
    hint: 'envoy-gateway',
  },
  // waivers
  {
    name: 'an expired waiver',
    edit: ['apps:', 'waivers:\n  - { code: inventory/syntax, owner: me, reason: why, expires: 2026-01-31 }\napps:'],
    at: 'inventory/expired-waiver@15:64',
    message: '2026-01-31',
  },
  {
    name: 'a day that does not exist',
    edit: ['apps:', 'waivers:\n  - { code: inventory/syntax, owner: me, reason: why, expires: 2027-02-30 }\napps:'],
    at: 'inventory/bad-waiver@15:64',
    message: 'no day 2027-02-30',
  },
  {
    name: 'a date in another order',
    edit: ['apps:', 'waivers:\n  - { code: inventory/syntax, owner: me, reason: why, expires: 31.12.2027 }\napps:'],
    at: 'inventory/bad-format@15:64',
    message: 'not a date',
  },
  {
    name: 'a waiver without owner',
    edit: ['apps:', 'waivers:\n  - { code: inventory/syntax, reason: why, expires: 2027-12-31 }\napps:'],
    at: 'inventory/missing-key@15:5',
    message: '"owner" is missing',
  },
  {
    name: 'a waiver of an unknown code',
    edit: ['apps:', 'waivers:\n  - { code: inventory/sintax, owner: me, reason: why, expires: 2027-12-31 }\napps:'],
    at: 'inventory/unknown-code@15:13',
    message: 'inventory/sintax',
    hint: 'did you mean "inventory/syntax"?',
  },
  // YAML itself
  { name: 'an empty file', edit: '', at: 'inventory/empty@1:1', message: 'empty' },
  { name: 'a file of comments', edit: '# nothing yet\n', at: 'inventory/empty@1:1', message: 'empty' },
  { name: 'a list at the top', edit: '- provider: eks\n', at: 'inventory/empty@1:1', message: 'a list' },
  {
    name: 'several documents',
    edit: ['apps:', '---\napps:'],
    at: 'inventory/several-documents@14:1',
    message: 'more than one YAML document',
  },
  {
    name: 'a tab as indentation',
    edit: ['  vpc:', '\tvpc:'],
    at: 'inventory/syntax@9:1',
    message: 'Tab',
    hint: 'spaces',
  },
  {
    name: 'no space behind a colon',
    edit: ['region: ', 'region:'],
    at: 'inventory/syntax@2:1',
    message: 'Implicit keys',
    hint: 'write "key: value", with a colon and a plain space behind it',
  },
  {
    name: 'a line that is indented more than its neighbours',
    edit: ['  services:', '    services:'],
    at: 'inventory/syntax@9:8',
    message: 'Nested mappings',
    hint: 'keys of one mapping begin in the same column',
  },
  {
    name: 'a merge that git has left undone',
    edit: ['provider:', '<<<<<<< HEAD\nprovider:'],
    at: 'inventory/syntax@1:1',
    message: 'Implicit keys',
    hint: 'git left both sides of a merge',
  },
  { name: 'an unclosed quote', edit: ['"1.34"', '"1.34'], at: 'inventory/syntax@5:13', message: 'quote' },
  {
    name: 'bytes that were no UTF-8',
    edit: ['example.com', 'exam\uFFFDple.com'],
    at: 'inventory/syntax@6:13',
    message: 'not valid UTF-8',
  },
  { name: 'a binary file', edit: '\u0000\u0001ELF', at: 'inventory/syntax@1:1', message: 'control character' },
  {
    name: 'a merge key',
    edit: ['network:', 'network:\n  <<: { nodes: 10.40.0.0/16 }'],
    at: 'inventory/alias@9:3',
    message: 'merge keys',
  },
  {
    name: 'an alias without anchor',
    edit: ['10.40.0.0/16', '*base'],
    at: 'inventory/alias@9:8',
    message: 'no anchor "base"',
  },
  {
    name: 'an alias inside its own anchor',
    edit: ['network:', 'network: &loop\n  nodes: *loop'],
    at: 'inventory/alias@9:10',
    message: 'inside its own anchor',
  },
  {
    name: 'an alias bomb',
    edit: `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefgh'
      .split('')
      .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefg'[index]}`).join(', ')}]`)
      .join('\n')}\n`,
    at: 'inventory/too-large@5:24',
    message: 'more than 50000 values',
  },
  {
    name: 'a deeply nested file',
    edit: `a: ${'['.repeat(200)}${']'.repeat(200)}`,
    at: 'inventory/too-large@1:68',
    message: 'deeper than 64',
  },
  {
    name: 'a huge file',
    edit: `# ${'x'.repeat(600_000)}`,
    at: 'inventory/too-large@1:1',
    message: '600002 characters',
  },
];

const environmentFaults: readonly Fault[] = [
  { name: 'no order', edit: ['order: 10\n', ''], at: 'inventory/missing-key@1:1', message: '"order" is missing' },
  {
    name: 'a word that is not known',
    edit: ['digest', 'digests'],
    at: 'inventory/unknown-value@2:9',
    message: '"digests"',
    hint: 'did you mean "digest"?',
  },
  {
    name: 'a quota of nothing',
    edit: ['images', 'quota: { request.cpu: 4 }\nimages'],
    at: 'inventory/unknown-key@2:10',
    message: '"request.cpu"',
    hint: 'did you mean "requests.cpu"?',
  },
  {
    name: 'a severity that goes to nobody',
    edit: [
      'images',
      'alerts:\n  severity: { page: pagr, ticket: chat }\n  receivers: { pager: { pager: pagerduty }, chat: { slack: "#a" } }\nimages',
    ],
    at: 'inventory/unknown-receiver@3:21',
    message: 'alerts of severity page go to "pagr", which is no receiver of this environment',
    hint: 'did you mean "pager"?',
  },
  {
    name: 'a severity that nobody is named for',
    edit: ['images', 'alerts:\n  severity: { page: chat }\n  receivers: { chat: { slack: "#a" } }\nimages'],
    at: 'inventory/unknown-receiver@4:3',
    message: 'which receiver hears of alerts of severity ticket',
    hint: 'add alerts: { severity: { ticket: chat } }',
  },
  {
    name: 'a receiver with nowhere to send to',
    edit: ['images', 'alerts:\n  severity: { page: chat, ticket: chat }\n  receivers: { chat: {} }\nimages'],
    at: 'inventory/missing-key@4:16',
    message: 'receiver "chat" has nowhere to send to',
    hint: 'add slack, pager or email',
  },
  {
    name: 'a webhook in the place of a key',
    edit: [
      'images',
      'alerts:\n  severity: { page: chat, ticket: chat }\n  receivers: { chat: { slack: { channel: "#a", webhook: "https://hooks.example.com/x" } } }\nimages',
    ],
    at: 'inventory/bad-format@4:57',
    message: 'is not a key of a Secret',
  },
  {
    name: 'a threshold above all',
    edit: ['images', 'alerts: { thresholds: { errorRate: 150 } }\nimages'],
    at: 'inventory/out-of-range@2:36',
    message: 'errorRate',
  },
  {
    name: 'a quota of nothing in one namespace',
    edit: ['images', 'namespaces: { shop: { quota: { request.cpu: 4 } } }\nimages'],
    at: 'inventory/unknown-key@2:32',
    message: '"request.cpu"',
    hint: 'did you mean "requests.cpu"?',
  },
  {
    name: 'a default above the most',
    edit: ['images', 'limits: { container: { default: { memory: 2Gi }, max: { memory: 1Gi } } }\nimages'],
    at: 'inventory/out-of-range@2:43',
    message: 'default.memory of a container is 2Gi, and max.memory only 1Gi',
    hint: 'min ≤ defaultRequest ≤ default ≤ max',
  },
  {
    name: 'claims that no size satisfies',
    edit: ['images', 'limits: { claim: { min: 20Gi, max: 10Gi } }\nimages'],
    at: 'inventory/out-of-range@2:25',
    message: 'min of a claim is 20Gi, and max only 10Gi',
  },
  {
    name: 'strictness of an unknown code',
    edit: ['images', 'strictness: { inventory/unknown-kye: off }\nimages'],
    at: 'inventory/unknown-code@2:15',
    message: 'no diagnostic code',
    hint: 'did you mean "inventory/unknown-key"?',
  },
  {
    name: 'a group named twice',
    edit: ['images', 'access: { admin: [ops, ops] }\nimages'],
    at: 'inventory/duplicate-entry@2:24',
    message: 'access.admin names ops twice',
  },
  {
    name: 'a boolean severity',
    edit: ['images', 'strictness: { inventory/unknown-key: false }\nimages'],
    at: 'inventory/wrong-type@2:38',
    message: 'the boolean false',
    hint: '"false"',
  },
];

function apply(sound: string, edit: Fault['edit']): string {
  if (typeof edit === 'string') return edit;
  expect(sound).toContain(edit[0]);
  return sound.replace(edit[0], edit[1]);
}

function load(clusterText: string, environmentText = environment) {
  return loadInventory({
    clusters: [{ file: 'clusters/eks-production.yaml', text: clusterText }],
    environments: [
      { file: 'environments/production.yaml', text: environmentText },
      { file: 'environments/dev.yaml', text: 'order: 1\n' },
    ],
    repository: 'https://git.example.com/fleet.git',
    knownApps: ['shop', `${'shop-'.repeat(12)}x`].slice(0, clusterText.includes('shop-') ? 2 : 1),
    today: '2026-11-21',
  });
}

/** Findings without the notes on environments that this small fleet does not use. */
function findings({ diagnostics }: ReturnType<typeof load>) {
  return diagnostics.filter((each) => each.code !== 'inventory/unused-environment');
}

test('the sound files have nothing to say', () => {
  const inventory = load(cluster);
  expect(findings(inventory)).toEqual([]);
  expect(inventory.clusters.map(({ name }) => name)).toEqual(['eks-production']);
});

describe.each([
  ['a cluster file', clusterFaults, (text: string) => load(text), cluster],
  ['an environment file', environmentFaults, (text: string) => load(cluster, text), environment],
])('%s with', (_file, faults, loadWith, sound) => {
  test.each(faults)('$name', ({ edit, at, message, hint }) => {
    const found = findings(loadWith(apply(sound, edit)));
    // Exactly one finding: a fault that causes others to be told hides among them.
    expect(found.map((each) => `${each.code}@${each.line}:${each.column} ${each.message}`)).toEqual([
      expect.stringContaining(message),
    ]);
    expect(`${found[0]?.code}@${found[0]?.line}:${found[0]?.column}`).toBe(at);
    if (hint !== undefined) expect(found[0]?.hint).toContain(hint);
  });
});

test('all faults of all files are told at once', () => {
  const broken = cluster
    .replace('environment: production', 'enviroment: production')
    .replace('10.40.0.0/16', '10.40.0.1/16')
    .replace('"1.34"', '1.30')
    .replace('shop:', 'shp:');
  const found = findings(load(broken, 'order: first\nimage: tag\n'));
  expect(found.map(({ code, file, line }) => `${file}:${line} ${code}`)).toEqual([
    'clusters/eks-production.yaml:4 inventory/unknown-key',
    'clusters/eks-production.yaml:5 inventory/bad-version',
    'clusters/eks-production.yaml:9 inventory/bad-cidr',
    'clusters/eks-production.yaml:15 inventory/unknown-app',
    'environments/production.yaml:1 inventory/wrong-type',
    'environments/production.yaml:2 inventory/unknown-key',
  ]);
});

test.each([
  ['clusters/eks-production.yml', '"eks-production.yml" does not end in .yaml', 'rename it to eks-production.yaml'],
  ['clusters/EKS_Production.yaml', '"EKS_Production" is no name of a cluster', 'rename it to eks-production.yaml'],
  [`clusters/${'a'.repeat(64)}.yaml`, 'has 64 characters', 'rename it'],
  ['clusters/.yaml', '"" is no name of a cluster', 'my-cluster.yaml'],
])('the file name %s is refused', (file, message, hint) => {
  const { diagnostics } = loadInventory({
    clusters: [{ file, text: cluster }],
    environments: [{ file: 'environments/production.yaml', text: environment }],
    repository: 'x',
  });
  const found = diagnostics.filter((each) => each.code === 'inventory/file-name');
  expect(found).toEqual([
    expect.objectContaining({ message: expect.stringContaining(message), hint: expect.stringContaining(hint), file }),
  ]);
});

test('two files whose names differ only in case or extension are refused', () => {
  const text = environment;
  const { diagnostics } = loadInventory({
    clusters: [],
    environments: ['a.yaml', 'A.yaml', 'a.yml'].map((file) => ({ file, text })),
  });
  expect(diagnostics.filter(({ message }) => message.includes('name the same environment'))).toHaveLength(2);
});

test('line ends of Windows and a byte order mark change nothing', () => {
  const windows = `\uFEFF${cluster.replaceAll('\n', '\r\n')}`;
  expect(findings(load(windows))).toEqual([]);
  expect(findings(load(windows.replace('provider: eks', 'provider: ekz')))[0]).toMatchObject({
    line: 1,
    column: 11,
    length: 3,
  });
});

test('an environment that no cluster names is only noted', () => {
  const { diagnostics } = load(cluster);
  expect(diagnostics).toEqual([
    expect.objectContaining({ code: 'inventory/unused-environment', severity: 'info', file: 'environments/dev.yaml' }),
  ]);
});
