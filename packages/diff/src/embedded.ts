import { canonical, isMap } from './canonical.ts';
import { nginxTokens, parseNginx } from './nginx.ts';
import { parseYaml } from './parse.ts';
import { by, duration, each, map, or, set, type Field, type Shape } from './shapes/shape.ts';

/** Two texts of one format, parsed, and the shape by which their values are compared. */
export interface OpenedText {
  readonly before: unknown;
  readonly after: unknown;
  readonly field: Field | undefined;
}

const promql: Field = { scalar: 'promql' };
const target: Shape = { expr: promql, refId: {} };
const panel: Shape = { targets: by('refId', target), panels: by('title+id', { targets: by('refId', target) }) };

const dashboard: Field = map({
  panels: by('title+id', panel),
  templating: map({ list: by('name') }),
  tags: set(),
  annotations: map({ list: by('name') }),
});

const rules: Field = map({
  groups: by('name', {
    interval: duration,
    rules: by('alert+record', { expr: promql, for: or('0s', duration), labels: each({}), annotations: each({}) }),
  }),
});

/**
 * Opens two texts that differ: JSON, YAML, nginx configuration, properties and env files, each where both sides parse.
 * Undefined for everything else (shell scripts, prose), which is compared as text.
 */
export function openText(before: string, after: string, pointer: string): OpenedText[] | undefined {
  if (!looksNested(before) && !looksNested(after)) return undefined;
  if (looksLikeJson(before) && looksLikeJson(after)) {
    const left = parseJson(before);
    const right = parseJson(after);
    if (left !== undefined && right !== undefined) {
      // Annotations are told whole: rules know them by their names.
      if (pointer.startsWith('/metadata/'))
        return canonical(left.value, undefined) === canonical(right.value, undefined) ? [] : undefined;
      return [{ before: left.value, after: right.value, field: shapeOfText(left.value, right.value) }];
    }
  }
  if (
    /\.(sh|bash|py|js|lua|sql|html|md|txt|pem|crt)$/.test(pointer) ||
    before.startsWith('#!') ||
    after.startsWith('#!')
  )
    return undefined;
  const nginx = openNginx(before, after);
  if (nginx !== undefined) return nginx;
  if (/\.(properties|env|ini|cfg)$/.test(pointer) || (isProperties(before) && isProperties(after))) {
    const left = parseProperties(before);
    const right = parseProperties(after);
    if (left !== undefined && right !== undefined) return [{ before: left, after: right, field: undefined }];
  }
  const left = parseOneYaml(before);
  const right = parseOneYaml(after);
  if (left === undefined || right === undefined) return undefined;
  return [{ before: left, after: right, field: shapeOfText(left, right) }];
}

function looksNested(text: string): boolean {
  return text.includes('\n') || looksLikeJson(text);
}

function looksLikeJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function parseOneYaml(text: string): unknown {
  // Cheap refusal of prose, scripts and templates before the parser throws.
  if (!/^\s*(?:- |["']?[\w./-]+["']?\s*:(\s|$)|#|---|[{[])/.test(text)) return undefined;
  try {
    const documents = parseYaml(text);
    const value = documents.length === 1 ? documents[0] : documents;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function openNginx(before: string, after: string): OpenedText[] | undefined {
  const likely = /[^\s;{}][^;{}]*[;{]\s*(#[^\n]*)?[\s\S]*[;}]\s*(#[^\n]*)?\s*$/;
  if (!likely.test(before) || !likely.test(after) || looksLikeJson(before)) return undefined;
  const left = parseNginx(before);
  const right = parseNginx(after);
  if (left === undefined || right === undefined) return undefined;
  // Where only the order differs (regex locations, rewrites), the tree would hide it.
  const tokens = (text: string) => nginxTokens(text).join('\u0000');
  const sameBag = (a: string[], b: string[]) =>
    a.length === b.length && [...a].sort().join('\u0000') === [...b].sort().join('\u0000');
  if (
    tokens(before) !== tokens(after) &&
    sameBag(nginxTokens(before), nginxTokens(after)) &&
    JSON.stringify(sortKeys(left)) === JSON.stringify(sortKeys(right))
  )
    return undefined;
  return [{ before: left, after: right, field: undefined }];
}

function sortKeys(value: unknown): unknown {
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(value[key])]),
  );
}

const line = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*?)\s*$/;

function isProperties(text: string): boolean {
  const lines = text.split('\n').filter((each) => each.trim() !== '' && !/^\s*[#;!]/.test(each));
  return lines.length > 0 && lines.every((each) => line.test(each));
}

function parseProperties(text: string): Record<string, unknown> | undefined {
  const root: Record<string, unknown> = {};
  let section: Record<string, unknown> = root;
  for (const each of text.split(/\r?\n/)) {
    if (each.trim() === '' || /^\s*[#;!]/.test(each)) continue;
    const header = /^\s*\[([^\]]+)\]\s*$/.exec(each);
    if (header !== null) {
      section = {};
      root[`[${header[1]}]`] = section;
      continue;
    }
    const match = /^\s*(?:export\s+)?([^=:\s][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(each);
    if (match === null || match[1] === undefined || each.endsWith('\\')) return undefined;
    section[match[1]] = match[2] ?? '';
  }
  return root;
}

function shapeOfText(before: unknown, after: unknown): Field | undefined {
  if (!isMap(before) || !isMap(after)) return undefined;
  if ('panels' in before && 'panels' in after) return dashboard;
  if (Array.isArray(before['groups']) && Array.isArray(after['groups'])) return rules;
  return undefined;
}
