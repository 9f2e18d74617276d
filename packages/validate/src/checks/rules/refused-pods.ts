import type { Code } from '@fairlead/diagnostics';
import { dnsLabel, dnsSubdomain, type Form, labelValue, qualifiedName } from '@fairlead/objects/forms';
import type { Check } from '../../check.ts';
import { at, isMap, type JsonMap, listAt, numberAt, step, textAt } from '../../json.ts';
import { containerFields } from './refused-containers.ts';
import { type Fields, identities, isIdentity, profile, type Tell } from './refused-fields.ts';
import { volumeFields } from './refused-volumes.ts';

/** Fields of pods and containers whose values API servers refuse (`ValidatePodTemplateSpec` of Kubernetes 1.34). */
export const refusedPodRules: Check = (set, report) => {
  for (const workload of set.workloads) {
    const { manifest, spec, specPointer, containers } = workload;
    let [place, field] = ['', ''];
    const tell: Tell = (code, problem, below = '', options) =>
      report(code, manifest, `${place}/${field}${below}`, problem, options);
    const look = (map: JsonMap, pointer: string, checks: Checks): void => {
      place = pointer;
      for (field in map) {
        const check = checks.get(field);
        const value = map[field];
        if (check !== undefined && value !== null) check(value, tell, map, workload);
      }
    };
    look(spec, specPointer, podChecks);
    for (const { spec: container, pointer, role } of containers) {
      look(container, pointer, containerChecks);
      if (role === 'init' && isMap(container['lifecycle']))
        report('rules/lifecycle', manifest, `${pointer}/lifecycle`, 'an init container that ends has no lifecycle');
    }
    listAt(spec, 'volumes').forEach((volume, index) => {
      if (isMap(volume)) look(volume, `${specPointer}/volumes/${index}`, volumeChecks);
    });
  }
};

const name =
  (code: Code, form: Form): Fields[string] =>
  (value, tell) => {
    // Flux fills in ${…} when it applies.
    const fault = typeof value === 'string' && value !== '' && !value.includes('${') ? form(value) : undefined;
    if (fault !== undefined) tell(code, `"${String(value)}" ${fault}`);
  };

