import type { Manifest } from '@fairlead/objects';
import type { ManifestSet } from '../../manifest-set.ts';

/** A Service that a text names, with the port that it is to be called on; undefined where the text does not say. */
export interface NamedService {
  readonly service: Manifest;
  readonly port: number | undefined;
  readonly text: string;
}

/** An environment variable, with the others of its container, for a port that stands beside its host. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly siblings: readonly Variable[];
}

const full = /([a-z0-9](?:[-a-z0-9.]*[a-z0-9])?)\.svc(?:\.[a-z0-9.-]*[a-z0-9])?(?::(\d{1,5}))?/g;
const token =
  /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^@\s/]*@)?([a-z0-9](?:[-a-z0-9.]*[a-z0-9])?)(?::(\d{1,5}))?(?:[/?].*)?$/;
const hostVariable = /(?:^|_)(?:HOST|HOSTNAME|HOSTS|ADDR|ADDRESS|SERVER|SERVERS|ENDPOINT|BROKERS?|BOOTSTRAP_SERVERS)$/i;

/** Ports that a scheme implies. */
const schemePorts: Readonly<Record<string, number>> = {
  amqp: 5672,
  amqps: 5671,
  grpc: 80,
  http: 80,
  https: 443,
  mongodb: 27017,
  mysql: 3306,
  nats: 4222,
  postgres: 5432,
  postgresql: 5432,
  redis: 6379,
  rediss: 6379,
  ws: 80,
  wss: 443,
};

/** False where {@link hostsIn} would find nothing, whatever Services there are: most values. */
export function mayNameHosts({ name, value }: Variable): boolean {
  return value.length <= 4096 && (value.includes(':') || value.includes('.svc') || hostVariable.test(name));
}

/**
 * The Services of the set that the value of a variable names: `<svc>.<ns>.svc…` anywhere in it; `<svc>` or `<svc>.<ns>` where it is a
 * URL, a host with a port, or the value of a variable such as DB_HOST. Only to be asked where {@link mayNameHosts}.
 */
export function hostsIn(set: ManifestSet, namespace: string, { name, value, siblings }: Variable): NamedService[] {
  const found: NamedService[] = [];
  const beside = portBeside(name, siblings);
  if (value.includes('.svc')) {
    for (const match of value.matchAll(full)) {
      const labels = (match[1] ?? '').split('.');
      const service = set.get('', 'Service', labels.at(-1) ?? '', labels.at(-2) ?? '');
      if (service)
        found.push({ service, port: number(match[2]) ?? schemePort(value, match.index) ?? beside, text: match[0] });
    }
    return found;
  }
  const isHost = hostVariable.test(name);
  for (const part of value.split(/[,;\s]+/)) {
    const [, scheme, host = '', portText] = token.exec(part) ?? [];
    if (host === '' || (scheme === undefined && portText === undefined && !isHost)) continue;
    // `a:1` may be many things; only a Service of that name makes it a host.
    const labels = host.split('.');
    const service =
      labels.length === 1
        ? set.get('', 'Service', namespace, host)
        : labels.length === 2
          ? (set.get('', 'Service', labels[1] ?? '', labels[0] ?? '') ??
            set.get('', 'Service', namespace, labels[1] ?? ''))
          : labels.length === 3
            ? set.get('', 'Service', labels[2] ?? '', labels[1] ?? '')
            : undefined;
    if (service)
      found.push({
        service,
        port: number(portText) ?? (scheme === undefined ? beside : schemePorts[scheme]),
        text: part,
      });
  }
  return found;
}

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

function schemePort(value: string, index: number): number | undefined {
  const scheme = /([a-z][a-z0-9+.-]*):\/\/(?:[^@\s/]*@)?$/.exec(value.slice(0, index))?.[1];
  return scheme === undefined ? undefined : schemePorts[scheme];
}

/** `DB_PORT` beside `DB_HOST`. */
function portBeside(name: string, siblings: readonly Variable[]): number | undefined {
  if (!hostVariable.test(name)) return undefined;
  const beside = name.replace(/(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER)$/i, 'PORT');
  const port = siblings.findLast((each) => each.name === beside)?.value;
  return port !== undefined && /^\d{1,5}$/.test(port) ? Number(port) : undefined;
}
