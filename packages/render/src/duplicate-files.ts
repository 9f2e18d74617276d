import { diagnostic, type Diagnostic } from '@fairlead/diagnostics';
import { groupOf, type Manifest } from '@fairlead/objects/manifest';

/**
 * An error for each manifest whose file another one has taken. `fileName` keeps objects apart; what is left are kinds of one name in two
 * groups that it does not know, and a namespaced object without a namespace beside one in the placement's own.
 */
export function duplicateFiles(
  manifests: readonly { readonly manifest: Manifest; readonly path: string }[],
): Diagnostic[] {
  const owners = new Map<string, Manifest>();
  const diagnostics: Diagnostic[] = [];
  for (const { manifest, path } of manifests) {
    const owner = owners.get(path);
    if (owner === undefined) owners.set(path, manifest);
    else {
      const { apiVersion, kind, metadata } = manifest;
      diagnostics.push(
        diagnostic('render/duplicate-file', {
          message: `${describe(owner)} and ${describe(manifest)} would both be written to ${path}`,
          hint: 'give one of them another name, or state its namespace',
          object: { apiVersion, kind, name: metadata.name, namespace: metadata.namespace },
        }),
      );
    }
  }
  return diagnostics;
}

function describe({ apiVersion, kind, metadata }: Manifest): string {
  const group = groupOf(apiVersion);
  return `${kind}${group === '' ? '' : `.${group}`} "${metadata.name}"${metadata.namespace === undefined ? ' without a namespace' : ''}`;
}
