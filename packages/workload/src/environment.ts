import type { IEnvVar } from 'kubernetes-models/v1/EnvVar';

/** Where the value of an environment variable comes from. A literal is written into the manifest: never a secret. */
export type EnvironmentValue =
  | string
  | number
  | boolean
  | { readonly configMap: string; readonly key: string }
  | { readonly secret: string; readonly key: string }
  /** A field of the pod, such as `metadata.name` or `status.podIP`. */
  | { readonly field: string }
  /** A resource of the container, such as `limits.memory`. */
  | { readonly resource: string };

const reference = /\$\(([-._a-zA-Z][-._a-zA-Z0-9]*)\)/g;

/**
 * The `env` of a container, ordered by name, but a variable that is used as `$(NAME)` comes before its users,
 * because Kubernetes expands only what stands earlier in the list.
 */
export function environmentVariables(values: Readonly<Record<string, EnvironmentValue>>): IEnvVar[] {
  const result: IEnvVar[] = [];
  const placed = new Set<string>();
  const place = (name: string): void => {
    const value = values[name];
    if (value === undefined || placed.has(name)) return;
    placed.add(name);
    if (typeof value === 'string' && value.includes('$(')) {
      for (const match of value.matchAll(reference)) place(match[1] ?? '');
    }
    result.push(environmentVariable(name, value));
  };
  for (const name of Object.keys(values).sort()) place(name);
  return result;
}

function environmentVariable(name: string, value: EnvironmentValue): IEnvVar {
  if (typeof value !== 'object') return { name, value: String(value) };
  if ('configMap' in value) return { name, valueFrom: { configMapKeyRef: { key: value.key, name: value.configMap } } };
  if ('secret' in value) return { name, valueFrom: { secretKeyRef: { key: value.key, name: value.secret } } };
  if ('field' in value) return { name, valueFrom: { fieldRef: { fieldPath: value.field } } };
  return { name, valueFrom: { resourceFieldRef: { resource: value.resource } } };
}
