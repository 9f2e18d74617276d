/** The one version that the tests trust; `go.mod` requires it. */
export const kubeconformVersion: string;

/** Where the pinned kubeconform is; built or downloaded on first use. */
export function kubeconformPath(): Promise<string>;
