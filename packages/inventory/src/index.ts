export type * from './model.ts';
export { type Inventory, type InventoryInput, loadInventory } from './load-inventory.ts';
export { type SourceText } from './source-file.ts';
