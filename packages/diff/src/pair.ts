import { canonical, isMap } from './canonical.ts';
import { compareValues, leavesOf, type Leaf } from './compare.ts';
import { modern } from './modern.ts';
import type { ChangeKind, SourceManifest } from './model.ts';
import { shapeOf } from './shapes/kinds.ts';
import { storedGroup } from './stored-group.ts';

/** One object that differs between the two trees. */
export interface ObjectChange {
  readonly change: ChangeKind;
  readonly before?: SourceManifest;
  readonly after?: SourceManifest;
  readonly leaves: readonly Leaf[];
}

function keyOf({ manifest, cluster }: SourceManifest): string {
  return `${cluster ?? ''}|${storedGroup(manifest)}/${manifest.kind}/${manifest.metadata.namespace ?? ''}/${manifest.metadata.name}`;
}

/** What differs between two sets of objects: paired by identity on each cluster, then by content. */
export function pairObjects(base: readonly SourceManifest[], head: readonly SourceManifest[]): ObjectChange[] {
  const changes: ObjectChange[] = [];
  const removed: SourceManifest[] = [];
  const added: SourceManifest[] = [];
  const left = groupByKey(base);
  const right = groupByKey(head);
  for (const [key, befores] of left) {
    const afters = right.get(key) ?? [];
    right.delete(key);
    for (const [before, after] of pairDuplicates(befores, afters)) {
      if (before !== undefined && after !== undefined) {
        const leaves = compareManifests(before, after);
        if (leaves.length > 0) changes.push({ change: 'modified', before, after, leaves });
      } else if (before !== undefined) removed.push(before);
      else if (after !== undefined) added.push(after);
    }
  }
  for (const afters of right.values()) added.push(...afters);
  const { renamed, gone, fresh } = recognise(removed, added);
  changes.push(...renamed);
  for (const before of gone) changes.push({ change: 'removed', before, leaves: leavesOf(before.manifest, 'before') });
  for (const after of fresh) changes.push({ change: 'added', after, leaves: leavesOf(after.manifest, 'after') });
  const sortKey = ({ before, after }: ObjectChange) =>
    [before, after].map((each) => (each === undefined ? '' : `${keyOf(each)}|${each.file}`)).join('|');
  const keys = new Map(changes.map((each) => [each, sortKey(each)]));
  return changes.sort((a, b) => ((keys.get(a) ?? '') < (keys.get(b) ?? '') ? -1 : 1));
}

/** The leaves in which two objects differ by meaning. */
export function compareManifests(before: SourceManifest, after: SourceManifest): Leaf[] {
  const shape = shapeOf(storedGroup(after.manifest), after.manifest.kind);
  const sameVersion = before.manifest.apiVersion === after.manifest.apiVersion;
  const leaves = sameVersion
    ? compareValues(before.manifest, after.manifest, { shape })
    : compareValues(modern(before.manifest), modern(after.manifest), { shape });
  if (leaves.length === 0) return leaves;
  const same = equalSecretKeys(before, after);
  return leaves.filter((leaf) => !serverOwned.test(leaf.path) && !same(leaf.path));
}

/** The keys of a Secret whose bytes are equal on both sides, written as `data` or as `stringData`. */
function equalSecretKeys(before: SourceManifest, after: SourceManifest): (path: string) => boolean {
  if (after.manifest.kind !== 'Secret') return () => false;
  const [left, right] = [secretData(before), secretData(after)];
  return (path) => {
    const key = /^(?:data|stringData)\.(.+)$/.exec(path)?.[1];
    return key !== undefined && left.get(key) !== undefined && left.get(key) === right.get(key);
  };
}

function secretData({ manifest }: SourceManifest): Map<string, string> {
  const result = new Map<string, string>();
  const { data, stringData } = manifest;
  if (isMap(data)) for (const [key, value] of Object.entries(data)) result.set(key, String(value).replace(/\s/g, ''));
  if (isMap(stringData))
    for (const [key, value] of Object.entries(stringData))
      result.set(key, Buffer.from(String(value)).toString('base64'));
  return result;
}

// Written by the API server and its clients, never by an author; appliers drop them.
const serverOwned = /^metadata\.(creationTimestamp|resourceVersion|uid|generation|selfLink|managedFields\b.*)$/;

