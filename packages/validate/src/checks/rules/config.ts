import type { Manifest } from '@fairlead/objects';
import { configKey } from '@fairlead/objects/forms';
import type { Check, Report } from '../../check.ts';
import { at, isMap, mapAt, step, textAt } from '../../json.ts';

/** Bytes that a ConfigMap or Secret may hold. */
const limit = 1024 * 1024;

/**
 * Characters that no YAML may hold. Argo CD, Flux and kubectl send applied objects as JSON, in which Go does not escape them, and the API
 * server reads that as YAML.
 */
const unsafeCharacter = /[\x7f-\x9f\ufffe\uffff]/;

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Keys that the typed Secrets must have: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types */
const typedKeys: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

/** ConfigMaps and Secrets: keys, encodings, sizes. */
export const configRules: Check = (set, report) => {
  for (const map of set.ofKind('', 'ConfigMap')) checkData(report, map, 'data', 'binaryData');
  for (const secret of set.ofKind('', 'Secret')) {
    checkData(report, secret, 'stringData', 'data');
    const keys = new Set([...Object.keys(mapAt(secret, 'data')), ...Object.keys(mapAt(secret, 'stringData'))]);
    const type = textAt(secret, 'type') ?? 'Opaque';
    for (const key of typedKeys[type] ?? [])
      if (!keys.has(key)) report('rules/secret-data', secret, '/type', `a Secret of type ${type} needs the key ${key}`);
    if (type === 'kubernetes.io/basic-auth' && !keys.has('username') && !keys.has('password'))
      report('rules/secret-data', secret, '/type', `a Secret of type ${type} needs the key username or password`);
    if (
      type === 'kubernetes.io/service-account-token' &&
      textAt(secret, 'metadata', 'annotations', 'kubernetes.io/service-account.name') === undefined
    )
      report(
        'rules/secret-data',
        secret,
        '/metadata',
        `a Secret of type ${type} needs the annotation kubernetes.io/service-account.name`,
      );
    const docker = textAt(secret, 'data', '.dockerconfigjson');
    if (docker !== undefined && base64.test(docker) && !isJsonMap(Buffer.from(docker, 'base64').toString('utf8')))
      report('rules/secret-data', secret, '/data/.dockerconfigjson', '.dockerconfigjson holds no JSON object');
  }
};

function checkData(report: Report, manifest: Manifest, plain: string, encoded: string): void {
  let size = 0;
  for (const field of [plain, encoded]) {
    for (const [key, value] of Object.entries(mapAt(manifest, field))) {
      const pointer = `/${field}/${step(key)}`;
      const fault = configKey(key);
      if (fault !== undefined) report('rules/config-key', manifest, pointer, `the key "${key}" ${fault}`);
      if (typeof value !== 'string') {
        if (value === null)
          report(
            'rules/config-value',
            manifest,
            pointer,
            `the value of ${key} is empty (null), which API servers keep as empty text`,
            { hint: `write ${key}: "" if that is meant`, severity: 'warning' },
          );
        else
          report(
            'rules/config-value',
            manifest,
            pointer,
            `the value of ${key} is ${isMap(value) || Array.isArray(value) ? 'a structure' : JSON.stringify(value)}, not text`,
            {
              hint:
                isMap(value) || Array.isArray(value)
                  ? 'write it as a block of text: |'
                  : `quote it: "${String(value)}"`,
            },
          );
        continue;
      }
      size += value.length;
      const [unsafe] = unsafeCharacter.exec(value) ?? [];
      if (unsafe !== undefined) {
        const code = `U+${unsafe.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
        const happens = unsafe === '\u0085' ? 'makes a space of' : 'refuses';
        report('rules/config-value', manifest, pointer, `${key} holds ${code}, which server-side apply ${happens}`, {
          hint: 'write it another way, or put the file into binaryData',
        });
      }
      if (field === encoded && !base64.test(value.replaceAll(/\s/g, '')))
        report('rules/base64', manifest, pointer, `the value of ${key} is not base64`, {
          hint: manifest.kind === 'Secret' ? 'move plain text to stringData, or encode it' : 'move text to data',
        });
      if (field === encoded && manifest.kind === 'ConfigMap' && at(manifest, plain, key) !== undefined)
        report('rules/config-key', manifest, pointer, `the key ${key} is in data and in binaryData`);
    }
  }
  if (size > limit)
    report(
      'rules/config-size',
      manifest,
      '',
      `${manifest.kind} "${manifest.metadata.name}" holds ${size} bytes, at most ${limit} are allowed`,
      { hint: 'mount large files from an image or a volume' },
    );
}

function isJsonMap(text: string): boolean {
  try {
    return isMap(JSON.parse(text));
  } catch {
    return false;
  }
}
