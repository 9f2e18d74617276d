export * from './secret-provider-class.ts';
export * from './metadata.ts';
