/** A name and its value inside a configuration file. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

const line =
  /^[ \t]*(?:export[ \t]+|set[ \t]+|-[ \t]+)?["']?([A-Za-z][\w.-]*)["']?[ \t]*(?:=|:(?!\/\/)|[ \t])[ \t]*(.*?)[ \t]*,?[ \t\r]*$/;

/** Longest text that is read line by line; dashboards and data are longer. */
const longest = 200_000;

/**
 * The settings of a configuration file, line by line: `key = value`, `key: value`, `"key": "value",`, `key value`. Rough on purpose: it
 * reads YAML, JSON, properties, INI and env files alike. Scripts and pages have no settings of this form worth reading.
 */
export function* settingsIn(file: string, text: string): Generator<Setting> {
  if (text.length > longest || /\.(?:js|mjs|ts|html?|css|md|lua|py|go|sql|rego)$/i.test(file)) return;
  // JSON may stand on one line.
  if (/^\s*[[{]/.test(text)) {
    for (const [, name = '', value = ''] of text.matchAll(/"([\w.-]+)"\s*:\s*"((?:[^"\\]|\\.)*)"/g))
      yield { name, value };
    return;
  }
  for (const each of text.split('\n')) {
    if (each.length > 1024 || /^\s*(?:#|\/\/|;|\*)/.test(each)) continue;
    const match = line.exec(each);
    if (!match) continue;
    const [, name = '', raw = ''] = match;
    // `key value` only for one word, as in redis.conf; prose has more.
    const separated = /[=:]/.test(each.slice(each.indexOf(name) + name.length, each.indexOf(name) + name.length + 4));
    const value = unquote(raw.replace(/\s+#.*$/, ''));
    if (value === '' || (!separated && /\s/.test(value)) || /^[[{|>&*!]/.test(value)) continue;
    yield { name: name.split('.').at(-1) ?? name, value };
  }
}

function unquote(text: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(text);
  return quoted ? (quoted[2] ?? '') : text;
}
