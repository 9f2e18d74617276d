export * from './claim.ts';
export * from './drivers.ts';
export * from './snapshot-class.ts';
export * from './storage-classes.ts';
export * from './support-page.ts';
