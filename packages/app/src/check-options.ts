import { didYouMean, suggest } from '@fairlead/diagnostics';
import type { WorkloadKind } from '@fairlead/objects';
import { configKey, dnsLabel, hasForm, labelValue, portName, qualifiedName } from '@fairlead/objects/forms';
import { sizes } from '@fairlead/workload';
import type { Fault } from './check-values.ts';
import {
  absolutePath,
  bytes,
  flag,
  isRecord,
  list,
  object,
  port,
  quantity,
  shown,
  text,
  texts,
  wholeNumber,
} from './check-values.ts';
import { oneOf } from './shape.ts';
import { checkKeys, keysOfOption } from './check-keys.ts';
import { isImageReference } from './images.ts';
import * as shapes from './option-shapes.ts';
import { kinds, methodsWith } from './options-of-kinds.ts';
import type {
  CronJobOptions,
  DaemonSetOptions,
  DeploymentOptions,
  ExtraContainer,
  SingleJobOptions,
  StatefulSetOptions,
} from './workload-options.ts';

/** What is wrong with one option of a workload. */
export interface OptionFault {
  readonly option: string;
  readonly message: string;
  readonly hint: string;
}

type Options = Readonly<Record<string, unknown>>;
type Check = (value: unknown, at: string, fault: Fault, options: Options) => void;
type AnyOption = keyof (DeploymentOptions & StatefulSetOptions & DaemonSetOptions & SingleJobOptions & CronJobOptions);

/**
 * Everything about the options of a workload that its author could only have known from a type check: apps may be run without one.
 * What depends on the cluster is judged where it is composed.
 */
export function checkOptions(given: object, kind: WorkloadKind): OptionFault[] {
  const faults: OptionFault[] = [];
  if (!isRecord(given))
    return [{ option: '', message: `its options are ${shown(given)}`, hint: 'write an object: { … }' }];
  const options: Options = given;
  const known = kinds[kind].options;
  if (kind === 'CronJob' && options['schedule'] === undefined)
    faults.push({ option: 'schedule', message: 'it has no schedule', hint: "add schedule: '0 3 * * *'" });
  for (const option in options) {
    const value = options[option];
    if (value === undefined) continue;
    const fault: Fault = (message, hint) => void faults.push({ option, message, hint });
    if (!isOption(option)) {
      const nearest = suggest(option, [...known]);
      fault(`there is no option ${shown(option)}`, nearest ? `did you mean ${nearest}?` : `take ${option} out`);
    } else if (!known.has(option)) {
      fault(`a ${kind} has no ${option}`, `take it out; it is an option of ${methodsWith(option)}`);
    } else checks[option](value, option, fault, options);
  }
  const { singleton, replicas } = options;
  if (singleton !== undefined && replicas !== undefined && replicas !== 1) {
    faults.push({
      option: 'singleton',
      message: `singleton says that one replica is enough, and replicas is ${shown(replicas)}`,
      hint: 'take one of them out',
    });
  }
  const variable = sharedVariable(options);
  if (variable !== undefined) {
    faults.push({
      option: 'config',
      message: `config and env both set ${variable}`,
      hint: 'the process would see that of env: take one of them out',
    });
  }
  const { mountPath, first, second } = sharedPath(options) ?? {};
  if (mountPath !== undefined && second !== undefined) {
    faults.push({
      option: second,
      message: `${first} and ${second} both mount at "${mountPath}"`,
      hint:
        first === 'writable' && options['writable'] === undefined
          ? 'write writable: [] to leave out the /tmp that every workload has'
          : 'give one of them another path',
    });
  }
  return faults;
}

/** The options without those at fault, so that each fault is told once; what others lean on is replaced by something harmless. */
export function withoutFaults<T extends object>(options: T, faults: readonly OptionFault[], replicas: number): T {
  const mended: Record<string, unknown> = Object.fromEntries(Object.entries(isRecord(options) ? options : {}));
  for (const { option } of faults) {
    if (option === 'port') mended[option] = 8080;
    else if (option === 'ports') mended[option] = { mended: 8081 };
    else if (option === 'replicas') mended[option] = replicas;
    else if (option === 'image') mended[option] = `registry.invalid/missing:0.0.0@sha256:${'0'.repeat(64)}`;
    else if (option === 'schedule' || option === '') mended['schedule'] = '0 0 * * *';
    else delete mended[option];
  }
  // Every option that was taken away may be absent, or was replaced above.
  return mended as T;
}

