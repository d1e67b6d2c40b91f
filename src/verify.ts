/** The only place that derives and compares. A verdict for everything that is data; a TypeError for wrong use. */
import { utf8 } from './encoding/bytes.js';
import { DigestError, digestError, withDetail, withHasher } from './errors.js';
import type { Backends, CallOptions } from './kdf/select.js';
import { overLimit, rehashReasons } from './policy.js';
import { tryParse } from './recognize/identify.js';
import type { Registry } from './registry.js';
import type { AnyHasher, Credential, Limits, Parsed, Password, Verdict } from './types.js';

/** What a verification needs besides its input. */
export interface Setup {
  readonly registry: Registry;
  readonly limits: Limits;
  readonly backends: Backends;
}

const MISMATCH: Verdict = Object.freeze({ outcome: 'mismatch' });

/**
 * Whether the password is the one of the credential.
 * @throws {TypeError} (as a rejection) where the arguments are not of the types they must have.
 */
export async function verifyWith(
  { registry, limits, backends }: Setup,
  password: Password,
  credential: Credential,
  call?: CallOptions,
): Promise<Verdict> {
  if (typeof password !== 'string' && !(password instanceof Uint8Array)) {
    throw new TypeError('password must be a string or a Uint8Array');
  }
  let parsed: Parsed;
  try {
    parsed = registry.parse(credential, limits.digestChars);
  } catch (error) {
    if (error instanceof DigestError) return rejected(hintIfSwapped(registry, password, credential, error));
    throw error;
  }
  const hasher = registry.get(credential.passwordHasher) as AnyHasher;
  const cost = hasher.cost(parsed.params);
  const refusal = overLimit(hasher.name, cost, limits) ?? passwordTooLong(password, limits.passwordBytes);
  if (refusal !== undefined) return rejected(refusal);
  const bytes = typeof password === 'string' ? utf8(password) : password;
  if (bytes.length > limits.passwordBytes) return rejected(tooLong(limits.passwordBytes, bytes.length));
  let hash: Uint8Array;
  try {
    const derived = hasher.derive(bytes, parsed, backends.kdfs(call));
    hash = derived instanceof Uint8Array ? derived : await unlessAborted(derived, call?.signal);
  } catch (error) {
    return rejected(asDigestError(hasher.name, error, call?.signal));
  }
  // The encoded copy is ours; bytes that the caller gave stay the caller's.
  if (typeof password === 'string') bytes.fill(0);
  if (hash.length !== parsed.hash.length) {
    return rejected(
      digestError('ERR_BACKEND', `${hasher.name}: the derived hash has another length than the stored one`, {
        hasher: hasher.name,
      }),
    );
  }
  if (!backends.equal(hash, parsed.hash)) return MISMATCH;
  return { outcome: 'match', rehash: rehashReasons(hasher, parsed, cost) };
}

function rejected(error: DigestError): Verdict {
  return { outcome: 'rejected', error };
}

/** UTF-8 is no shorter than UTF-16 has code units: a megabyte of text is refused before it is encoded. */
function passwordTooLong(password: Password, max: number): DigestError | undefined {
  return password.length > max ? tooLong(max, password.length) : undefined;
}

function tooLong(max: number, actual: number): DigestError {
  return digestError('ERR_PASSWORD', `the password is over the limit of ${max} bytes`, {
    field: 'password',
    limit: { param: 'passwordBytes', max, actual },
  });
}

/** A digest in the place of the password: the two arguments were exchanged. */
function hintIfSwapped(
  registry: Registry,
  password: Password,
  credential: Credential,
  error: DigestError,
): DigestError {
  if (typeof password !== 'string' || password.length > 512) return error;
  const hasher = registry.get(credential.passwordHasher);
  if (hasher === undefined || hasher.freeTail || tryParse(hasher, password) === undefined) return error;
  return withDetail(error, { hint: 'password and digest look exchanged: the password is a digest of this hasher' });
}

/** Answers at once when the signal says so; native code that runs already is left to end unheard. */
function unlessAborted(derived: Promise<Uint8Array>, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (signal === undefined) return derived;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    derived.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function asDigestError(hasher: string, error: unknown, signal: AbortSignal | undefined): DigestError {
  if (signal?.aborted) return digestError('ERR_ABORTED', 'the verification was aborted', { hasher });
  if (error instanceof DigestError) return withHasher(error, hasher);
  return digestError('ERR_BACKEND', `${hasher}: the backend failed`, { hasher, cause: error });
}
