/** What a verifier can be asked for, and what of that is wrong use. */
import type { BackendChoice, CallOptions } from '../kdf/select.js';
import type { Registry } from '../registry.js';
import type { Limits, Password } from '../types.js';
import { HOOK_NAMES, type Hooks } from './hooks.js';
import type { UpgradeHasher, UpgradeTarget } from './target.js';

/** Forms of Unicode (UAX 15) that a password's text can be brought to. */
export type Normalization = 'none' | 'NFC' | 'NFKC';

export interface VerifierOptions {
  /** Which formats are known; the 22 where absent. */
  readonly registry?: Registry;
  readonly limits?: Partial<Limits>;
  /** A backend by name or kind, for each KDF that should not choose the fastest that loads. */
  readonly backends?: BackendChoice;
  /** Costly verifications that may wait; more are rejected at once with ERR_QUEUE_FULL. 10 000 where absent. */
  readonly maxQueue?: number;
  /**
   * Worker threads of this verifier's own. Where absent it shares one a core with all other verifiers: close it or not,
   * there are no more of them.
   */
  readonly threads?: number;
  /**
   * Bytes that costly verifications under way and waiting may need together; more are rejected with ERR_QUEUE_FULL.
   * Where absent, all verifiers of the process together compute in half of the memory that it may have, and what needs
   * more waits.
   */
  readonly maxMemoryBytes?: number;
  /**
   * What new digests are: a hasher, or one with parameters such as `{ hasher: 'bcrypt', cost: 12 }`. Where it is given,
   * `rehash` tells every match that it would make stronger. bcrypt of cost 12 where absent, of `bcrypt_peppered` with a
   * pepper.
   */
  readonly upgradeTo?: UpgradeHasher | UpgradeTarget;
  /**
   * Passwords that are text are brought to this form before they are hashed or verified; bytes never are. `none` where
   * absent: a digest of the same password in another form would no longer verify. RFC 8265 §4.2 has NFC.
   */
  readonly normalize?: Normalization;
  /** Malformed, refused and cheaper digests cost as much as a new one, so that time tells less of who has an account. */
  readonly equalize?: boolean;
  /** The pepper of `bcrypt_peppered` digests that are stored without it. */
  readonly pepper?: string;
  readonly hooks?: Hooks;
}

export interface VerifyOptions extends CallOptions {
  /** As the verifier's option, for this call. */
  readonly equalize?: boolean | undefined;
}

export type Bounds = Pick<VerifierOptions, 'threads' | 'maxQueue' | 'maxMemoryBytes'>;

const BOUNDS = ['maxQueue', 'threads', 'maxMemoryBytes'] as const;
const OPTIONS: readonly string[] = [
  'registry',
  'limits',
  'backends',
  ...BOUNDS,
  'upgradeTo',
  'normalize',
  'equalize',
  'pepper',
  'hooks',
] satisfies (keyof VerifierOptions)[];
const NORMALIZATIONS: readonly unknown[] = ['none', 'NFC', 'NFKC', undefined] satisfies VerifierOptions['normalize'][];

/** @throws {TypeError} on options that there are not. */
export function checkOptions(options: VerifierOptions): void {
  for (const name of Object.keys(options)) {
    if (OPTIONS.includes(name)) continue;
    throw new TypeError(`createVerifier: there is no option ${name}; known: ${OPTIONS.join(', ')}`);
  }
  for (const name of BOUNDS) {
    const value = options[name];
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0)) {
      throw new TypeError(`createVerifier: ${name} must be a whole number from 1 on`);
    }
  }
  if (!NORMALIZATIONS.includes(options.normalize)) {
    throw new TypeError("createVerifier: normalize must be 'none', 'NFC' or 'NFKC'");
  }
  checkEqualize(options.equalize);
  checkHooks(options.hooks);
}

export function checkEqualize(equalize: unknown): void {
  if (equalize !== undefined && typeof equalize !== 'boolean') throw new TypeError('equalize must be true or false');
}

function checkHooks(hooks: Hooks | undefined): void {
  if (hooks === undefined) return;
  if (hooks === null || typeof hooks !== 'object') throw new TypeError('hooks must be an object of functions');
  for (const name of HOOK_NAMES) {
    if (hooks[name] !== undefined && typeof hooks[name] !== 'function') {
      throw new TypeError(`hooks: ${name} must be a function`);
    }
  }
  for (const name of Object.keys(hooks)) {
    if (!HOOK_NAMES.some((known) => known === name)) {
      throw new TypeError(`hooks: there is no hook ${name}; known: ${HOOK_NAMES.join(', ')}`);
    }
  }
}

/** The password as it is hashed. Text over the limit is left as it is: it is refused, not brought to any form. */
export function normalizer(form: Normalization | undefined, limits: Limits): (password: Password) => Password {
  if (form === undefined || form === 'none') return (password) => password;
  return (password) =>
    typeof password === 'string' && password.length <= limits.passwordBytes ? password.normalize(form) : password;
}
