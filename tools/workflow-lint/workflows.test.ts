import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('actionlint and zizmor find nothing in the workflows', { timeout: 300_000 }, () => {
  const { status, stdout, stderr } = spawnSync(fileURLToPath(new URL('lint.sh', import.meta.url)), {
    encoding: 'utf8',
  });
  expect(status, `${stdout}${stderr}`).toBe(0);
});
