export * from './gitops-manifests.ts';
