import { markdownTable } from '@fairlead/diagnostics/markdown-table';
import type { StorageIntent } from '@fairlead/inventory/model';
import { drivers } from './drivers.ts';

const intents: readonly StorageIntent[] = ['default', 'fast', 'cheap', 'shared'];

/** The drivers and what they make of each intent, as a Markdown page. */
export function renderStoragePage(): string {
  const rows = Object.entries(drivers).map(([name, driver]) => [
    `${driver.title} (\`${name}\`)`,
    ...intents.map((intent) => {
      const kind = driver.kinds[intent];
      if (kind === undefined) return 'no';
      const text = Object.entries(kind.parameters).map(([key, value]) => `\`${key}: ${value}\``);
      return `${text.join(', ')}, from ${kind.minimum}`;
    }),
    driver.encrypt === undefined ? `no: ${driver.encrypted}` : `yes; else ${driver.encrypted}`,
    driver.snapshot === undefined ? 'no' : 'yes',
  ]);
  const columns = ['driver', ...intents, "encryption with the cluster's key", 'snapshots'];
  return `# Storage\n\n${markdownTable(columns, rows)}`;
}
