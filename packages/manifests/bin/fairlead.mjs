#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { compiledProgram, importModule, loadProgram, root, tellAtOnce } from './program.mjs';

const folder = await compiledProgram().catch((error) => {
  const why = error.errors ? 'the faults are above' : `${error.message}\nnpm ci installs what that takes`; // esbuild tells its own
  process.stderr.write(`fairlead cannot be compiled from its sources: ${why}\n`);
  process.exit(2);
});
const [, , ...args] = process.argv;
const [command = ''] = args;
const early = loadProgram(folder, 'early', 'early');
const compiling = early.begin(args, process.cwd());
const program = loadProgram(folder, 'program', /^[a-z][a-z-]{1,20}$/.test(command) ? command : 'other');
const thread = { entry: fileURLToPath(new URL('./thread.mjs', import.meta.url)), data: { folder } };
// Nothing that was left undone may pass for a success.
let finished = false;
process.on('exit', () => {
  if (finished) return;
  process.exitCode = 2;
  tellAtOnce('error: the process was ended before its work was done, as by process.exit in the code of an app\n');
});
await program.main(args, { home: root, importModule, compiling, thread });
process.stderr.on('error', () => undefined); // there is nowhere left to tell of it
// Half a report must not pass for one; that nobody reads on, as in a pipe to head, is no fault.
const lost = (error) => {
  if (!error || error.code === 'EPIPE') return;
  process.exitCode = 2;
  process.stderr.write(`error: not all of the answer could be written: ${error.message}\n`);
};
if (process.exitCode !== 2) for (const part of [early, program]) part.keep();
// What was written drains first; then nothing is left whose memory would have to be given back piece by piece.
process.stdout.write('', () => {
  lost(process.stdout.errored);
  finished = true;
  process.stderr.write('', () => process.exit());
});
