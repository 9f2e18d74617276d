/** What a text must look like, as API servers demand it (apimachinery's `validation` package): says what is wrong, or undefined where nothing is. */
export type Form = (text: string) => Fault;

type Fault = string | undefined;

/** True for a text of this form; whatever is no text has none. */
export function hasForm(value: unknown, form: Form): boolean {
  return typeof value === 'string' && form(value) === undefined;
}

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const qualified = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** A DNS label (RFC 1123): at most 63 lower-case letters, digits and dashes. */
export function dnsLabel(text: string): Fault {
  if (text.length > 63) return `has ${text.length} characters, at most 63 are allowed`;
  return label.test(text)
    ? undefined
    : 'is no DNS label (lower-case letters, digits and dashes, starting and ending with a letter or digit)';
}

/** A DNS label that starts with a letter (RFC 1035), as Services need. */
export function dnsLabel1035(text: string): Fault {
  return dnsLabel(text) ?? (/^[a-z]/.test(text) ? undefined : 'must start with a letter');
}

/** A DNS subdomain: labels joined by dots, at most 253 characters. */
export function dnsSubdomain(text: string): Fault {
  if (text.length > 253) return `has ${text.length} characters, at most 253 are allowed`;
  return subdomain.test(text) ? undefined : 'is no DNS name (lower-case letters, digits, dashes and dots)';
}

/** A DNS subdomain whose first label may be `*`. */
export function hostName(text: string): Fault {
  return dnsSubdomain(text.startsWith('*.') ? text.slice(2) : text);
}

/** A name that may stand in a URL path: RBAC roles and bindings. */
export function pathSegment(text: string): Fault {
  return text === '.' || text === '..' || /[/%]/.test(text) ? 'may not be . or .., nor hold / or %' : undefined;
}

/** A label or annotation key: `name` or `prefix/name`. */
export function qualifiedName(text: string): Fault {
  let fault = names.get(text);
  if (fault === undefined) {
    if (names.size >= 10_000) names.clear();
    names.set(text, (fault = faultOfName(text) ?? ''));
  }
  return fault === '' ? undefined : fault;
}

/** Keys that were looked at, with their faults: those of a fleet are few. */
const names = new Map<string, string>();

function faultOfName(text: string): Fault {
  const slash = text.indexOf('/');
  const name = slash < 0 ? text : text.slice(slash + 1);
  if (slash >= 0) {
    const fault = slash === 0 ? 'has an empty prefix' : dnsSubdomain(text.slice(0, slash));
    if (fault !== undefined) return fault;
  }
  if (name === '') return 'has an empty name';
  if (name.length > 63) return `has a name of ${name.length} characters, at most 63 are allowed`;
  return characters(name);
}

/** A label value; it may be empty. */
export function labelValue(text: string): Fault {
  if (text.length > 63) return `has ${text.length} characters, at most 63 are allowed`;
  return text === '' ? undefined : characters(text);
}

function characters(text: string): Fault {
  return qualified.test(text)
    ? undefined
    : 'holds characters other than letters, digits, -, _ and ., or does not start and end with a letter or digit';
}

/** A port name: at most 15 lower-case letters, digits and dashes with at least one letter (IANA service name). */
export function portName(text: string): Fault {
  if (text.length > 15) return `has ${text.length} characters, at most 15 are allowed`;
  if (!/^[a-z0-9-]+$/.test(text) || /^-|-$|--/.test(text))
    return 'may hold only lower-case letters, digits and single dashes';
  return /[a-z]/.test(text) ? undefined : 'needs at least one letter';
}

/** A key of a ConfigMap or Secret, which is also the name of its file. */
export function configKey(text: string): Fault {
  if (text.length > 253) return `has ${text.length} characters, at most 253 are allowed`;
  return /^[-._a-zA-Z0-9]+$/.test(text) && text !== '.' && !text.startsWith('..')
    ? undefined
    : 'may hold only letters, digits, -, _ and .';
}

/** Whether a number is a port. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

/** A count or a percentage such as `25%`; undefined where it is neither. */
export function countOrPercent(text: unknown): { readonly count: number } | { readonly percent: number } | undefined {
  if (typeof text === 'number') return Number.isInteger(text) && text >= 0 ? { count: text } : undefined;
  const match = typeof text === 'string' ? /^(\d{1,4})%$/.exec(text) : null;
  return match === null ? undefined : { percent: Number(match[1]) };
}
