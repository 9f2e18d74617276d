/** A kind of secret that shows by its own form. */
export interface SecretShape {
  readonly name: string;
  readonly pattern: RegExp;
}

/** Forms of credentials, as their issuers document them. Each matches the secret itself. */
export const secretShapes: readonly SecretShape[] = [
  { name: 'a private key', pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/ },
  { name: 'an AWS access key id', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  {
    name: 'an AWS secret access key',
    pattern: /aws_?secret_?(?:access_?)?key["']?\s*[:=]\s*["']?[A-Za-z0-9/+]{40}\b/i,
  },
  { name: 'a Google API key', pattern: /\bAIza[\w-]{35}\b/ },
  { name: 'a Google OAuth secret', pattern: /\bGOCSPX-[\w-]{28}\b/ },
  { name: 'an Azure storage or bus key', pattern: /\b(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40,}={0,2}/ },
  { name: 'an Azure shared access signature', pattern: /[?&]sig=[A-Za-z0-9%+/]{40,}/ },
  { name: 'an Azure client secret', pattern: /(?<![\w~.-])[\w~.-]{3}[78]Q~[\w~.-]{31,34}(?![\w~.-])/ },
  { name: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{22,})/ },
  { name: 'a GitLab token', pattern: /\bgl(?:pat|dt|rt|cbt)-[\w-]{20,}/ },
  { name: 'a Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/ },
  {
    name: 'a Slack webhook',
    pattern: /hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9]+\/[A-Za-z0-9]+\/[A-Za-z0-9]{8,}/,
  },
  { name: 'a Stripe key', pattern: /\b(?:sk|rk|whsec)_(?:(?:live|test)_)?[A-Za-z0-9]{16,}\b/ },
  { name: 'a JSON web token', pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{8,}\.[\w-]{8,}/ },
  { name: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{30,}\b|:_authToken=[^\s$]{8,}/ },
  { name: 'a PyPI token', pattern: /\bpypi-AgE[\w-]{30,}/ },
  { name: 'a SendGrid key', pattern: /\bSG\.[\w-]{16,}\.[\w-]{16,}/ },
  { name: 'a Vault token', pattern: /\bhv[sbr]\.[\w-]{20,}/ },
  { name: 'a DigitalOcean token', pattern: /\bdo[oprt]_v1_[a-f0-9]{40,}/ },
  { name: 'an OpenAI or Anthropic key', pattern: /\bsk-(?:proj-|ant-|svcacct-)?[\w-]{32,}/ },
  { name: 'a Twilio or Mailgun key', pattern: /\b(?:SK[0-9a-f]{32}|key-[0-9a-f]{32})\b/ },
  { name: 'a Grafana token', pattern: /\bgl(?:sa|c)_[A-Za-z0-9+/=_]{30,}/ },
  { name: 'a Docker Hub token', pattern: /\bdckr_pat_[\w-]{20,}/ },
];

/** Says quickly that a text holds none of the shapes. */
const anyShape = new RegExp(secretShapes.map((each) => `(?:${each.pattern.source})`).join('|'), 'i');

/** No shape is shorter. */
export const shortestShape = 12;

/** The shape of the first secret in a text. */
export function shapeIn(text: string): SecretShape | undefined {
  return text.length >= shortestShape && anyShape.test(text)
    ? secretShapes.find((each) => each.pattern.test(text))
    : undefined;
}

const placeholder =
  /\$\{|\$\(|\$\w+$|^\$[A-Za-z_{(]|\{\{|<[^>]*>|^\s*$|^%.*%$|^__.*__$|^@.*@$|ENC\[|^\*+$|^x{3,}$|^\.{3,}$|replace|change[-_ ]?me|placeholder|redacted|todo|insert|your[-_ ]|^(?:example|dummy|fake|none|null|nil|undefined|empty|unset|secret|password|token|string|value|test)$|^(?:vault:|ref\+|op:\/\/|arn:|sm:\/\/|projects\/|akv:|secretref|file:\/\/|env:)/i;

/** True for what stands in the place of a secret: a template, a reference, an invitation to fill in. */
export const isPlaceholder = (text: string): boolean => placeholder.test(text);

/** A password inside a URL or a connection string, with the name of what holds it. */
export function passwordIn(text: string): string | undefined {
  if (text.length > 65536) return undefined;
  const isReal = (password: string): boolean => !isPlaceholder(password);
  if (text.includes('://') && text.includes('@') && passwordsOf(text, urls).some(isReal)) return 'a password in a URL';
  const inConnection = (password: string): boolean => !isPlaceholder(password) && !isPlain(password);
  if (text.includes('=') && passwordsOf(text, connections).some(inConnection))
    return 'a password in a connection string';
  if (text.includes("'") && passwordsOf(text, statements).some(isReal)) return 'a password in SQL';
  return undefined;
}

const urls = /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"'<>]*:([^\s/@"'<>]+)@[^\s"'<>]/gi;
const connections = /(?:^|[;\s&?"'-])(?:password|passwd|pwd)\s*=\s*["']?([^;&\s"',]{3,})/gi;
const statements = /\b(?:IDENTIFIED\s+BY|WITH\s+(?:ENCRYPTED\s+)?PASSWORD|SET\s+PASSWORD\s*=)\s+'([^']{3,})'/gi;

const passwordsOf = (text: string, shape: RegExp): string[] =>
  Array.from(text.matchAll(shape), ([, password = '']) => password);

// `proxy_pass` of nginx passes requests on.
const passwordName =
  /(?:^|[_.\-a-z])(?:password|passwd|passphrase|pwd|(?<!(?:proxy|fastcgi|grpc|uwsgi|scgi|memcached)_)pass)$/i;
const secretName =
  /(?:^|[_.\-a-z])(?:secret|secret_?key|token|api_?key|private_?key|access_?key|auth_?key|encryption_?key|signing_?key|client_?secret|credentials?)$/i;

/** True for words, switches, paths and names: what a variable called "…_SECRET" holds when it holds no secret. */
function isPlain(value: string): boolean {
  return (
    /^(?:true|false|yes|no|on|off|y|n|\d{1,3}|required|optional|disabled?|enabled?|always|never|basic|bearer|md5|scram[-\w]*|plain|trust)$/i.test(
      value,
    ) ||
    value.startsWith('/') ||
    /^[a-z]:\\/i.test(value)
  );
}

/** Lower-case words with hyphens, dots or slashes: the name of a Secret, of a key in a vault. */
const isName = (value: string): boolean =>
  /^(?:[a-z]+|[a-z][a-z0-9]*(?:[-./_:][a-z0-9]+)+)$/.test(value) && !/\d{3,}/.test(value);

/**
 * What a value is by the name it has: a password whatever it is made of; a token or key if it could be one and is no name of
 * something else.
 */
export function secretByName(name: string, value: string): string | undefined {
  const text = value.trim();
  if (text.length < 3 || text.length > 4096 || isPlaceholder(text) || isPlain(text)) return undefined;
  if (/^[a-z][a-z0-9+.-]*:\/\/[^@]*$/i.test(text)) return undefined;
  if (passwordName.test(name)) return /\s/.test(text) && text.length > 64 ? undefined : 'a password';
  if (
    !secretName.test(name) ||
    text.length < 8 ||
    /\s/.test(text) ||
    isName(text) ||
    /^https?:\/\/[^@]*$/.test(text) ||
    isPublic(text)
  )
    return undefined;
  return 'a key or token';
}

/** Digests, UUIDs and certificates identify things and are no secrets. */
export function isPublic(value: string): boolean {
  return (
    (/^(?:sha\d+[:-])?[0-9a-f]+$/i.test(value) && /^(?:sha\d+[:-])/i.test(value)) ||
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ||
    /^-----BEGIN (?:[A-Z]+ )*(?:CERTIFICATE|PUBLIC KEY|CERTIFICATE REQUEST)-----/.test(value) ||
    /^ssh-(?:rsa|ed25519) /.test(value)
  );
}

/** Shannon entropy in bits per character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / text.length) * Math.log2(count / text.length);
  return entropy;
}

const harmlessName =
  /hash|sha\d*|checksum|digest|revision|commit|fingerprint|public|pub_?key|cert|^ca|ca_?bundle|etag|version|uuid|^id$|_id$|image|thumbprint|integrity|nonce_?field|jwks|kid/i;

/**
 * True for a value that looks random: 24 to 128 letters of both cases and digits, without the regularity of words, that is no base64 of
 * readable text. Hexadecimal is left out: digests and identifiers look like that.
 */
export function looksRandom(name: string, value: string): boolean {
  if (value.length < 24 || value.length > 128 || harmlessName.test(name)) return false;
  if (
    !/^[A-Za-z0-9+/_~.!@#%^*-]+={0,2}$/.test(value) ||
    !/[a-z]/.test(value) ||
    !/[A-Z]/.test(value) ||
    !/\d/.test(value)
  )
    return false;
  // Paths, hosts, versions and names are made of words.
  if (/[a-z]{6,}|[A-Z]{6,}/.test(value) || /^[\w.-]+(?:\/[\w.-]+)+$/.test(value) || /[.-].*[.-].*[.-]/.test(value))
    return false;
  if (entropyOf(value) < Math.min(4.3, Math.log2(value.length) - 0.6)) return false;
  return !isReadable(value);
}

/** Base64 of text. */
export function isReadable(value: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(value) || value.length % 4 !== 0) return false;
  const decoded = Buffer.from(value, 'base64').toString('latin1');
  return /^[\t\n\r\x20-\x7e]+$/.test(decoded);
}
