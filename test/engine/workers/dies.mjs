// A worker that ends in the middle of each job.
import { parentPort } from 'node:worker_threads';

parentPort.once('message', () => process.exit(1));
parentPort.postMessage('ready');
