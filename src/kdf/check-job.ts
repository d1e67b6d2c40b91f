/** A plug-in's hasher writes jobs too: one without its parameters must fail, and not give a hash of something else. */
import { isBytes } from '../encoding/brand.js';
import type { CostlyJobs, CostlyKdf } from '../jobs.js';

const BYTES: { readonly [K in CostlyKdf]: readonly (keyof CostlyJobs[K])[] } = {
  bcrypt: ['password', 'salt'],
  pbkdf2: ['password', 'salt'],
  scrypt: ['password', 'salt'],
  argon2: ['password', 'salt'],
  iteratedHash: ['first', 'suffix'],
};
const NUMBERS: { readonly [K in CostlyKdf]: readonly (keyof CostlyJobs[K])[] } = {
  bcrypt: ['cost'],
  pbkdf2: ['c', 'dkLen'],
  scrypt: ['N', 'r', 'p', 'dkLen'],
  argon2: ['m', 't', 'p', 'dkLen'],
  iteratedHash: ['rounds'],
};

/** @throws {TypeError} where a field is missing or of another type. */
export function checkJob<K extends CostlyKdf>(kdf: K, job: CostlyJobs[K]): void {
  for (const name of BYTES[kdf]) {
    if (!isBytes(job[name])) throw new TypeError(`${kdf}: ${String(name)} must be a Uint8Array`);
  }
  for (const name of NUMBERS[kdf]) {
    const value: unknown = job[name];
    if (!(Number.isSafeInteger(value) && (value as number) >= 0)) {
      throw new TypeError(`${kdf}: ${String(name)} must be a non-negative integer`);
    }
  }
}
