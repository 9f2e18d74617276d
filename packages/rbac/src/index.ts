export * from './human-access.ts';
export * from './identity-document.ts';
export * from './rule.ts';
export * from './support.ts';
export * from './workload-identity.ts';
export * from './workload-role.ts';
