// A worker that ends in the middle of each job.
import { parentPort, workerData } from 'node:worker_threads';

parentPort.once('message', () => process.exit(1));
Atomics.store(workerData, 1, 1);
parentPort.postMessage('ready');
