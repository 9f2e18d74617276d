import { dig } from '../../workloads.ts';
import { becomes, gone, last, leaves, what, type LeafRule } from './leaf-rule.ts';

const application = /^argoproj\.io\/Application(Set)?$/;
const flux = /^(kustomize|helm|source|image|notification)\.toolkit\.fluxcd\.io\//;

/** Fields by which Argo CD and Flux prune, correct or stand still. */
export const deliveryRules: readonly LeafRule[] = [
  {
    code: 'prune-enabled',
    kind: application,
    path: /(^|\.)syncPolicy\.automated\.prune$/,
    when: (leaf, { before }) => leaf.after === true && dig(before?.manifest, 'spec') !== undefined,
  },
  {
    code: 'prune-enabled',
    kind: /^kustomize\.toolkit\.fluxcd\.io\/Kustomization$/,
    path: /^spec\.prune$/,
    when: becomes(true),
  },
  {
    code: 'cascade-enabled',
    kind: /^argoproj\.io\/ApplicationSet$/,
    path: /^spec\.syncPolicy\.preserveResourcesOnDeletion$/,
    when: leaves(true),
    words: (leaf) => ({ field: last(leaf) }),
  },
  {
    code: 'cascade-enabled',
    kind: application,
    path: /^metadata\.finalizers\.\*$/,
    when: (leaf) => String(leaf.after).startsWith('resources-finalizer.argocd.argoproj.io'),
    words: () => ({ field: 'its finalizer' }),
  },
  {
    code: 'delivery-paused',
    kind: application,
    path: /(^|\.)syncPolicy\.automated\.selfHeal$/,
    when: (leaf, { after }) =>
      leaf.before === true && dig(after?.manifest, 'spec', 'syncPolicy', 'automated') !== undefined,
    words: what('what somebody changes by hand on the cluster is no longer corrected'),
  },
  {
    code: 'delivery-paused',
    kind: application,
    path: /(^|\.)syncPolicy\.automated\b.*$/,
    when: (leaf, { after }) => gone(leaf) && dig(after?.manifest, 'spec', 'syncPolicy', 'automated') === undefined,
    words: what('Argo CD no longer applies changes by itself'),
  },
  {
    code: 'delivery-paused',
    kind: /^(argoproj\.io\/Application(Set)?|kustomize\.toolkit\.fluxcd\.io\/Kustomization)$/,
    path: /(^spec|(^|\.)syncPolicy\.automated)\.prune$/,
    when: leaves(true),
    words: what('what git no longer has stays on the cluster'),
  },
  {
    code: 'delivery-paused',
    kind: flux,
    path: /^spec\.suspend$/,
    when: becomes(true),
    words: what('Flux no longer applies changes'),
  },
];
