/** One disagreement of a manifest with its schema, in words fit for people. */
export interface SchemaError {
  /** JSON pointer into the manifest; of the object itself where a field is missing. */
  readonly pointer: string;
  /** One sentence without a full stop, such as `unknown field "imagePullPolcy"` or `must be integer, is string "3"`. */
  readonly message: string;
  /** The way out, such as `did you mean "imagePullPolicy"?`. */
  readonly hint?: string | undefined;
}
