export * from './render-app.ts';
export * from './test-cluster.ts';
