// A worker that answers no job: those behind it stay in the queue.
import { parentPort } from 'node:worker_threads';

parentPort.on('message', () => {});
