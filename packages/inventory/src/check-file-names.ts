import { type Diagnostic, diagnostic } from '@fairlead/diagnostics';
import { dnsLabel, hasForm } from '@fairlead/objects/forms';

/** `eks-production` of `clusters/eks-production.yaml`. */
export function baseName(file: string): string {
  return lastPart(file).replace(/\.ya?ml$/i, '');
}

/** Checks the names of the files of one folder: `.yaml`, a DNS label before it, unique without regard to case. */
export function checkFileNames(files: readonly string[], kind: 'cluster' | 'environment'): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const first = new Map<string, string>();
  for (const file of files) {
    const name = baseName(file);
    const report = (message: string, hint: string): void => {
      diagnostics.push(diagnostic('inventory/file-name', { message, hint, file }));
    };
    const label = name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 63)
      .replace(/-+$/, '');
    const mended = `rename it to ${label === '' ? `my-${kind}` : label}.yaml`;
    if (!hasForm(name, dnsLabel)) {
      report(
        name.length > 63
          ? `the name of the ${kind}, "${name}", has ${name.length} characters, more than 63`
          : `"${name}" is no name of a ${kind}: lower-case letters, digits and hyphens`,
        mended,
      );
    } else if (!file.endsWith('.yaml')) {
      report(`"${lastPart(file)}" does not end in .yaml`, mended);
    }
    const earlier = first.get(name.toLowerCase());
    if (earlier !== undefined) {
      report(
        `"${lastPart(file)}" and "${lastPart(earlier)}" name the same ${kind}`,
        'rename or remove one of them; some file systems ignore case',
      );
    } else {
      first.set(name.toLowerCase(), file);
    }
  }
  return diagnostics;
}

function lastPart(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
