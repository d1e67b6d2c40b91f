// A worker that answers with all bytes that came along with the password and the salt.
import { parentPort } from 'node:worker_threads';
import { greet } from './greeting.mjs';

parentPort.on('message', ({ jobs: [job] }) => {
  const hash = new Uint8Array([...new Uint8Array(job.password.buffer), ...new Uint8Array(job.salt.buffer)]);
  parentPort.postMessage({ kind: 'hashes', hashes: [hash] });
});
greet();
