/** Argon2 by @node-rs/argon2 (Rust), where it is installed, on libuv's thread pool: the fastest for Node. */
import type { Argon2Job } from '../../jobs.js';
import type { Backend } from '../contract.js';
import { requirePackage } from '../native-package.js';

// The package declares these as const enums, which a build of single files cannot read.
const ALGORITHM = { argon2i: 1, argon2id: 2 } as const;
const VERSION = { 16: 0, 19: 1 } as const;

export const nodeRsArgon2: Backend<Argon2Job> = {
  name: '@node-rs/argon2',
  kind: 'native',
  blocking: false,
  unsupported: ({ p }) => (p > 255 ? '@node-rs/argon2 supports at most 255 lanes' : undefined),
  async load() {
    const { hashRaw } = requirePackage<typeof import('@node-rs/argon2')>('@node-rs/argon2');
    return ({ type, version, password, salt, m, t, p, dkLen }) =>
      hashRaw(password, {
        algorithm: ALGORITHM[type],
        version: VERSION[version],
        salt,
        memoryCost: m,
        timeCost: t,
        parallelism: p,
        outputLen: dkLen,
      });
  },
};