const count = wholeNumber(0, Number.MAX_SAFE_INTEGER, 1);
const seconds = wholeNumber(0, Number.MAX_SAFE_INTEGER, 30);
const identifier = wholeNumber(0, 2_147_483_647, 10001);

const container: Readonly<Record<keyof ExtraContainer, Check>> = {
  name: (value, at, fault) => {
    if (!hasForm(value, dnsLabel))
      fault(
        `${at} is ${shown(value)}, which is no DNS label`,
        "write lower-case letters, digits and hyphens: 'migrate'",
      );
  },
  image: checkImage,
  command: texts,
  args: texts,
  env: checkEnvironment,
  size: checkSize,
  sidecar: flag,
  health: (value, at, fault, options) => {
    const hint = "write { http: '/healthz', port: 9801 }, { tcp: 9801 } or { exec: [ … ] }";
    if (options['sidecar'] === true) checkHealth(value, at, (message) => fault(message, hint), {});
    else fault(`${at} of a container that runs to its end`, 'add sidecar: true if it runs beside the others');
  },
};

const containerOptions = Object.keys(container);

const checks: Readonly<Record<AnyOption, Check>> = {
  image: checkImage,
  command: texts,
  args: texts,
  size: checkSize,
  env: checkEnvironment,
  config: checkConfig,
  files: checkFiles,
  secretFiles: checkSecretFiles,
  writable: checkWritable,
  user: identifier,
  security: shapes.security,
  calls: (value, at, fault) => checkHandles(value, at, fault, targets),
  admits: (value, at, fault) => checkHandles(value, at, fault, callers),
  namespace: (value, at, fault) => {
    if (isRecord(value) && value['kind'] === 'namespace' && typeof value['name'] === 'string') return;
    const name = typeof value === 'string' ? value : 'jobs';
    fault(`${at} is ${shown(value)}, not a namespace of the app`, `write ${at}: app.namespace('${name}')`);
  },
  graceSeconds: seconds,
  init: (value, at, fault) => {
    list(value, at, fault);
    if (Array.isArray(value)) value.forEach((each: unknown, index) => checkContainer(each, `${at}[${index}]`, fault));
  },
  permissions: checkPermissions,
  clusterWide: text,
  identity: flag,
  volumes: checkVolumes,
  scheduling: shapes.scheduling,
  priorityClass: text,
  metadata: checkMetadata,
  patch: checkPatch,
  port,
  ports: checkPorts,
  health: checkHealth,
  metrics: checkMetrics,
  objective: shapes.objective,
  requests: shapes.requests,
  thresholds: shapes.thresholds,
  alerts: shapes.alerts,
  recordings: shapes.recordings,
  connectionPool: shapes.connectionPool,
  exporter: (value, at, fault) => {
    if (value !== 'postgresql') fault(`${at} is ${shown(value)}`, "the only one known is 'postgresql'");
  },
  counts: texts,
  replicas: checkReplicas,
  vertical: shapes.vertical,
  singleton: text,
  clustered: flag,
  everyNode: flag,
  storage: (value, at, fault) => {
    object(value, at, fault);
    if (!isRecord(value)) return;
    checkKeys(value, at, fault, keysOfOption.storage);
    bytes(value['size'], `${at}.size`, fault);
    oneOf('default', 'fast', 'shared', 'cheap')(value['intent'] ?? 'default', `${at}.intent`, fault);
    absolutePath(value['path'], `${at}.path`, fault);
  },
  retries: count,
  timeoutSeconds: wholeNumber(1, Number.MAX_SAFE_INTEGER, 3600),
  before: (value, at, fault) => checkHandles(value, at, fault, workloads),
  startedBy: (value, at, fault) => {
    object(value, at, fault);
    checkKeys(value, at, fault, keysOfOption.startedBy);
    if (isRecord(value)) shapes.events(value['events'], `${at}.events`, fault);
  },
  // Whether it is five fields of cron is a verdict on the CronJob, whoever wrote it.
  schedule: text,
  timeZone: text,
};

