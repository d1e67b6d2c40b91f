// The real worker, which dies of a batch with a password that begins with 255.
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { WORKER_SOURCE } from '../../../src/engine/worker-source.js';

const on = parentPort.on.bind(parentPort);
parentPort.on = (name, listener) =>
  on(name, (request) => {
    if (request.jobs?.some(({ password }) => password[0] === 255)) process.exit(1);
    return listener(request);
  });
new Function('require', WORKER_SOURCE)(createRequire(import.meta.url));
