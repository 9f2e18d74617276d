export * from './labels.ts';
export * from './manifest.ts';
export * from './names.ts';
export type * from './peer.ts';
export type * from './workload-reference.ts';