function isOption(name: string): name is AnyOption {
  return Object.hasOwn(checks, name);
}

const sizeNames = Object.keys(sizes);

function checkSize(value: unknown, at: string, fault: Fault): void {
  if (typeof value === 'string') {
    if (Object.hasOwn(sizes, value)) return;
    fault(`${at} is ${shown(value)}, which is no size`, didYouMean(value, sizeNames));
  } else if (!isRecord(value)) {
    fault(`${at} is ${shown(value)}`, `write one of ${sizeNames.join(', ')}, or { cpu: '250m', memory: '512Mi' }`);
  } else {
    for (const needed of ['cpu', 'memory']) {
      if (value[needed] === undefined)
        fault(`${at} has no ${needed}`, `add ${needed}: '${needed === 'cpu' ? '250m' : '512Mi'}'`);
    }
    for (const key in value) {
      if (value[key] === undefined) continue;
      if (resourceNames.includes(key)) (key.startsWith('memory') ? bytes : quantity)(value[key], `${at}.${key}`, fault);
      else fault(`${at} has the unknown key ${shown(key)}`, didYouMean(key, resourceNames));
    }
  }
}

const resourceNames = ['cpu', 'memory', 'cpuLimit', 'memoryLimit'];

/** Names that every supported version takes: printable ASCII without `=` and blanks. @see KEP-4369 */
const variableName = /^[!-<>-~]+$/;
const references = [['secret', 'key'], ['configMap', 'key'], ['field'], ['resource']];

function checkEnvironment(value: unknown, at: string, fault: Fault): void {
  if (!isRecord(value)) {
    fault(`${at} is ${shown(value)}`, `write names and values: ${at}: { LOG_LEVEL: 'info' }`);
    return;
  }
  for (const name in value) {
    if (!variableName.test(name))
      fault(`${at} has the name ${shown(name)}, which no environment variable can have`, variableHint);
    const each = value[name];
    if (typeof each === 'string') incomplete(each, `${at}.${name}`, fault);
    if (typeof each === 'string' || typeof each === 'boolean' || Number.isFinite(each)) continue;
    if (isRecord(each) && references.some((keys) => keys.every((key) => typeof each[key] === 'string'))) continue;
    fault(`${at}.${name} is ${shown(each)}`, scalarHint(each, "a key of a secret: credentials.key('password')"));
  }
}

/** What is left in a text of a value that is not there, or that is no text. */
function incomplete(value: string, at: string, fault: Fault): void {
  const [part] = /(?<![^/:@.?&=,\s-])undefined(?![^/:@.?&=,\s-])|\[object \w+\]/.exec(value) ?? [];
  if (part === undefined) return;
  const hint =
    part === 'undefined'
      ? 'a part of it does not exist: correct its name'
      : 'a part of it is an object: name its field';
  fault(`${at} is ${shown(value)}`, `${hint}; npx tsc --noEmit shows where`);
}

const variableHint = 'use letters, digits and underscores, such as LOG_LEVEL';

function scalarHint(value: unknown, besides: string): string {
  if (value === undefined || value === null) return 'leave it out: ...(value !== undefined && { NAME: value })';
  if (typeof value === 'number') return 'check where the number comes from: a missing value makes NaN';
  return `write a text, a number, true or false${besides === '' ? '' : `, or ${besides}`}`;
}

function checkConfig(value: unknown, at: string, fault: Fault): void {
  if (!isRecord(value)) {
    fault(`${at} is ${shown(value)}`, `write names and values: ${at}: { LOG_LEVEL: 'info' }`);
    return;
  }
  for (const name in value) {
    if (!hasForm(name, configKey)) fault(`${at} has the key ${shown(name)}, which no ConfigMap can have`, variableHint);
    const each = value[name];
    if (typeof each === 'string') incomplete(each, `${at}.${name}`, fault);
    if (typeof each === 'string' || typeof each === 'boolean' || Number.isFinite(each)) continue;
    fault(`${at}.${name} is ${shown(each)}`, scalarHint(each, ''));
  }
}

