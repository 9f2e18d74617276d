import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CreateNodesV2, TargetConfiguration } from '@nx/devkit';
import { parse } from 'yaml';

/** Where the render tasks leave what `synth` puts into dist. */
const rendered = 'tmp/manifests';
const program = 'node packages/manifests/bin/fairlead.mjs';

/**
 * Infers the targets of the project `manifests` from clusters/*.yaml, and a project for each app.
 *
 * `render-<cluster>` is cached on exactly what its cluster's manifests follow from. `synth` is not cached: it compares what was
 * rendered with dist and writes all of it or nothing, so dist is never an output that a cache restores.
 */
export const createNodesV2: CreateNodesV2 = [
  '{clusters/*.yaml,apps/*/app.ts}',
  (files, _options, { workspaceRoot }) => {
    const clusters = files.filter((file) => file.startsWith('clusters/')).sort();
    const targets = manifestTargets(workspaceRoot, clusters);
    return files.map((file) => {
      if (file.startsWith('clusters/')) {
        // One result carries all targets of the project; the others only tie their file to it.
        return [file, file === clusters[0] ? { projects: { 'packages/manifests': { targets } } } : {}];
      }
      const name = file.split('/')[1] ?? '';
      return [file, { projects: { [`apps/${name}`]: { name: `app-${name}`, tags: ['layer:apps'] } } }];
    });
  },
];

/** Nx 22 reads both names; later versions only this one. */
export const createNodes = createNodesV2;

function manifestTargets(workspaceRoot: string, clusters: readonly string[]): Record<string, TargetConfiguration> {
  const command = (text: string, rest: TargetConfiguration = {}): TargetConfiguration => ({
    executor: 'nx:run-commands',
    options: { command: text, cwd: '{workspaceRoot}' },
    ...rest,
  });
  const tasks = clusters.map((file) => ({ file, name: basename(file, '.yaml') }));
  return {
    ...Object.fromEntries(
      tasks.map(({ file, name }) => [
        `render-${name}`,
        command(`${program} render ${name} --out ${rendered}`, {
          cache: true,
          inputs: renderInputs(workspaceRoot, file),
          outputs: [`{workspaceRoot}/${rendered}/${name}.json`],
        }),
      ]),
    ),
    synth: command(`${program} synth --rendered ${rendered}`, {
      dependsOn: tasks.map(({ name }) => `render-${name}`),
    }),
    validate: command(`${program} validate`),
    diff: command(`${program} diff`),
  };
}

/** Everything that the manifests of a cluster follow from; a test renders in a copy that holds nothing else. */
export function renderInputs(workspaceRoot: string, clusterFile: string): NonNullable<TargetConfiguration['inputs']> {
  return [
    `{workspaceRoot}/${clusterFile}`,
    '{workspaceRoot}/environments/**/*',
    ...placedApps(join(workspaceRoot, clusterFile)).flatMap((app) => [
      `{workspaceRoot}/apps/${app}/**/*`,
      `!{workspaceRoot}/apps/${app}/**/*.test.ts`,
    ]),
    '{workspaceRoot}/packages/*/package.json',
    '{workspaceRoot}/packages/*/src/**/*',
    '!{workspaceRoot}/packages/*/src/**/*.test.ts',
    '{workspaceRoot}/packages/*/schemas/**/*',
    '{workspaceRoot}/packages/schemas/registry/**/*',
    '{workspaceRoot}/packages/manifests/bin/**/*',
    '{workspaceRoot}/package.json',
    '{workspaceRoot}/package-lock.json',
    '{workspaceRoot}/tsconfig.json',
    '{workspaceRoot}/tsconfig.base.json',
    // Files that an app imports from outside its folder are known to who compiles it.
    { runtime: `${program} shared-sources` },
    { runtime: 'node --version' },
    // A waiver that has expired is a finding.
    { runtime: 'node -p "new Date().toISOString().slice(0, 10)"' },
  ];
}

/** Names of the apps that a cluster file places; none if it cannot be read, which the render task then reports. */
function placedApps(file: string): string[] {
  if (!existsSync(file)) return [];
  try {
    const cluster: unknown = parse(readFileSync(file, 'utf8'));
    if (typeof cluster !== 'object' || cluster === null || !('apps' in cluster)) return [];
    return typeof cluster.apps === 'object' && cluster.apps !== null ? Object.keys(cluster.apps).sort() : [];
  } catch {
    return [];
  }
}
