import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Io } from './io.ts';
import { sourceStack } from './stack.ts';

const list = (value: string, previous: readonly string[] = []): string[] => {
  const names = value
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  // An empty list would mean "nothing", where a script with an unset variable meant something else.
  if (names.length === 0) throw new InvalidArgumentError('It names nothing.');
  return [...previous, ...names];
};

/** Runs one command line and returns its exit code: 0 clean, 1 diagnostics or differences, 2 wrong usage or a bug of ours. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const program = new Command('fairlead')
    .description('Kubernetes manifests for every cluster of a fleet, from one typed description of each app')
    .version('0.1.0')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout(text), writeErr: (text) => io.stderr(text) })
    .configureHelp({ helpWidth: io.width })
    .showHelpAfterError('(fairlead --help lists the commands)')
    .showSuggestionAfterError()
    // Commander's own answers the name of a command that does not exist with the help of the whole, and success.
    .helpCommand(false);

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
    .command('validate')
    .description('judge what is in dist or, with folders, any Kubernetes YAML')
    .argument('[folders...]', 'folders or files of Kubernetes YAML, whoever rendered it')
    .option('--cluster <names>', 'only these clusters (comma-separated)', list)
    .option('--kubernetes <version>', 'minor version that folders are judged against, such as 1.34')
    .option('--schemas <folder>', 'folder with CustomResourceDefinitions of which schemas are made')
    .option('--baseline <ref>', 'report only what is new against a git ref')
    .option('--format <format>', 'text, json, sarif or junit', 'text')
    .option('--out <file>', 'write the report into a file')
    .option('--json', 'the same as --format json')
    .addHelpText(
      'after',
      `
Examples:
  fairlead validate                                    the whole fleet, as committed in dist
  fairlead validate ./manifests --kubernetes 1.34      a folder of anybody's YAML
  fairlead validate --format sarif --out findings.sarif`,
    )
    .action(async (folders, options) => {
      const { validate } = await import('./commands/validate.ts');
      code = await validate(folders, options, io);
    });

  program
    .command('diff')
    .description('say what a change of manifests will do, the dangerous part first')
    .option('--base <ref or folder>', 'what was; default: where the work on HEAD began')
    .option('--head <ref or folder>', 'what will be; default: the working tree')
    .option('--format <format>', 'text, markdown, html or json')
    .option('--out <file>', 'write the report into a file')
    .option('--max-chars <number>', 'upper bound of the markdown', '65000')
    .option('--fail-on <classes>', 'exit 1 if there is an entry of one of these classes (comma-separated)')
    .option('--comment-file <file>', 'also write the markdown comment into a file')
    .option('--prices <file>', 'a price table of your own')
    .option('--json', 'the same as --format json')
    .addHelpText(
      'after',
      `
Examples:
  fairlead diff                                        this branch against where it began
  fairlead diff --base=main --format=markdown          a comment for a pull request
  fairlead diff --base=before/ --head=after/           two folders of anybody's YAML
  fairlead diff --fail-on=destroys,rejected            a gate for CI`,
    )
    .action(async (options) => {
      const { diff } = await import('./commands/diff.ts');
      code = await diff(options, io);
    });

  program
    .command('list')
    .description('list the clusters with what runs on them')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Example:
  fairlead list`,
    )
    .action(async (options) => {
      const { list: listClusters } = await import('./commands/list.ts');
      code = await listClusters(options, io);
    });

  program
    .command('explain')
    .description('print each resolved value of a cluster with the file and line that set it')
    .argument('<cluster>', 'its name, as fairlead list shows it')
    .argument('[path]', 'only values below this path, such as capabilities.ingress')
    .addHelpText(
      'after',
      `
Examples:
  fairlead explain eks-production                        every value
  fairlead explain eks-production capabilities.ingress   a part of them`,
    )
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
    .addHelpText(
      'after',
      `
Example:
  fairlead identity delivery-platform aks-production`,
    )
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
    .addHelpText(
      'after',
      `
Example:
  fairlead vault-policy delivery-platform eks-production`,
    )
    .action(async (app, cluster, options) => {
      const { vaultPolicy } = await import('./commands/vault-policy.ts');
      code = await vaultPolicy(app, cluster, options, io);
    });

  program
    .command('capacity')
    .description('print what the rendered workloads ask of their clusters, and what fits')
    .option('--cluster <names>', 'only these clusters (comma-separated)', list)
    .option('--app <names>', 'only the workloads of these apps (comma-separated)', list)
    .addOption(new Option('--by <what>', 'a line per workload, or one per app').choices(['workload', 'app'] as const))
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Example:
  fairlead capacity --cluster=eks-production --by=app`,
    )
    .action(async (options) => {
      const { capacity } = await import('./commands/capacity.ts');
      code = await capacity(options, io);
    });

  program
    .command('upgrade')
    .description('list what must change before a cluster runs another Kubernetes version')
    .argument('<cluster>')
    .requiredOption('--to <version>', 'minor version, such as 1.36')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Example:
  fairlead upgrade eks-production --to 1.36`,
    )
    .action(async (cluster, options) => {
      const { upgrade } = await import('./commands/upgrade.ts');
      code = await upgrade(cluster, options, io);
    });

  program
    .command('promote')
    .description("copy the image versions of one environment to another in an app's releases.yaml")
    .argument('<app>')
    .requiredOption('--from <environment>', 'environment whose versions are copied')
    .requiredOption('--to <environment>', 'environment that gets them')
    .option('--image <names>', 'only these images (comma-separated)', list)
    .addHelpText(
      'after',
      `
Example:
  fairlead promote resource-hub --from staging --to production --image api,ui`,
    )
    .action(async (app, options) => {
      const { promote } = await import('./commands/promote.ts');
      code = await promote(app, options, io);
    });

  program
    .command('docs')
    .description('write the pages of docs/ that follow from the code and from dist')
    .option('--check', 'write nothing; exit 1 if a page is out of date')
    .addHelpText(
      'after',
      `
Example:
  fairlead docs --check`,
    )
    .action(async (options) => {
      const { docs } = await import('./commands/docs.ts');
      code = await docs(options, io);
    });

  program
    .command('help')
    .description('display help for command')
    .argument('[command]')
    .action(async (name?: string) => {
      const asked = name === undefined ? program : program.commands.find((each) => each.name() === name);
      if (asked === undefined) await program.parseAsync([name ?? ''], { from: 'user' });
      else asked.help();
    });

  program
    .command('render', { hidden: true })
    .argument('<cluster>')
    .requiredOption('--out <folder>', 'folder for <cluster>.json')
    .action(async (cluster, options) => {
      const { render } = await import('./commands/render.ts');
      code = await render(cluster, options, io);
    });

  program.command('shared-sources', { hidden: true }).action(async () => {
    const { sharedSources } = await import('./commands/shared-sources.ts');
    code = await sharedSources(io);
  });

  for (const each of program.commands)
    each.showHelpAfterError(`(fairlead ${each.name()} --help shows its arguments, with examples)`);
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
  // What has begun before the program was loaded has a class of its own.
  if (error instanceof Error && error.name === 'UsageError') {
    const hint = 'hint' in error && typeof error.hint === 'string' ? `${error.hint}\n` : '';
    io.stderr(`error: ${error.message}\n${hint}`);
    return 2;
  }
  const refused = refusal(error);
  if (refused !== undefined) {
    io.stderr(`error: ${refused}\n`);
    return 2;
  }
  io.stderr(
    `fairlead failed; this is a bug of ours.\n${error instanceof Error ? sourceStack(error.stack ?? error.message) : String(error)}\n`,
  );
  return 2;
}

const refusals: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied\ngive yourself the right to it, or choose another folder',
  EPERM: 'permission is denied\ngive yourself the right to it, or choose another folder',
  EROFS: 'the file system is read-only\nchoose another folder',
  ENOSPC: 'the disk is full\nmake room and run the command again: it completes what is there',
  EDQUOT: 'the disk quota is used up\nmake room and run the command again: it completes what is there',
  EISDIR: 'it is a folder\nremove it, or choose another path',
  ENOTDIR: 'a part of its path is a file\nremove that file, or choose another path',
  EEXIST: 'a file is in the way\nremove that file, or choose another path',
  ELOOP: 'it is a link to itself\nremove the link',
  EMFILE: 'too many files are open\nraise the limit with ulimit -n',
};

/** What the operating system refused, in words; undefined for any other error. */
function refusal(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  const why = refusals[String(error.code)];
  // Of a file that is open Node does not say which it is.
  return why === undefined ? undefined : `cannot ${'path' in error ? `use ${String(error.path)}` : 'go on'}: ${why}`;
}