function checkFiles(value: unknown, at: string, fault: Fault): void {
  if (!isRecord(value)) {
    fault(`${at} is ${shown(value)}`, `write paths and texts: ${at}: { '/etc/app/app.conf': '…' }`);
    return;
  }
  const paths = Object.keys(value);
  for (const path of paths) {
    absolutePath(path, at, fault);
    if (
      path.startsWith('/') &&
      path.length > 1 &&
      !path.endsWith('/') &&
      !hasForm(path.slice(path.lastIndexOf('/') + 1), configKey)
    )
      fault(
        `${at}: ${shown(path)} has a name that no ConfigMap can hold`,
        'use letters, digits, hyphens, dots and underscores',
      );
    if (typeof value[path] !== 'string')
      fault(
        `${at}: the text of ${shown(path)} is ${shown(value[path])}`,
        'write a text; JSON.stringify(…) makes one of data',
      );
    // A file cannot be a folder. Below a writable folder it is fine: runtimes mount deeper paths later.
    if (paths.length > 1 && paths.some((other) => other !== path && path.startsWith(`${other}/`)))
      fault(`${at}: ${shown(path)} lies below another file`, 'give one of them another path');
  }
}

function checkSecretFiles(value: unknown, at: string, fault: Fault): void {
  if (!isRecord(value)) {
    fault(`${at} is ${shown(value)}`, `write a folder and a secret: ${at}: { '/etc/credentials': credentials }`);
    return;
  }
  for (const path in value) {
    absolutePath(path, at, fault);
    const secret = value[path];
    if (!isRecord(secret) || secret['kind'] !== 'secret')
      fault(
        `${at}: ${shown(path)} is ${shown(secret)}, not a secret`,
        "write what app.secret('…', { keys: [ … ] }) returns",
      );
  }
}

function checkWritable(value: unknown, at: string, fault: Fault): void {
  if (Array.isArray(value)) {
    value.forEach((path: unknown, index) => {
      absolutePath(path, at, fault);
      if (value.indexOf(path) < index) fault(`${at} names ${shown(path)} twice`, 'name it once');
    });
  } else if (isRecord(value)) {
    for (const path in value) {
      absolutePath(path, at, fault);
      const folder = value[path];
      if (!isRecord(folder))
        fault(`${at}: ${shown(path)} is ${shown(folder)}`, `write '${path}': {} or { size: '64Mi' }`);
      else if (folder['size'] !== undefined) quantity(folder['size'], `${at}.${path}.size`, fault);
    }
  } else fault(`${at} is ${shown(value)}`, `write a list of folders: ${at}: ['/tmp']`);
}

function checkMetadata(value: unknown, at: string, fault: Fault, options: Options): void {
  object(value, at, fault);
  if (!isRecord(value)) return;
  checkKeys(value, at, fault, keysOfOption.metadata);
  for (const kind of keysOfOption.metadata) {
    const entries = value[kind];
    if (entries === undefined) continue;
    if (!isRecord(entries)) fault(`${at}.${kind} is ${shown(entries)}`, "write { 'example.com/name': 'value' }");
    for (const [key, text] of Object.entries(isRecord(entries) ? entries : {})) {
      if (!hasForm(key, qualifiedName))
        fault(`${at}.${kind} has the name ${shown(key)}, which no object can have`, "write 'example.com/name'");
      else if (typeof text !== 'string')
        fault(`${at}.${kind}[${shown(key)}] is ${shown(text)}`, `write a text: '${String(text)}'`);
      else if (kind === 'podLabels' && !hasForm(text, labelValue))
        fault(`${at}.${kind}[${shown(key)}] is ${shown(text)}, which no label can hold`, 'make it an annotation');
    }
  }
  if (value['serviceAnnotations'] !== undefined && options['port'] === undefined && options['ports'] === undefined)
    fault(`${at}.serviceAnnotations of a workload without a port`, 'give it one: port: 8080');
}

function checkPermissions(value: unknown, at: string, fault: Fault): void {
  list(value, at, fault);
  if (!Array.isArray(value)) return;
  value.forEach((rule: unknown, index) => {
    if (isRecord(rule)) checkKeys(rule, `${at}[${index}]`, fault, keysOfOption.permissions);
    for (const part of ['apiGroups', 'resources', 'verbs']) {
      const given = isRecord(rule) ? rule[part] : undefined;
      if (Array.isArray(given) && given.every((each) => typeof each === 'string')) continue;
      fault(`${at}[${index}].${part} is ${shown(given)}`, permissionHint);
    }
  });
}

