export * from './cdk8s-environment.ts';
export * from './duplicate-files.ts';
export * from './emit.ts';
export * from './file-name.ts';
export * from './render-placement.ts';
export * from './render-tree.ts';
