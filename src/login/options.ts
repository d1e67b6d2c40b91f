/** What a verifier can be asked for, and what of that is wrong use. */
import type { AbortSignalLike } from '../encoding/brand.js';
import { checkedOptions, describeReceived } from '../encoding/received.js';
import { MAX_THREADS } from '../engine/thread.js';
import type { Priority } from '../kdf/executor.js';
import type { BackendChoice } from '../kdf/select.js';
import { checkRegistry, type Registry } from '../registry.js';
import type { LimitOptions, Limits, Password } from '../types.js';
import { HOOK_NAMES, type Hooks } from './hooks.js';
import type { UpgradeHasher, UpgradeTarget } from './recipes.js';

/** Forms of Unicode (UAX 15) that a password's text can be brought to. */
export type Normalization = 'none' | 'NFC' | 'NFKC';

export interface VerifierOptions {
  /** Formats that are known. Default: the 22. */
  readonly registry?: Registry | undefined;
  readonly limits?: LimitOptions | undefined;
  /** A backend by name or kind, for each KDF that should not choose the fastest that loads. */
  readonly backends?: BackendChoice | undefined;
  /** Costly verifications that may wait; more are rejected at once with ERR_QUEUE_FULL. Default: 10 000. */
  readonly maxQueue?: number | undefined;
  /**
   * Worker threads of this verifier's own. By default it shares one per core with all other verifiers, and adds none,
   * whether it is closed or not.
   */
  readonly threads?: number | undefined;
  /**
   * Bytes that costly verifications under way and waiting may need together; more are rejected with ERR_QUEUE_FULL.
   * By default, all verifiers of the process together compute in half of the memory that it may have, and what needs
   * more waits.
   */
  readonly maxMemoryBytes?: number | undefined;
  /**
   * What new digests are: a hasher, or one with parameters such as `{ hasher: 'bcrypt', cost: 12 }`. Where it is given,
   * `rehash` reports every match that it would make stronger. Default: bcrypt of cost 12, or `bcrypt_peppered` with a
   * pepper.
   */
  readonly upgradeTo?: UpgradeHasher | UpgradeTarget | undefined;
  /**
   * New digests are made of a password's text in this form; bytes are taken as they are. Where the form and the text
   * differ, a digest is verified with the form and, if that does not match, with the text: a match of the text has the
   * rehash reason `normalization`. Default: `none`. RFC 8265 §4.2 has NFC.
   */
  readonly normalize?: Normalization | undefined;
  /** Malformed, refused and cheaper digests cost as much as a new one, so that time reveals less about who has an account. */
  readonly equalize?: boolean | undefined;
  /** The pepper of `bcrypt_peppered` digests that are stored without it. */
  readonly pepper?: string | undefined;
  readonly hooks?: Hooks | undefined;
}

/** What one call brings along. */
export interface CallOptions {
  /** Of any realm or package; null means none. */
  readonly signal?: AbortSignal | AbortSignalLike | null | undefined;
  /** Default: `normal`. */
  readonly priority?: Priority | undefined;
}

export interface VerifyOptions extends CallOptions {
  /** As the verifier's option, for this call. */
  readonly equalize?: boolean | undefined;
}

export interface Bounds {
  readonly threads?: number;
  readonly maxQueue?: number;
  readonly maxMemoryBytes?: number;
}

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

/** @throws {TypeError} on an unknown option or a value that it cannot have. */
export function checkOptions(given: VerifierOptions | null | undefined): VerifierOptions {
  const options = checkedOptions('createVerifier', given, OPTIONS);
  for (const name of BOUNDS) {
    const value = options[name];
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0)) {
      throw new TypeError(`createVerifier: ${name} must be a positive integer (received ${shown(value)})`);
    }
  }
  if ((options.threads ?? 1) > MAX_THREADS) {
    throw new TypeError(`createVerifier: threads must be at most ${MAX_THREADS} (received ${options.threads})`);
  }
  if (!NORMALIZATIONS.includes(options.normalize)) {
    throw new TypeError("createVerifier: normalize must be 'none', 'NFC' or 'NFKC'");
  }
  checkRegistry('createVerifier', options.registry);
  checkEqualize(options.equalize);
  checkHooks(options.hooks);
  return options;
}

function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : describeReceived(value);
}

export function checkEqualize(equalize: unknown): void {
  if (equalize === undefined || typeof equalize === 'boolean') return;
  throw new TypeError(`equalize must be true or false (received ${describeReceived(equalize)})`);
}

function checkHooks(given: Hooks | undefined): void {
  const hooks = checkedOptions('hooks', given, HOOK_NAMES);
  for (const name of HOOK_NAMES) {
    const hook: unknown = hooks[name];
    if (hook !== undefined && typeof hook !== 'function') {
      throw new TypeError(`hooks: ${name} must be a function (received ${describeReceived(hook)})`);
    }
  }
}

/**
 * The forms in which a password is verified, first the one in which it is hashed. Text over the limit is left as it is: it
 * is refused, not brought to any form.
 */
export function normalizer(
  form: Normalization | undefined,
  limits: Limits,
): (password: Password) => readonly [Password] | readonly [Password, Password] {
  if (form === undefined || form === 'none') return (password) => [password];
  return (password) => {
    if (typeof password !== 'string' || password.length > limits.passwordBytes) return [password];
    const normalized = password.normalize(form);
    return normalized === password ? [password] : [normalized, password];
  };
}
