/** scrypt by OpenSSL: on libuv's thread pool, or raced against lanes on the thread that calls it. */
import type { ScryptOptions } from 'node:crypto';
import type { ScryptJob } from '../../jobs.js';
import { raceBackends } from '../backend-race.js';
import { nodeCrypto } from '../builtin.js';
import type { Backend, Derive } from '../contract.js';
import { scryptAllocatedBytes } from './memory.js';

export const nativeScrypt: Backend<ScryptJob> = {
  name: 'node:crypto',
  kind: 'native',
  blocking: false,
  load: async () => derive,
};

const derive: Derive<ScryptJob> = ({ password, salt, N, r, p, dkLen }) => {
  // Node's default maxmem of 32 MiB refuses N=32768, r=8, what Werkzeug writes; policy has bounded it before.
  const options: ScryptOptions = { N, r, p, maxmem: scryptAllocatedBytes(N, r, p) };
  return new Promise((resolve, reject) => {
    nodeCrypto().scrypt(password, salt, dkLen, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
};

/** 8 MiB, out of the second cache as real ones are; about 15 ms. With less, both take the same time. */
const PROBE = { N: 8192, r: 8, p: 1 } as const;

export function measuredScrypt(lanes: Backend<ScryptJob>): Backend<ScryptJob> {
  return raceBackends<ScryptJob>(lanes, {
    derive: ({ password, salt, N, r, p, dkLen }) =>
      nodeCrypto().scryptSync(password, salt, dkLen, { N, r, p, maxmem: scryptAllocatedBytes(N, r, p) }),
    kind: () => 'scrypt',
    lanes: ({ p }) => p,
    guess: () => 1,
    probe: () => ({ ...PROBE, password: new Uint8Array(8), salt: new Uint8Array(8), dkLen: 32 }),
  });
}
