import { defineApp } from '@fairlead/app';
import { nginx } from './nginx.ts';

export default defineApp({
  name: 'resource-hub',
  owner: 'resource-hub-team',
  costCenter: 'cc-4711',
  values: {
    sandbox: { api: 1, gateway: 1, ui: 1, database: 'in-cluster', logLevel: 'debug', availability: undefined },
    staging: {
      api: { min: 2, max: 4, cpu: 75 },
      gateway: { min: 2, max: 4, cpu: 75 },
      ui: 2,
      database: 'managed',
      logLevel: 'info',
      availability: 99.5,
    },
    production: {
      api: { min: 3, max: 12, cpu: 70 },
      gateway: { min: 3, max: 9, cpu: 70 },
      ui: 3,
      database: 'managed',
      logLevel: 'warn',
      availability: 99.9,
    },
  },
  build({ app, values, cluster }) {
    const credentials = app.secret('database', { keys: ['username', 'password'] });
    const login = { user: credentials.key('username'), password: credentials.key('password') };

    // The managed database is where the cluster file says; the sandbox runs its own, small and without a replica.
    const database =
      values.database === 'managed'
        ? app.external('database')
        : app.statefulSet('database', {
            image: 'postgresql',
            ports: { postgresql: 5432 },
            health: { exec: ['pg_isready', '--quiet', '--host=127.0.0.1'] },
            size: 'medium',
            user: 999,
            storage: { size: '20Gi', path: '/var/lib/postgresql/data' },
            writable: ['/tmp', '/var/run/postgresql'],
            config: { PGDATA: '/var/lib/postgresql/data/pgdata', POSTGRES_DB: 'resource_hub' },
            env: { POSTGRES_USER: login.user, POSTGRES_PASSWORD: login.password },
          });

    const api = app.deployment('api', {
      port: 4000,
      health: '/health',
      size: 'medium',
      user: 1000,
      replicas: values.api,
      metrics: true,
      config: {
        DATABASE_HOST: database.host,
        DATABASE_NAME: 'resource_hub',
        DATABASE_PORT: database.port,
        DATABASE_SSL: values.database === 'managed',
        LOG_LEVEL: values.logLevel,
        NODE_ENV: 'production',
      },
      env: { DATABASE_USER: login.user, DATABASE_PASSWORD: login.password },
      calls: [database],
      ...(values.availability && { objective: { availability: values.availability } }),
    });

    const ui = app.deployment('ui', {
      port: 3000,
      health: '/',
      size: { cpu: '100m', memory: '256Mi', cpuLimit: '500m', memoryLimit: '512Mi' },
      user: 1000,
      replicas: values.ui,
      config: { API_URL: api.url(), NODE_ENV: 'production' },
      writable: ['/tmp', '/app/.next/cache'],
      calls: [api],
    });

    const gateway = app.deployment('gateway', {
      port: 8080,
      health: '/health',
      user: 101,
      replicas: values.gateway,
      files: { '/etc/nginx/nginx.conf': nginx({ api, ui, port: 8080 }) },
      calls: [api, ui],
    });

    app.route({
      host: `resource-hub.${cluster.domain}`,
      to: { '/': gateway },
      exposure: 'public',
      minimumTls: '1.3',
      firewall: cluster.environment !== 'sandbox',
      accessLog: cluster.environment === 'production',
    });
  },
});
