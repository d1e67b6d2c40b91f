/** Argon2 by the reference C code in the package `argon2`, on libuv's thread pool. */

import type { Argon2Job } from '../../jobs.js';
import type { Backend, BackendLoader } from '../contract.js';

const TYPE = { argon2i: 1, argon2id: 2 } as const;

export const nodeArgon2: BackendLoader<Argon2Job> = {
  name: 'argon2',
  kind: 'native',
  async load(): Promise<Backend<Argon2Job>> {
    const { hash } = await import('argon2');
    return {
      name: 'argon2',
      kind: 'native',
      blocking: false,
      derive: ({ type, version, password, salt, m, t, p, dkLen }) =>
        hash(Buffer.from(password), {
          raw: true,
          type: TYPE[type],
          version,
          salt: Buffer.from(salt),
          memoryCost: m,
          timeCost: t,
          parallelism: p,
          hashLength: dkLen,
        }),
    };
  },
};
