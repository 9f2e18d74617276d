import { alertOf, enumerate } from './alert-of.ts';
import { fromTo, type LeafRule } from './leaf-rule.ts';

/** Fields with a sentence of their own that neither break nor weaken anything. */
export const behavesRules: readonly LeafRule[] = [
  {
    code: 'claim-grown',
    kind: /^\/PersistentVolumeClaim$/,
    path: /^spec\.resources\.requests\.storage$/,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'schedule-changed',
    kind: /^batch\/CronJob$/,
    path: /^spec\.(schedule|timeZone)$/,
    words: (leaf) => fromTo(leaf),
  },
  {
    code: 'description-changed',
    kind: /^(monitoring\.coreos\.com\/PrometheusRule|operator\.victoriametrics\.com\/VMRule|monitoring\.googleapis\.com\/(Cluster|Global)?Rules)$/,
    path: /^spec\.groups\.\*\.rules\.\*\.annotations\b.*$/,
  },
  {
    code: 'alert-changed',
    kind: /^(monitoring\.coreos\.com\/PrometheusRule|operator\.victoriametrics\.com\/VMRule|monitoring\.googleapis\.com\/(Cluster|Global)?Rules)$/,
    path: /^spec\.groups\.\*\.rules\.\*\..*$/,
    wordsOfAll: (all, change) => ({ alert: enumerate(all.map((leaf) => alertOf(leaf, change))) }),
  },
  {
    code: 'description-changed',
    kind: /^apiextensions\.k8s\.io\/CustomResourceDefinition$/,
    path: /(\.description|\.additionalPrinterColumns\b.*|names\.(shortNames|categories)\b.*)$/,
  },
  {
    code: 'description-changed',
    kind: /^(scheduling\.k8s\.io\/PriorityClass|argoproj\.io\/AppProject)$/,
    path: /^(spec\.)?description$/,
  },
];
