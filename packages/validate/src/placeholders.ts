import type { Manifest } from '@fairlead/objects';
import { isMap } from './json.ts';

/** `${NAME}`, with what Flux and shells allow behind the name: https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution */
const variable = /\$\{[A-Za-z_]\w*(?:[:=/#%^,-][^}]*)?\}/;
const variables = new RegExp(variable.source, 'g');
/** `$NAME` as `envsubst` reads it, where it is all of a text. */
const wholeVariable = /^\$[A-Z][A-Z0-9_]+$/;

/** Whether a value, or a text directly in it, holds a variable that something fills in before the API server reads it. */
export function holdsVariable(value: unknown): boolean {
  if (typeof value === 'string') return variable.test(value) || wholeVariable.test(value);
  return isMap(value) && Object.values(value).some((each) => typeof each === 'string' && variable.test(each));
}

/** What becomes of variables in a folder of manifests. */
export interface Placeholders {
  /** Whether Flux fills them in. */
  readonly filled: boolean;
  /** Whether an object of a kind may be called so, once its variables are filled in. */
  mayBeCalled(kind: string, name: string): boolean;
}

/** Reads the names of all manifests once. */
export function placeholdersOf(manifests: readonly Manifest[]): Placeholders {
  const patterns = new Map<string, RegExp[]>();
  let filled = false;
  for (const { apiVersion, kind, metadata, spec } of manifests) {
    filled ||= apiVersion.startsWith('kustomize.toolkit.fluxcd.io/') && isMap(spec) && isMap(spec['postBuild']);
    if (!metadata.name.includes('$') || !holdsVariable(metadata.name)) continue;
    const pattern = new RegExp(
      `^${metadata.name
        .split(variables)
        .map((each) => each.replace(/[^\w]/g, '\\$&'))
        .join('.*')}$`,
    );
    const known = patterns.get(kind);
    if (known === undefined) patterns.set(kind, [pattern]);
    else known.push(pattern);
  }
  return { filled, mayBeCalled: (kind, name) => patterns.get(kind)?.some((each) => each.test(name)) ?? false };
}
