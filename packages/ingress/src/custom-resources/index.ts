export type * from './aws-gateway.ts';
export type * from './google-cloud.ts';
