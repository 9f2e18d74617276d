const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const fields = [
  { name: 'minute', from: 0, to: 59, words: [] },
  { name: 'hour', from: 0, to: 23, words: [] },
  { name: 'day of month', from: 1, to: 31, words: [] },
  { name: 'month', from: 1, to: 12, words: months },
  { name: 'day of week', from: 0, to: 6, words: days },
] as const;

/**
 * Says what is wrong with the schedule of a CronJob, or undefined where nothing is. The grammar is that of the parser in the
 * controller (robfig/cron v3, `ParseStandard`): five fields or a descriptor; Sunday is 0, never 7; `L`, `W`, `#` and seconds, which
 * other cron dialects and most libraries take, are refused there.
 */
export function scheduleFault(schedule: string): string | undefined {
  const text = schedule.trim();
  if (/^(?:CRON_)?TZ=/.test(text)) return 'must not set TZ; use spec.timeZone';
  if (text.startsWith('@')) {
    // Descriptors are compared whole, spaces included.
    if (text !== schedule) return 'has spaces around its descriptor';
    if (/^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(text)) return undefined;
    if (/^@every [0-9]/.test(text))
      return /^@every (?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/.test(text)
        ? undefined
        : 'has no valid duration after @every';
    return `has an unknown descriptor "${text}"`;
  }
  const parts = text.split(/\s+/);
  if (parts.length !== 5) return `has ${text === '' ? 0 : parts.length} fields instead of 5`;
  const sets: Set<number>[] = [];
  for (const [index, field] of fields.entries()) {
    const parsed = parseField(parts[index] ?? '', field);
    if (typeof parsed === 'string') return parsed;
    sets.push(parsed);
  }
  const [, , dates, inMonths] = sets;
  if (
    parts[4] === '*' &&
    dates !== undefined &&
    inMonths !== undefined &&
    ![...inMonths].some((month) => Math.min(...dates) <= (longest[month - 1] ?? 31))
  )
    return 'names a date that never comes';
  return undefined;
}

function parseField(text: string, field: (typeof fields)[number]): Set<number> | string {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(\*|\?|[0-9a-z]+)(?:-([0-9a-z]+))?(?:\/(\d+))?$/i.exec(part);
    if (match === null || ((match[1] === '*' || match[1] === '?') && match[2] !== undefined))
      return `has "${part}" as ${field.name}`;
    const any = match[1] === '*' || match[1] === '?';
    const from = any ? field.from : numberOf(match[1] ?? '', field);
    const step = match[3] === undefined ? 1 : Number(match[3]);
    const to =
      any || (match[2] === undefined && match[3] !== undefined)
        ? field.to
        : match[2] === undefined
          ? from
          : numberOf(match[2], field);
    if (from === undefined || to === undefined) return `has "${part}" as ${field.name}`;
    if (from < field.from || to > field.to) return `has "${part}" as ${field.name}, outside ${field.from}-${field.to}`;
    if (from > to) return `has "${part}" as ${field.name}: the range runs backwards`;
    if (step === 0) return `has "${part}" as ${field.name}: the step is 0`;
    for (let each = from; each <= to; each += step) found.add(each);
  }
  return found;
}

function numberOf(text: string, field: (typeof fields)[number]): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const index = (field.words as readonly string[]).indexOf(text.toLowerCase());
  return index < 0 ? undefined : index + field.from;
}

/** Whether a name is a time zone of the IANA database, spelled as there: a controller reads it from a case-sensitive file. */
export function isTimeZone(name: string): boolean {
  if (name === 'UTC' || name === 'GMT' || name.startsWith('Etc/'))
    return /^(?:UTC|GMT|Etc\/(?:UTC|GMT(?:[+-]\d{1,2})?|Greenwich|UCT|Universal|Zulu))$/.test(name);
  zones ??= new Set(Intl.supportedValuesOf('timeZone'));
  if (zones.has(name)) return true;
  try {
    // Links of the database (Asia/Calcutta, US/Pacific) are not listed but resolve; their spelling shows in capitals.
    new Intl.DateTimeFormat('en', { timeZone: name });
    return (
      /^[A-Z]/.test(name) &&
      name.split('/').every((part) => /^[A-Z]/.test(part)) &&
      !/^[+-]/.test(name) &&
      (name !== name.toUpperCase() || legacy.has(name))
    );
  } catch {
    return false;
  }
}

let zones: ReadonlySet<string> | undefined;

const legacy = new Set([
  'EST',
  'MST',
  'HST',
  'CET',
  'MET',
  'EET',
  'WET',
  'EST5EDT',
  'CST6CDT',
  'MST7MDT',
  'PST8PDT',
  'PRC',
  'ROC',
  'ROK',
  'GB',
  'NZ',
  'UCT',
]);
