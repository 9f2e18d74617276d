export type * from './model.ts';
export { type Inventory, type InventoryInput, loadInventory } from './load-inventory.ts';
export { imageOf, type ImageReference, parseReleases, type Release, type Releases } from './releases.ts';
export { type SourceText } from './source-file.ts';
