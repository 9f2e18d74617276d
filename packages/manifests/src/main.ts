import { Command, CommanderError, Option } from 'commander';
import { setProgramHome } from './home.ts';
import type { Io } from './io.ts';
import { UsageError, processIo } from './io.ts';

const list = (value: string, previous: readonly string[] = []): string[] => [
  ...previous,
  ...value.split(',').filter((each) => each !== ''),
];

/** Runs one command line and returns its exit code: 0 clean, 1 diagnostics or differences, 2 wrong usage or a bug of ours. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const program = new Command('fairlead')
    .description('Kubernetes manifests for every cluster of a fleet, from one typed description of each app')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout(text), writeErr: (text) => io.stderr(text) })
    .configureHelp({ helpWidth: io.width })
    .showHelpAfterError('(fairlead --help lists the commands)')
    .showSuggestionAfterError();

  program
    .command('synth')
    .description('render the fleet into dist/clusters: all of it or, when anything is wrong, none of it')
    .option('--cluster <names>', 'only these clusters (comma-separated)', list)
    .option('--app <names>', 'only these apps (comma-separated)', list)
    .option('--check', 'write nothing; exit 1 and say which files differ and why')
    .option('--out <folder>', 'render into another folder than dist/clusters')
    .option('--json', 'print one JSON object')
    .addOption(new Option('--rendered <folder>', 'take what the render tasks of Nx have left').hideHelp())
    .addHelpText(
      'after',
      `
Examples:
  fairlead synth                            all clusters
  fairlead synth --cluster=eks-production   one cluster
  fairlead synth --check                    is what is committed what the sources render?`,
    )
    .action(async (options) => {
      const { synth } = await import('./commands/synth.ts');
      code = await synth(options, io);
    });

  program
    .command('list')
    .description('list the clusters with what runs on them')
    .option('--json', 'print one JSON object')
    .action(async (options) => {
      const { list: listClusters } = await import('./commands/list.ts');
      code = await listClusters(options, io);
    });

  program
    .command('explain')
    .description('print each resolved value of a cluster with the file and line that set it')
    .argument('<cluster>')
    .argument('[path]', 'only values below this path, such as capabilities.ingress')
    .action(async (cluster, path) => {
      const { explain } = await import('./commands/explain.ts');
      code = await explain(cluster, path, io);
    });

  program
    .command('reach')
    .description('can one workload reach another by the rendered policies, and which policies decide?')
    .argument('<from>', '<namespace>/<kind>/<name>, an address or a CIDR')
    .argument('<to>', '<namespace>/<kind>/<name> (also a Service), an address or a CIDR')
    .option('--port <port>', 'number or name; any declared port if left out')
    .option('--protocol <protocol>', 'TCP, UDP or SCTP', 'TCP')
    .option('--cluster <name>', 'a cluster of the fleet')
    .option('--path <folder>', 'any folder of Kubernetes YAML')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Example:
  fairlead reach resource-hub/Deployment/resource-hub-gateway resource-hub/Deployment/resource-hub-api --port 4000 --cluster eks-production`,
    )
    .action(async (from, to, options) => {
      const { reach } = await import('./commands/reach.ts');
      code = await reach(from, to, options, io);
    });

  program
    .command('identity')
    .description("print the cloud's half of an app's identities on a cluster, ready for its CLI or Terraform")
    .argument('<app>')
    .argument('<cluster>')
    .action(async (app, cluster) => {
      const { identity } = await import('./commands/identity.ts');
      code = await identity(app, cluster, io);
    });

  program
    .command('vault-policy')
    .description('print the least Vault policies and Kubernetes auth roles that an app needs on a cluster')
    .argument('<app>')
    .argument('<cluster>')
    .option('--json', 'print one JSON object')
    .action(async (app, cluster, options) => {
      const { vaultPolicy } = await import('./commands/vault-policy.ts');
      code = await vaultPolicy(app, cluster, options, io);
    });

  program
    .command('capacity')
    .description('print what the rendered workloads ask of their clusters, and what fits')
    .option('--cluster <names>', 'only these clusters (comma-separated)', list)
    .option('--json', 'print one JSON object')
    .action(async (options) => {
      const { capacity } = await import('./commands/capacity.ts');
      code = await capacity(options, io);
    });

  program
    .command('promote')
    .description("copy the image versions of one environment to another in an app's releases.yaml")
    .argument('<app>')
    .requiredOption('--from <environment>', 'environment whose versions are copied')
    .requiredOption('--to <environment>', 'environment that gets them')
    .option('--image <names>', 'only these images (comma-separated)', list)
    .action(async (app, options) => {
      const { promote } = await import('./commands/promote.ts');
      code = await promote(app, options, io);
    });

  program
    .command('render', { hidden: true })
    .argument('<cluster>')
    .requiredOption('--out <folder>', 'folder for <cluster>.json')
    .action(async (cluster, options) => {
      const { render } = await import('./commands/render.ts');
      code = await render(cluster, options, io);
    });

  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return failure(error, io);
  }
}

/** One line for a fault of the user's, the whole stack for one of ours. */
function failure(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) {
    io.stderr(`error: ${error.message}\n${error.hint === undefined ? '' : `${error.hint}\n`}`);
    return 2;
  }
  io.stderr(
    `fairlead failed; this is a bug of ours.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 2;
}

/** The process: runs the command line, lets what was written drain, and sets the exit code. */
export async function main(argv: readonly string[], programRoot: string): Promise<void> {
  setProgramHome(programRoot);
  process.exitCode = await run(argv, processIo());
}
