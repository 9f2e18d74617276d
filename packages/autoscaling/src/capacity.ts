export * from './capacity/capacity-table.ts';
export * from './capacity/render-capacity.ts';
