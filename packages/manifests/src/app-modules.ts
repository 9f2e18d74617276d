import { type ProvidedModule, registryKey } from './provided-modules.ts';

/** Each is loaded only when an app imports it. */
const modules = {
  '@fairlead/app': () => import('@fairlead/app'),
  '@fairlead/autoscaling': () => import('@fairlead/autoscaling'),
  '@fairlead/ingress': () => import('@fairlead/ingress'),
  '@fairlead/monitoring': () => import('@fairlead/monitoring'),
  '@fairlead/network-policy': () => import('@fairlead/network-policy'),
  '@fairlead/objects': () => import('@fairlead/objects'),
  '@fairlead/objects/kubernetes-object': () => import('@fairlead/objects/kubernetes-object'),
  '@fairlead/rbac': () => import('@fairlead/rbac'),
  '@fairlead/storage': () => import('@fairlead/storage'),
  '@fairlead/vault-csi': () => import('@fairlead/vault-csi'),
  '@fairlead/workload': () => import('@fairlead/workload'),
  cdk8s: () => import('cdk8s'),
  'cdk8s-plus-28': () => import('cdk8s-plus-28'),
  constructs: () => import('constructs'),
} satisfies Readonly<Record<ProvidedModule, () => Promise<unknown>>>;

const registry: unique symbol = Symbol.for(registryKey);

/** Loads the named modules and puts them where compiled apps look for them. */
export async function provideModules(names: readonly ProvidedModule[]): Promise<void> {
  const loaded = new Map<string, unknown>();
  for (const name of names) loaded.set(name, await modules[name]());
  const holder = globalThis as typeof globalThis & { [registry]?: Map<string, unknown> };
  holder[registry] = new Map([...(holder[registry] ?? []), ...loaded]);
}
