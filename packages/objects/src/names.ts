/** Longest DNS label, and so the longest name of a Service, Deployment or StatefulSet whose pods carry it. */
export const maxLabelLength = 63;
/** A CronJob's name is extended by 11 characters for its Jobs. */
export const maxCronJobNameLength = 52;

/**
 * The name of an object: `<app>-<part>-<suffix>`, stated and never hashed. A part that equals the app is not repeated.
 * Nothing is cut; whoever joins checks the length.
 */
export function joinName(app: string, ...parts: readonly string[]): string {
  return [app, ...parts.filter((part) => part !== '' && part !== app)].join('-');
}
