import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { misplacedFiles } from './misplaced-files.ts';

test('files of the inventory that nothing reads, and nothing else', () => {
  const root = mkdtempSync(join(tmpdir(), 'fairlead-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [file, text] of Object.entries({
    'clusters/eks.yaml': 'provider: eks',
    'clusters/README.md': '',
    'clusters/notes.json': '{}',
    'clusters/gke.json': '{ "provider": "gke" }',
    'clusters/eu/aks.yml': 'provider: aks',
    'clusters/eu/README.md': '',
    'environments/dev.yaml': 'order: 1',
  })) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  expect(misplacedFiles(root).map(({ file, hint }) => `${file ?? ''}: ${hint ?? ''}`)).toEqual([
    'clusters/eu/aks.yml: move it to clusters/aks.yaml',
    'clusters/gke.json: write it as YAML into clusters/gke.yaml; JSON is YAML too',
  ]);
});
