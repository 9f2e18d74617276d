import type { Code } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import { quantityNumber } from '@fairlead/objects/quantity';
import { dnsLabel1035, dnsSubdomain, portName, qualifiedName } from '@fairlead/objects/forms';
import type { Check } from '../../check.ts';
import { at, isMap, listAt, mapAt, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';

type Tell = (code: Code, problem: string, pointer: string) => void;
type Rule = (manifest: Manifest, tell: Tell, set: ManifestSet) => void;

/** Values that API servers refuse in kinds other than pods, kind by kind (the `validation` packages of Kubernetes 1.34). */
export const refusedObjectRules: Check = (set, report) => {
  for (const [group, kind, rule] of rules)
    for (const manifest of set.ofKind(group, kind))
      rule(manifest, (code, problem, pointer) => report(code, manifest, pointer, problem), set);
};

const autoscaler: Rule = (manifest, tell) => {
  for (const field of ['kind', 'name'])
    if (textAt(manifest, 'spec', 'scaleTargetRef', field) === '')
      tell('rules/autoscaler', `scaleTargetRef needs a ${field}`, `/spec/scaleTargetRef/${field}`);
  listAt(manifest, 'spec', 'metrics').forEach((metric, index) => {
    const type = textAt(metric, 'type') ?? '';
    const field = type.charAt(0).toLowerCase() + type.slice(1);
    const source = at(metric, field);
    const pointer = `/spec/metrics/${index}/${field}`;
    const name = textAt(source, 'metric', 'name');
    if (name === '') tell('rules/autoscaler', 'a metric needs a name', `${pointer}/metric/name`);
    if (name?.includes('/')) tell('rules/autoscaler', `the metric "${name}" holds a slash`, `${pointer}/metric/name`);
    const target = at(source, 'target');
    if (!isMap(target)) return;
    const { value, averageValue, averageUtilization } = target;
    const below = `${pointer}/target`;
    for (const each of ['value', 'averageValue']) {
      const amount = quantityNumber(target[each]);
      if (amount !== undefined && amount <= 0)
        tell('rules/autoscaler', `${each} is ${String(target[each])}; it must be positive`, `${below}/${each}`);
    }
    const ofResource = type === 'Resource' || type === 'ContainerResource';
    if (ofResource && averageUtilization !== undefined && averageValue !== undefined)
      tell('rules/autoscaler', 'a target has averageUtilization or averageValue, not both', below);
    if (ofResource && averageUtilization === undefined && averageValue === undefined)
      tell('rules/autoscaler', `a target of ${type} needs averageUtilization or averageValue`, below);
    if (type === 'Pods' && averageValue === undefined)
      tell('rules/autoscaler', 'a target of Pods needs averageValue', below);
    if ((type === 'External' || type === 'Object') && value === undefined && averageValue === undefined)
      tell('rules/autoscaler', `a target of ${type} needs value or averageValue`, below);
    if (type === 'External' && value !== undefined && averageValue !== undefined)
      tell('rules/autoscaler', 'a target has value or averageValue, not both', below);
  });
  for (const direction of ['scaleUp', 'scaleDown']) {
    const policies = at(manifest, 'spec', 'behavior', direction, 'policies');
    if (Array.isArray(policies) && policies.length === 0)
      tell(
        'rules/autoscaler',
        `${direction} needs a policy, or no list of them`,
        `/spec/behavior/${direction}/policies`,
      );
  }
};

const job =
  (path: readonly string[]): Rule =>
  (manifest, tell) => {
    const spec = path.reduce<unknown>((value, key) => at(value, key), manifest);
    const base = path.map((key) => `/${key}`).join('');
    const pod = at(spec, 'template', 'spec');
    const names = [...listAt(pod, 'containers'), ...listAt(pod, 'initContainers')].map((each) => textAt(each, 'name'));
    listAt(spec, 'podFailurePolicy', 'rules').forEach((rule, index) => {
      const pointer = `${base}/podFailurePolicy/rules/${index}`;
      if (textAt(rule, 'action') === 'FailIndex' && at(spec, 'backoffLimitPerIndex') === undefined)
        tell('rules/job', 'the action FailIndex needs backoffLimitPerIndex', `${pointer}/action`);
      const codes = at(rule, 'onExitCodes');
      if (!isMap(codes)) return;
      const operator = textAt(codes, 'operator');
      if (operator !== undefined && operator !== 'In' && operator !== 'NotIn')
        tell('rules/job', `"${operator}" is neither In nor NotIn`, `${pointer}/onExitCodes/operator`);
      const container = textAt(codes, 'containerName');
      if (container !== undefined && !names.includes(container))
        tell('rules/job', `the pod has no container "${container}"`, `${pointer}/onExitCodes/containerName`);
      const values = listAt(codes, 'values').filter((value): value is number => typeof value === 'number');
      const fault =
        values.length === 0
          ? 'exit codes are missing'
          : values.some((value, place) => place > 0 && value <= (values[place - 1] ?? 0))
            ? 'exit codes stand in rising order, each once'
            : operator === 'In' && values.includes(0)
              ? 'the exit code 0 is no failure'
              : undefined;
      if (fault !== undefined) tell('rules/job', fault, `${pointer}/onExitCodes/values`);
    });
    if (at(spec, 'podFailurePolicy') !== undefined && textAt(spec, 'podReplacementPolicy') === 'TerminatingOrFailed')
      tell('rules/job', 'beside a podFailurePolicy, podReplacementPolicy is Failed', `${base}/podReplacementPolicy`);
    if (at(spec, 'successPolicy') !== undefined && textAt(spec, 'completionMode') !== 'Indexed')
      tell('rules/job', 'a successPolicy needs completionMode: Indexed', `${base}/successPolicy`);
  };

const ingress: Rule = (manifest, tell) => {
  const name = textAt(manifest, 'spec', 'ingressClassName');
  const fault = name === undefined ? undefined : dnsSubdomain(name);
  if (fault !== undefined) tell('rules/ingress', `the class "${name}" ${fault}`, '/spec/ingressClassName');
  const service = (backend: unknown, pointer: string): void => {
    const name = textAt(backend, 'service', 'name');
    const port = textAt(backend, 'service', 'port', 'name');
    const fault = name ? dnsLabel1035(name) : undefined;
    if (fault !== undefined) tell('rules/ingress', `the Service "${name}" ${fault}`, `${pointer}/service/name`);
    const other = port ? portName(port) : undefined;
    if (other !== undefined) tell('rules/ingress', `the port "${port}" ${other}`, `${pointer}/service/port/name`);
  };
  service(at(manifest, 'spec', 'defaultBackend'), '/spec/defaultBackend');
  listAt(manifest, 'spec', 'rules').forEach((rule, index) => {
    const paths = at(rule, 'http', 'paths');
    if (isMap(at(rule, 'http')) && (!Array.isArray(paths) || paths.length === 0))
      tell('rules/ingress', 'a rule needs paths', `/spec/rules/${index}/http`);
    listAt(rule, 'http', 'paths').forEach((path, place) =>
      service(at(path, 'backend'), `/spec/rules/${index}/http/paths/${place}/backend`),
    );
  });
  listAt(manifest, 'spec', 'tls').forEach((tls, index) => {
    const secret = textAt(tls, 'secretName');
    const fault = secret ? dnsSubdomain(secret) : undefined;
    if (fault !== undefined) tell('rules/ingress', `the Secret "${secret}" ${fault}`, `/spec/tls/${index}/secretName`);
  });
};

const statefulSet: Rule = (manifest, tell) => {
  for (const path of [['minReadySeconds'], ['ordinals', 'start'], ['updateStrategy', 'rollingUpdate', 'partition']]) {
    const value = path.reduce<unknown>((each, key) => at(each, key), manifest['spec']);
    if (typeof value === 'number' && value < 0)
      tell('rules/rollout', `${path.at(-1)} is ${value}; it cannot be negative`, `/spec/${path.join('/')}`);
  }
};

const quota: Rule = (manifest, tell) => {
  for (const [name, value] of Object.entries(mapAt(manifest, 'spec', 'hard'))) {
    const amount = quantityNumber(value);
    if (amount === undefined || Number.isInteger(amount)) continue;
    if (
      /^(?:count\/.+|pods|services(?:\..+)?|secrets|configmaps|persistentvolumeclaims|replicationcontrollers)$/.test(
        name,
      )
    )
      tell(
        'rules/quantity',
        `${name} is ${String(value)}; objects are counted in whole numbers`,
        `/spec/hard/${step(name)}`,
      );
  }
  const scopes = listAt(manifest, 'spec', 'scopes');
  for (const [one, other] of [
    ['BestEffort', 'NotBestEffort'],
    ['Terminating', 'NotTerminating'],
  ] as const)
    if (scopes.includes(one) && scopes.includes(other))
      tell('rules/resource-name', `the scopes ${one} and ${other} exclude each other`, '/spec/scopes');
  if (scopes.includes('BestEffort'))
    for (const name of Object.keys(mapAt(manifest, 'spec', 'hard')))
      if (name !== 'pods')
        tell(
          'rules/resource-name',
          `a quota of pods without requests counts pods, not ${name}`,
          `/spec/hard/${step(name)}`,
        );
};

const limitRange: Rule = (manifest, tell) => {
  const types = new Set<string>();
  listAt(manifest, 'spec', 'limits').forEach((limit, index) => {
    const pointer = `/spec/limits/${index}`;
    const type = textAt(limit, 'type') ?? '';
    if (types.has(type)) tell('rules/limit-range', `two limits are of type ${type}`, `${pointer}/type`);
    types.add(type);
    for (const field of ['default', 'defaultRequest'])
      if (type === 'Pod' && at(limit, field) !== undefined)
        tell('rules/limit-range', `a limit of type Pod has no ${field}`, `${pointer}/${field}`);
    const bounded = at(limit, 'min', 'storage') !== undefined || at(limit, 'max', 'storage') !== undefined;
    if (type === 'PersistentVolumeClaim' && !bounded)
      tell('rules/limit-range', 'a limit of claims needs min or max of storage', pointer);
    for (const [name, value] of Object.entries(mapAt(limit, 'maxLimitRequestRatio'))) {
      const ratio = quantityNumber(value);
      const [min, max] = [quantityNumber(at(limit, 'min', name)), quantityNumber(at(limit, 'max', name))];
      const below = `${pointer}/maxLimitRequestRatio/${step(name)}`;
      if (ratio === undefined) continue;
      if (ratio < 1) tell('rules/limit-range', `a limit cannot be ${String(value)} times its request`, below);
      else if (min !== undefined && max !== undefined && min > 0 && ratio > max / min)
        tell('rules/limit-range', `the ratio ${String(value)} of ${name} is more than max is of min`, below);
    }
  });
};

const binding: Rule = (manifest, tell) => {
  if (textAt(manifest, 'roleRef', 'name') === '') tell('rules/binding', 'roleRef needs a name', '/roleRef/name');
  listAt(manifest, 'subjects').forEach((subject, index) => {
    const name = textAt(subject, 'name');
    const fault =
      name === ''
        ? 'a subject needs a name'
        : name !== undefined && textAt(subject, 'kind') === 'ServiceAccount' && dnsSubdomain(name) !== undefined
          ? `the ServiceAccount "${name}" ${dnsSubdomain(name)}`
          : undefined;
    if (fault !== undefined) tell('rules/binding', fault, `/subjects/${index}/name`);
  });
};

const storageClass: Rule = (manifest, tell) => {
  const provisioner = textAt(manifest, 'provisioner');
  const fault = provisioner === '' ? 'is missing' : provisioner && qualifiedName(provisioner.toLowerCase());
  if (fault) tell('rules/claim', `the provisioner "${provisioner}" ${fault}`, '/provisioner');
  const policy = textAt(manifest, 'reclaimPolicy');
  if (policy === 'Recycle')
    tell('rules/claim', 'volumes of a class are deleted or retained, not recycled', '/reclaimPolicy');
};

const ingressClass: Rule = (manifest, tell) => {
  const controller = textAt(manifest, 'spec', 'controller');
  if (controller !== undefined && controller !== '' && !/^[a-z0-9.-]+\/.+$/.test(controller))
    tell(
      'rules/ingress',
      `the controller "${controller}" is no path below a domain, such as example.com/controller`,
      '/spec/controller',
    );
  const parameters = at(manifest, 'spec', 'parameters');
  if (!isMap(parameters)) return;
  const [scope, namespace] = [textAt(parameters, 'scope') ?? 'Cluster', textAt(parameters, 'namespace')];
  if (scope !== 'Cluster' && scope !== 'Namespace')
    tell('rules/ingress', `"${scope}" is neither Cluster nor Namespace`, '/spec/parameters/scope');
  else if (scope === 'Namespace' && !namespace)
    tell('rules/ingress', 'parameters of scope Namespace need a namespace', '/spec/parameters');
  else if (scope === 'Cluster' && namespace)
    tell('rules/ingress', 'parameters of scope Cluster have no namespace', '/spec/parameters/namespace');
};

const service: Rule = (manifest, tell) => {
  const families = listAt(manifest, 'spec', 'ipFamilies');
  if (families.length > 1 && new Set(families).size < families.length)
    tell('rules/service', 'an IP family stands twice', '/spec/ipFamilies');
  listAt(manifest, 'spec', 'ports').forEach((port, index) => {
    const protocol = textAt(port, 'appProtocol');
    const fault = protocol ? qualifiedName(protocol) : undefined;
    if (fault !== undefined)
      tell('rules/service', `the appProtocol "${protocol}" ${fault}`, `/spec/ports/${index}/appProtocol`);
  });
};

const networkPolicy: Rule = (manifest, tell) => {
  const types = listAt(manifest, 'spec', 'policyTypes');
  if (types.length > 2)
    tell('rules/network-policy', `${types.length} policy types are stated, there are 2`, '/spec/policyTypes');
};

const rules: readonly (readonly [group: string, kind: string, rule: Rule])[] = [
  ['autoscaling', 'HorizontalPodAutoscaler', autoscaler],
  ['batch', 'Job', job(['spec'])],
  ['batch', 'CronJob', job(['spec', 'jobTemplate', 'spec'])],
  ['networking.k8s.io', 'Ingress', ingress],
  ['networking.k8s.io', 'IngressClass', ingressClass],
  ['networking.k8s.io', 'NetworkPolicy', networkPolicy],
  ['apps', 'StatefulSet', statefulSet],
  ['', 'ResourceQuota', quota],
  ['', 'LimitRange', limitRange],
  ['', 'Service', service],
  ['rbac.authorization.k8s.io', 'RoleBinding', binding],
  ['rbac.authorization.k8s.io', 'ClusterRoleBinding', binding],
  ['storage.k8s.io', 'StorageClass', storageClass],
];