function groupByKey(manifests: readonly SourceManifest[]): Map<string, SourceManifest[]> {
  const groups = new Map<string, SourceManifest[]>();
  for (const each of manifests) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups;
}

/** The same identity in several files (overlays, copies): by file first, then by folder order. */
function pairDuplicates(
  befores: readonly SourceManifest[],
  afters: readonly SourceManifest[],
): [SourceManifest | undefined, SourceManifest | undefined][] {
  if (befores.length === 1 && afters.length === 1) return [[befores[0], afters[0]]];
  const pairs: [SourceManifest | undefined, SourceManifest | undefined][] = [];
  const rest = [...afters];
  const unpaired: SourceManifest[] = [];
  for (const before of befores) {
    const index = rest.findIndex((after) => after.file === before.file);
    if (index < 0) unpaired.push(before);
    else pairs.push([before, rest.splice(index, 1)[0]]);
  }
  const byFile = (a: SourceManifest, b: SourceManifest) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0);
  unpaired.sort(byFile);
  rest.sort(byFile);
  for (let index = 0; index < Math.max(unpaired.length, rest.length); index++)
    pairs.push([unpaired[index], rest[index]]);
  return pairs;
}

interface Recognised {
  readonly renamed: ObjectChange[];
  readonly gone: readonly SourceManifest[];
  readonly fresh: readonly SourceManifest[];
}

// kustomize's generators end a name with a hash of the content: ten of these characters, chosen to spell nothing.
// sigs.k8s.io/kustomize/api/hasher: hexEncode maps 0 1 3 a e to g h k m t.
const generated = /^(.+)-[2456789bcdfghkmt]{10}$/;

/** The name without the hash of a generated ConfigMap or Secret, with its kind and namespace; undefined for other objects. */
export function generatedBase({ kind, metadata }: SourceManifest['manifest']): string | undefined {
  if (kind !== 'ConfigMap' && kind !== 'Secret') return undefined;
  const base = generated.exec(metadata.name)?.[1];
  return base === undefined ? undefined : `${kind}/${metadata.namespace ?? ''}/${base}`;
}

const identity = new Set(['apiVersion', 'kind', 'metadata.name', 'metadata.namespace']);
const enough = 0.7;
const postings = 24;

