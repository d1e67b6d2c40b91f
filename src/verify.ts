/** The only place that derives and compares. A verdict for everything that is data; a TypeError for wrong use. */

import { readCredential } from './credential.js';
import { copyOfBytes, getByteLength, isBytes } from './encoding/brand.js';
import { utf8 } from './encoding/bytes.js';
import { describeReceived } from './encoding/received.js';
import { DigestError, digestError, withDetail, withHasher } from './errors.js';
import { onAbort } from './kdf/abort.js';
import type { Backends, JobOptions } from './kdf/select.js';
import { overLimit, placed, rehashReasons, type Wanted } from './policy.js';
import { tryParse } from './recognize/identify.js';
import type { Registry } from './registry.js';
import type {
  AnyHasher,
  Cost,
  Credential,
  Limits,
  Parsed,
  Password,
  RehashReason,
  StoredCredential,
  Verdict,
} from './types.js';

/** What a verification needs besides its input. */
export interface Setup {
  readonly registry: Registry;
  readonly limits: Limits;
  readonly backends: Backends;
  /** What a match is measured against for its `rehash`; published minima alone by default. */
  readonly wanted?: Wanted | undefined;
  /** Ends what is waited for with its verifier: a plug-in's promise may never settle. */
  readonly within?: (<T>(promise: Promise<T>) => Promise<T>) | undefined;
  /** Reasons to replace a digest that matches, besides those that the digest itself gives. */
  readonly reasons?: readonly RehashReason[];
}

const MISMATCH: Verdict = Object.freeze({ outcome: 'mismatch' });
/** Longer texts are not digests that were passed as a password. */
const MAX_SWAPPED_CHARS = 512;

/**
 * Whether the password is the one of the credential.
 * @throws {TypeError} (as a rejection) where the arguments are not of the types they must have.
 */
export async function verifyWith(
  setup: Setup,
  password: Password,
  credential: StoredCredential,
  call?: JobOptions,
): Promise<Verdict> {
  checkPassword(password);
  const taken = takeCredential(setup, credential);
  return taken instanceof DigestError ? rejected(taken) : verifyNow(setup, password, taken, call);
}

/**
 * The credential, read once; or why it cannot be verified whatever the password is.
 * @throws {TypeError} where the argument is not a credential at all.
 */
export function takeCredential({ registry, limits }: Setup, stored: StoredCredential): Credential | DigestError {
  try {
    return readCredential(registry, stored, limits.digestChars);
  } catch (error) {
    if (error instanceof DigestError) return error;
    throw error;
  }
}

/** The same of checked arguments; the verdict itself, and no promise of it, where nothing is to wait for. */
export function verifyNow(
  setup: Setup,
  password: Password,
  credential: Credential,
  call?: JobOptions,
): Verdict | Promise<Verdict> {
  const { registry, limits } = setup;
  let parsed: Parsed;
  let hasher: AnyHasher;
  let cost: Cost;
  try {
    parsed = registry.parse(credential, limits.digestChars);
    hasher = registry.get(credential.passwordHasher) as AnyHasher;
    cost = hasher.cost(parsed.params);
    const tooCostly = overLimit(hasher.name, cost, limits);
    if (tooCostly !== undefined) return rejected(placed(tooCostly, hasher, credential.passwordDigest));
  } catch (error) {
    return rejected(hintIfSwapped(registry, password, credential, asDigestError(undefined, error)));
  }
  try {
    const hash = derive(setup, hasher, parsed, password, call);
    if (isBytes(hash)) return compared(setup, hasher, parsed, cost, hash);
    return comparedLater(setup, hasher, parsed, cost, hash);
  } catch (error) {
    return rejected(error instanceof DigestError ? error : asDigestError(hasher.name, error));
  }
}

/**
 * The hash of the password for the salt and parameters of a digest; no promise of it where nothing is to wait for.
 * @throws {DigestError} whatever goes wrong; as a rejection where it takes time.
 */
export function derive(
  { limits, backends, within }: Setup,
  hasher: AnyHasher,
  parsed: Parsed,
  password: Password,
  call: JobOptions | undefined,
): Uint8Array | Promise<Uint8Array> {
  if (call?.signal?.aborted) throw aborted(hasher.name);
  // UTF-8 is no shorter than UTF-16 has code units: a megabyte of text is refused before it is encoded.
  if (typeof password !== 'string' && !isBytes(password)) throw unreadable();
  const length = typeof password === 'string' ? password.length : getByteLength(password);
  if (length > limits.passwordBytes) throw tooLong(limits.passwordBytes, length);
  const bytes = ownBytes(password);
  if (bytes.length > limits.passwordBytes) {
    bytes.fill(0);
    throw tooLong(limits.passwordBytes, bytes.length);
  }
  let derived: Uint8Array | Promise<Uint8Array>;
  try {
    // KDFs bound to a call cost more than hashing does, and most calls bring nothing along.
    const bound = call?.signal !== undefined || call?.priority !== undefined;
    derived = hasher.derive(bytes, parsed, backends.kdfs(bound ? call : undefined));
  } catch (error) {
    bytes.fill(0);
    throw asDigestError(hasher.name, error, call?.signal);
  }
  if (isBytes(derived)) {
    bytes.fill(0);
    return derived;
  }
  // Native code may read the password until it ends, also after the call was aborted.
  const settled = Promise.resolve(derived).finally(() => bytes.fill(0));
  return unlessAborted(within === undefined ? settled : within(settled), call?.signal).catch((error: unknown) => {
    throw asDigestError(hasher.name, error, call?.signal);
  });
}

