export * from './policy.ts';
export * from './node-dns.ts';
