// The entry of a helper thread, see src/threads.ts.
import { workerData } from 'node:worker_threads';
import { importModule, loadProgram, root } from './program.mjs';

const { folder, job } = workerData;
const { serve, keep } = loadProgram(folder, 'program', `thread-${job}`);
await serve({ home: root, importModule }, keep);
