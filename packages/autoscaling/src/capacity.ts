export * from './capacity/amounts.ts';
export * from './capacity/capacity-report.ts';
export * from './capacity/capacity-table.ts';
export * from './capacity/quota-headroom.ts';
export * from './capacity/quota-use.ts';
export * from './capacity/render-capacity.ts';
export * from './capacity/right-sizing.ts';
