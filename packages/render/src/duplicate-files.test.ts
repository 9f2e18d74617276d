import { expect, test } from 'vitest';
import { checkCdk8sEnvironment } from './cdk8s-environment.ts';
import { duplicateFiles } from './duplicate-files.ts';
import { fileName } from './file-name.ts';

test('two objects that would share a file are named', () => {
  const manifests = ['a.example.com/v1', 'b.example.com/v1'].map((apiVersion) => {
    const manifest = { apiVersion, kind: 'Widget', metadata: { name: 'w', namespace: 'hub' } };
    return { manifest, path: fileName(manifest, 'hub') };
  });
  expect(duplicateFiles(manifests).map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'render/duplicate-file: Widget.a.example.com "w" and Widget.b.example.com "w" would both be written to widget-w.yaml',
  ]);
  expect(duplicateFiles(manifests.slice(1))).toEqual([]);
});

test('variables that change what cdk8s renders are refused', () => {
  expect(checkCdk8sEnvironment({ CDK8S_LEGACY_HASH: '1', CDK8S_OUTDIR: '', HOME: '/home/me' })).toMatchObject([
    { code: 'render/environment-variable', severity: 'error', hint: 'unset CDK8S_LEGACY_HASH' },
  ]);
});
