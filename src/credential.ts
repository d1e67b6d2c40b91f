/** A stored credential, read once: what a database row holds becomes text and bytes that nothing else can change. */
import { copyOfBytes, getByteLength, isBytes } from './encoding/brand.js';
import { utf8Text } from './encoding/bytes.js';
import { describeReceived } from './encoding/received.js';
import { DigestError, digestError } from './errors.js';
import { MAX_DIGEST_CHARS } from './recognize/bounds.js';
import type { AnyHasher, CompanionParams, Companions, CompanionValue, Credential, StoredCredential } from './types.js';

/** What knows hashers by name: a registry, or its table. */
interface Known {
  get(name: string): AnyHasher | undefined;
}

/**
 * A stored credential as two strings. Each property is read once: a getter, a proxy or another task may answer otherwise
 * the next time.
 * @throws {DigestError} ERR_DISABLED if the digest is missing, ERR_MALFORMED where a value is of another type.
 * @throws {TypeError} where the argument is not a credential at all.
 */
export function readCredential(
  known: Known,
  stored: StoredCredential,
  maxDigestChars: number = MAX_DIGEST_CHARS,
): Credential {
  if (stored === null || typeof stored !== 'object') throw noCredential(stored);
  const { passwordHasher, passwordDigest } = readOnce(stored);
  if (typeof passwordHasher === 'string' && typeof passwordDigest === 'string' && passwordDigest !== '') {
    return withCompanions(known.get(passwordHasher), { passwordHasher, passwordDigest }, stored, maxDigestChars);
  }
  const name = readText(passwordHasher, 'passwordHasher', MAX_NAME_CHARS, undefined);
  const hasher = known.get(name);
  const digest = readText(passwordDigest, 'passwordDigest', maxDigestChars, hasher?.name);
  if (digest === '') throw withoutPassword(hasher?.name);
  return withCompanions(hasher, { passwordHasher: name, passwordDigest: digest }, stored, maxDigestChars);
}

/** A row may have a column of the same name and another meaning: only what the hasher asks for is read. */
function withCompanions(
  hasher: AnyHasher | undefined,
  credential: Credential,
  stored: StoredCredential,
  maxChars: number,
): Credential {
  if (hasher?.companions === undefined) return credential;
  try {
    return { ...credential, ...readCompanions(hasher, stored, maxChars) };
  } catch (cause) {
    // A proxy or a getter within the params.
    if (cause instanceof DigestError) throw cause;
    throw digestError('ERR_MALFORMED', 'reading the params of the credential failed', {
      ...{ hasher: hasher.name, field: 'params', cause },
    });
  }
}

/**
 * What the hasher needs of a row, each property read once, bytes copied. A value of null, undefined or an empty text is
 * missing, apart from a salt, which may be empty.
 */
function readCompanions(hasher: AnyHasher, stored: Companions, maxChars: number): Companions {
  const found: { -readonly [K in keyof Companions]: Companions[K] } = {};
  for (const { name } of hasher.companions ?? []) {
    if (name !== 'salt' && name !== 'username' && name !== 'pepper') continue;
    const value = readValue(stored, name, hasher.name);
    if (value === null || value === undefined) continue;
    found[name] = readSecret(value, name, maxChars, hasher.name);
  }
  const params = readValue(stored, 'params', hasher.name);
  if (params === null || params === undefined) return found;
  if (typeof params !== 'object' || Array.isArray(params) || isBytes(params))
    throw wrongCompanion('params', params, 'an object', hasher.name);
  const values: Record<string, CompanionValue> = {};
  for (const { name } of hasher.companions ?? []) {
    // Params are shown in reports; these are secret.
    if (name === 'salt' || name === 'username' || name === 'pepper') continue;
    const value = readValue(params as CompanionParams, name, hasher.name);
    if (value !== null && value !== undefined) values[name] = readParam(value, name, maxChars, hasher.name);
  }
  found.params = values;
  return found;
}

function readValue<T extends object>(from: T, name: keyof T & string, hasher: string): unknown {
  try {
    return from[name];
  } catch (cause) {
    throw digestError('ERR_MALFORMED', `reading ${name} failed`, { hasher, field: name, cause });
  }
}

