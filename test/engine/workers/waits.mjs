// A worker that answers no job.
import { parentPort } from 'node:worker_threads';
import { greet } from './greeting.mjs';

parentPort.on('message', () => {});
greet();
