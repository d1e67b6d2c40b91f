// The real worker; each of its answers goes out with the job as it stands by then.
import { parentPort } from 'node:worker_threads';

let job;
parentPort.on('message', (request) => {
  [job] = request.jobs;
});
const post = parentPort.postMessage.bind(parentPort);
parentPort.postMessage = (message, transfer) => post({ message, job }, transfer);
await import('../../../dist/engine/worker.js');
