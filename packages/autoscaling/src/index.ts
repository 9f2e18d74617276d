export * from './autoscaling.ts';
export * from './check-scaling.ts';
export * from './event-source.ts';
export * from './intent.ts';
export * from './quantity.ts';