/** @throws {TypeError} */
export function checkPassword(password: Password): void {
  if (!isPassword(password)) {
    throw new TypeError(`password must be a string or a Uint8Array (received ${describeReceived(password)})`);
  }
}

/** What only looks like bytes, such as a proxy of them, is a password that cannot be read: data, and no wrong use. */
export function isPassword(value: unknown): value is Password {
  if (typeof value === 'string' || isBytes(value)) return true;
  try {
    return value instanceof Uint8Array;
  } catch {
    // A proxy whose trap throws, or that was revoked.
    return true;
  }
}

/**
 * A copy of exactly the password: wiped after use, and nothing of a shared buffer around the caller's bytes.
 * @throws {DigestError} ERR_PASSWORD where the bytes cannot be read.
 */
export function ownBytes(password: Password): Uint8Array<ArrayBuffer> {
  if (typeof password === 'string') return utf8(password);
  const bytes = isBytes(password) ? copyOfBytes(password) : undefined;
  if (bytes === undefined) throw unreadable();
  return bytes;
}

function unreadable(): DigestError {
  return digestError('ERR_PASSWORD', 'reading the bytes of the password failed', {
    field: 'password',
    fix: 'pass a Uint8Array with an attached buffer, not a Proxy',
  });
}

function compared(
  { backends, wanted, reasons }: Setup,
  hasher: AnyHasher,
  parsed: Parsed,
  cost: Cost,
  hash: Uint8Array,
): Verdict {
  const { length } = parsed.hash;
  // Of a plug-in's bytes `length` may be a property that it has set.
  if (!isBytes(hash) || hash.length !== length || getByteLength(hash) !== length) {
    const message = `derived key has ${isBytes(hash) ? getByteLength(hash) : 'no'} bytes, stored hash has ${length}`;
    return rejected(digestError('ERR_BACKEND', message, { hasher: hasher.name }));
  }
  if (!backends.equal(hash, parsed.hash)) return MISMATCH;
  return { outcome: 'match', rehash: rehashReasons(hasher, parsed, cost, wanted, reasons) };
}

async function comparedLater(
  setup: Setup,
  hasher: AnyHasher,
  parsed: Parsed,
  cost: Cost,
  hash: Promise<Uint8Array>,
): Promise<Verdict> {
  try {
    return compared(setup, hasher, parsed, cost, await hash);
  } catch (error) {
    return rejected(asDigestError(hasher.name, error));
  }
}

function rejected(error: DigestError): Verdict {
  return { outcome: 'rejected', error };
}

function tooLong(max: number, actual: number): DigestError {
  return digestError('ERR_PASSWORD', `password must be at most ${max} bytes`, {
    field: 'password',
    limit: { param: 'passwordBytes', max, actual },
    fix: 'raise limits.passwordBytes if users have passwords of this length',
  });
}

/** A digest in the place of the password: the two arguments were exchanged. */
function hintIfSwapped(
  registry: Registry,
  password: Password,
  credential: Credential,
  error: DigestError,
): DigestError {
  if (typeof password !== 'string' || password.length > MAX_SWAPPED_CHARS) return error;
  const hasher = registry.get(credential.passwordHasher);
  if (hasher === undefined || hasher.freeTail || tryParse(hasher, password) === undefined) return error;
  return withDetail(error, { hint: 'password and digest look swapped: the password is a digest of this hasher' });
}

/** Answers at once when the signal says so; native code that runs already is left to end unheard. */
function unlessAborted(derived: Promise<Uint8Array>, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (signal === undefined) return derived;
  return new Promise((resolve, reject) => {
    // First of all, so that no rejection of it is ever unhandled.
    let forget = () => {};
    derived.then(resolve, reject).then(() => forget());
    forget = onAbort(signal, () => reject(signal.reason));
  });
}

function aborted(hasher: string | undefined): DigestError {
  return digestError('ERR_ABORTED', 'verification was aborted', { hasher });
}

/** What a hasher or a backend threw. An error without a code is a bug there: its text stays in `cause`. */
function asDigestError(hasher: string | undefined, error: unknown, signal?: AbortSignal): DigestError {
  if (signal?.aborted) return aborted(hasher);
  if (error instanceof DigestError) return hasher === undefined ? error : withHasher(error, hasher);
  return digestError('ERR_BACKEND', 'the hasher or its backend failed', { hasher, cause: error });
}
