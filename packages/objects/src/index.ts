export * from './capacity-spread.ts';
export * from './labels.ts';
export * from './manifest.ts';
export * from './names.ts';
export * from './order.ts';
export type * from './peer.ts';
export * from './pod-templates.ts';
export * from './workload-reference.ts';
export * from './quantity.ts';