const permissionHint =
  "write { apiGroups: [''], resources: ['services'], verbs: ['get', 'list'] }; '' is the core group";

function checkVolumes(value: unknown, at: string, fault: Fault): void {
  list(value, at, fault);
  if (!Array.isArray(value)) return;
  value.forEach((each: unknown, index) => {
    if (!isRecord(each) || !Array.isArray(each['mounts']))
      fault(`${at}[${index}] has no mounts`, "write { volume: { … }, mounts: [{ name: '…', mountPath: '/…' }] }");
  });
}

/** The first environment variable that is stated twice, where one would hide the other. */
function sharedVariable({ config, env }: Options): string | undefined {
  if (!isRecord(config) || !isRecord(env)) return undefined;
  for (const name in config) if (env[name] !== undefined) return name;
  return undefined;
}

/** The first path that two of a container's mounts share; a kubelet takes none of them. */
function sharedPath(options: Options): { mountPath: string; first: string; second: string } | undefined {
  const { files, secretFiles, writable, volumes, storage } = options;
  if (!files && !secretFiles && !volumes && !storage && !writable) return undefined;
  const owners = new Map<string, string>();
  let found: { mountPath: string; first: string; second: string } | undefined;
  const claim = (mountPath: unknown, second: string): void => {
    if (typeof mountPath !== 'string' || found) return;
    const first = owners.get(mountPath);
    // Within one list the check of that option has told it.
    if (first !== undefined && (first !== second || second === 'volumes')) found = { mountPath, first, second };
    owners.set(mountPath, second);
  };
  if (writable === undefined) claim('/tmp', 'writable');
  else if (Array.isArray(writable)) for (const path of writable) claim(path, 'writable');
  else if (isRecord(writable)) for (const path in writable) claim(path, 'writable');
  if (isRecord(storage)) claim(storage['path'], 'storage');
  if (isRecord(secretFiles)) for (const path in secretFiles) claim(path, 'secretFiles');
  if (isRecord(files)) for (const path in files) claim(path, 'files');
  for (const each of Array.isArray(volumes) ? volumes : []) {
    if (!isRecord(each) || !Array.isArray(each['mounts'])) continue;
    for (const mount of each['mounts']) if (isRecord(mount)) claim(mount['mountPath'], 'volumes');
  }
  return found;
}

const targets = ['workload', 'peer', 'external', 'internet', 'kubernetes-api', 'namespace-pods'];
const callers = ['peer', 'namespace-pods'];
const workloads = ['workload'];
const handleHints: Readonly<Record<string, string>> = {
  calls: "name what app.deployment(…), app.peer('app', 'workload', { port }) or app.external(…) returned",
  admits: "name the caller: app.peer('app', 'workload')",
  before: 'name what app.deployment(…) or app.statefulSet(…) returned',
};

function checkHandles(value: unknown, at: string, fault: Fault, kinds: readonly string[]): void {
  if (!Array.isArray(value)) {
    fault(`${at} is ${shown(value)}, not a list`, `write a list: ${at}: [ … ]`);
    return;
  }
  for (let index = 0; index < value.length; index += 1) checkHandle(value[index], `${at}[${index}]`, fault, at, kinds);
}

function checkHandle(value: unknown, at: string, fault: Fault, option: string, kinds: readonly string[]): void {
  const kind = isRecord(value) ? value['kind'] : undefined;
  if (typeof kind === 'string' && kinds.includes(kind)) return;
  const what = typeof kind === 'string' ? `a handle of kind ${shown(kind)}` : `${shown(value)}, which is no handle`;
  fault(`${at} is ${what}`, handleHints[option] ?? '');
}

/** True for what a workload may call; the fault says why not. For calls that are added after the fact. */
export function checkCall(value: unknown, fault: Fault): boolean {
  let fine = true;
  checkHandle(
    value,
    'a call',
    (message, hint) => {
      fine = false;
      fault(message, hint);
    },
    'calls',
    targets,
  );
  return fine;
}

