import type { Manifest } from '@fairlead/objects';
import type { Check, Report } from '../../check.ts';
import { hintFrom } from '../../did-you-mean.ts';
import { at, isMap, listAt, step, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';

/**
 * What a workflow of Argo or a pipeline of Tekton says of its own templates and tasks. Argo fails such a workflow as invalid
 * (https://argo-workflows.readthedocs.io/en/stable/cli/argo_lint/); the webhook of Tekton refuses such a pipeline
 * (https://tekton.dev/docs/pipelines/pipelines/).
 */
export const stepReferences: Check = (set, report) => {
  for (const kind of ['Workflow', 'WorkflowTemplate', 'ClusterWorkflowTemplate'])
    for (const manifest of set.ofKind('argoproj.io', kind))
      checkWorkflow(set, report, manifest, manifest['spec'], '/spec');
  for (const manifest of set.ofKind('argoproj.io', 'CronWorkflow'))
    checkWorkflow(set, report, manifest, at(manifest, 'spec', 'workflowSpec'), '/spec/workflowSpec');
  for (const manifest of set.ofKind('tekton.dev', 'Pipeline'))
    checkPipeline(report, manifest, manifest['spec'], '/spec');
  for (const manifest of set.ofKind('tekton.dev', 'PipelineRun'))
    checkPipeline(report, manifest, at(manifest, 'spec', 'pipelineSpec'), '/spec/pipelineSpec');
};

/** Tells a name that is none of those known, unless it is filled in at run time. */
function judge(
  report: Report,
  manifest: Manifest,
  pointer: string,
  what: string,
  name: string | undefined,
  known: ReadonlySet<string>,
): void {
  if (name === undefined || name === '' || known.has(name) || /\{\{|\$\(/.test(name)) return;
  report('references/missing-step', manifest, pointer, `${what} "${name}" does not exist`, {
    hint: hintFrom(name, known),
  });
}

const namesIn = (value: unknown, ...path: readonly string[]): Set<string> =>
  new Set(listAt(value, ...path).flatMap((each) => textAt(each, 'name') ?? []));

function checkWorkflow(set: ManifestSet, report: Report, manifest: Manifest, spec: unknown, pointer: string): void {
  const templates = namesIn(spec, 'templates');
  // Without templates it runs those of another, which `workflowTemplateRef` names.
  if (templates.size === 0 || at(spec, 'workflowTemplateRef') !== undefined) return;
  for (const field of ['entrypoint', 'onExit'])
    judge(report, manifest, `${pointer}/${field}`, 'template', textAt(spec, field), templates);
  for (const [index, template] of listAt(spec, 'templates').entries()) {
    const base = `${pointer}/templates/${index}`;
    const tasks = namesIn(template, 'dag', 'tasks');
    for (const [place, task] of listAt(template, 'dag', 'tasks').entries()) {
      const own = `${base}/dag/tasks/${place}`;
      checkCall(set, report, manifest, task, own, templates);
      for (const [at, each] of listAt(task, 'dependencies').entries())
        if (typeof each === 'string') judge(report, manifest, `${own}/dependencies/${at}`, 'task', each, tasks);
      // depends: "test.Succeeded && (build || cached)"
      for (const each of textAt(task, 'depends')?.match(/[\w-]+(?:\.\w+)?/g) ?? [])
        judge(report, manifest, `${own}/depends`, 'task', each.replace(/\..*/, ''), tasks);
    }
    for (const [place, group] of listAt(template, 'steps').entries())
      for (const [inner, each] of (Array.isArray(group) ? group : []).entries())
        checkCall(set, report, manifest, each, `${base}/steps/${place}/${inner}`, templates);
  }
}

/** A step or task calls a template of its own workflow, or one of a WorkflowTemplate. */
function checkCall(
  set: ManifestSet,
  report: Report,
  manifest: Manifest,
  call: unknown,
  pointer: string,
  own: ReadonlySet<string>,
): void {
  judge(report, manifest, `${pointer}/template`, 'template', textAt(call, 'template'), own);
  const name = textAt(call, 'templateRef', 'name');
  if (name === undefined) return;
  const isShared = at(call, 'templateRef', 'clusterScope') === true;
  const others = set
    .ofKind('argoproj.io', isShared ? 'ClusterWorkflowTemplate' : 'WorkflowTemplate')
    .filter((each) => each.metadata.name === name && (isShared || set.namespaceOf(each) === set.namespaceOf(manifest)));
  if (others.length !== 1) return;
  const templates = namesIn(others[0], 'spec', 'templates');
  if (templates.size > 0)
    judge(
      report,
      manifest,
      `${pointer}/templateRef/template`,
      `${others[0]?.kind} "${name}": template`,
      textAt(call, 'templateRef', 'template'),
      templates,
    );
}

function checkPipeline(report: Report, manifest: Manifest, spec: unknown, pointer: string): void {
  if (!isMap(spec)) return;
  const tasks = namesIn(spec, 'tasks');
  const workspaces = namesIn(spec, 'workspaces');
  for (const list of ['tasks', 'finally']) {
    for (const [index, task] of listAt(spec, list).entries()) {
      const own = `${pointer}/${list}/${index}`;
      for (const [place, each] of listAt(task, 'runAfter').entries())
        if (typeof each === 'string') judge(report, manifest, `${own}/runAfter/${place}`, 'task', each, tasks);
      for (const [place, each] of listAt(task, 'workspaces').entries())
        judge(
          report,
          manifest,
          `${own}/workspaces/${place}/workspace`,
          'workspace',
          textAt(each, 'workspace'),
          workspaces,
        );
      for (const field of ['params', 'when', 'matrix'])
        checkResults(report, manifest, at(task, field), `${own}/${field}`, tasks);
    }
  }
  checkResults(report, manifest, spec['results'], `${pointer}/results`, tasks);
}

/** Results of tasks, which texts take up as `$(tasks.fetch.results.commit)`. */
function checkResults(
  report: Report,
  manifest: Manifest,
  value: unknown,
  pointer: string,
  tasks: ReadonlySet<string>,
): void {
  if (typeof value === 'string') {
    for (const [, name] of value.matchAll(/\$\(tasks\.([\w-]+)\./g))
      judge(report, manifest, pointer, 'task', name, tasks);
  } else if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) checkResults(report, manifest, each, `${pointer}/${index}`, tasks);
  } else if (isMap(value)) {
    for (const [key, each] of Object.entries(value))
      checkResults(report, manifest, each, `${pointer}/${step(key)}`, tasks);
  }
}
