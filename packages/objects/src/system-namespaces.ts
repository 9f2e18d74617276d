/** Namespaces that every cluster has: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
export const systemNamespaces: readonly string[] = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
