import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';

export type Verb =
  'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection' | (string & {});

/** One permission, as RBAC states it. Groups: empty text is the core group. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[] | undefined;
  readonly verbs: readonly Verb[];
}

/** A copy as it stands in a manifest. */
export function ruleManifest({ apiGroups, resources, resourceNames, verbs }: Rule) {
  return {
    apiGroups: [...apiGroups],
    resources: [...resources],
    ...(resourceNames === undefined ? {} : { resourceNames: [...resourceNames] }),
    verbs: [...verbs],
  };
}

/** Rules that allow nothing, or more than anybody can foresee. */
export function checkRules(role: string, rules: readonly Rule[], cluster: string): Diagnostic[] {
  const faults: Diagnostic[] = [];
  const clusters = [cluster];
  if (rules.length === 0) {
    faults.push(
      diagnostic('identity/invalid-rule', {
        message: `role ${role} has no rules`,
        hint: 'leave the role out',
        clusters,
      }),
    );
  }
  for (const rule of rules) {
    const what = rule.resources.join(', ');
    if (rule.verbs.length === 0 || rule.resources.length === 0 || rule.apiGroups.length === 0) {
      const message = `role ${role}: a rule without verbs, resources or API groups allows nothing`;
      faults.push(
        diagnostic('identity/invalid-rule', { message, hint: 'state all three; the core group is ""', clusters }),
      );
    }
    if ([...rule.verbs, ...rule.resources, ...rule.apiGroups].includes('*')) {
      const message = `role ${role} uses * for ${what}`;
      faults.push(
        diagnostic('identity/wildcard-rule', {
          message,
          hint: 'list the groups, resources and verbs that the workload uses',
          clusters,
        }),
      );
    }
    if (
      rule.resourceNames !== undefined &&
      rule.verbs.some((verb) => verb === 'create' || verb === 'deletecollection')
    ) {
      // The API server does not know the name yet when it authorizes these.
      const message = `role ${role}: create and deletecollection of ${what} cannot be limited to names`;
      faults.push(
        diagnostic('identity/invalid-rule', {
          message,
          hint: 'put these verbs into a rule without resourceNames',
          clusters,
        }),
      );
    }
  }
  return faults;
}
