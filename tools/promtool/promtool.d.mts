/** The one version that the tests trust, such as `3.15.0`. */
export const promtoolVersion: string;

/** Where the pinned promtool is; builds it when it is not there yet, which takes minutes. */
export function promtoolPath(): string;
