export * from './certificates.ts';
export * from './classes.ts';
export * from './ingress.ts';
export type * from './request.ts';
export * from './route.ts';
export * from './service-annotations.ts';
export * from './support.ts';
export * from './support-page.ts';
export * from './traffic-sources.ts';
