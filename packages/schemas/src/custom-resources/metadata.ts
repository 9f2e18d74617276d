/** Metadata of a custom resource, as an author states it; the registry checks it as Kubernetes' own ObjectMeta. */
export interface ObjectMeta {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Texts;
  readonly annotations?: Texts;
}

/** A map of texts. */
export type Texts = Readonly<Record<string, string>>;

/** Quantities by resource name, such as `cpu` and `memory`. */
export type Quantities = Readonly<Record<string, string | number>>;

/** A label selector (meta/v1). */
export interface LabelSelector {
  readonly matchLabels?: Texts;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

/** A name and a value, as AWS resources take tags and attributes. */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** What every custom resource starts with. */
export interface CustomResource<ApiVersion extends string, Kind extends string> {
  readonly apiVersion: ApiVersion;
  readonly kind: Kind;
  readonly metadata: ObjectMeta;
  readonly status?: Readonly<Record<string, unknown>>;
}