/** Finds removed objects that live on under another name or namespace: equal content first, then at least 70 % of the leaves. */
function recognise(removed: readonly SourceManifest[], added: readonly SourceManifest[]): Recognised {
  if (removed.length === 0 || added.length === 0) return { renamed: [], gone: removed, fresh: added };
  const before = removed.map(signature);
  const after = added.map(signature);
  const partner = new Map<number, number>();
  const taken = new Set<number>();
  const link = (left: number, right: number): void => {
    partner.set(left, right);
    taken.add(right);
  };
  const bases = (side: readonly SourceManifest[]) => {
    const found = new Map<string, number[]>();
    side.forEach((each, index) => {
      const base = generatedBase(each.manifest);
      if (base === undefined) return;
      const key = `${each.cluster ?? ''}|${base}`;
      found.set(key, [...(found.get(key) ?? []), index]);
    });
    return found;
  };
  const next = bases(added);
  for (const [base, [left, ...others]] of bases(removed)) {
    const [right, ...more] = next.get(base) ?? [];
    if (left !== undefined && right !== undefined && others.length + more.length === 0) link(left, right);
  }
  const exact = new Map<string, { left: number[]; right: number[] }>();
  const bucket = (key: string) => {
    let found = exact.get(key);
    if (found === undefined) exact.set(key, (found = { left: [], right: [] }));
    return found;
  };
  before.forEach((each, index) => {
    if (!partner.has(index)) bucket(each.content).left.push(index);
  });
  after.forEach((each, index) => {
    if (!taken.has(index)) bucket(each.content).right.push(index);
  });
  for (const { left, right } of exact.values()) {
    const from = left[0];
    const to = right[0];
    // Two candidates with equal content: no telling which became which.
    if (
      left.length === 1 &&
      right.length === 1 &&
      from !== undefined &&
      to !== undefined &&
      (before[from]?.leaves.size ?? 0) > 0
    )
      link(from, to);
  }
  const index = new Map<string, number[]>();
  after.forEach((each, right) => {
    if (taken.has(right)) return;
    for (const leaf of each.leaves) {
      const list = index.get(leaf);
      if (list === undefined) index.set(leaf, [right]);
      else if (list.length <= postings) list.push(right);
    }
  });
  const candidates: Candidate[] = [];
  before.forEach((each, left) => {
    if (partner.has(left)) return;
    const shared = new Set<number>();
    for (const leaf of each.leaves) {
      const list = index.get(leaf) ?? [];
      // A leaf that everything shares says nothing, and would make this quadratic.
      if (list.length <= postings) for (const right of list) shared.add(right);
    }
    for (const right of shared) {
      const other = after[right];
      if (other === undefined || other.kind !== each.kind) continue;
      const common = Math.max(inCommon(each.leaves, other.leaves), inCommon(each.neutral, other.neutral));
      const score = (2 * common) / (each.leaves.size + other.leaves.size);
      if (score >= enough && common >= 3) candidates.push({ left, right, score });
    }
  });
  candidates.sort((a, b) => b.score - a.score);
  const tops = topScores(candidates);
  for (const { left, right, score } of candidates) {
    if (partner.has(left) || taken.has(right)) continue;
    // Only where each is the other's single best match: a tie is not guessed.
    const [mine, theirs] = [tops.get(`l${left}`), tops.get(`r${right}`)];
    if (mine?.score === score && mine.count === 1 && theirs?.score === score && theirs.count === 1) link(left, right);
  }
  const renamed: ObjectChange[] = [];
  for (const [left, right] of partner) {
    const from = removed[left];
    const to = added[right];
    if (from === undefined || to === undefined) continue;
    const moved = from.manifest.metadata.name === to.manifest.metadata.name;
    renamed.push({ change: moved ? 'moved' : 'renamed', before: from, after: to, leaves: compareManifests(from, to) });
  }
  return {
    renamed,
    gone: removed.filter((_, left) => !partner.has(left)),
    fresh: added.filter((_, right) => !taken.has(right)),
  };
}

interface Candidate {
  readonly left: number;
  readonly right: number;
  readonly score: number;
}

/** The best score of every object, and how many candidates reach it. */
function topScores(sorted: readonly Candidate[]): Map<string, { score: number; count: number }> {
  const tops = new Map<string, { score: number; count: number }>();
  for (const { left, right, score } of sorted) {
    for (const key of [`l${left}`, `r${right}`]) {
      const top = tops.get(key);
      if (top === undefined) tops.set(key, { score, count: 1 });
      else if (top.score === score) top.count++;
    }
  }
  return tops;
}

function inCommon(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let count = 0;
  for (const each of one) if (other.has(each)) count++;
  return count;
}

interface Signature {
  readonly kind: string;
  readonly content: string;
  readonly leaves: ReadonlySet<string>;
  /** The leaves with the object's own name and namespace taken out. */
  readonly neutral: ReadonlySet<string>;
}

/** The content of an object apart from its identity, as it stands and with its own name and namespace taken out. */
function signature(each: SourceManifest): Signature {
  const { manifest } = each;
  const { name, namespace } = manifest.metadata;
  const kind = `${each.cluster ?? ''}|${storedGroup(manifest)}/${manifest.kind}`;
  const neutral = (text: string): string => {
    let result = text.split(name).join('\u0001');
    if (namespace !== undefined) result = result.split(namespace).join('\u0002');
    return result;
  };
  const leaves = new Set<string>();
  const plain = new Set<string>();
  for (const leaf of leavesOf(manifest, 'after')) {
    if (identity.has(leaf.path)) continue;
    const value = JSON.stringify(leaf.after) ?? '';
    leaves.add(`${leaf.path}=${value}`);
    plain.add(`${leaf.path}=${neutral(value)}`);
  }
  const { metadata, apiVersion: _version, ...rest } = manifest;
  const content = `${kind}${neutral(canonical({ ...rest, labels: metadata.labels, annotations: metadata.annotations }, { shape: shapeOf(storedGroup(manifest), manifest.kind) }))}`;
  return { kind, content, leaves, neutral: plain };
}
