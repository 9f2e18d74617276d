import { didYouMean, suggest } from '@fairlead/diagnostics';
import { checkCapabilities } from './check-capabilities.ts';
import { checkDuplicates } from './check-duplicates.ts';
import { checkNetwork } from './check-network.ts';
import { checkReferences } from './check-references.ts';
import { checkWaivers } from './check-waivers.ts';
import { directions, isProvider, type ProviderRow, providers } from './providers.ts';
import { isRecord, type Path, type SourceFile } from './source-file.ts';

/** What a cluster file is checked against. */
export interface ClusterContext {
  readonly name: string;
  /** Names of the environment files, sound or not. */
  readonly environments: readonly string[];
  readonly knownApps?: readonly string[] | undefined;
  readonly repository?: string | undefined;
  readonly today?: string | undefined;
}

/** Longest name of an Argo CD Application, a Flux Kustomization or a label value. */
const maximumJoined = 63;

/**
 * Checks what a schema cannot say of a cluster file. It runs also when the schema found faults, so that all are reported at once,
 * and therefore takes nothing about the file for granted.
 */
export function checkCluster(source: SourceFile, context: ClusterContext): void {
  const file = source.value ?? {};
  const provider = file['provider'];
  if (isProvider(provider)) {
    const row = providers[provider];
    checkAccount(source, row);
    checkRegion(source, row);
    checkCapabilities(source, row);
    checkReferences(source, row, implementationsOf(file, row));
  }
  const environment = file['environment'];
  if (typeof environment === 'string' && !context.environments.includes(environment)) {
    source.report('inventory/unknown-environment', ['environment'], 'value', {
      message: `environment "${environment}" does not exist`,
      hint: didYouMean(environment, context.environments.toSorted()),
    });
  }
  const delivery = file['delivery'];
  const stated = isRecord(delivery) && typeof delivery['repository'] === 'string';
  if (context.repository === undefined && !stated && (typeof delivery === 'string' || isRecord(delivery))) {
    source.report('inventory/missing-key', ['delivery'], 'key', {
      message: 'nothing says which git repository the delivery engine reads',
      hint: 'set repository.url in package.json, or delivery.repository here',
    });
  }
  checkNetwork(source, isProvider(provider) ? providers[provider].network : undefined);
  checkDuplicates(source);
  checkPools(source, file['nodePools']);
  checkApps(source, context);
  checkWaivers(source, context.today);
}

function checkAccount(source: SourceFile, { account, title }: ProviderRow): void {
  const value = source.value?.['account'];
  if (typeof value !== 'string' || value.trim() === '' || account.pattern.test(value)) return;
  const digits = value.replaceAll(/\D/g, '');
  const mended = account.pattern.test(digits) ? `write "${digits}"` : `${title} wants ${account.expected}`;
  source.report('inventory/bad-account', ['account'], 'value', {
    message: `"${value}" is not ${account.expected}`,
    hint: mended,
  });
}

function checkRegion(source: SourceFile, { region, title }: ProviderRow): void {
  const value = source.value?.['region'];
  if (typeof value !== 'string' || value.trim() === '' || region.pattern.test(value)) return;
  const mended = [
    value.replace(/-?[a-z]$/, ''),
    value.toLowerCase().replaceAll(/[\s_]/g, ''),
    value.toLowerCase().replaceAll(/[\s_]/g, '-'),
    value.replace(/-([a-z]+)(?=-?\d+$)/, (part, word: string) => `-${suggest(word, directions) ?? word}`),
  ];
  const likely = mended.find((each) => region.pattern.test(each));
  const zone = likely !== undefined && likely === mended[0];
  source.report('inventory/bad-region', ['region'], 'value', {
    message: `"${value}" is not ${region.expected}`,
    hint:
      likely === undefined
        ? `${title} wants ${region.expected}`
        : `${zone ? 'this is a zone; ' : ''}did you mean "${likely}"?`,
  });
}

