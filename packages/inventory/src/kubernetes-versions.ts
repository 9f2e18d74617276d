/** Minor versions of Kubernetes that a cluster may run; schemas exist for some of them, API rules for all. */
export const supportedVersions = ['1.28', '1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36'] as const;
