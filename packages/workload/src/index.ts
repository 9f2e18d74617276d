export * from './containers.ts';
export * from './environment.ts';
export * from './files.ts';
export * from './pod-template.ts';
export * from './probes.ts';
export * from './security.ts';
export * from './sizes.ts';
export * from './workload.ts';
