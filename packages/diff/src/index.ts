export * from './model.ts';
export { diffManifests, type DiffOptions, type Tree } from './diff.ts';
export { parseFiles, parseManifests, placementOf, type Unreadable } from './parse.ts';
export { codes, type Code } from './rules/codes.ts';
