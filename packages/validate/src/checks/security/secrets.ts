import type { Manifest } from '@fairlead/objects';
import { isShared } from '@fairlead/objects/plain';
import type { Report } from '../../check.ts';
import { isMap, type JsonMap, listAt, mapAt, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';
import {
  isPlaceholder,
  isPublic,
  isReadable,
  looksRandom,
  passwordIn,
  secretByName,
  shapeIn,
  shortestShape,
} from './secret-shapes.ts';
import { settingsIn } from './settings.ts';

// Schemas and sealed values: long, full of words such as "password", and never secret.
const skipped = new Set(['CustomResourceDefinition', 'SealedSecret', 'Secret', 'PrometheusRule']);

/** Secret values in plain text, wherever a manifest can hold them. */
export function checkSecrets(set: ManifestSet, report: Report): void {
  const tell = teller(set, report);
  for (const manifest of set.ofKind('', 'Secret')) checkSecret(set, manifest, tell);
  const checkValue = valueCheck(tell);
  const clean = new Set<unknown>();
  for (const manifest of set.manifests) {
    if (!skipped.has(manifest.kind) && !isClean(manifest, clean)) scan(manifest, '', manifest, tell);
  }
  for (const manifest of set.ofKind('', 'ConfigMap')) checkConfigMap(manifest, checkValue, tell);
  for (const { manifest, containers } of set.workloads) {
    for (const { spec, pointer } of containers) {
      for (const [index, each] of listAt(spec, 'env').entries()) {
        const value = textAt(each, 'value');
        if (value !== undefined)
          checkValue(manifest, `${pointer}/env/${index}/value`, textAt(each, 'name') ?? '', value);
      }
      for (const field of ['command', 'args'])
        checkArguments(manifest, `${pointer}/${field}`, listAt(spec, field), tell);
    }
  }
}

type Certainty = 'certain' | 'named' | 'random';
type Tell = (manifest: Manifest, pointer: string, what: string, value: string, certainty: Certainty) => void;

/** Reports each place once. In a folder, only what is certainly a secret outside a Secret is an error. */
function teller(set: ManifestSet, report: Report): Tell {
  const told = new Map<Manifest, Set<string>>();
  return (manifest, pointer, what, value, certainty) => {
    const places = told.get(manifest) ?? new Set();
    if (places.has(pointer)) return;
    told.set(manifest, places.add(pointer));
    const isSecret = manifest.kind === 'Secret';
    const severity =
      certainty === 'random' || (set.context === 'folder' && (isSecret || certainty === 'named'))
        ? 'warning'
        : undefined;
    report('security/plaintext-secret', manifest, pointer, `${what} stands in plain text (${abbreviate(value)})`, {
      hint: 'keep it in a vault and refer to it: SecretProviderClass, ExternalSecret or secretKeyRef; and replace it, since it has been seen',
      severity,
    });
  };
}

/** Enough to find the place, too little to use it. */
const abbreviate = (value: string): string =>
  `${value
    .trimStart()
    .slice(0, value.length > 12 ? 4 : 1)
    .replaceAll(/[^\x20-\x7e]/g, '?')}…, ${value.length} characters`;

/** Keys of a Secret that are not secret in themselves, such as those of an Argo CD repository. */
const openKeys =
  /^(?:ca\.crt|tls\.crt|url|type|name|project|username|user|host|hostname|port|database|dbname|insecure|enableLfs|region|endpoint|bucket|server|namespace|.*\.(?:crt|cer|pub))$/i;

function checkSecret(set: ManifestSet, manifest: Manifest, tell: Tell): void {
  for (const field of ['data', 'stringData']) {
    for (const [key, raw] of Object.entries(mapAt(manifest, field))) {
      if (typeof raw !== 'string' || raw === '') continue;
      const value = field === 'data' ? decode(raw) : raw;
      const pointer = `/${field}/${step(key)}`;
      const shape = shapeIn(value);
      if (shape) tell(manifest, pointer, `${shape.name} in key "${key}"`, value, 'certain');
      else if (
        !isPlaceholder(value) &&
        !isPlaceholder(raw) &&
        !isPublic(value) &&
        !openKeys.test(key) &&
        (set.context === 'fleet' || secretByName(key, value) !== undefined || !isPlainText(value))
      ) {
        tell(manifest, pointer, `the value of key "${key}"`, value, 'named');
      }
    }
  }
}

const isPlainText = (value: string): boolean => /^[a-z0-9 .,:/_-]*$/i.test(value) && !/\d.*[a-z].*\d/i.test(value);

function decode(raw: string): string {
  return Buffer.from(raw, 'base64').toString('utf8');
}

/** Says quickly that no string of a manifest has a shape. `clean` holds the strings and shared parts that are known to have none. */
function isClean(value: unknown, clean: Set<unknown>): boolean {
  if (typeof value === 'string') {
    if (value.length < shortestShape || clean.has(value)) return true;
    if (shapeIn(value)) return false;
    clean.add(value);
    return true;
  }
  if (typeof value !== 'object' || value === null) return true;
  const part = isShared(value);
  if (part && clean.has(value)) return true;
  if (Array.isArray(value)) {
    for (const each of value) if (!isClean(each, clean)) return false;
  } else {
    const map = value as JsonMap;
    for (const key in map) if (key !== 'caBundle' && !isClean(map[key], clean)) return false;
  }
  if (part) clean.add(value);
  return true;
}

/** Shapes in any string of a manifest. */
function scan(value: unknown, pointer: string, manifest: Manifest, tell: Tell): void {
  if (typeof value === 'string') {
    const shape = shapeIn(value);
    if (shape) tell(manifest, pointer, shape.name, shape.pattern.exec(value)?.[0] ?? value, 'certain');
    return;
  }
  if (Array.isArray(value))
    for (const [index, each] of value.entries()) scan(each, `${pointer}/${index}`, manifest, tell);
  else if (isMap(value)) {
    for (const key in value) {
      if (key !== 'caBundle') scan(value[key], `${pointer}/${step(key)}`, manifest, tell);
    }
  }
}

function checkConfigMap(manifest: Manifest, checkValue: CheckValue, tell: Tell): void {
  for (const [key, value] of Object.entries(mapAt(manifest, 'data'))) {
    if (typeof value !== 'string') continue;
    const pointer = `/data/${step(key)}`;
    if (!value.trimEnd().includes('\n') && !value.trimStart().startsWith('{'))
      checkValue(manifest, pointer, key, value);
    else {
      const password = passwordIn(value);
      if (password !== undefined) tell(manifest, pointer, password, value, 'named');
      for (const setting of settingsIn(key, value)) {
        const what = secretByName(setting.name, setting.value);
        if (what !== undefined)
          tell(manifest, pointer, `${what} ("${setting.name}" in ${key})`, setting.value, 'named');
      }
    }
  }
}

type CheckValue = (manifest: Manifest, pointer: string, name: string, value: string) => void;

/** Looks at the values of settings; of equal settings, which are most of a fleet's, once if there is nothing in them. */
function valueCheck(tell: Tell): CheckValue {
  const harmless = new Map<string, Set<string>>();
  return (manifest, pointer, name, value) => {
    const known = harmless.get(name);
    if (known?.has(value)) return;
    const what = passwordIn(value) ?? secretByName(name, value);
    if (what !== undefined) tell(manifest, pointer, `${what} ("${name}")`, value, 'named');
    else if (looksRandom(name, value) && !isPlaceholder(value) && !isReadable(value))
      tell(manifest, pointer, `what looks like a key ("${name}")`, value, 'random');
    else if (known === undefined) harmless.set(name, new Set([value]));
    else known.add(value);
  };
}

const flag =
  /^--?(?:[\w-]*-)?(?:password|passwd|passphrase|token|api-?key|secret(?:-key)?|secret-access-key|client-secret)$/i;

function checkArguments(manifest: Manifest, pointer: string, list: readonly unknown[], tell: Tell): void {
  for (const [index, each] of list.entries()) {
    if (typeof each !== 'string') continue;
    const place = `${pointer}/${index}`;
    const [, name = '', value = ''] = /^--?([\w-]+)=(\S+)$/.exec(each) ?? [];
    const before = list[index - 1];
    const named =
      secretByName(name.replaceAll('-', '_'), value) ??
      (typeof before === 'string' && flag.test(before)
        ? secretByName(before.replace(/^-+/, '').replaceAll('-', '_'), each)
        : undefined);
    const what = named ?? passwordIn(each) ?? exported(each);
    if (what !== undefined) tell(manifest, place, `${what} in an argument`, value || each, 'named');
  }
}

/** `export DB_PASSWORD=…` in a shell script, and `--password …` inside one. */
function exported(script: string): string | undefined {
  for (const [, name = '', value = ''] of script.matchAll(
    /(?:^|[\s;&|])(?:export\s+)?([A-Z][A-Z0-9_]*)=["']?([^\s"';&|$`]+)["']?/g,
  )) {
    const what = secretByName(name, value);
    if (what !== undefined) return what;
  }
  for (const [, name = '', value = ''] of script.matchAll(
    /\s--([a-z-]*(?:password|token|secret|api-key))[=\s]+["']?([^\s"'$`-][^\s"'$`]*)/g,
  )) {
    const what = secretByName(name.replaceAll('-', '_'), value);
    if (what !== undefined) return what;
  }
  return undefined;
}
