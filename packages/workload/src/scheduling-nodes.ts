import type { Cluster } from '@fairlead/inventory';
import { aksNodes } from './scheduling-aks.ts';
import { eksNodes } from './scheduling-eks.ts';
import { gkeNodes } from './scheduling-gke.ts';
import { onpremNodes } from './scheduling-onprem.ts';

export interface Taint {
  readonly key: string;
  readonly value?: string | undefined;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** What a cloud's nodes are called and how they behave, as far as scheduling depends on it: data of one adapter. */
export interface NodeFamily {
  /** In words, for diagnostics and the documentation. */
  readonly title: string;
  /** The label that tells nodes which the cloud takes back; absent: there are none. */
  readonly capacity?: { readonly label: string; readonly spot: string } | undefined;
  /** A label that both sorts of nodes carry, to balance pods over; absent: there is none. */
  readonly balance?: string | undefined;
  /** Taint of spot nodes: `always` there, or only where somebody put it, under its conventional name. */
  readonly spotTaint?: (Taint & { readonly always: boolean }) | undefined;
  /** Taint that every arm64 node carries. */
  readonly armTaint?: Taint | undefined;
  /** The label with the name of a node's pool; absent: pools are told by the labels of the cluster file. */
  readonly poolLabel?: string | undefined;
  /**
   * The label with the class that makes the nodes of a pod, where each pod selects one of them: the described pool of that name. Nodes of
   * a class are tainted with it, and whoever selects it tolerates that by itself.
   */
  readonly classLabel?: string | undefined;
  /** Seconds between the cloud's notice and the end of a spot node. */
  readonly noticeSeconds?: number | undefined;
  /** Seconds of that notice that the kubelet leaves to pods which are not the system's. Absent: all. */
  readonly podSeconds?: number | undefined;
  /** Annotations of a pod that is not to be moved to save nodes. */
  readonly undisturbed: Readonly<Record<string, string>>;
}

/** The family of a cluster's nodes. */
export function nodeFamily(cluster: Cluster): NodeFamily {
  const { nodes } = cluster.capabilities.autoscaling;
  switch (cluster.provider) {
    case 'eks':
      return eksNodes(nodes);
    case 'gke':
      return gkeNodes(nodes);
    case 'aks':
      return aksNodes(nodes);
    case 'onprem':
      return onpremNodes;
  }
}
