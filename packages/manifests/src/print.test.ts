import type { Diagnostic } from '@fairlead/diagnostics';
import { diagnostic } from '@fairlead/diagnostics';
import { expect, test } from 'vitest';
import type { Io } from './io.ts';
import { printDiagnostics } from './print.ts';

/** What is printed of diagnostics on standard error. */
function printed(diagnostics: readonly Diagnostic[]): string {
  let text = '';
  const io: Io = {
    cwd: '/',
    env: {},
    stdout: () => undefined,
    stderr: (more) => void (text += more),
    color: false,
    width: 100,
    interactive: false,
  };
  printDiagnostics('/', diagnostics, io);
  return text;
}

const ofApp = (number: number): Diagnostic =>
  diagnostic('identity/missing-group', { message: `nobody deploys app-${number}`, hint: 'set access.deploy' });

test('warnings of one kind are counted from the fourth on, errors never', () => {
  const text = printed([
    ...[1, 2, 3, 4, 5].map(ofApp),
    ...[1, 2, 3, 4, 5].map((number) => diagnostic('inventory/syntax', { message: `fault ${number}` })),
    diagnostic('identity/missing-group', { message: 'nobody reads', hint: 'set access.read' }),
  ]);
  expect(text.match(/^\w+ [\w/-]+: .*$/gm)).toEqual([
    'warning identity/missing-group: nobody deploys app-1',
    'warning identity/missing-group: nobody deploys app-2',
    'warning identity/missing-group: nobody deploys app-3',
    'warning identity/missing-group: nobody reads',
    'error inventory/syntax: fault 1',
    'error inventory/syntax: fault 2',
    'error inventory/syntax: fault 3',
    'error inventory/syntax: fault 4',
    'error inventory/syntax: fault 5',
    'warning identity/missing-group: 2 more like this; --json lists them all',
  ]);
});
