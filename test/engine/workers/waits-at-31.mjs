// A worker that never ends a job of cost 31, and answers any other with its thread's number.
import { parentPort, threadId } from 'node:worker_threads';
import { greet } from './greeting.mjs';

parentPort.on('message', ({ jobs: [job] }) => {
  if (job.cost === 31) for (;;);
  parentPort.postMessage({ kind: 'hashes', hashes: [Uint8Array.of(threadId)] });
});
greet();
