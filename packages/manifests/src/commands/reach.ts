import { join } from 'node:path';
import { didYouMean } from '@fairlead/diagnostics';
import type { Endpoint } from '@fairlead/network-policy/reachability';
import { createReachability, servicePorts } from '@fairlead/network-policy/reachability';
import { hasForm, isPort, portName } from '@fairlead/objects/forms';
import { loadManifests } from '@fairlead/validate/load';
import type { Io } from '../io.ts';
import { UsageError } from '../io.ts';
import { readInventory } from '../render-fleet.ts';
import { findWorkspace } from '../workspace.ts';
import { readYamlTree } from '../yaml-files.ts';

export interface ReachOptions {
  readonly port?: string | undefined;
  readonly protocol?: string | undefined;
  /** Any folder of Kubernetes YAML. */
  readonly path?: string | undefined;
  /** A cluster of the fleet, whose rendered manifests are asked. */
  readonly cluster?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Answers whether one workload can reach another by the rendered policies, and which policies decide. Exit 0 for either answer. */
export async function reach(from: string, to: string, options: ReachOptions, io: Io): Promise<number> {
  const { manifests } = loadManifests(readYamlTree(io.cwd, [folderOf(options, io)]), 'folder');
  const reachability = createReachability(manifests);
  const end = (side: string, text: string): Endpoint => {
    const found = reachability.endpoint(text);
    if (found.endpoint === undefined) throw new UsageError(`${side} "${text}": ${found.error}`, found.hint);
    return found.endpoint;
  };
  end('source', from);
  const destination = end('destination', to);
  const { protocol = 'TCP' } = options;
  if (protocol !== 'TCP' && protocol !== 'UDP' && protocol !== 'SCTP') {
    throw new UsageError(`there is no protocol "${protocol}"`, didYouMean(protocol, ['TCP', 'UDP', 'SCTP']));
  }
  const port = options.port === undefined ? undefined : portOf(options.port);
  if (typeof port === 'string') requirePortName(port, to, destination);
  const result = reachability.reach(from, to, port === undefined ? {} : { port, protocol });
  if (options.json) io.stdout(`${JSON.stringify({ version: 1, ...result }, undefined, 2)}\n`);
  else {
    const side = (name: string, { allowed, policies }: { allowed: boolean; policies: readonly string[] }): string =>
      `  ${name.padEnd(8)}${allowed ? 'allowed' : 'denied '}  ${policies.length > 0 ? `by ${policies.join(', ')}` : 'no policy selects it'}\n`;
    io.stdout(
      `${from} ${result.allowed ? 'can' : 'cannot'} reach ${to}${options.port === undefined ? '' : ` on ${options.port}/${protocol}`}\n` +
        side('egress', result.egress) +
        side('ingress', result.ingress) +
        (result.notes ?? []).map((note) => `  note: ${note}\n`).join(''),
    );
  }
  return 0;
}

/** A number from 1 to 65535, or the name of a container port. */
function portOf(text: string): number | string {
  if (hasForm(text, portName)) return text;
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  if (!isPort(number))
    throw new UsageError(`"${text}" is no port`, 'write a number from 1 to 65535, or the name of a container port');
  return number;
}

/** @throws UsageError where nothing at the destination is called so: that nothing is reached there would be no answer. */
function requirePortName(port: string, to: string, endpoint: Endpoint): void {
  if (endpoint.type === 'address' || endpoint.type === 'world') {
    throw new UsageError(`"${to}" names no ports, so none can be called "${port}"`, 'write its number');
  }
  const ports: readonly { readonly name?: string | undefined }[] =
    endpoint.type === 'service' ? servicePorts(endpoint.manifest) : endpoint.workload.ports;
  const names = ports.flatMap(({ name }) => name ?? []);
  if (!names.includes(port)) throw new UsageError(`${to} has no port "${port}"`, didYouMean(port, names));
}

function folderOf({ path, cluster }: ReachOptions, io: Io): string {
  if (path !== undefined) return path;
  const root = findWorkspace(io.cwd);
  const names = readInventory(root).inventory.clusters.map(({ name }) => name);
  const [only] = names;
  if (cluster === undefined && (names.length !== 1 || only === undefined)) {
    throw new UsageError('on which cluster?', `add --cluster <name> (${names.join(', ')}) or --path <folder>`);
  }
  return join(root, 'dist', 'clusters', cluster ?? only ?? '');
}
