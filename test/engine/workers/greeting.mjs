// What a worker says first, so that it is sent jobs.
import { parentPort, workerData } from 'node:worker_threads';
import { VERSION } from '../../../src/version.js';

export function greet({ version = VERSION, token = workerData.token } = {}) {
  Atomics.store(workerData.stop, 1, 1);
  parentPort.postMessage({ protocol: 'digestry', version, token });
}
