export * from './emit.ts';
export * from './file-name.ts';
export * from './render-tree.ts';
export * from './render-placement.ts';
