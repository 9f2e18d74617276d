/** Metadata of a custom resource, as an author states it; the registry checks it as Kubernetes' own ObjectMeta. */
export interface ObjectMeta {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
