#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { compiledProgram, importModule, loadProgram, root } from './program.mjs';

const folder = await compiledProgram().catch(() => {
  process.stderr.write('fairlead cannot be compiled from its sources; the faults are above\n');
  process.exit(2);
});
const [, , command = ''] = process.argv;
const { main, keep } = loadProgram(folder, /^[a-z][a-z-]{1,20}$/.test(command) ? command : 'other');
const thread = { entry: fileURLToPath(new URL('./thread.mjs', import.meta.url)), data: { folder } };
await main(process.argv.slice(2), { home: root, importModule, thread });
if (process.exitCode !== 2) keep();
// What was written drains first; then nothing is left whose memory would have to be given back piece by piece.
process.stdout.write('', () => process.stderr.write('', () => process.exit()));