/** `name/part:tag@digest`, the name in lower case, after an optional host. @see https://github.com/distribution/reference */
const imageReference =
  /^(?:(?:localhost|[a-zA-Z0-9](?:[-a-zA-Z0-9]*[.][-a-zA-Z0-9.]*[a-zA-Z0-9])|[a-zA-Z0-9][-a-zA-Z0-9.]*(?=:\d+\/)|\[[0-9a-fA-F:]+\])(?::\d{1,5})?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@[a-z0-9]+:[a-fA-F0-9]{32,})?$/;

function checkImage(value: unknown, at: string, fault: Fault): void {
  if (typeof value !== 'string' || value === '') {
    fault(`${at} is ${shown(value)}`, `name an image of releases.yaml: ${at}: 'api'`);
  } else if (isImageReference(value) && !imageReference.test(value)) {
    fault(
      `${at} is ${shown(value)}, which is no image reference`,
      "write 'registry.example.com/team/api:1.4.0@sha256:…', the name in lower case, or a key of releases.yaml",
    );
  }
}

function checkContainer(value: unknown, at: string, fault: Fault): void {
  if (!isRecord(value)) {
    fault(`${at} is ${shown(value)}`, "write { name: 'migrate', image: 'api', command: [ … ] }");
    return;
  }
  container.name(value['name'], `${at}.name`, fault, value);
  container.image(value['image'], `${at}.image`, fault, value);
  checkKeys(value, at, fault, containerOptions);
  for (const option of ['command', 'args', 'env', 'size', 'sidecar', 'health'] as const) {
    if (value[option] !== undefined) container[option](value[option], `${at}.${option}`, fault, value);
  }
}

const patchOperations = ['add', 'replace', 'remove'];

function checkPatch(value: unknown, at: string, fault: Fault): void {
  list(value, at, fault);
  if (!Array.isArray(value)) return;
  value.forEach((each: unknown, index) => {
    const here = `${at}[${index}]`;
    if (!isRecord(each)) return fault(`${here} is ${shown(each)}`, "write { op: 'add', path: '/spec/…', value: … }");
    const { op, path } = each;
    if (typeof op !== 'string' || !patchOperations.includes(op))
      fault(`${here}.op is ${shown(op)}`, didYouMean(String(op), patchOperations));
    if (typeof path !== 'string' || !path.startsWith('/') || /~(?![01])/.test(path)) {
      const mended = typeof path === 'string' && /^[\w.]+$/.test(path) ? `/${path.replaceAll('.', '/')}` : '/spec/…';
      fault(`${here}.path is ${shown(path)}, which is no JSON pointer`, `begin with a slash: path: '${mended}'`);
    }
    if (op !== 'remove' && each['value'] === undefined)
      fault(`${here}.value is undefined`, "give it a value, or write op: 'remove'");
  });
}

function checkPorts(value: unknown, at: string, fault: Fault, options: Options): void {
  if (!isRecord(value)) {
    fault(`${at} is ${shown(value)}`, `write names and numbers: ${at}: { metrics: 9090 }`);
    return;
  }
  const byNumber = new Map<unknown, string>();
  if (options['port'] !== undefined) {
    byNumber.set(options['port'], 'http');
    if (value['http'] !== undefined)
      fault(`port and ${at}.http are both called "http"`, 'take port out, or give the other another name');
  }
  for (const name in value) {
    if (!hasForm(name, portName))
      fault(
        `${at} has the name ${shown(name)}, which no port can have`,
        'use at most 15 lower-case letters, digits and hyphens, with a letter among them',
      );
    const number = value[name];
    port(number, `${at}.${name}`, fault);
    const other = byNumber.get(number);
    if (other !== undefined && other !== name)
      fault(`${at}.${name} is ${shown(number)}, as is port "${other}"`, 'give one of them another number');
    byNumber.set(number, name);
  }
}

/** True if a workload of these options has a port, of a name if one is given. */
function hasPort({ port: first, ports }: Options, name?: string): boolean {
  if (name === 'http' && first !== undefined) return true;
  if (!isRecord(ports)) return name === undefined && first !== undefined;
  return name === undefined ? first !== undefined || Object.keys(ports).length > 0 : Object.hasOwn(ports, name);
}

function portNames({ port: first, ports }: Options): string[] {
  return [...(first === undefined ? [] : ['http']), ...(isRecord(ports) ? Object.keys(ports) : [])];
}

