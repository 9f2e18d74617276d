export * from './diagnostic.ts';
export { codes, type Code, type CodeEntry } from './codes/index.ts';
