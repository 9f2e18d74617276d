import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What Kubernetes' YAML reader makes of a document. */
export type GoAnswer = { readonly json: unknown } | { readonly error: string };

const source = fileURLToPath(new URL('../../../tools/yaml-oracle', import.meta.url));
const binary = fileURLToPath(new URL('../../../node_modules/.cache/fairlead/bin/yaml-oracle', import.meta.url));

/** For tests: reads documents with sigs.k8s.io/yaml, built from tools/yaml-oracle; undefined where Go is missing. */
export const goReads = spawnSync('go', ['version']).status === 0 ? read : undefined;

function read(documents: readonly string[]): GoAnswer[] {
  execFileSync('go', ['build', '-o', binary, '.'], { cwd: source, stdio: 'inherit' });
  const input = documents.map((each) => `${JSON.stringify(each)}\n`).join('');
  const output = execFileSync(binary, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as GoAnswer);
}
