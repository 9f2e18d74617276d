export * from './check-keys.ts';
export * from './consumption.ts';
export * from './provider-class.ts';
export * from './secret.ts';
export * from './secrets.ts';
export * from './support.ts';
export * from './vault-policy.ts';
