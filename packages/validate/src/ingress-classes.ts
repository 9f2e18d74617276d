/**
 * Classes of GKE's ingress controller. It reads them from the annotation `kubernetes.io/ingress.class` alone and needs no
 * IngressClass object (kubernetes/ingress-gce, `pkg/annotations/ingress.go`).
 */
export const ingressGceClasses: ReadonlySet<string> = new Set(['gce', 'gce-internal']);
