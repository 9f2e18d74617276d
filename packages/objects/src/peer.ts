import type { Labels } from './labels.ts';

/** One side of a connection, as a network policy can name it. */
export type Peer =
  /** Pods of a namespace; without a selector all of them. */
  | { readonly namespace: string; readonly selector?: Labels | undefined }
  /** Addresses. */
  | { readonly cidrs: readonly string[]; readonly except?: readonly string[] | undefined }
  /** Hosts by name; only some implementations can express them. */
  | { readonly hosts: readonly string[] };

/** A port of a connection: a number, or the name of a container port of the destination. */
export interface PeerPort {
  readonly port: number | string;
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}
