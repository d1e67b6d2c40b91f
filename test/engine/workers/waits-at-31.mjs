// A worker that never ends a job of cost 31, and answers any other with its thread's number.
import { parentPort, threadId, workerData } from 'node:worker_threads';

parentPort.on('message', ({ jobs: [job] }) => {
  if (job.cost === 31) for (;;);
  parentPort.postMessage({ kind: 'hashes', hashes: [Uint8Array.of(threadId)] });
});
Atomics.store(workerData, 1, 1);
parentPort.postMessage('ready');
