/** PBKDF2 by OpenSSL: on libuv's thread pool, or raced against lanes on the thread that calls it. */
import type { Pbkdf2Job } from '../../jobs.js';
import { raceBackends } from '../backend-race.js';
import { nodeCrypto } from '../builtin.js';
import type { Backend } from '../contract.js';
import { JobRefused } from '../executor.js';
import { firstLine } from '../in-process.js';
import { lanePbkdf2, pbkdf2Blocks } from './lanes.js';

export const nativePbkdf2: Backend<Pbkdf2Job> = {
  name: 'node:crypto',
  kind: 'native',
  blocking: false,
  load:
    async () =>
    ({ prf, password, salt, c, dkLen }) =>
      new Promise((resolve, reject) => {
        const answer = (error: unknown, key: Uint8Array): void => (error ? reject(error) : resolve(key));
        try {
          nodeCrypto().pbkdf2(password, salt, c, dkLen, prf.replace('_', '-'), answer);
        } catch (error) {
          // Node is also built with BoringSSL (Electron), which has no SHA-3.
          reject(prf.includes('_') ? new JobRefused(firstLine(error)) : error);
        }
      }),
};

/** A millisecond of one lane. */
const PROBE_ITERATIONS = 2000;

export function measuredPbkdf2(lanes: Backend<Pbkdf2Job> = lanePbkdf2()): Backend<Pbkdf2Job> {
  return raceBackends(lanes, {
    derive: ({ prf, password, salt, c, dkLen }) => nodeCrypto().pbkdf2Sync(password, salt, c, dkLen, prf),
    kind: ({ prf }) => prf,
    lanes: (job) => pbkdf2Blocks(job as Parameters<typeof pbkdf2Blocks>[0]),
    // One lane of SHA-512 is as fast as OpenSSL 3.0; four of the others are needed.
    guess: ({ prf }) => (prf === 'sha512' ? 1 : 4),
    probe: ({ prf }) => ({ prf, password: new Uint8Array(8), salt: new Uint8Array(8), c: PROBE_ITERATIONS, dkLen: 20 }),
  });
}
