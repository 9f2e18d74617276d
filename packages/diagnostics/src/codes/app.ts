import type { CodeEntry } from './index.ts';

/** Faults of `apps/*`: what an author wrote cannot be rendered, or not on this cluster. */
export const appCodes = {
  'app/failed': {
    severity: 'error',
    sentence: 'The code of an app threw while one of its placements was built, or did not come to an end.',
    bad: "build({ values }) { if (!values.queue) throw new Error('no queue'); }",
    good: "values: { staging: { queue: 'jobs' } }",
  },
  'app/syntax': {
    severity: 'error',
    sentence: 'The source of an app cannot be compiled.',
    bad: "app.deployment('web' { port: 80 })",
    good: "app.deployment('web', { port: 80 })",
  },
  'app/no-definition': {
    severity: 'error',
    sentence:
      'The module of an app has no default export made by defineApp, or its name is not the name of its folder.',
    bad: "export const shop = defineApp({ name: 'shop', … });",
    good: "export default defineApp({ name: 'shop', … });",
  },
  'app/empty': {
    severity: 'warning',
    sentence: 'An app makes nothing on a cluster that is to run it, so there is nothing to deliver.',
    bad: 'build({ app, cluster }) { if (cluster.provider === "gke") app.deployment("web", { port: 8080 }); } // on EKS too',
    good: 'build({ app }) { app.deployment("web", { port: 8080 }); }',
  },
  'app/unplaced': {
    severity: 'warning',
    sentence: 'An app that no cluster lists, or a folder of apps/ without an app.ts: nothing of it is rendered.',
    bad: '# apps/shop/app.ts is there, and no cluster file has shop under apps:',
    good: '# clusters/eks-dev.yaml\napps:\n  - shop',
  },
  'app/impure': {
    severity: 'error',
    sentence:
      'An app reaches for files, the network, the environment, the clock or chance; a placement must render to equal bytes everywhere.',
    bad: "import { readFileSync } from 'node:fs';",
    good: "import { nginx } from './nginx.ts';",
  },
  'app/invalid-option': {
    severity: 'error',
    sentence:
      'An option of a workload, secret or route has a value that it cannot have; a type check would have told it.',
    bad: "app.deployment('web', { port: 70000, size: 'hugee', command: 'sh' })",
    good: "app.deployment('web', { port: 8080, size: 'large', command: ['sh'] })",
  },
  'app/shared-claim': {
    severity: 'error',
    sentence:
      'Two apps of one cluster claim the same namespace, or the same host and path; or an app claims a namespace of Kubernetes.',
    bad: "// in apps/shop and in apps/cart\nnamespace: 'shop'",
    good: "// in apps/cart\nnamespace: 'cart'",
  },
  'app/name': {
    severity: 'error',
    sentence: 'A name that an app gives is no DNS label, or is too long once joined with the name of the app.',
    bad: "app.deployment('Web_Server', { port: 80 })",
    good: "app.deployment('web-server', { port: 80 })",
  },
  'app/duplicate': {
    severity: 'error',
    sentence: 'An app declares two things of one kind under one name.',
    bad: "app.deployment('web', {}); app.statefulSet('web', {});",
    good: "app.deployment('web', {}); app.statefulSet('cache', {});",
  },
  'app/not-in-environment': {
    severity: 'error',
    sentence: 'A cluster lists an app that has no values for the environment of that cluster.',
    bad: 'values: { staging: { … } } // and a production cluster lists the app',
    good: 'values: { staging: { … }, production: { … } }',
  },
  'app/unknown-value': {
    severity: 'error',
    sentence: 'A cluster overrides a value that the app does not have, or with a value of another type.',
    bad: 'apps: { shop: { values: { replica: 3 } } }',
    good: 'apps: { shop: { values: { replicas: 3 } } }',
  },
  'app/uncalled-store': {
    severity: 'warning',
    sentence:
      'A workload has the host of a store among its settings and does not call the store, so its policy drops the connection.',
    bad: "app.deployment('web', { env: { DATABASE_HOST: database.host } });",
    good: "app.deployment('web', { env: { DATABASE_HOST: database.host }, calls: [database] });",
  },
  'app/missing-image': {
    severity: 'error',
    sentence: 'A workload names an image that releases.yaml does not give for the environment.',
    bad: 'images: { web: { repository: registry.example.com/web } }',
    good: 'images: { web: { repository: registry.example.com/web, staging: { version: 1.4.0 } } }',
  },
  'app/image-without-digest': {
    severity: 'error',
    sentence: 'The environment demands images by digest, and an image that the app itself states has none.',
    bad: "image: 'registry.example.com/api:1.4.0'",
    good: "image: 'registry.example.com/api:1.4.0@sha256:…'",
  },
  'app/missing-store': {
    severity: 'error',
    sentence: 'An app uses a data store or system outside the cluster that the cluster file does not describe.',
    bad: "app.external('database') // and clusters/eks-staging.yaml says nothing of it",
    good: 'stores: { shop/database: { host: db.example.com, port: 5432, cidrs: [10.0.8.0/24] } }',
  },
  'app/order-circle': {
    severity: 'error',
    sentence: 'Workloads wait for one another in a circle, so none of them can start.',
    bad: "const a = app.job('a', { before: [b] }); // and b goes before a",
    good: "app.job('schema', { before: [api] });",
  },
  'app/too-few-replicas': {
    severity: 'error',
    sentence: 'A workload behind a Service runs fewer replicas than its environment asks for, without a reason.',
    bad: "app.deployment('web', { port: 80, replicas: 1 })",
    good: "app.deployment('web', { port: 80, singleton: 'holds the lease of the printer' })",
  },
  'app/connection-without-port': {
    severity: 'error',
    sentence: 'A workload calls or routes to a workload that has no port.',
    bad: "const worker = app.deployment('worker'); app.route({ host, to: { '/': worker } });",
    good: "const web = app.deployment('web', { port: 80 }); app.route({ host, to: { '/': web } });",
  },
  'app/hosts-not-supported': {
    severity: 'error',
    sentence: 'A workload reaches hosts by name on a cluster whose network can only allow addresses.',
    bad: "app.external('payments', { hosts: ['api.example.com'] }) // where networkPolicy.fqdn is none",
    good: 'stores: { shop/payments: { host: api.example.com, port: 443, cidrs: [192.0.2.0/24] } }',
  },
  'app/connection-not-admitted': {
    severity: 'error',
    sentence: 'A workload calls a workload of another app that does not admit it, so the call would be dropped.',
    bad: "calls: [app.peer('users', 'api', { port: 3003 })] // in shop alone",
    good: "admits: [app.peer('shop', 'web')] // in users, workload api",
  },
  'app/business-counter': {
    severity: 'error',
    sentence:
      'A workload promises a counter that is not of the business contract, or exports no metrics to read it from.',
    bad: "app.deployment('api', { port: 80, metrics: true, counts: ['orders_created'] })",
    good: "app.deployment('api', { port: 80, metrics: true, counts: ['orders_created_total'] })",
  },
  'app/admitted-without-call': {
    severity: 'warning',
    sentence: 'A workload admits a caller of another app that does not declare the call.',
    bad: "admits: [app.peer('shop', 'web')] // in users alone",
    good: "calls: [app.peer('users', 'api', { port: 3003 })] // in shop, workload web",
  },
} as const satisfies Record<string, CodeEntry>;
