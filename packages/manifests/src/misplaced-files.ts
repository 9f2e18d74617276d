import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';

const kinds = { clusters: 'cluster', environments: 'environment' } as const;

/** Files that are meant for the inventory and lie where nothing reads them: in a folder of `clusters/` or `environments/`, or as JSON. */
export function misplacedFiles(root: string): Diagnostic[] {
  return Object.entries(kinds).flatMap(([folder, kind]) =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry): Diagnostic[] => {
      if (entry.name.startsWith('.')) return [];
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        return readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.ya?ml$/i.test(name))
          .sort()
          .map((name) => {
            const own = name.slice(name.lastIndexOf('/') + 1).replace(/\.ya?ml$/i, '.yaml');
            return told(
              `${path}/${name}`,
              `"${name}" lies in the folder ${path}/, where no ${kind} is read`,
              `move it to ${folder}/${own}`,
            );
          });
      }
      if (
        !entry.isFile() ||
        !entry.name.endsWith('.json') ||
        !/"(?:provider|order)"\s*:/.test(readFileSync(join(root, path), 'utf8'))
      )
        return [];
      return [
        told(
          path,
          `"${entry.name}" does not end in .yaml`,
          `write it as YAML into ${path.replace(/\.json$/, '.yaml')}; JSON is YAML too`,
        ),
      ];
    }),
  );
}

function told(file: string, message: string, hint: string): Diagnostic {
  return diagnostic('inventory/file-name', { message, hint, file });
}
