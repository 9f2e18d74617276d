/** Longest DNS label, and so the longest name of a Service, Deployment or StatefulSet whose pods carry it. */
export const maxLabelLength = 63;
/** A CronJob's name is extended by 11 characters for its Jobs. */
export const maxCronJobNameLength = 52;

const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** True for an RFC 1123 label: at most 63 lower-case letters, digits and hyphens, no hyphen at either end. */
export function isDnsLabel(text: string): boolean {
  return text.length <= maxLabelLength && dnsLabel.test(text);
}

/** True for an RFC 1123 subdomain: dot-separated labels, at most 253 characters. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every((part) => dnsLabel.test(part));
}

/**
 * The name of an object: `<app>-<part>-<suffix>`, stated and never hashed. A part that equals the app is not repeated.
 * Nothing is cut; whoever joins checks the length.
 */
export function joinName(app: string, ...parts: readonly string[]): string {
  return [app, ...parts.filter((part) => part !== '' && part !== app)].join('-');
}
