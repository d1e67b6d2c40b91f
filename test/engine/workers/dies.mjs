// A worker that ends in the middle of each job.
import { parentPort } from 'node:worker_threads';
import { greet } from './greeting.mjs';

parentPort.once('message', () => process.exit(1));
greet();
