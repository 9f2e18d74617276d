import { diagnostic, type Diagnostic } from '@fairlead/diagnostics';

/** What each variable does to cdk8s (2.70): none of it may decide what reaches a cluster. */
const variables: Readonly<Record<string, string>> = {
  CDK8S_DISABLE_SORT: 'leaves keys unsorted',
  CDK8S_LEGACY_HASH: 'changes generated names',
  CDK8S_OUTDIR: 'moves the output of App.synth',
  CDK8S_RECORD_CONSTRUCT_METADATA: 'adds files to the output of App.synth',
};

/**
 * One error for each variable of an environment by which cdk8s would render equal sources differently.
 *
 * @param environment `process.env`, which only the program reads
 */
export function checkCdk8sEnvironment(environment: Readonly<Record<string, string | undefined>>): Diagnostic[] {
  return Object.entries(variables)
    .filter(([name]) => environment[name] !== undefined && environment[name] !== '')
    .map(([name, effect]) =>
      diagnostic('render/environment-variable', {
        message: `the environment variable ${name} is set: in cdk8s it ${effect}`,
        hint: `unset ${name}`,
      }),
    );
}
