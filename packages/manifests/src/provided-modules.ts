/** What an app imports from the program itself, so that there is one cdk8s and one @fairlead/app. */
export const providedModules = [
  '@fairlead/app',
  '@fairlead/autoscaling',
  '@fairlead/ingress',
  '@fairlead/monitoring',
  '@fairlead/network-policy',
  '@fairlead/objects',
  '@fairlead/objects/kubernetes-object',
  '@fairlead/rbac',
  '@fairlead/storage',
  '@fairlead/vault-csi',
  '@fairlead/workload',
  'cdk8s',
  'cdk8s-plus-28',
  'constructs',
] as const;

export type ProvidedModule = (typeof providedModules)[number];

export const isProvided = (name: string): name is ProvidedModule =>
  (providedModules as readonly string[]).includes(name);

/** Where compiled apps look for what they import from the program; a text, so that they need not import it. */
export const registryKey = 'fairlead.modules';

/** Source of the module that stands for a provided one while apps are compiled. */
export const providedSource = (name: string): string =>
  `module.exports = globalThis[Symbol.for('${registryKey}')].get('${name}');`;
