/** Argon2 in compiled code, on libuv's thread pool: what is installed, or what Node has. */
import type { Argon2Job } from '../../jobs.js';
import { nodeCrypto } from '../builtin.js';
import type { Backend } from '../contract.js';
import { requirePackage } from '../native-package.js';

// The package declares these as const enums, which a build of single files cannot read.
const ALGORITHM = { argon2i: 1, argon2id: 2 } as const;
const VERSION = { 16: 0, 19: 1 } as const;

/** Rust, the fastest for Node. */
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

/** OpenSSL: Node has it from 24.7 on, and only in version 19. */
export const nodeCryptoArgon2: Backend<Argon2Job> = {
  name: 'node:crypto',
  kind: 'native',
  blocking: false,
  unsupported: ({ version }) => (version === 19 ? undefined : 'crypto.argon2 supports version 19 only'),
  async load() {
    const argon2 = (nodeCrypto() as unknown as { readonly argon2?: Argon2 }).argon2;
    if (argon2 === undefined) throw new Error('needs Node 24.7');
    return ({ type, password, salt, m, t, p, dkLen }) =>
      new Promise((resolve, reject) => {
        const parameters = { message: password, nonce: salt, parallelism: p, tagLength: dkLen, memory: m, passes: t };
        argon2(type, parameters, (error, tag) => (error ? reject(error) : resolve(tag)));
      });
  },
};

const TYPE = { argon2i: 1, argon2id: 2 } as const;

/** The reference C code. */
export const nodeArgon2: Backend<Argon2Job> = {
  name: 'argon2',
  kind: 'native',
  blocking: false,
  async load() {
    const { hash } = requirePackage<typeof import('argon2')>('argon2');
    return ({ type, version, password, salt, m, t, p, dkLen }) =>
      hash(asBuffer(password), {
        raw: true,
        type: TYPE[type],
        version,
        salt: asBuffer(salt),
        memoryCost: m,
        timeCost: t,
        parallelism: p,
        hashLength: dkLen,
      });
  },
};

/** As the package wants them. A copy would leave the password in Node's buffer pool. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
