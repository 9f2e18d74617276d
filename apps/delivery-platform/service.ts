import type { AppBuilder, DeploymentOptions, NamespaceOwner, WorkloadHandle } from '@fairlead/app';
import { database } from './database.ts';
import type { Values } from './values.ts';

interface ServiceOptions {
  readonly port: number;
  /** Its own namespace, with whatever it stores. */
  readonly namespace?: NamespaceOwner;
  readonly config?: DeploymentOptions['config'];
  readonly env?: DeploymentOptions['env'];
  /** Never runs on nodes that may be taken back, and gives way to nobody. */
  readonly critical?: boolean;
  readonly counts?: DeploymentOptions['counts'];
}

/** A service with a PostgreSQL database of its own, whose schema is brought up to date before it starts. */
export function service(
  app: AppBuilder,
  values: Values,
  name: string,
  { port, namespace, config, env, critical = false, counts }: ServiceOptions,
): WorkloadHandle {
  const home = namespace && { namespace };
  const login = app.secret(`${name}-database`, { keys: ['username', 'password'] });
  const store = database(app, values, name, login, namespace);
  const connection = {
    DB_HOST: store.host,
    DB_NAME: `msdp_${name}s`.replace('deliverys', 'deliveries'),
    DB_PORT: store.port,
    DB_SSL: values.databases === 'managed',
  };
  const credentials = { DB_PASSWORD: login.key('password'), DB_USER: login.key('username') };

  const handle = app.deployment(name, {
    ...home,
    port,
    health: '/health',
    size: { cpu: '250m', memory: '256Mi', memoryLimit: '512Mi' },
    user: 1001,
    replicas: values.replicas.service,
    ...(values.rightSizing && { vertical: { mode: 'recommend' } }),
    metrics: true,
    connectionPool: true,
    config: { ...connection, ...config, LOG_LEVEL: values.logLevel, NODE_ENV: 'production', PORT: port },
    env: { ...credentials, ...env },
    calls: [store],
    scheduling: critical ? { priority: 'critical' } : { priority: 'high', ...(values.spot && { spot: values.spot }) },
    ...(counts && { counts }),
    ...(values.availability && { objective: { availability: values.availability } }),
  });

  app.job(`${name}-schema`, {
    ...home,
    image: `${name}-schema`,
    user: 1001,
    timeoutSeconds: 600,
    config: connection,
    env: credentials,
    calls: [store],
    before: [handle],
  });
  return handle;
}