function checkMetrics(value: unknown, at: string, fault: Fault, options: Options): void {
  if (value !== true && !isRecord(value)) {
    fault(`${at} is ${shown(value)}`, `write ${at}: true or { path: '/metrics', port: 'http' }, or leave it out`);
    return;
  }
  if (!hasPort(options)) fault(`${at} without a port: nothing could be scraped`, 'add port: 8080');
  if (value === true) return;
  checkKeys(value, at, fault, keysOfOption.metrics);
  const { path, port: name, interval, exports } = value;
  if (exports !== undefined) {
    for (const each of Array.isArray(exports) ? exports : [exports])
      if (typeof each !== 'string' || !/^[a-zA-Z_:][a-zA-Z0-9_:]*\*?$/.test(each))
        fault(
          `${at}.exports names ${shown(each)}, which is no metric`,
          `write ${at}.exports: ['orders_pending', 'queue_*']`,
        );
  }
  if (path !== undefined) checkUrlPath(path, `${at}.path`, fault);
  if (interval !== undefined && (typeof interval !== 'string' || !/^(?:\d+(?:ms|[smhd]))+$/.test(interval)))
    fault(`${at}.interval is ${shown(interval)}, which is no duration`, "write interval: '30s'");
  if (name !== undefined && hasPort(options) && (typeof name !== 'string' || !hasPort(options, name)))
    fault(
      `${at}.port is ${shown(name)}, which is no port of the workload`,
      didYouMean(String(name), portNames(options)),
    );
}

/** An absolute path of a URL. */
export function checkUrlPath(value: unknown, at: string, fault: Fault): void {
  if (typeof value === 'string' && value.startsWith('/')) return;
  const mended = typeof value === 'string' && value !== '' ? `/${value}` : '/health';
  fault(`${at} is ${shown(value)}, which is no path`, `begin with a slash: '${mended}'`);
}

function checkHealth(value: unknown, at: string, fault: Fault, options: Options): void {
  if (!isRecord(value) || !('ready' in value)) {
    checkProbe(value, at, fault, options);
    return;
  }
  checkProbe(value['ready'], `${at}.ready`, fault, options);
  for (const probe of ['live', 'start']) {
    const each = value[probe];
    if (each !== undefined && each !== false) checkProbe(each, `${at}.${probe}`, fault, options);
  }
}

function checkProbe(value: unknown, at: string, fault: Fault, options: Options): void {
  if (typeof value === 'string') {
    checkUrlPath(value, at, fault);
    if (!hasPort(options)) fault(`${at} is the path ${shown(value)} of a workload without a port`, 'add port: 8080');
  } else if (!isRecord(value)) {
    fault(`${at} is ${shown(value)}`, "write the path that answers, such as '/health'");
  } else if ('http' in value) {
    checkUrlPath(value['http'], `${at}.http`, fault);
    if (value['port'] !== undefined) checkProbePort(value['port'], `${at}.port`, fault, options);
    else if (!hasPort(options)) fault(`${at} asks a workload without a port`, 'add port: 8080');
  } else if ('tcp' in value) checkProbePort(value['tcp'], `${at}.tcp`, fault, options);
  else if ('grpc' in value) port(value['grpc'], `${at}.grpc`, fault);
  else if ('exec' in value) texts(value['exec'], `${at}.exec`, fault);
  else fault(`${at} has none of http, tcp, grpc and exec`, "write the path that answers, such as '/health'");
}

function checkProbePort(value: unknown, at: string, fault: Fault, options: Options): void {
  if (typeof value !== 'string') port(value, at, fault);
  else if (!hasPort(options, value))
    fault(`${at} is ${shown(value)}, which is no port of the workload`, didYouMean(value, portNames(options)));
}

function checkReplicas(value: unknown, at: string, fault: Fault): void {
  if (!isRecord(value)) {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1)
      fault(`${at} is ${shown(value)}`, `write a whole number from 1 up, or ${at}: { min: 2, max: 6, cpu: 70 }`);
    return;
  }
  shapes.scaling(value, at, fault);
  for (const end of ['min', 'max']) {
    if (typeof value[end] !== 'number')
      fault(`${at}.${end} is ${shown(value[end])}`, `write a whole number: ${end}: 2`);
  }
}
