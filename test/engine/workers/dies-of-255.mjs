// The real worker, which dies of a batch with a password that begins with 255.
import { parentPort } from 'node:worker_threads';

const on = parentPort.on.bind(parentPort);
parentPort.on = (name, listener) =>
  on(name, (request) => {
    if (request.jobs?.some(({ password }) => password[0] === 255)) process.exit(1);
    return listener(request);
  });
await import('../../../dist/engine/worker.js');
