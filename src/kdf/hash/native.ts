/** MD5, SHA-1, SHA-2, SHA-3, HMAC and AES by OpenSSL through node:crypto; the other hash functions in JavaScript. */
import { latin1 } from '../../encoding/bytes.js';
import type { HashAlgorithm } from '../../jobs.js';
import { nodeCrypto } from '../builtin.js';
import type { HashFunctionsBackend } from '../contract.js';
import { portableHashesWithoutAes as portable } from './portable-hashes.js';

/** The longest hash of a hash function here. */
const LONGEST = 64;

/** Two buffers outside of V8's heap for each length that was compared. */
const kept: (readonly [Uint8Array, Uint8Array] | undefined)[] = [];

/**
 * Native code that is given a small new array must first move its bytes out of V8's heap: 1.3 µs for two of 32 bytes,
 * where copying them into kept buffers and comparing those takes 0.25 (Node 20).
 */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length > LONGEST || a.length !== b.length) return nodeCrypto().timingSafeEqual(a, b);
  let pair = kept[a.length];
  if (pair === undefined) {
    pair = [Buffer.allocUnsafeSlow(a.length), Buffer.allocUnsafeSlow(a.length)];
    kept[a.length] = pair;
  }
  const [left, right] = pair;
  left.set(a);
  right.set(b);
  const same = nodeCrypto().timingSafeEqual(left, right);
  left.fill(0);
  right.fill(0);
  return same;
}

/**
 * OpenSSL's names. It keeps MD4 and Whirlpool in a provider that Node does not load, and MD2 and Streebog nowhere;
 * RIPEMD-160 is not in every build.
 */
const NAMES: { readonly [A in HashAlgorithm]?: string } = {
  md5: 'md5',
  sha1: 'sha1',
  sha224: 'sha224',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
};
/** Node is also built with BoringSSL (Electron), which has not all of these. */
const OPTIONAL_NAMES: { readonly [A in HashAlgorithm]?: string } = {
  sha512_256: 'sha512-256',
  sha3_224: 'sha3-224',
  sha3_256: 'sha3-256',
  sha3_384: 'sha3-384',
  sha3_512: 'sha3-512',
};
let supported: ReadonlySet<string> | undefined;

function findName(algorithm: HashAlgorithm): string | undefined {
  const name = NAMES[algorithm];
  if (name !== undefined) return name;
  const optional = OPTIONAL_NAMES[algorithm];
  if (optional === undefined) return undefined;
  supported ??= new Set(nodeCrypto().getHashes());
  return supported.has(optional) ? optional : undefined;
}

export const nativeHashFunctions: HashFunctionsBackend = {
  name: 'node:crypto',
  kind: 'native',
  // The one-shot call with a text answer is a third of createHash or of a Buffer answer.
  hash(algorithm, message) {
    const name = findName(algorithm);
    return name === undefined ? portable.hash(algorithm, message) : latin1(nodeCrypto().hash(name, message, 'binary'));
  },
  hmac(algorithm, key, message) {
    const name = findName(algorithm);
    if (name === undefined) return portable.hmac(algorithm, key, message);
    return nodeCrypto().createHmac(name, key).update(message).digest();
  },
  aes256Ctr: (key, counter, data) => nodeCrypto().createCipheriv('aes-256-ctr', key, counter).update(data),
  equal,
};
