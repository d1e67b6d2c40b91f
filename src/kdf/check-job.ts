/** A plug-in's hasher writes jobs too: one without its parameters must fail, and not give a hash of something else. */
import { isBytes } from '../encoding/brand.js';
import type { CostlyJobs, CostlyKdf, CryptJob, CryptScheme } from '../jobs.js';

const BYTES: { readonly [K in CostlyKdf]: readonly (keyof CostlyJobs[K])[] } = {
  bcrypt: ['password', 'salt'],
  pbkdf2: ['password', 'salt'],
  scrypt: ['password', 'salt'],
  argon2: ['password', 'salt'],
  iteratedHash: ['first', 'suffix'],
  crypt: ['password', 'salt'],
};
/** Of any KDF; absent, each is empty or has a default. */
const OPTIONAL_BYTES = ['prefix', 'magic'] as const;
const NUMBERS: { readonly [K in CostlyKdf]: readonly (keyof CostlyJobs[K])[] } = {
  bcrypt: ['cost'],
  pbkdf2: ['c', 'dkLen'],
  scrypt: ['N', 'r', 'p', 'dkLen'],
  argon2: ['m', 't', 'p', 'dkLen'],
  iteratedHash: ['rounds'],
  crypt: [],
};

const CRYPT_NUMBERS: { readonly [S in CryptScheme]: readonly string[] } = {
  md5_crypt: [],
  sha256_crypt: ['rounds'],
  sha512_crypt: ['rounds'],
  sha1_crypt: ['rounds'],
  sun_md5_crypt: ['rounds'],
  bsdi_crypt: ['rounds'],
  yescrypt: ['flags', 'N', 'r', 'p', 't'],
};

/** @throws {TypeError} where a field is missing or of another type. */
export function checkJob<K extends CostlyKdf>(kdf: K, job: CostlyJobs[K]): void {
  const fields = job as unknown as { readonly [name: string]: unknown };
  for (const name of BYTES[kdf] as readonly string[]) checkBytes(kdf, name, fields[name]);
  for (const name of OPTIONAL_BYTES) if (fields[name] !== undefined) checkBytes(kdf, name, fields[name]);
  for (const name of NUMBERS[kdf] as readonly string[]) checkNumber(kdf, name, fields[name]);
  if (kdf !== 'crypt') return;
  const { scheme } = job as CryptJob;
  if (!Object.hasOwn(CRYPT_NUMBERS, scheme)) throw new TypeError(`${kdf}: unknown scheme`);
  for (const name of CRYPT_NUMBERS[scheme]) checkNumber(kdf, name, fields[name]);
}

function checkBytes(kdf: CostlyKdf, name: string, value: unknown): void {
  if (!isBytes(value)) throw new TypeError(`${kdf}: ${name} must be a Uint8Array`);
}

function checkNumber(kdf: CostlyKdf, name: string, value: unknown): void {
  if (!(Number.isSafeInteger(value) && (value as number) >= 0)) {
    throw new TypeError(`${kdf}: ${name} must be a non-negative integer`);
  }
}
