/** What an app may import from Fairlead and its foundations; loaded only when an app does. */
export const modulesForApps: ReadonlyMap<string, () => Promise<unknown>> = new Map<string, () => Promise<unknown>>([
  ['@fairlead/app', () => import('@fairlead/app')],
  ['@fairlead/autoscaling', () => import('@fairlead/autoscaling')],
  ['@fairlead/ingress', () => import('@fairlead/ingress')],
  ['@fairlead/monitoring', () => import('@fairlead/monitoring')],
  ['@fairlead/network-policy', () => import('@fairlead/network-policy')],
  ['@fairlead/objects', () => import('@fairlead/objects')],
  ['@fairlead/objects/kubernetes-object', () => import('@fairlead/objects/kubernetes-object')],
  ['@fairlead/rbac', () => import('@fairlead/rbac')],
  ['@fairlead/storage', () => import('@fairlead/storage')],
  ['@fairlead/vault-csi', () => import('@fairlead/vault-csi')],
  ['@fairlead/workload', () => import('@fairlead/workload')],
  ['cdk8s', () => import('cdk8s')],
  ['cdk8s-plus-28', () => import('cdk8s-plus-28')],
  ['constructs', () => import('constructs')],
]);

const registry = Symbol.for('fairlead.modules');

/** Loads the named modules and puts them where compiled apps look for them. */
export async function provideModules(names: readonly string[]): Promise<void> {
  const modules = new Map<string, unknown>();
  for (const name of names) modules.set(name, await modulesForApps.get(name)?.());
  const holder = globalThis as typeof globalThis & { [registry]?: Map<string, unknown> };
  holder[registry] = new Map([...(holder[registry] ?? []), ...modules]);
}