const podFields: Fields = {
  hostname: name('rules/pod', dnsLabel),
  subdomain: name('rules/pod', dnsLabel),
  nodeName: name('rules/pod', dnsSubdomain),
  priorityClassName: name('rules/pod', dnsSubdomain),
  runtimeClassName: name('rules/pod', dnsSubdomain),
  serviceAccountName: name('rules/pod', dnsSubdomain),
  nodeSelector(labels, tell) {
    for (const [key, value] of Object.entries(isMap(labels) ? labels : {})) {
      const fault = qualifiedName(key) ?? (typeof value === 'string' ? labelValue(value) : undefined);
      if (fault !== undefined) tell('rules/label', `nodeSelector "${key}: ${String(value)}" ${fault}`, `/${step(key)}`);
    }
  },
  ephemeralContainers(list, tell, _, { kind }) {
    if (kind !== 'Pod' && Array.isArray(list) && list.length > 0)
      tell('rules/pod', 'ephemeral containers are added to running pods and stand in no template');
  },
  dnsConfig(config, tell) {
    const servers = listAt(config, 'nameservers');
    if (servers.length > 3) tell('rules/dns', `${servers.length} name servers are stated, at most 3 are allowed`);
    listAt(config, 'options').forEach((option, index) => {
      if (!textAt(option, 'name')) tell('rules/dns', 'a DNS option needs a name', `/options/${index}`);
    });
  },
  hostAliases(list, tell) {
    listAt(list).forEach((alias, index) => {
      listAt(alias, 'hostnames').forEach((host, place) => {
        const fault = typeof host === 'string' ? dnsSubdomain(host) : undefined;
        if (fault !== undefined)
          tell('rules/pod', `the host "${String(host)}" ${fault}`, `/${index}/hostnames/${place}`);
      });
    });
  },
  tolerations(list, tell) {
    listAt(list).forEach((toleration, index) => {
      const [key, value] = [textAt(toleration, 'key'), textAt(toleration, 'value')];
      const fault = key ? qualifiedName(key) : undefined;
      if (fault !== undefined) tell('rules/toleration', `the key "${key}" ${fault}`, `/${index}/key`);
      const other = value === undefined ? undefined : labelValue(value);
      if (other !== undefined) tell('rules/toleration', `the value "${value}" ${other}`, `/${index}/value`);
    });
  },
  topologySpreadConstraints(list, tell) {
    listAt(list).forEach((spread, index) => {
      const domains = numberAt(spread, 'minDomains');
      if (domains !== undefined && domains < 1)
        tell('rules/spread', `minDomains is ${domains}; it must be at least 1`, `/${index}/minDomains`);
      if (domains !== undefined && textAt(spread, 'whenUnsatisfiable') === 'ScheduleAnyway')
        tell('rules/spread', 'minDomains goes only with whenUnsatisfiable: DoNotSchedule', `/${index}/minDomains`);
      if (listAt(spread, 'matchLabelKeys').length > 0 && !isMap(at(spread, 'labelSelector')))
        tell('rules/spread', 'matchLabelKeys needs a labelSelector', `/${index}/matchLabelKeys`);
    });
  },
  affinity(affinity, tell) {
    const node = '/nodeAffinity';
    const terms = (list: readonly unknown[], pointer: string, path: readonly string[]): void =>
      list.forEach((each, index) => {
        const term = path.reduce<unknown>((value, key) => at(value, key), each);
        listAt(term, 'matchExpressions').forEach((expression, place) => {
          const fault = nodeExpressionFault(expression);
          const below = [pointer, index, ...path, 'matchExpressions', place].join('/');
          if (fault !== undefined) tell('rules/affinity', fault, below);
        });
      });
    const required = 'requiredDuringSchedulingIgnoredDuringExecution';
    const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
    const alternatives = listAt(affinity, 'nodeAffinity', required, 'nodeSelectorTerms');
    terms(alternatives, `${node}/${required}/nodeSelectorTerms`, []);
    terms(listAt(affinity, 'nodeAffinity', preferred), `${node}/${preferred}`, ['preference']);
  },
  securityContext(context, tell) {
    identities(context, tell, ['fsGroup', 'runAsUser', 'runAsGroup']);
    profile(context, tell);
    listAt(context, 'supplementalGroups').forEach((group, index) => {
      if (typeof group === 'number' && !isIdentity(group))
        tell('rules/security-context', `${group} is no group`, `/supplementalGroups/${index}`);
    });
  },
};

type Checks = ReadonlyMap<string, NonNullable<Fields[string]>>;

const podChecks: Checks = new Map(Object.entries(podFields));
const containerChecks: Checks = new Map(Object.entries(containerFields));
const volumeChecks: Checks = new Map(Object.entries(volumeFields));

/** What is wrong with one expression of a node affinity, beside its operator. */
function nodeExpressionFault(expression: unknown): string | undefined {
  const [key, operator] = [textAt(expression, 'key') ?? '', textAt(expression, 'operator')];
  const values = listAt(expression, 'values');
  if ((operator === 'In' || operator === 'NotIn') && values.length === 0) return `${key} ${operator} needs values`;
  if ((operator === 'Exists' || operator === 'DoesNotExist') && values.length > 0)
    return `${key} ${operator} takes no values`;
  if ((operator === 'Gt' || operator === 'Lt') && values.length !== 1)
    return `${key} ${operator} takes exactly one value`;
  for (const value of operator === 'In' || operator === 'NotIn' ? values : []) {
    const fault = typeof value === 'string' ? labelValue(value) : undefined;
    if (fault !== undefined) return `the value "${String(value)}" ${fault}`;
  }
  return undefined;
}
