/** Argon2 by OpenSSL, on libuv's thread pool. Node has it from 24.7 on, and only in version 19. */
import crypto from 'node:crypto';
import type { Argon2Job } from '../../jobs.js';
import type { Backend } from '../contract.js';

interface Argon2Parameters {
  readonly message: Uint8Array;
  readonly nonce: Uint8Array;
  readonly parallelism: number;
  readonly tagLength: number;
  readonly memory: number;
  readonly passes: number;
}
type Argon2 = (
  algorithm: string,
  parameters: Argon2Parameters,
  callback: (error: Error | null, tag: Uint8Array) => void,
) => void;

export const nodeCryptoArgon2: Backend<Argon2Job> = {
  name: 'node:crypto',
  kind: 'native',
  blocking: false,
  unsupported: ({ version }) => (version === 19 ? undefined : 'crypto.argon2 supports version 19 only'),
  async load() {
    const argon2 = (crypto as unknown as { readonly argon2?: Argon2 }).argon2;
    if (argon2 === undefined) throw new Error('crypto.argon2 requires Node 24.7');
    return ({ type, password, salt, m, t, p, dkLen }) =>
      new Promise((resolve, reject) => {
        const parameters = { message: password, nonce: salt, parallelism: p, tagLength: dkLen, memory: m, passes: t };
        argon2(type, parameters, (error, tag) => (error ? reject(error) : resolve(tag)));
      });
  },
};
