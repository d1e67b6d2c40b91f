// A worker that ends in the middle of its first job.
import { parentPort } from 'node:worker_threads';

parentPort.once('message', () => process.exit(1));
