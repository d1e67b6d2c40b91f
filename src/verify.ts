/** The only place that derives and compares. A verdict for everything that is data; a TypeError for wrong use. */
import { utf8 } from './encoding/bytes.js';
import { DigestError, digestError, withDetail, withHasher } from './errors.js';
import { onAbort } from './kdf/abort.js';
import type { Backends, CallOptions } from './kdf/select.js';
import { overLimit, placed, rehashReasons, type Wanted } from './policy.js';
import { tryParse } from './recognize/identify.js';
import { checkedCredential, type Registry } from './registry.js';
import type { AnyHasher, Cost, Credential, Limits, Parsed, Password, Verdict } from './types.js';

/** What a verification needs besides its input. */
export interface Setup {
  readonly registry: Registry;
  readonly limits: Limits;
  readonly backends: Backends;
  /** What a match is measured against for its `rehash`; published minima alone where absent. */
  readonly wanted?: Wanted | undefined;
  /** Ends what is waited for with its verifier: a plug-in's promise may never settle. */
  readonly within?: (<T>(promise: Promise<T>) => Promise<T>) | undefined;
}

const MISMATCH: Verdict = Object.freeze({ outcome: 'mismatch' });
const PRIORITIES: readonly unknown[] = ['high', 'normal', 'low', undefined] satisfies CallOptions['priority'][];

/** Longer texts are no digests that someone put in the place of a password. */
const MAX_SWAPPED_CHARS = 512;

/**
 * Whether the password is the one of the credential.
 * @throws {TypeError} (as a rejection) where the arguments are not of the types they must have.
 */
export async function verifyWith(
  setup: Setup,
  password: Password,
  credential: Credential,
  call?: CallOptions,
): Promise<Verdict> {
  return verifyNow(setup, password, credential, call);
}

/**
 * The same; the verdict itself, and no promise of it, where nothing is to wait for.
 * @throws {TypeError}
 */
export function verifyNow(
  setup: Setup,
  password: Password,
  credential: Credential,
  call?: CallOptions,
): Verdict | Promise<Verdict> {
  const { registry, limits } = setup;
  checkUse(password, call);
  checkedCredential(credential);
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
  let hash: Uint8Array | Promise<Uint8Array>;
  try {
    hash = derive(setup, hasher, parsed, password, call);
  } catch (error) {
    return rejected(error as DigestError);
  }
  if (hash instanceof Uint8Array) return compared(setup, hasher, parsed, cost, hash);
  return comparedLater(setup, hasher, parsed, cost, hash);
}

/**
 * The hash of the password for the salt and parameters of a digest; no promise of it where nothing is to wait for.
 * @throws {DigestError} whatever goes wrong; as a rejection where it takes time.
 */
export function derive(
  { limits, backends, within = (promise) => promise }: Setup,
  hasher: AnyHasher,
  parsed: Parsed,
  password: Password,
  call: CallOptions | undefined,
): Uint8Array | Promise<Uint8Array> {
  if (call?.signal?.aborted) throw aborted(hasher.name);
  // UTF-8 is no shorter than UTF-16 has code units: a megabyte of text is refused before it is encoded.
  if (password.length > limits.passwordBytes) throw tooLong(limits.passwordBytes, password.length);
  const bytes = ownBytes(password);
  if (bytes.length > limits.passwordBytes) {
    bytes.fill(0);
    throw tooLong(limits.passwordBytes, bytes.length);
  }
  let derived: Uint8Array | Promise<Uint8Array>;
  try {
    derived = hasher.derive(bytes, parsed, backends.kdfs(call));
  } catch (error) {
    bytes.fill(0);
    throw asDigestError(hasher.name, error, call?.signal);
  }
  if (derived instanceof Uint8Array) {
    bytes.fill(0);
    return derived;
  }
  // Native code may read the password until it ends, also when nobody waits for it any more.
  const settled = Promise.resolve(derived).finally(() => bytes.fill(0));
  return unlessAborted(within(settled), call?.signal).catch((error: unknown) => {
    throw asDigestError(hasher.name, error, call?.signal);
  });
}

/** @throws {TypeError} */
export function checkUse(password: Password, call: CallOptions | undefined): void {
  if (typeof password !== 'string' && !(password instanceof Uint8Array)) {
    throw new TypeError('password must be a string or a Uint8Array');
  }
  if (call === undefined) return;
  if (call === null || typeof call !== 'object')
    throw new TypeError('the options of a call are { signal?, priority? }');
  if (call.signal !== undefined && !(call.signal instanceof AbortSignal)) {
    throw new TypeError('signal must be an AbortSignal');
  }
  if (!PRIORITIES.includes(call.priority)) throw new TypeError("priority must be 'high', 'normal' or 'low'");
}

/** A copy of exactly the password: wiped after use, and nothing of a shared buffer around the caller's bytes. */
function ownBytes(password: Password): Uint8Array<ArrayBuffer> {
  return typeof password === 'string' ? utf8(password) : new Uint8Array(password);
}

function compared(
  { backends, wanted }: Setup,
  hasher: AnyHasher,
  parsed: Parsed,
  cost: Cost,
  hash: Uint8Array,
): Verdict {
  if (!(hash instanceof Uint8Array) || hash.length !== parsed.hash.length) {
    const message = `${hasher.name}: what was derived is no hash of the stored one's length`;
    return rejected(digestError('ERR_BACKEND', message, { hasher: hasher.name }));
  }
  if (!backends.equal(hash, parsed.hash)) return MISMATCH;
  return { outcome: 'match', rehash: rehashReasons(hasher, parsed, cost, wanted) };
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
  return digestError('ERR_PASSWORD', `the password is over the limit of ${max} bytes`, {
    field: 'password',
    limit: { param: 'passwordBytes', max, actual },
    fix: 'raise limits.passwordBytes if such passwords are real',
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
  return withDetail(error, { hint: 'password and digest look exchanged: the password is a digest of this hasher' });
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
  return digestError('ERR_ABORTED', 'the verification was aborted', { hasher });
}

/** What a hasher or a backend threw. What is not coded is a bug of theirs: its text stays a cause. */
function asDigestError(hasher: string | undefined, error: unknown, signal?: AbortSignal): DigestError {
  if (signal?.aborted) return aborted(hasher);
  if (error instanceof DigestError) return hasher === undefined ? error : withHasher(error, hasher);
  return digestError('ERR_BACKEND', 'the hasher or its backend failed', { hasher, cause: error });
}