function implementationsOf(file: Readonly<Record<string, unknown>>, row: ProviderRow): Record<string, string> {
  const capabilities = isRecord(file['capabilities']) ? file['capabilities'] : {};
  return Object.fromEntries(
    Object.keys(row.only).map((capability) => {
      const value = capabilities[capability];
      const stated = isRecord(value) ? value['implementation'] : value;
      return [capability, String(stated ?? row.defaults.capabilities[capability]?.['implementation'])];
    }),
  );
}

/** Units that nobody means: half a byte of memory, a gigabyte of processors. */
function checkPools(source: SourceFile, pools: unknown): void {
  if (!Array.isArray(pools)) return;
  pools.forEach((pool: unknown, index) => {
    if (!isRecord(pool)) return;
    const wrong = (key: string, unit: RegExp, hint: string): void => {
      const value = pool[key];
      if (typeof value !== 'string' || !unit.test(value)) return;
      source.report('inventory/bad-format', ['nodePools', index, key], 'value', {
        message: `${value} is no amount of ${key}`,
        hint,
      });
    };
    wrong('cpu', /[kMGTPi]$/, 'write processors such as 4 or 3920m');
    wrong('memory', /m$/, 'm means thousandths of a byte; write Mi or Gi');
  });
}

function checkApps(source: SourceFile, context: ClusterContext): void {
  const apps = source.value?.['apps'];
  const entries: [string, Path, 'key' | 'value'][] = Array.isArray(apps)
    ? apps.flatMap((name: unknown, index): [string, Path, 'value'][] =>
        typeof name === 'string' ? [[name, ['apps', index], 'value']] : [],
      )
    : isRecord(apps)
      ? Object.keys(apps).map((name) => [name, ['apps', name], 'key'])
      : [];
  for (const [name, path, part] of entries) {
    if (checkAppName(source, context.knownApps, name, path, part))
      checkLength(source, `${context.name}-${name}`, path, part);
  }
  for (const key of Object.keys(isRecord(source.value?.['stores']) ? source.value['stores'] : {})) {
    const [first = '', second, ...more] = key.split('/');
    const path = ['stores', key];
    if (more.length > 0 || [first, second ?? first].some((part) => !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(part))) {
      source.report('inventory/bad-format', path, 'key', {
        message: `"${key}" is no name of a store`,
        hint: 'write <app>/<name>, or <name> for all apps; both are lower-case letters, digits and hyphens',
      });
    } else if (second !== undefined && context.knownApps !== undefined && !context.knownApps.includes(first)) {
      source.report('inventory/unknown-app', path, 'key', {
        message: `app "${first}" does not exist`,
        hint: didYouMean(first, context.knownApps),
      });
    }
  }
}

function checkAppName(
  source: SourceFile,
  known: readonly string[] | undefined,
  name: string,
  path: Path,
  part: 'key' | 'value',
): boolean {
  if (known?.includes(name)) return true;
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
    source.report('inventory/bad-format', path, part, {
      message: `"${name}" is no name of an app`,
      hint: 'an app has the name of its folder in apps/: lower-case letters, digits and hyphens',
    });
    return false;
  }
  if (known !== undefined) {
    source.report('inventory/unknown-app', path, part, {
      message: `app "${name}" does not exist`,
      hint: `${suggest(name, known) === undefined ? `it begins with apps/${name}/app.ts; ` : ''}${didYouMean(name, known)}`,
    });
    return name.length > maximumJoined;
  }
  return true;
}

function checkLength(source: SourceFile, joined: string, path: Path, part: 'key' | 'value'): void {
  if (joined.length <= maximumJoined) return;
  source.report('inventory/name-too-long', path, part, {
    message: `"${joined}" has ${joined.length} characters; the delivery object of this placement may have ${maximumJoined}`,
    hint: 'shorten the name of the app or of the cluster',
  });
}
