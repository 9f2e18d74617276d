import { causesOf } from './causes.ts';
import type { Finding } from './finding.ts';
import {
  changeClasses,
  type ChangeClass,
  type Entry,
  type FieldChange,
  type ObjectReference,
  type SourceManifest,
} from './model.ts';
import type { ObjectChange } from './pair.ts';
import { codeOrder, codes } from './rules/codes.ts';

/** Findings as entries: the same finding on many objects is one entry; the worst class first. */
export function toEntries(findings: readonly Finding[], changedSources: readonly string[] = []): Entry[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.code}|${finding.change.change}|${JSON.stringify(finding.words ?? null)}|${JSON.stringify(fieldsOf(finding))}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  const entries = [...groups.values()].map((each) => toEntry(each, changedSources));
  return entries.sort(byWorst);
}

const hidden = '(hidden)';

/** The leaves of a finding as the report tells them. Values of Secrets are never told. */
function fieldsOf({ change, leaves }: Finding): FieldChange[] {
  const secret = (change.after ?? change.before)?.manifest.kind === 'Secret';
  const fields = leaves.map(({ pointer, path, before, after }) => {
    const mask = secret && /^(data|stringData)\b|^metadata\.annotations\.kubectl/.test(path);
    return {
      pointer,
      ...(before === undefined ? {} : { before: mask ? hidden : before }),
      ...(after === undefined ? {} : { after: mask ? hidden : after }),
    };
  });
  return fields.sort((a, b) => compareText(a.pointer, b.pointer));
}

function toEntry(findings: Finding[], changedSources: readonly string[]): Entry {
  findings.sort((a, b) => compareText(sortKey(referenceOf(a.change)), sortKey(referenceOf(b.change))));
  const [first] = findings;
  if (first === undefined) throw new Error('an entry without findings');
  const objects = findings.map((each) => referenceOf(each.change));
  const previous =
    first.change.change === 'renamed' || first.change.change === 'moved'
      ? findings.flatMap((each) => (each.change.before === undefined ? [] : [toReference(each.change.before)]))
      : undefined;
  const causes =
    changedSources.length === 0
      ? []
      : causesOf(
          findings.flatMap((each) => each.change.after ?? each.change.before ?? []),
          changedSources,
        );
  return {
    class: codes[first.code].class,
    code: first.code,
    sentence: sentenceOf(findings, previous ?? objects),
    change: first.change.change,
    objects,
    fields: fieldsOf(first),
    ...(causes.length === 0 ? {} : { causes }),
    ...(previous === undefined ? {} : { previous }),
  };
}

function sentenceOf(findings: readonly Finding[], objects: readonly ObjectReference[]): string {
  const [first] = findings;
  if (first === undefined) return '';
  const pods = findings.reduce((sum, each) => sum + (each.pods ?? 0), 0);
  const words: Readonly<Record<string, string>> = {
    ...first.words,
    subject: subjectOf(objects),
    pods: podsText(pods, findings),
  };
  const template: string = codes[first.code].sentence;
  const many = objects.length > 1 && !isOneName(objects);
  const sentence = many
    ? template
        .replace(/^\{subject\} (\w+)/, (_, verb: string) => `{subject} ${pluralVerb(verb)}`)
        .replace('{subject} {what}', `{subject} ${(words['what'] ?? '').replace(/^\w+/, pluralVerb)}`)
        .replace('{what}', (words['what'] ?? '').replace(/\bits\b/g, 'their'))
        .replace(/\bits\b/g, 'their')
    : template;
  return sentence
    .replaceAll(/\{(\w+)\}/g, (_, word: string) => words[word] ?? '')
    .replace(/(1 pod|the pod on every node) restart /, '$1 restarts ')
    .replace(/\s+$/, '');
}

/** How many pods restart. How many nodes a cluster has, and so a DaemonSet's pods, is not known here. */
function podsText(pods: number, findings: readonly Finding[]): string {
  if (findings.every(({ change }) => change.after?.manifest.kind === 'DaemonSet')) return 'the pod on every node';
  return pods === 1 ? '1 pod' : `${number(pods)} pods`;
}

/** The objects as the subject of a sentence: one by name, many by count and kind. */
function subjectOf(objects: readonly ObjectReference[]): string {
  const [first] = objects;
  if (first === undefined) return 'nothing';
  const clusters = new Set(objects.map((each) => each.cluster ?? ''));
  if (isOneName(objects)) {
    const place = first.namespace === undefined ? '' : ` in ${first.namespace}`;
    const name = `${first.kind} ${first.name}${place}`;
    if (clusters.size > 1) return `${name} on ${clusters.size} clusters`;
    return first.cluster === undefined ? name : `${name} on ${first.cluster}`;
  }
  const kinds = new Set(objects.map((each) => each.kind));
  const count = `${number(objects.length)} ${kinds.size === 1 ? plural(first.kind) : 'objects'}`;
  return clusters.size > 1
    ? `${count} on ${clusters.size} clusters`
    : first.cluster === undefined
      ? count
      : `${count} on ${first.cluster}`;
}

/** True for objects that are one by name, on several clusters. */
function isOneName(objects: readonly ObjectReference[]): boolean {
  const [first] = objects;
  return objects.every(
    ({ kind, name, namespace }) => kind === first?.kind && name === first.name && namespace === first.namespace,
  );
}

function pluralVerb(verb: string): string {
  if (verb === 'is') return 'are';
  if (verb === 'goes') return 'go';
  return verb === 'no' || verb === 'may' ? verb : verb.replace(/s$/, '');
}

/** A number as a reader wants it: 4,000. */
export function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** Several objects of a kind: NetworkPolicies. */
export function plural(kind: string): string {
  if (/(s|x|ch|ss)$/.test(kind)) return `${kind}es`;
  return /[^aeiou]y$/.test(kind) ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}

/** An object as the report names it. */
export function toReference({ manifest, file, cluster, app }: SourceManifest): ObjectReference {
  const { namespace } = manifest.metadata;
  return {
    apiVersion: manifest.apiVersion,
    kind: manifest.kind,
    ...(namespace === undefined ? {} : { namespace }),
    name: manifest.metadata.name,
    file,
    ...(cluster === undefined ? {} : { cluster }),
    ...(app === undefined ? {} : { app }),
  };
}

function referenceOf(change: ObjectChange): ObjectReference {
  const source = change.after ?? change.before;
  if (source === undefined) throw new Error('a change without an object');
  return toReference(source);
}

function sortKey(each: ObjectReference): string {
  return [each.cluster ?? '', each.app ?? '', each.namespace ?? '', each.kind, each.name, each.file].join('\u0000');
}

const rank = new Map<ChangeClass, number>(changeClasses.map((each, index) => [each, index]));

function byWorst(a: Entry, b: Entry): number {
  return (
    (rank.get(a.class) ?? 0) - (rank.get(b.class) ?? 0) ||
    (codeOrder.get(a.code as never) ?? 0) - (codeOrder.get(b.code as never) ?? 0) ||
    b.objects.length - a.objects.length ||
    compareText(firstKey(a), firstKey(b)) ||
    compareText(JSON.stringify(a.fields), JSON.stringify(b.fields))
  );
}

function firstKey(entry: Entry): string {
  const [first] = entry.objects;
  return first === undefined ? '' : sortKey(first);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
