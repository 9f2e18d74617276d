import { typoOf } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { celFault } from '../../cel-syntax.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, listAt, textAt } from '../../json.ts';
import { scheduleFault } from '../../schedule.ts';

const admission = 'admissionregistration.k8s.io';
const operations = ['*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'];

/** Words of closed lists that schemas leave open, and names that follow from others. */
export const closedListRules: Check = (set, report) => {
  for (const kind of ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']) {
    for (const each of set.ofKind(admission, kind))
      listAt(each, 'webhooks').forEach((hook, index) => {
        checkOperations(report, each, at(hook, 'rules'), `/webhooks/${index}/rules`);
        checkExpressions(report, each, hook, `/webhooks/${index}`);
      });
  }
  for (const kind of ['ValidatingAdmissionPolicy', 'MutatingAdmissionPolicy']) {
    for (const each of set.ofKind(admission, kind)) {
      checkOperations(
        report,
        each,
        at(each, 'spec', 'matchConstraints', 'resourceRules'),
        '/spec/matchConstraints/resourceRules',
      );
      checkExpressions(report, each, each['spec'], '/spec');
    }
    const policies = set.ofKind(admission, kind).map((each) => each.metadata.name);
    for (const binding of set.ofKind(admission, `${kind}Binding`)) {
      checkActions(report, binding);
      const name = textAt(binding, 'spec', 'policyName') ?? '';
      if (name === '' || policies.includes(name) || (set.context === 'folder' && policies.length === 0)) continue;
      report(
        'rules/webhook',
        binding,
        '/spec/policyName',
        `${kind} "${name}" does not exist, so that nothing is enforced`,
        {
          hint: hintFrom(name, policies),
        },
      );
    }
  }
  for (const quota of set.ofKind('', 'ResourceQuota')) {
    listAt(quota, 'spec', 'scopeSelector', 'matchExpressions').forEach((each, index) => {
      const pointer = `/spec/scopeSelector/matchExpressions/${index}`;
      oneOf(report, quota, textAt(each, 'scopeName'), scopes, `${pointer}/scopeName`, 'rules/limit-range');
      oneOf(report, quota, textAt(each, 'operator'), operators, `${pointer}/operator`, 'rules/limit-range');
    });
    listAt(quota, 'spec', 'scopes').forEach((each, index) =>
      oneOf(report, quota, typeof each === 'string' ? each : '', scopes, `/spec/scopes/${index}`, 'rules/limit-range'),
    );
  }
  for (const service of set.ofKind('apiregistration.k8s.io', 'APIService')) {
    const wanted = `${textAt(service, 'spec', 'version') ?? ''}.${textAt(service, 'spec', 'group') ?? ''}`;
    // kube-aggregator/pkg/apis/apiregistration/validation: the name is the version, a dot and the group.
    if (service.metadata.name !== wanted)
      report('rules/name', service, '/metadata/name', `an APIService of this version and group is called "${wanted}"`, {
        hint: 'make name, version and group agree',
      });
  }
  for (const kind of ['ScaledObject', 'ScaledJob']) {
    for (const each of set.ofKind('keda.sh', kind)) {
      listAt(each, 'spec', 'triggers').forEach((trigger, index) => {
        const type = textAt(trigger, 'type');
        const meant = type === undefined || scalers.includes(type) ? undefined : typoOf(type, scalers);
        if (meant !== undefined)
          report('rules/known-name', each, `/spec/triggers/${index}/type`, `KEDA has no scaler "${type}"`, {
            hint: `did you mean "${meant}"?`,
          });
      });
    }
  }
  for (const [group, kind] of scheduled) {
    for (const each of set.ofKind(group, kind)) {
      checkSchedule(report, each, at(each, 'spec', 'schedule'), '/spec/schedule');
      listAt(each, 'spec', 'schedules').forEach((schedule, index) =>
        checkSchedule(report, each, schedule, `/spec/schedules/${index}`),
      );
    }
  }
  for (const workload of set.workloads) {
    listAt(workload.spec, 'volumes').forEach((volume, index) => {
      const medium = textAt(volume, 'emptyDir', 'medium');
      if (medium !== undefined && !/^(?:|Memory|HugePages(?:-.+)?)$/.test(medium))
        report(
          'rules/volume',
          workload.manifest,
          `${workload.specPointer}/volumes/${index}/emptyDir/medium`,
          `the kubelet knows no medium "${medium}", so that the pods never start`,
          { hint: 'Memory, HugePages or HugePages-2Mi; without it: the disk of the node' },
        );
      listAt(volume, 'downwardAPI', 'items').forEach((item, place) => {
        const name = textAt(item, 'resourceFieldRef', 'containerName');
        const known = workload.containers.map((each) => each.name);
        if (name === undefined || known.includes(name)) return;
        report(
          'rules/volume',
          workload.manifest,
          `${workload.specPointer}/volumes/${index}/downwardAPI/items/${place}/resourceFieldRef/containerName`,
          `the pod has no container "${name}"`,
          { hint: hintFrom(name, known) },
        );
      });
    });
  }
};

