import type { Environment } from './model.ts';

/** How strictly one namespace is kept: as the environment says of it alone, else as of all. */
export function strictnessOf(
  { access, podSecurity, namespaces = {} }: Environment,
  namespace: string,
): Pick<Environment, 'access' | 'podSecurity'> {
  const own = Object.hasOwn(namespaces, namespace) ? namespaces[namespace] : undefined;
  const { admin = access.admin, deploy = access.deploy, readOnly = access.readOnly } = own?.access ?? {};
  return { access: { admin, deploy, readOnly }, podSecurity: own?.podSecurity ?? podSecurity };
}
