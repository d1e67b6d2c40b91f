// A worker as people write it: one password in, one answer out.
import { parentPort } from 'node:worker_threads';
import bcrypt from 'bcryptjs';

parentPort.on('message', ({ password, digest }) => {
  parentPort.postMessage(bcrypt.compareSync(password, digest));
});
