// The real worker; each of its answers goes out with the job as it stands by then.
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { WORKER_SOURCE } from '../../../src/engine/worker-source.js';

let job;
parentPort.on('message', (request) => {
  [job] = request.jobs;
});
const post = parentPort.postMessage.bind(parentPort);
parentPort.postMessage = (message, transfer) => post({ message, job }, transfer);
new Function('require', WORKER_SOURCE)(createRequire(import.meta.url));
