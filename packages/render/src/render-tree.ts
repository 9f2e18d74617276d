import { diagnostic, type DeclaredAt, type Diagnostic, type Locate } from '@fairlead/diagnostics';
import { compareText } from '@fairlead/objects';
import { compareIdentities } from '@fairlead/objects/order';
import { identityKey, identityOf, type Identity, type Manifest } from '@fairlead/objects/manifest';
import { declaredAt, reported, validationMessage } from '@fairlead/objects/report';
import { ApiObject } from 'cdk8s';
import type { IConstruct, Node } from 'constructs';
import { stateDefaults } from './list-defaults.ts';
import { toManifest } from './to-manifest.ts';

/** One object of a tree, ready to be written. */
export interface RenderedManifest {
  /** Plain JSON, only to be read: parts may be shared with other manifests. {@link emit} puts its keys in order. */
  readonly manifest: Manifest;
  readonly identity: Identity;
  /** Path of the construct that makes it, such as `resource-hub/api/deployment`. */
  readonly path: string;
  /** Where the nearest construct above it that knows was stated. */
  readonly declaredAt?: DeclaredAt | undefined;
}

/** What {@link renderTree} returns. */
export interface Rendered {
  /** In kind order, then by group, namespace and name, whatever the order of the tree. */
  readonly manifests: readonly RenderedManifest[];
  /** What constructs reported, what their validations say, and what could not be rendered, in the order of the tree. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Renders every object of a cdk8s tree: one walk, one `toJson()` per object, nothing else of cdk8s' synthesis.
 *
 * Takes an App, a Chart or any construct below one, with objects of any origin (Fairlead, cdk8s-plus, imported CRDs, Include).
 * `locate` gives diagnostics the line that stated their construct. Dependencies between constructs play no part: the order of the manifests is their own. Never throws for what is in the tree.
 */
export function renderTree(root: IConstruct, locate: Locate = () => undefined): Rendered {
  const manifests: RenderedManifest[] = [];
  const diagnostics: Diagnostic[] = [];
  const owners = new Map<string, RenderedManifest>();

  const visit = (construct: IConstruct, above?: DeclaredAt): void => {
    const { node } = construct;
    const at = declaredAt(construct) ?? above;
    const first = diagnostics.length;
    const reports = reported(construct);
    for (const each of reports) diagnostics.push(each);
    collectValidations(node, reports, diagnostics);
    if (ApiObject.isApiObject(construct)) {
      const { path } = node;
      const complete = toManifest(construct, diagnostics);
      if (complete !== undefined) {
        const manifest = stateDefaults(complete);
        const identity = identityOf(manifest);
        const key = identityKey(identity);
        const owner = owners.get(key);
        const rendered = { manifest, identity, path, declaredAt: at };
        if (owner === undefined) {
          owners.set(key, rendered);
          manifests.push(rendered);
        } else diagnostics.push(duplicateObject(manifest, owner.path, path));
      }
    }
    for (let index = first; at !== undefined && index < diagnostics.length; index += 1) {
      const each = diagnostics[index];
      if (each && each.line === undefined) diagnostics[index] = { ...each, ...locate(at) };
    }
    for (const child of node.children) visit(child, at);
  };

  visit(root);
  manifests.sort((a, b) => compareIdentities(a.identity, b.identity) || compareText(a.path, b.path));
  return { manifests, diagnostics };
}

function collectValidations(node: Node, reports: readonly Diagnostic[], diagnostics: Diagnostic[]): void {
  let messages: readonly string[];
  try {
    messages = node.validate();
  } catch (error) {
    messages = [error instanceof Error ? error.message : String(error)];
  }
  if (messages.length === 0) return;
  const known = new Set(reports.map(validationMessage));
  for (const message of messages) {
    if (known.has(message)) continue;
    diagnostics.push(diagnostic('render/validation', { message: `${message} (construct ${node.path})` }));
  }
}

function duplicateObject(manifest: Manifest, first: string, second: string): Diagnostic {
  const { apiVersion, kind, metadata } = manifest;
  const where = metadata.namespace === undefined ? '' : ` in namespace ${metadata.namespace}`;
  return diagnostic('render/duplicate-object', {
    message: `${kind} "${metadata.name}"${where} is made twice: by construct ${first} and by construct ${second}`,
    hint: 'give one of them another name, or make it once and refer to it',
    object: { apiVersion, kind, name: metadata.name, namespace: metadata.namespace },
  });
}