/** Expressions of CEL that the API server cannot compile: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
function checkExpressions(report: Report, manifest: Manifest, holder: unknown, pointer: string): void {
  for (const list of ['matchConditions', 'variables', 'validations', 'auditAnnotations']) {
    listAt(holder, list).forEach((each, index) => {
      for (const field of ['expression', 'messageExpression', 'valueExpression']) {
        const text = textAt(each, field);
        const fault = text === undefined ? undefined : celFault(text);
        if (fault === undefined) continue;
        report('rules/webhook', manifest, `${pointer}/${list}/${index}/${field}`, `the expression "${text}" ${fault}`);
      }
    });
  }
}

/** pkg/apis/admissionregistration/validation: no action twice, and not both Deny and Warn. */
function checkActions(report: Report, binding: Manifest): void {
  const actions = listAt(binding, 'spec', 'validationActions');
  const pointer = '/spec/validationActions';
  if (new Set(actions).size < actions.length) report('rules/webhook', binding, pointer, 'one action is listed twice');
  if (actions.includes('Deny') && actions.includes('Warn'))
    report('rules/webhook', binding, pointer, 'actions cannot be both Deny and Warn', {
      hint: 'Deny tells why it refuses: remove Warn',
    });
}

/**
 * Kinds whose schedules the same parser reads as those of CronJobs: https://velero.io/docs/main/api-types/schedule/ and
 * https://argo-workflows.readthedocs.io/en/latest/cron-workflows/
 */
const scheduled = [
  ['velero.io', 'Schedule'],
  ['argoproj.io', 'CronWorkflow'],
] as const;

function checkSchedule(report: Report, manifest: Manifest, schedule: unknown, pointer: string): void {
  // Both take intervals and time zones in ways of their own, and Argo fills in parameters.
  if (typeof schedule !== 'string' || /^(?:@every |(?:CRON_)?TZ=)|\{\{/.test(schedule)) return;
  const fault = scheduleFault(schedule);
  if (fault !== undefined) report('rules/schedule', manifest, pointer, `the schedule "${schedule}" ${fault}`);
}

const scopes = [
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'PriorityClass',
  'CrossNamespacePodAffinity',
  'VolumeAttributesClass',
];
const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** https://keda.sh/docs/latest/scalers/ */
const scalers =
  'activemq apache-kafka arangodb artemis-queue aws-cloudwatch aws-dynamodb aws-dynamodb-streams aws-kinesis-stream aws-sqs-queue azure-app-insights azure-blob azure-data-explorer azure-eventhub azure-log-analytics azure-monitor azure-pipelines azure-queue azure-servicebus beanstalkd cassandra couchdb cpu cron datadog dynatrace elasticsearch etcd external external-push gcp-cloudtasks gcp-pubsub gcp-stackdriver gcp-storage github-runner graphite huawei-cloudeye ibmmq influxdb kafka kubernetes-workload liiklus loki memory metrics-api mongodb mssql mysql nats-jetstream new-relic nsq openstack-metric openstack-swift postgresql predictkube prometheus pulsar rabbitmq redis redis-cluster redis-cluster-streams redis-sentinel redis-sentinel-streams redis-streams selenium-grid solace-event-queue solarwinds solr splunk stan temporal'.split(
    ' ',
  );

function checkOperations(report: Report, manifest: Manifest, rules: unknown, pointer: string): void {
  listAt(rules).forEach((rule, index) =>
    listAt(rule, 'operations').forEach((each, place) =>
      oneOf(
        report,
        manifest,
        typeof each === 'string' ? each : '',
        operations,
        `${pointer}/${index}/operations/${place}`,
        'rules/webhook',
      ),
    ),
  );
}

function oneOf(
  report: Report,
  manifest: Manifest,
  word: string | undefined,
  known: readonly string[],
  pointer: string,
  code: 'rules/webhook' | 'rules/limit-range',
): void {
  if (word === undefined || known.includes(word)) return;
  report(code, manifest, pointer, `"${word}" is none of ${known.join(', ')}`, { hint: hintFrom(word, known) });
}
