/**
 * Known answers that a backend must give when it is loaded. A damaged addon, or an OpenSSL that was built without an
 * algorithm, is passed over then, instead of turning logins away later. Answers: CPython 3.11 hashlib, pyca/bcrypt
 * 3.2.2, argon2-cffi 21.1, passlib 1.7.4, libxcrypt 4.4.33.
 */
import { decodeHex, encodeHex } from '../encoding/hex.js';
import type { CostlyJobs, CostlyKdf } from '../jobs.js';
import type { Backend, Derive, HashFunctionsBackend, KernelRun } from './contract.js';

const password: Uint8Array = hex('6469676573747279');
const salt: Uint8Array = hex('7369787465656e206279746520736c74');
const saltThenPassword: Uint8Array = hex('7369787465656e206279746520736c746469676573747279');

interface Answer<Job> {
  readonly job: Job;
  readonly answer: string;
}

const ANSWERS: { readonly [K in CostlyKdf]: readonly Answer<CostlyJobs[K]>[] } = {
  bcrypt: [
    { job: { password, salt, cost: 4, variant: '2b' }, answer: '0c8a992423d57882e7a7a0a7eabafd23f2d842a310830a' },
  ],
  pbkdf2: [
    {
      job: { prf: 'sha1', password, salt, c: 3, dkLen: 32 },
      answer: '7acedd1c1a11fe0065fe1f10b1ceccb7394751e7f774ddac1c4a4302bb338aec',
    },
    {
      job: { prf: 'sha256', password, salt, c: 3, dkLen: 32 },
      answer: 'b0f602b6b14254ae43e6766416f971a2f7fe3a3fb60e43d096928d3bc2944a6a',
    },
    {
      job: { prf: 'sha512', password, salt, c: 3, dkLen: 32 },
      answer: '766ce1d19d3826e2ebe1aed4a36bcba37ff1441b16f994b5ee40fcf8d0a9d180',
    },
  ],
  scrypt: [
    {
      job: { password, salt, N: 16, r: 2, p: 2, dkLen: 32 },
      answer: '790f74c3fe0256a6d6e9869aa77711cae59ddca25307687f0a67c20d23ff1a0e',
    },
  ],
  argon2: [
    {
      job: { type: 'argon2id', version: 19, password, salt, m: 16, t: 1, p: 2, dkLen: 32 },
      answer: 'f109794b06278438d3fa48d3b79f1a45c6595d32cc3dc0e80cfe06d922d6932a',
    },
    {
      job: { type: 'argon2i', version: 16, password, salt, m: 16, t: 1, p: 2, dkLen: 32 },
      answer: 'e9c389baf308031da9dee7e91c0ef07a34f98af576cf6692d8691624f0d827ee',
    },
  ],
  iteratedHash: [
    {
      job: { algorithm: 'md5', first: saltThenPassword, suffix: password, rounds: 5 },
      answer: '90b608ddbc1f3275c4471ae10d9b00e5',
    },
    {
      job: { algorithm: 'sha512', first: saltThenPassword, suffix: password, rounds: 5 },
      answer:
        '704ec5fd70c6b923aa6e2a2f5a2fe2e0b257888453e63f19d33db114241121042ebd5c309580ac440a3fe336775577e9a24311590a583b013cbf5f00280a1986',
    },
  ],
  crypt: [
    {
      job: { scheme: 'md5_crypt', password, salt: salt.subarray(0, 8) },
      answer: '9e6728b4638cb8fe6bfd7752f555c625',
    },
    {
      job: { scheme: 'sha256_crypt', password, salt, rounds: 90 },
      answer: 'e975ba0bde00b7d7713ff3bcce8117f2e56033da046c4f80d18ab7312f66e45f',
    },
    {
      job: { scheme: 'sha512_crypt', password, salt, rounds: 90 },
      answer:
        '7cf71dab30bde17c7125333184a09cc88fbe4d14615cda8ea1e81ef30d143b028f001b0fad3381f583c816e3f61f0dea563ad2decca0e78b7af5067d0e3de482',
    },
    {
      job: { scheme: 'sha1_crypt', password, salt: hex('7369787465656e627974657373616c74'), rounds: 5 },
      answer: '91b934039d25638535311c409ac8ad23cc8a3487aa',
    },
    {
      job: { scheme: 'bsdi_crypt', password, salt: salt.subarray(0, 4), rounds: 7 },
      answer: 'bb02c7c6a40d0ac1',
    },
    {
      job: { scheme: 'yescrypt', password, salt, flags: 182, N: 16, r: 1, p: 1, t: 0 },
      answer: '2da4633aa3a46eb1162f3417ccbff44060c440f77cf40d17970d8eb5c1bc362f',
    },
  ],
};

/** @throws Error where an answer is wrong; jobs that the backend says it cannot do are left out. */
export async function selfTest<K extends CostlyKdf>(
  kdf: K,
  backend: Pick<Backend<CostlyJobs[K]>, 'unsupported'>,
  derive: Derive<CostlyJobs[K]>,
  run: KernelRun = { tickMs: Number.POSITIVE_INFINITY },
): Promise<void> {
  for (const { job, answer } of ANSWERS[kdf]) {
    if (backend.unsupported?.(job) !== undefined) continue;
    const found = await derive(job, run);
    if (encodeHex(found) !== answer) throw new Error(`self-test of ${kdf} gave a wrong answer`);
  }
}

/** @throws Error where MD5 or SHA-1 is missing (OpenSSL in FIPS mode) or wrong. RFC 1321 A.5, FIPS 180-4. */
export function testHashFunctions(backend: HashFunctionsBackend): void {
  const empty = new Uint8Array();
  const answers = [
    [backend.hash('md5', empty), 'd41d8cd98f00b204e9800998ecf8427e'],
    [backend.hash('sha1', empty), 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    [backend.hash('sha256', empty), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ] as const;
  for (const [found, answer] of answers) {
    if (encodeHex(found) !== answer) throw new Error('self-test gave a wrong answer');
  }
}

function hex(text: string): Uint8Array {
  return decodeHex(text, 0, text.length, 'self-test');
}
