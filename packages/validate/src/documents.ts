/** One document of a YAML stream. */
export interface YamlDocument {
  readonly text: string;
  /** Lines of the stream before it. */
  readonly line: number;
}

const marker = /^(?:---(?=\s|$)|\.\.\.(?=\s|$))/gm;

/**
 * Splits a YAML stream at its document markers, so that one broken document does not spoil the others.
 * A marker at the start of a line ends a document everywhere in YAML, even inside block and quoted scalars.
 */
export function splitDocuments(text: string): YamlDocument[] {
  const found: YamlDocument[] = [];
  let start = 0;
  let line = 0;
  const add = (end: number): void => {
    const chunk = text.slice(start, end);
    if (!isBlank(chunk)) found.push(...jsonValues(chunk, line));
    for (let at = chunk.indexOf('\n'); at >= 0; at = chunk.indexOf('\n', at + 1)) line++;
    start = end;
  };
  marker.lastIndex = 0;
  for (let match = marker.exec(text); match !== null; match = marker.exec(text)) {
    if (match.index > start) add(match.index);
    if (match[0] === '...') start = match.index + 3;
  }
  add(text.length);
  return found;
}

/** The objects of a chunk in which several JSON objects follow each other without a marker, as `kubectl` takes them; else the chunk. */
function jsonValues(chunk: string, line: number): YamlDocument[] {
  if (!/^\s*\{/.test(chunk) || !/\}\s*\{/.test(chunk)) return [{ text: chunk, line }];
  const values: YamlDocument[] = [];
  let depth = 0;
  let start = 0;
  let lines = line;
  let startLine = line;
  let quoted = false;
  for (let at = 0; at < chunk.length; at++) {
    const char = chunk[at];
    if (char === '\n') lines++;
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0 && /^\s*\{/.test(chunk.slice(at + 1, at + 200))) {
      values.push({ text: chunk.slice(start, at + 1), line: startLine });
      start = at + 1;
      startLine = lines;
    }
  }
  values.push({ text: chunk.slice(start), line: startLine });
  return values;
}

/** Only comments, directives, markers and white space: no line that starts with anything else. */
function isBlank(chunk: string): boolean {
  return !/^[ \t]*[^\s#%]/m.test(chunk.replace(/^---[ \t\r]*(?=\n|$|#)/, ''));
}
