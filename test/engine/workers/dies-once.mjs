// A worker that dies in a job of cost 31, and answers any other with 23 bytes, the first of which is the cost.
import { parentPort } from 'node:worker_threads';
import { greet } from './greeting.mjs';

parentPort.on('message', ({ jobs: [job] }) => {
  if (job.cost === 31) throw new Error('died');
  parentPort.postMessage({ kind: 'hashes', hashes: [new Uint8Array(23).fill(job.cost, 0, 1)] });
});
greet();
