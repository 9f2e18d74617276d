import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubeconformPath } from '../../kubeconform/kubeconform.mjs';
import type { Contender } from './measure.ts';
import { groupBy, type FleetObject } from './objects.ts';

/** helm and kustomize where they are on PATH, each in its best case on the same objects. */
export function otherTools(root: string, objects: readonly FleetObject[], rounds: number): [string, Contender][] {
  const result: [string, Contender][] = [];
  if (works('helm', 'version')) {
    writeChart(join(root, 'chart'), objects);
    const contender = { command: 'helm', args: ['template', 'fleet', 'chart'], cwd: root, rounds };
    result.push(['helm template, one chart over all services, one stream', contender]);
  }
  if (works('kustomize', 'version')) {
    writeKustomization(join(root, 'kustomize'), objects);
    const contender = { command: 'kustomize', args: ['build', 'kustomize'], cwd: root, rounds: 1 };
    result.push(['kustomize build, one base with all objects of the first cluster, one stream', contender]);
  }
  return result;
}

/** The pinned kubeconform over a folder, with the schemas that Fairlead uses. */
export async function kubeconform(
  root: string,
  home: string,
  folder: string,
  rounds: number,
): Promise<[string, Contender]> {
  const registry = join(home, 'packages', 'schemas', 'registry');
  const native = `${registry}/{{.NormalizedKubernetesVersion}}-standalone{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json`;
  const custom = `${registry}/crds/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json`;
  const locations = ['-schema-location', native, '-schema-location', custom];
  const args = ['-strict', '-kubernetes-version', '1.36.0', '-n', '2', ...locations, folder];
  return ['kubeconform -n 2, schemas alone', { command: await kubeconformPath(), args, cwd: root, rounds }];
}

function works(command: string, ...args: string[]): boolean {
  return spawnSync(command, args).status === 0;
}

/** A chart that ranges over names and writes each service as the first one, so that every cluster's objects come out. */
function writeChart(folder: string, objects: readonly FleetObject[]): void {
  mkdirSync(join(folder, 'templates'), { recursive: true });
  writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: fleet\nversion: 0.1.0\n');
  const services = groupBy(objects, ({ cluster, service }) => `${cluster}/${service}`);
  const shapes = new Map<string, { template: string; names: { app: string; service: string }[] }>();
  for (const [key, members] of services) {
    const [, app = '', service = ''] = key.split('/');
    const kinds = members.map(({ object }) => String(object['kind'])).join();
    const shape = shapes.get(kinds) ?? { template: template(members, app, service), names: [] };
    shapes.set(kinds, shape);
    shape.names.push({ app, service });
  }
  const values = Object.fromEntries([...shapes.values()].map(({ names }, index) => [`shape${index}`, names]));
  writeFileSync(join(folder, 'values.yaml'), JSON.stringify(values));
  [...shapes.values()].forEach((shape, index) => {
    const text = `{{- range .Values.shape${index} }}\n${shape.template}{{- end }}\n`;
    writeFileSync(join(folder, 'templates', `shape${index}.yaml`), text);
  });
}

function template(members: readonly FleetObject[], app: string, service: string): string {
  return members
    .map(({ text }) => {
      const escaped = text.replaceAll('{{', '{{ "{{" }}').replaceAll(app, '{{ .app }}');
      return `---\n${service === '' ? escaped : escaped.replaceAll(service, '{{ .service }}')}`;
    })
    .join('');
}

function writeKustomization(folder: string, objects: readonly FleetObject[]): void {
  const clusters = groupBy(objects, ({ cluster }) => cluster);
  for (const [cluster, members] of clusters) {
    const services = groupBy(members, ({ service }) => service.replace('/', '-'));
    mkdirSync(join(folder, cluster), { recursive: true });
    for (const [service, parts] of services) {
      writeFileSync(join(folder, cluster, `${service}.yaml`), parts.map(({ text }) => `---\n${text}`).join(''));
    }
    const resources = services.map(([service]) => `${service}.yaml`);
    writeFileSync(join(folder, cluster, 'kustomization.yaml'), JSON.stringify({ resources }));
  }
  // Equal names on several clusters are one object to kustomize, so only the first cluster is built.
  writeFileSync(
    join(folder, 'kustomization.yaml'),
    JSON.stringify({ resources: clusters.slice(0, 1).map(([cluster]) => cluster) }),
  );
}
