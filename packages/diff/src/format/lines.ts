import { structuredPatch } from 'diff';
import type { ChangeClass, DiffReport, Entry, FieldChange, ObjectReference } from '../model.ts';
import { number } from '../report.ts';
import { isWholeApp } from './placed.ts';

/** What each class is called to a reader. */
export const titles: Readonly<Record<ChangeClass, string>> = {
  destroys: 'Destroys data or identity',
  rejected: 'Is rejected by the API server',
  interrupts: 'Interrupts',
  opens: 'Opens',
  weakens: 'Weakens',
  behaves: 'Behaves differently',
  cosmetic: 'Cosmetic',
};

/** The classes that a comment always holds in full. */
export const upperClasses: readonly ChangeClass[] = ['destroys', 'rejected', 'interrupts', 'opens'];

// Escape sequences would paint the reader's terminal, directional marks would show a text in another order than it has.
const unseen = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A text of somebody's manifests with what cannot be seen, or moves other characters, written out: `\u001b`. */
export function visible(text: string): string {
  return text.replace(unseen, (each) =>
    each === '\t' ? ' ' : `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A value as one line; long ones are cut. */
export function valueText(value: unknown, most = 80): string {
  const text =
    typeof value === 'string'
      ? value === '' || /^[\s"]|\s$/.test(value)
        ? JSON.stringify(value)
        : value
      : JSON.stringify(value);
  const line = visible((text ?? '').replaceAll('\n', '⏎'));
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** One changed leaf as lines: one for a scalar, the changed hunks for a text of many lines. */
export function fieldLines({ pointer, before, after }: FieldChange, most = 80): string[] {
  const path = visible(pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~')) || '(whole)';
  if (typeof before === 'string' && typeof after === 'string' && (before.includes('\n') || after.includes('\n'))) {
    const lines = structuredPatch('', '', before, after, '', '', { context: 1 }).hunks.flatMap((hunk) =>
      hunk.lines.map(visible),
    );
    const shown = lines.slice(0, 12).map((line) => `  ${line.length > most ? `${line.slice(0, most - 1)}…` : line}`);
    return [
      `${path}:`,
      ...shown,
      ...(lines.length > shown.length ? [`  (${lines.length - shown.length} more lines)`] : []),
    ];
  }
  if (before === undefined) return [`+ ${path}: ${valueText(after, most)}`];
  if (after === undefined) return [`- ${path}: ${valueText(before, most)}`];
  return [`${path}: ${valueText(before, most)} → ${valueText(after, most)}`];
}

/** The leaves of an entry as lines, at most so many leaves. An object that is wholly new or gone is counted, not listed. */
export function entryLines(entry: Entry, leaves: number, most = 80): string[] {
  if (entry.change === 'added' || entry.change === 'removed') return [];
  const shown = entry.fields.slice(0, leaves).flatMap((field) => fieldLines(field, most));
  const left = entry.fields.length - Math.min(leaves, entry.fields.length);
  return left > 0 ? [...shown, `and ${number(left)} more fields`] : shown;
}

/** An object by kind and name and place. */
export function objectText({ kind, name, namespace, cluster }: ObjectReference): string {
  return visible(
    `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}${cluster === undefined ? '' : ` (${cluster})`}`,
  );
}

/** The objects of an entry: one is in the sentence already, many are told by three examples. */
export function examples(entry: Entry, count = 3): string | undefined {
  if (entry.objects.length < 2 || isWholeApp(entry)) return undefined;
  const shown = entry.objects.slice(0, count).map(objectText);
  const left = entry.objects.length - shown.length;
  return left > 0 ? `${shown.join(', ')} and ${number(left)} more` : shown.join(', ');
}

/** The summary as sentences. */
export function summaryLines({ summary, entries }: DiffReport): string[] {
  if (entries.length === 0) return ['No difference in meaning.'];
  const { objects, clusters, apps, restarts, rollout, capacity, images } = summary;
  const lines: string[] = [];
  const counts = (['added', 'removed', 'modified'] as const)
    .filter((each) => objects[each] > 0)
    .map((each) => `${number(objects[each])} ${each}`);
  const place = [count(clusters.length, 'cluster'), count(apps.length, 'app')].filter((each) => each !== '');
  lines.push(
    `${count(objects.added + objects.removed + objects.modified, 'object')}: ${counts.join(', ')}${place.length > 0 ? `; on ${place.join(', ')}` : ''}.`,
  );
  if (restarts.workloads > 0)
    lines.push(
      `${count(restarts.workloads, 'workload')} ${restarts.workloads === 1 ? 'restarts' : 'restart'}, ${count(restarts.pods, 'pod')}.`,
    );
  const directions = [
    ['upgrade', 'upgraded'],
    ['downgrade', 'downgraded'],
    ['rebuilt', 'rebuilt under the same tag'],
    ['replaced', 'taken from another repository'],
    ['unknown', 'changed'],
  ] as const;
  const told = directions
    .map(([direction, word]) => [images.filter((each) => each.direction === direction).length, word] as const)
    .filter(([many]) => many > 0);
  if (told.length > 0) lines.push(`Images: ${told.map(([many, word]) => `${number(many)} ${word}`).join(', ')}.`);
  if ('cpuMillicores' in capacity) {
    const { cpuMillicores, memoryBytes, storageBytes, costPerMonth } = capacity;
    const range = (min: string, max: string) => (min === max ? min : `${min} to ${max}`);
    const parts: string[] = [];
    if (cpuMillicores.min !== 0 || cpuMillicores.max !== 0)
      parts.push(`CPU ${range(signed(cpuMillicores.min / 1000), signed(cpuMillicores.max / 1000))}`);
    if (memoryBytes.min !== 0 || memoryBytes.max !== 0)
      parts.push(`memory ${range(gibibytes(memoryBytes.min), gibibytes(memoryBytes.max))}`);
    if (storageBytes !== 0) parts.push(`storage ${gibibytes(storageBytes)}`);
    parts.push(
      `about ${range(signed(costPerMonth.min), signed(costPerMonth.max))} ${costPerMonth.currency} a month (estimate)`,
    );
    lines.push(`Requested capacity: ${parts.join(', ')}.`);
  }
  if (rollout.length > 1)
    lines.push(
      `Roll out: ${rollout.map((each) => `${each.environment} (${each.clusters.length > 3 ? count(each.clusters.length, 'cluster') : each.clusters.join(', ')})`).join(', then ')}.`,
    );
  return lines;
}

function count(value: number, noun: string): string {
  return value === 0 ? '' : `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
}

function signed(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return `${rounded < 0 ? '−' : '+'}${number(Math.abs(rounded))}`;
}

function gibibytes(bytes: number): string {
  return `${signed(bytes / 1024 ** 3)} GiB`;
}

/** Entries of one class. */
export function ofClass(entries: readonly Entry[], wanted: ChangeClass): Entry[] {
  return entries.filter((each) => each.class === wanted);
}
