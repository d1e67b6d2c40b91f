// A worker that answers no job.
import { parentPort, workerData } from 'node:worker_threads';

parentPort.on('message', () => {});
Atomics.store(workerData, 1, 1);
parentPort.postMessage('ready');
