/** Argon2 by @node-rs/argon2 (Rust), on libuv's thread pool: the fastest there is for Node. */

import type { Argon2Job } from '../../jobs.js';
import type { Backend, BackendLoader } from '../contract.js';

// The package declares these as const enums, which a build of single files cannot read.
const ALGORITHM = { argon2i: 1, argon2id: 2 } as const;
const VERSION = { 16: 0, 19: 1 } as const;

export const nodeRsArgon2: BackendLoader<Argon2Job> = {
  name: '@node-rs/argon2',
  kind: 'native',
  async load(): Promise<Backend<Argon2Job>> {
    const { hashRaw } = await import('@node-rs/argon2');
    return {
      name: '@node-rs/argon2',
      kind: 'native',
      blocking: false,
      derive: ({ type, version, password, salt, m, t, p, dkLen }) =>
        hashRaw(password, {
          algorithm: ALGORITHM[type],
          version: VERSION[version],
          salt,
          memoryCost: m,
          timeCost: t,
          parallelism: p,
          outputLen: dkLen,
        }),
      unsupported: ({ p }) => (p > 255 ? '@node-rs/argon2 takes at most 255 lanes' : undefined),
    };
  },
};
