import { ApiObject, App, JsonPatch, type ApiObjectMetadataDefinition } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Labels } from './labels.ts';
import type { Json, Manifest } from './manifest.ts';
import { isPlainObject, isShared, plain, sortedCopy, type Plain, type ValueFault } from './plain.ts';

const brand = Symbol.for('fairlead.KubernetesObject');
/** cdk8s resolves `Lazy`, objects with `resolve()` and number-or-string unions; an App with more than these has its own. */
const builtInResolvers = new App().resolvers.length;

/**
 * A Kubernetes object that is given as the plain manifest it becomes.
 *
 * It is an `ApiObject`, so it lives in any cdk8s `Chart`: the chart's namespace and labels apply, and it takes JSON patches,
 * labels and annotations like any other. Its `toJson()` returns what `ApiObject` returns, but resolves no tokens leaf by leaf
 * where there are none, which is most of what cdk8s spends on an object.
 */
export class KubernetesObject extends ApiObject {
  readonly #source: Manifest;
  readonly #patches: JsonPatch[] = [];

  constructor(scope: Construct, id: string, manifest: Manifest) {
    super(scope, id, manifest);
    this.#source = manifest;
  }

  /** `ApiObject` answers `instanceof` for all its subclasses alike, so this class answers for itself. */
  static override [Symbol.hasInstance](value: unknown): value is KubernetesObject {
    return typeof value === 'object' && value !== null && brand in value;
  }

  override addJsonPatch(...operations: JsonPatch[]): void {
    super.addJsonPatch(...operations);
    this.#patches.push(...operations);
  }

  /**
   * The manifest and whatever in it JSON cannot hold; keys are in no order, and parts may be shared with the source and with other
   * objects, so it is only to be read. Throws only what a patch or a token throws.
   */
  toPlain(): Plain {
    // Whoever is not held to types may state no metadata: cdk8s then makes a name.
    const { metadata: given }: Partial<Manifest> = this.#source;
    const metadata = rawMetadata(this.metadata, given?.labels);
    if (metadata === undefined || hasOwnResolvers(this)) return plain(super.toJson());
    const source: Record<string, unknown> = { ...this.#source };
    source['metadata'] = metadata;
    const result = plain(source);
    if (result.faults.some(isToken)) return this.#resolved(result);
    if (this.#patches.length === 0) return result;
    const patched = plain(JsonPatch.apply(sortedCopy(result.value), ...this.#patches));
    return { value: patched.value, faults: [...result.faults, ...patched.faults] };
  }

  /** {@link toPlain} as a copy of its own, keys in cdk8s' order; throws when there is a fault. */
  override toJson(): Json {
    const { value, faults } = this.toPlain();
    const fatal = faults.filter((fault) => fault.code !== 'render/null-dropped');
    if (fatal.length === 0) return identityFirst(sortedCopy(value));
    const list = fatal.map((fault) => `${fault.pointer} ${fault.problem}`).join(', ');
    throw new Error(`Failed serializing construct at path '${this.node.path}' with name '${this.name}': ${list}`);
  }

  /** cdk8s resolves the tokens; where it cannot go on, the faults that are none of tokens say why. */
  #resolved(result: Plain): Plain {
    const others = result.faults.filter((fault) => !isToken(fault));
    try {
      return plain(super.toJson());
    } catch (error) {
      if (others.length === 0) throw error;
      return { value: result.value, faults: others };
    }
  }
}

Object.defineProperty(KubernetesObject.prototype, brand, { value: true });

function hasOwnResolvers(construct: Construct): boolean {
  const root: object = construct.node.root;
  return 'resolvers' in root && Array.isArray(root.resolvers) && root.resolvers.length !== builtInResolvers;
}

/** True for what cdk8s replaces while it serialises: `Lazy`, and anything with a `resolve()` method. */
function isToken({ code, value }: ValueFault): boolean {
  if (code !== 'render/unsupported-value' || typeof value !== 'object' || value === null) return false;
  return (
    ('produce' in value && typeof value.produce === 'function') ||
    ('resolve' in value && typeof value.resolve === 'function')
  );
}

/**
 * What cdk8s' metadata holds before token resolution, without empty maps and lists as cdk8s has it, or nothing where cdk8s keeps it
 * elsewhere. Its own `toJson()` resolves tokens leaf by leaf, and its fields are private; so each is checked to be there. Labels that are
 * still those of the source, `given`, are these very ones where they are shared.
 */
function rawMetadata(
  metadata: ApiObjectMetadataDefinition,
  given: Labels | undefined,
): Record<string, unknown> | undefined {
  const fields: object = metadata;
  if (
    !('labels' in fields && 'annotations' in fields && 'finalizers' in fields) ||
    !('ownerReferences' in fields && '_additionalAttributes' in fields)
  ) {
    return undefined;
  }
  const { labels, annotations, finalizers, ownerReferences, _additionalAttributes: additional } = fields;
  if (typeof additional !== 'object' || additional === null || !isPlainObject(additional)) return undefined;
  const { name, namespace } = metadata;
  const result: Record<string, unknown> = {};
  if (!isHollow(annotations)) result['annotations'] = annotations;
  if (!isHollow(finalizers)) result['finalizers'] = finalizers;
  if (!isHollow(labels)) result['labels'] = areShared(labels, given) ? given : labels;
  result['name'] = name;
  if (namespace !== undefined) result['namespace'] = namespace;
  if (!isHollow(ownerReferences)) result['ownerReferences'] = ownerReferences;
  for (const key in additional) {
    if (!ownFields.has(key)) result[key] = withoutHollows(additional[key]);
  }
  return result;
}

const ownFields = new Set(['annotations', 'finalizers', 'labels', 'name', 'namespace', 'ownerReferences']);

/** Whether a copy of labels still equals the given ones, and these are shared. */
function areShared(copy: unknown, given: Labels | undefined): boolean {
  if (given === undefined || !isShared(given)) return false;
  const labels = copy as Labels;
  let others = Object.keys(labels).length;
  for (const key in given) {
    if (labels[key] !== given[key]) return false;
    others -= 1;
  }
  return others === 0;
}

/** True for a map or list that holds nothing, or nothing but such. */
function isHollow(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== 'object' || value === null || !isPlainObject(value))
    return value === undefined || value === null;
  for (const key in value) if (!isHollow(value[key])) return false;
  return true;
}

function withoutHollows(value: unknown): unknown {
  if (isHollow(value)) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutHollows(item)]));
}

function identityFirst(manifest: Json): Json {
  if (typeof manifest !== 'object' || manifest === null || !('apiVersion' in manifest)) return manifest;
  const { apiVersion = null, kind = null, metadata = null, ...rest } = manifest;
  return { apiVersion, kind, metadata, ...rest };
}
