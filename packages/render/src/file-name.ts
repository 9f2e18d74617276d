import { groupOf, type Manifest } from '@fairlead/objects/manifest';
import { createHash } from 'node:crypto';
import { kindGroups } from './kind-groups.ts';

/** Room for a temporary suffix within the 255 bytes of common file systems, and for the folders within Windows' 260. */
const maxStem = 180;

/**
 * The file of an object within its placement's folder: `<kind>-<name>.yaml`, the kind in lower case.
 *
 * It follows from the object alone, so no object that comes or goes renames another's file. It is extended
 * - by `@<namespace>` for an object in another namespace than the placement's own (`home`): `role-reader@kube-system.yaml`;
 * - by `+<group>` where the kind's name belongs to another API group: `service-hello+serving.knative.dev.yaml`.
 *
 * Characters other than lower-case letters, digits, `.` and `-` become `_` and two hexadecimal digits per byte of UTF-8
 * (`clusterrole-system_3ax.yaml`), so that names that differ only in case or in such characters stay apart on every file system.
 * The `-` keeps names off those that Windows reserves. A name too long for a file is cut and ends in `~` and a hash of the whole.
 *
 * @param home the placement's namespace; without it every namespaced object is extended by its own
 */
export function fileName(manifest: Manifest, home?: string): string {
  const { apiVersion, kind, metadata } = manifest;
  const group = groupOf(apiVersion);
  const owner = kindGroups.get(kind);
  const { name, namespace } = metadata;
  let stem = `${safe(kind.toLowerCase())}-${safe(name)}`;
  if (owner !== undefined && owner !== group) stem += `+${safe(group)}`;
  if (namespace !== undefined && namespace !== '' && namespace !== home) stem += `@${safe(namespace)}`;
  if (stem.length > maxStem) {
    const hash = createHash('sha256').update(stem).digest('hex').slice(0, 16);
    stem = `${stem.slice(0, maxStem - 17)}~${hash}`;
  }
  return `${stem}.yaml`;
}

const unsafe = /[^a-z0-9.-]/gu;

function safe(text: string): string {
  return text.replace(unsafe, (character) =>
    [...Buffer.from(character)].map((byte) => `_${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}
