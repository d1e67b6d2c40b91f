/** Argon2 by the reference C code in the package `argon2`, where it is installed, on libuv's thread pool. */
import type { Argon2Job } from '../../jobs.js';
import type { Backend } from '../contract.js';
import { requirePackage } from '../native-package.js';

const TYPE = { argon2i: 1, argon2id: 2 } as const;

export const nodeArgon2: Backend<Argon2Job> = {
  name: 'argon2',
  kind: 'native',
  blocking: false,
  async load() {
    const { hash } = requirePackage<typeof import('argon2')>('argon2');
    return ({ type, version, password, salt, m, t, p, dkLen }) =>
      hash(sameBytes(password), {
        raw: true,
        type: TYPE[type],
        version,
        salt: sameBytes(salt),
        memoryCost: m,
        timeCost: t,
        parallelism: p,
        hashLength: dkLen,
      });
  },
};

/** As the package wants them. A copy would leave the password in Node's buffer pool. */
function sameBytes({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
