import { didYouMean } from '@fairlead/diagnostics';
import type { ProviderRow } from './providers.ts';
import { isRecord, type Path, type SourceFile } from './source-file.ts';

/** What a reference to something in a cloud looks like, by the words that name it in messages. */
const shapes = {
  certificate: {
    pattern: /^arn:aws[a-z-]*:acm:([a-z0-9-]+):(\d{12}):certificate\/[0-9A-Za-z-]+$/,
    like: 'arn:aws:acm:<region>:<account>:certificate/<id>',
  },
  webAcl: {
    pattern: /^arn:aws[a-z-]*:wafv2:([a-z0-9-]+):(\d{12}):regional\/webacl\/[^/\s]+\/[0-9A-Za-z-]+$/,
    like: 'arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>',
  },
  awsKey: {
    pattern: /^arn:aws[a-z-]*:kms:([a-z0-9-]+):(\d{12}):(?:key|alias)\/[\w/-]+$/,
    like: 'arn:aws:kms:<region>:<account>:key/<id>',
  },
  role: {
    pattern: /^arn:aws[a-z-]*:iam:():(\d{12}|\{account\}):role\/[\w+=,.@{}/-]+$/,
    like: 'arn:aws:iam::{account}:role/{cluster}-{app}-{workload}',
  },
  googleKey: {
    pattern: /^projects\/[^/\s]+\/locations\/[^/\s]+\/keyRings\/[^/\s]+\/cryptoKeys\/[^/\s]+$/,
    like: 'projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>',
  },
  googleAccount: {
    pattern: /^[a-z0-9{}-]+@[a-z0-9{}.-]+\.iam\.gserviceaccount\.com$/i,
    like: '{app}-{workload}@{account}.iam.gserviceaccount.com',
  },
  diskEncryptionSet: {
    pattern:
      /^\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.Compute\/diskEncryptionSets\/[^/\s]+$/i,
    like: '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Compute/diskEncryptionSets/<name>',
  },
  monitorWorkspace: {
    pattern: /^\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.Monitor\/accounts\/[^/\s]+$/i,
    like: '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Monitor/accounts/<name>',
  },
  actionGroup: {
    pattern:
      /^\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.Insights\/actionGroups\/[^/\s]+$/i,
    like: '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Insights/actionGroups/<name>',
  },
  keyVaultCertificate: {
    pattern: /^https:\/\/[A-Za-z0-9-]+\.vault\.azure\.net\/certificates\/[^\s]+$/,
    like: 'https://<vault>.vault.azure.net/certificates/<name>',
  },
} as const;

const placeholders = ['app', 'workload', 'namespace', 'serviceAccount', 'cluster', 'environment', 'account', 'region'];

/** Checks ARNs, resource ids and patterns with placeholders. `implementations` are the resolved ones, where they are known. */
export function checkReferences(
  source: SourceFile,
  row: ProviderRow,
  implementations: Readonly<Record<string, string>>,
): void {
  const check = (path: Path, shape: keyof typeof shapes, applies: boolean): void => {
    const text = valueAt(source, path);
    if (applies && typeof text === 'string') checkShape(source, path, text, shapes[shape]);
  };
  const ingress = implementations['ingress'] ?? '';
  const certificates = ['capabilities', 'ingress', 'certificates'];
  const from = valueAt(source, [...certificates, 'source']);
  check([...certificates, 'name'], 'certificate', ingress.startsWith('alb') && (from === undefined || from === 'acm'));
  check(
    [...certificates, 'name'],
    'keyVaultCertificate',
    ingress === 'aks-approuting' && (from === undefined || from === 'key-vault'),
  );
  check(['capabilities', 'ingress', 'firewall'], 'webAcl', ingress.startsWith('alb'));
  const key = ['capabilities', 'storage', 'encryptionKey'];
  if (row.encryptionKey !== undefined) check(key, row.encryptionKey, true);
  const azure = implementations['metrics'] === 'azure-managed';
  check(['capabilities', 'metrics', 'workspace'], 'monitorWorkspace', azure);
  for (const urgency of ['page', 'ticket'])
    check(['capabilities', 'metrics', 'actionGroups', urgency], 'actionGroup', azure);
  const pattern = ['capabilities', 'identity', 'pattern'];
  check(pattern, 'role', ['irsa', 'pod-identity'].includes(implementations['identity'] ?? ''));
  check(pattern, 'googleAccount', implementations['identity'] === 'gke-workload-identity');
  checkPlaceholders(source, pattern);
  checkPlaceholders(source, ['capabilities', 'secrets', 'prefix']);
}

function checkShape(
  source: SourceFile,
  path: Path,
  text: string,
  { pattern, like }: (typeof shapes)[keyof typeof shapes],
): void {
  const match = pattern.exec(text);
  if (match === null) {
    const global = text.includes(':global/webacl/');
    source.report('inventory/bad-reference', path, 'value', {
      message: global
        ? 'a web ACL of scope CLOUDFRONT cannot protect a load balancer'
        : `"${text}" is no ${what(like)}`,
      hint: `it looks like ${like}`,
    });
    return;
  }
  const [, region, account] = match;
  const foreign = [
    ['region', region, source.value?.['region']],
    ['account', account, source.value?.['account']],
  ].find(
    ([, stated, own]) =>
      typeof stated === 'string' &&
      stated !== '' &&
      !stated.startsWith('{') &&
      typeof own === 'string' &&
      stated !== own,
  );
  if (foreign !== undefined) {
    source.report('inventory/foreign-reference', path, 'value', {
      message: `the ${String(foreign[0])} ${String(foreign[1])} of this ARN is not the cluster's ${String(foreign[2])}`,
      hint: 'copied from another cluster? load balancers and volumes use resources of their own region and account',
    });
  }
}

function what(like: string): string {
  return like.startsWith('arn:')
    ? `ARN of a ${like.split(':')[2]} resource`
    : like.startsWith('https:')
      ? 'certificate URI'
      : like.includes('@')
        ? 'service account address'
        : 'resource id';
}

function checkPlaceholders(source: SourceFile, path: Path): void {
  const text = valueAt(source, path);
  if (typeof text !== 'string') return;
  for (const [, name = ''] of text.matchAll(/\{([^{}]*)\}/g)) {
    if (placeholders.includes(name)) continue;
    source.report('inventory/bad-reference', path, 'value', {
      message: `unknown placeholder {${name}}`,
      hint: didYouMean(name, placeholders),
    });
  }
}

function valueAt(source: SourceFile, path: Path): unknown {
  let at: unknown = source.value;
  for (const part of path) at = isRecord(at) ? at[String(part)] : undefined;
  return at;
}
