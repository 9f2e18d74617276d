import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { sourceStack } from './stack.ts';

test('the stack of a bug names the lines of the sources', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairlead-stack-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'source.ts'), '// a comment that is not compiled\n\nthrow new Error("mine");\n');
  const file = join(folder, 'program.js');
  buildSync({ entryPoints: [join(folder, 'source.ts')], outfile: file, sourcemap: 'external' });
  expect(sourceStack(`Error: mine\n    at run (${file}:1:7)\n    at node:internal/main:1:2`)).toBe(
    `Error: mine\n    at run (${join(folder, 'source.ts')}:3:7)\n    at node:internal/main:1:2`,
  );
});
