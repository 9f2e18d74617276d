import type { AppBuilder, ExternalHandle, NamespaceOwner, SecretHandle, WorkloadHandle } from '@fairlead/app';
import type { Values } from './values.ts';

/** The PostgreSQL of one service: managed, where the cluster file says it is, or one of its own in the cluster. */
export function database(
  app: AppBuilder,
  values: Values,
  service: string,
  login: SecretHandle<'username' | 'password'>,
  namespace: NamespaceOwner | undefined,
): WorkloadHandle | ExternalHandle {
  const name = `${service}-database`;
  if (values.databases === 'managed') return app.external(name);
  return app.statefulSet(name, {
    ...(namespace && { namespace }),
    image: 'postgresql',
    ports: { postgresql: 5432 },
    health: { exec: ['pg_isready', '--quiet', '--host=127.0.0.1'] },
    user: 999,
    singleton: 'a database for development, restored from seeds when it is lost',
    storage: { size: '10Gi', path: '/var/lib/postgresql/data' },
    writable: ['/tmp', '/var/run/postgresql'],
    config: {
      PGDATA: '/var/lib/postgresql/data/pgdata',
      POSTGRES_DB: `msdp_${service}s`.replace('deliverys', 'deliveries'),
    },
    env: { POSTGRES_PASSWORD: login.key('password'), POSTGRES_USER: login.key('username') },
  });
}