function readSecret(value: unknown, field: string, maxChars: number, hasher: string): string | Uint8Array {
  const bytes = isBytes(value);
  if (!bytes && typeof value !== 'string') throw wrongCompanion(field, value, 'a string or bytes', hasher);
  const actual = bytes ? getByteLength(value) : value.length;
  if (actual > maxChars) throw longCompanion(field, actual, maxChars, hasher);
  if (!bytes) return value;
  const copy = copyOfBytes(value);
  if (copy === undefined) throw digestError('ERR_MALFORMED', `reading the bytes of ${field} failed`, { hasher, field });
  return copy;
}

function readParam(value: unknown, field: string, maxChars: number, hasher: string): CompanionValue {
  if (typeof value === 'string') {
    if (value.length > maxChars) throw longCompanion(field, value.length, maxChars, hasher);
    return value;
  }
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (isListOfScalars(value)) return Object.freeze(Array.from({ length: value.length }, (_, i) => value[i] as string));
  throw wrongCompanion(field, value, 'a string, a number, a boolean or an array of them', hasher);
}

/** Longer lists are of no format. */
const MAX_LIST = 64;

function isListOfScalars(value: unknown): value is readonly (string | number)[] {
  return (
    Array.isArray(value) &&
    value.length <= MAX_LIST &&
    value.every((one) => typeof one === 'number' || (typeof one === 'string' && one.length <= MAX_NAME_CHARS))
  );
}

function wrongCompanion(field: string, value: unknown, wanted: string, hasher: string): DigestError {
  return digestError('ERR_MALFORMED', `${field} must be ${wanted} (is ${describeReceived(value)})`, { hasher, field });
}

function longCompanion(field: string, actual: number, max: number, hasher: string): DigestError {
  return digestError('ERR_LIMIT', `${field} must be at most ${max} characters (is ${actual})`, {
    hasher,
    field,
    limit: { param: 'digestChars', max, actual },
  });
}

function noCredential(received: unknown): TypeError {
  const advice = received === null || received === undefined ? '; for an unknown user, call verifyUnknownUser' : '';
  return new TypeError(
    `a credential must be { passwordHasher, passwordDigest } (received ${describeReceived(received)})${advice}`,
  );
}

function readOnce(stored: StoredCredential): StoredCredential {
  try {
    const { passwordHasher, passwordDigest } = stored;
    if (passwordHasher !== undefined || passwordDigest !== undefined) return { passwordHasher, passwordDigest };
    if ('passwordHasher' in stored || 'passwordDigest' in stored) return { passwordHasher, passwordDigest };
  } catch (cause) {
    throw digestError('ERR_MALFORMED', 'reading the credential failed', { field: 'passwordDigest', cause });
  }
  throw new TypeError('a credential must have passwordHasher and passwordDigest (received an object with neither)');
}

/** Longer names are of no hasher; text of any length is looked up, and bytes are not decoded for that. */
const MAX_NAME_CHARS = 64;
/** A UTF-16 code unit is at most three bytes of UTF-8. */
const MAX_UTF8_BYTES = 3;

/** Empty for null and undefined. */
function readText(value: unknown, field: keyof StoredCredential, maxChars: number, hasher: string | undefined): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (!isBytes(value)) {
    const message = `${field} must be a string or bytes (is ${describeReceived(value)})`;
    throw digestError('ERR_MALFORMED', message, { hasher, field, fix: `read ${field} from the database as text` });
  }
  const actual = getByteLength(value);
  if (actual > MAX_UTF8_BYTES * maxChars) {
    const limit = { param: 'digestChars', max: maxChars, actual };
    throw digestError('ERR_LIMIT', `${field} must be at most ${maxChars} characters (is ${actual} bytes)`, {
      hasher,
      field,
      limit,
    });
  }
  const fix = `read ${field} from the database as text`;
  const bytes = copyOfBytes(value);
  if (bytes === undefined) {
    throw digestError('ERR_MALFORMED', `reading the bytes of ${field} failed`, { hasher, field, fix });
  }
  const text = utf8Text(bytes);
  if (text !== undefined) return text;
  throw digestError('ERR_MALFORMED', `${field} must be UTF-8`, { hasher, field, fix });
}

/** An account that signs in another way, or whose password was never set. */
export function withoutPassword(hasher?: string): DigestError {
  return digestError('ERR_DISABLED', 'account has no password digest', {
    hasher,
    field: 'digest',
    offset: 0,
    fix: 'import the user without a digest; they set a new password to sign in',
  });
}
