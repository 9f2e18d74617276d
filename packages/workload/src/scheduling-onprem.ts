import type { NodeFamily } from './scheduling-nodes.ts';
import { autoscalerUndisturbed } from './scheduling-undisturbed.ts';

/** Machines of one's own: nobody takes them back, and only the labels that the cluster file states tell pools apart. */
export const onpremNodes: NodeFamily = { title: 'machines of one’s own', undisturbed: autoscalerUndisturbed };
