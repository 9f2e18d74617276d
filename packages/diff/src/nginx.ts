/** An nginx configuration as a tree: a directive with its arguments, or a block with its directives. */
export interface NginxTree {
  readonly [directive: string]: string | NginxTree;
}

// Directives that stand many times in one block and are told apart by their first argument.
const keyedByArgument = new Set([
  'add_header',
  'proxy_set_header',
  'proxy_hide_header',
  'fastcgi_param',
  'set',
  'server',
  'error_page',
  'allow',
  'deny',
  'include',
  'listen',
  'rewrite',
  'map_hash',
  'limit_req_zone',
  'upstream',
]);

/** The words and signs of an nginx configuration, without comments and white space. */
export function nginxTokens(text: string): string[] {
  const tokens: string[] = [];
  for (const [token] of text.matchAll(
    /#[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]|(?:\$\{[^}]*\}|\\.|[^\s{};"'#])(?:\$\{[^}]*\}|\\.|[^\s{};"'])*/g,
  )) {
    if (!token.startsWith('#')) tokens.push(token);
  }
  return tokens;
}

/** Parses an nginx configuration; undefined when it is none. http://nginx.org/en/docs/beginners_guide.html#conf_structure */
export function parseNginx(text: string): NginxTree | undefined {
  const tokens = nginxTokens(text);
  const root: Record<string, string | NginxTree> = {};
  const stack = [root];
  let words: string[] = [];
  for (const token of tokens) {
    const top = stack.at(-1);
    if (top === undefined) return undefined;
    if (token === ';') {
      if (words.length === 0) return undefined;
      const [name = '', ...rest] = words;
      if (keyedByArgument.has(name)) put(top, `${name} ${rest[0] ?? ''}`, rest.slice(1).join(' '));
      else put(top, name, rest.join(' '));
      words = [];
    } else if (token === '{') {
      if (words.length === 0) return undefined;
      const block: Record<string, string | NginxTree> = {};
      put(top, words.join(' '), block);
      stack.push(block);
      words = [];
    } else if (token === '}') {
      if (words.length > 0 || stack.length === 1) return undefined;
      stack.pop();
    } else words.push(token);
  }
  return stack.length === 1 && words.length === 0 && tokens.includes(';') ? root : undefined;
}

function put(block: Record<string, string | NginxTree>, name: string, value: string | NginxTree): void {
  let key = name;
  for (let count = 2; Object.hasOwn(block, key); count++) key = `${name}#${count}`;
  block[key] = value;
}
