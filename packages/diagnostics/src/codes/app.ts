import type { CodeEntry } from './index.ts';

/** Faults of `apps/*`: what an author wrote cannot be rendered, or not on this cluster. */
export const appCodes = {
  'app/failed': { severity: 'error', sentence: 'The code of an app threw while one of its placements was built.' },
  'app/syntax': { severity: 'error', sentence: 'The source of an app cannot be compiled.' },
  'app/no-definition': {
    severity: 'error',
    sentence:
      'The module of an app has no default export made by defineApp, or its name is not the name of its folder.',
  },
  'app/impure': {
    severity: 'error',
    sentence:
      'An app reaches for files, the network, the environment, the clock or chance; a placement must render to equal bytes everywhere.',
  },
  'app/name': {
    severity: 'error',
    sentence: 'A name that an app gives is no DNS label, or is too long once joined with the name of the app.',
  },
  'app/duplicate': { severity: 'error', sentence: 'An app declares two things of one kind under one name.' },
  'app/not-in-environment': {
    severity: 'error',
    sentence: 'A cluster lists an app that has no values for the environment of that cluster.',
  },
  'app/unknown-value': {
    severity: 'error',
    sentence: 'A cluster overrides a value that the app does not have, or with a value of another type.',
  },
  'app/missing-image': {
    severity: 'error',
    sentence: 'A workload names an image that releases.yaml does not give for the environment.',
  },
  'app/image-without-digest': {
    severity: 'error',
    sentence: 'The environment demands images by digest, and an image of the app has none.',
  },
  'app/missing-store': {
    severity: 'error',
    sentence: 'An app uses a data store or system outside the cluster that the cluster file does not describe.',
  },
  'app/too-few-replicas': {
    severity: 'error',
    sentence: 'A workload behind a Service runs fewer replicas than its environment asks for, without a reason.',
  },
  'app/connection-without-port': {
    severity: 'error',
    sentence: 'A workload calls or routes to a workload that has no port.',
  },
  'app/hosts-not-supported': {
    severity: 'error',
    sentence: 'A workload reaches hosts by name on a cluster whose network can only allow addresses.',
  },
  'app/connection-not-admitted': {
    severity: 'error',
    sentence: 'A workload calls a workload of another app that does not admit it, so the call would be dropped.',
  },
  'app/admitted-without-call': {
    severity: 'warning',
    sentence: 'A workload admits a caller of another app that does not declare the call.',
  },
} as const satisfies Record<string, CodeEntry>;
