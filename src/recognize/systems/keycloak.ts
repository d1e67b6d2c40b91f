/**
 * Keycloak's password credential, as a realm export or the table `credential` has it.
 * https://github.com/keycloak/keycloak, server-spi/…/PasswordCredentialModel.java
 *
 *     {"type":"password","secretData":"{\"value\":b64,\"salt\":b64}",
 *      "credentialData":"{\"hashIterations\":27500,\"algorithm\":\"pbkdf2-sha256\"}"}
 *
 * Both data are JSON as text, or objects. Argon2 keeps its parameters in lists under `additionalParameters`.
 */
import { decodeBase64 } from '../../encoding/base64.js';
import { isRecord, type JsonRecord, parseJson } from '../../encoding/json.js';
import { digestError, malformed } from '../../errors.js';
import { argon2i, argon2id, bcrypt } from '../../hashers/index.js';
import type { AnyHasher } from '../../types.js';
import { convertValues, type ForeignDigest, refuseConversion, type System, unwrapDigest } from './contract.js';
import { pbkdf2Reading } from './pbkdf2.js';

const NO_SALT = '__SALT__';
const PRFS: ReadonlyMap<string, 'sha1' | 'sha256' | 'sha512'> = new Map([
  ['pbkdf2', 'sha1'],
  ['pbkdf2-sha1', 'sha1'],
  ['pbkdf2-sha256', 'sha256'],
  ['pbkdf2-sha512', 'sha512'],
]);

const TYPES: ReadonlyMap<unknown, AnyHasher> = new Map([
  ['id', argon2id],
  ['i', argon2i],
]);
/** As Argon2's own C library numbers them, 0x13 and 0x10. */
const VERSIONS: ReadonlyMap<unknown, 16 | 19> = new Map([
  ['1.3', 19],
  ['1.0', 16],
]);

export const keycloak: System = {
  system: 'keycloak',
  title: 'Keycloak',
  read(text) {
    if (text.charCodeAt(0) !== 123 || !text.includes('secretData')) return undefined;
    const credential = parseJson(text);
    if (!isRecord(credential) || !('secretData' in credential)) return undefined;
    return readKeycloakCredential(credential['secretData'], credential['credentialData']);
  },
};

/**
 * @param secretData JSON as text, or an object; so is `credentialData`.
 * @throws {DigestError} where they are damaged.
 */
export function readKeycloakCredential(secretData: unknown, credentialData: unknown): ForeignDigest {
  const secret = readRecord(secretData, 'secretData');
  const data =
    typeof credentialData === 'string' ? readData(credentialData) : readRecord(credentialData, 'credentialData');
  const algorithm = readText(data['algorithm'], 'algorithm');
  // Of a provider that was added (keycloak-bcrypt): its value is the whole digest, and its iterations are bcrypt's cost.
  if (/^bcrypt/i.test(algorithm)) return unwrapDigest('Keycloak bcrypt', bcrypt, readText(secret['value'], 'value'));
  const iterations = readInteger(data['hashIterations'], 'hashIterations');
  const hash = readBytes(secret['value'], 'value');
  const salt = secret['salt'] === NO_SALT ? new Uint8Array() : readBytes(secret['salt'] ?? '', 'salt');
  const prf = PRFS.get(algorithm);
  if (prf !== undefined) return pbkdf2Reading(`Keycloak ${algorithm}`, prf, iterations, salt, hash);
  if (algorithm === 'argon2')
    return argon2(readRecord(data['additionalParameters'], 'additionalParameters'), iterations, salt, hash);
  return refuseConversion('Keycloak', 'algorithm must be pbkdf2, pbkdf2-sha256, pbkdf2-sha512 or argon2');
}

function argon2(parameters: JsonRecord, t: number, salt: Uint8Array, hash: Uint8Array): ForeignDigest {
  const first = (name: string): unknown => {
    const value = parameters[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const title = 'Keycloak argon2';
  const hasher = TYPES.get(first('type'));
  if (hasher === undefined) return refuseConversion(title, 'type must be id or i');
  const version = VERSIONS.get(first('version'));
  if (version === undefined) return refuseConversion(title, 'version must be 1.3 or 1.0');
  const [m, p] = ['memory', 'parallelism'].map((name) => readInteger(Number(readText(first(name), name)), name));
  return convertValues(title, hasher, { params: { version, m, t, p }, salt, hash });
}

const MAX_REMEMBERED = 64;
const MAX_DATA_CHARS = 1024;
const parsedData = new Map<string, JsonRecord>();

/** Thousands of credentials have the same parameters. */
function readData(text: string): JsonRecord {
  const known = parsedData.get(text);
  if (known !== undefined) return known;
  const data = readRecord(text, 'credentialData');
  if (parsedData.size < MAX_REMEMBERED && text.length <= MAX_DATA_CHARS) parsedData.set(text, data);
  return data;
}

function readRecord(value: unknown, field: string): JsonRecord {
  const record = typeof value === 'string' ? parseJson(value) : value;
  if (isRecord(record)) return record;
  throw malformed(field, 0, `${field} must be a JSON object or its text`);
}

function readText(value: unknown, field: string): string {
  if (typeof value === 'string') return value;
  throw malformed(field, 0, `${field} must be a string`);
}

function readInteger(value: unknown, field: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  throw malformed(field, 0, `${field} must be a positive integer`);
}

function readBytes(value: unknown, field: string): Uint8Array {
  const text = readText(value, field);
  try {
    return decodeBase64(text, 0, text.length, field);
  } catch {
    // Offsets in a text within a JSON text would point nowhere.
    throw digestError('ERR_MALFORMED', `${field} must be Base64 with padding`, { field });
  }
}
