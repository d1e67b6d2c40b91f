/** The MD5 hashes of Cisco's PIX and ASA firewalls. */
import type { HashFunctions } from '../../jobs.js';

const USER_BYTES = 4;
const SHORT = 16;
const LONG = 32;
/** From here on an ASA leaves the user name out. */
const ASA_WITHOUT_USER = 28;

/**
 * The 12 bytes of the digest: MD5 without each fourth byte.
 * @param username empty for the `enable` password, which has none.
 */
export function computeCiscoPix(password: Uint8Array, username: Uint8Array, hashes: HashFunctions): Uint8Array {
  return hashPadded(password, username, SHORT, hashes);
}

export function computeCiscoAsa(password: Uint8Array, username: Uint8Array, hashes: HashFunctions): Uint8Array {
  const user = password.length < ASA_WITHOUT_USER ? username : new Uint8Array();
  const length = password.length + (user.length > 0 ? USER_BYTES : 0);
  return hashPadded(password, user, length > SHORT ? LONG : SHORT, hashes);
}

/**
 * A PIX takes 16 bytes of a password, an ASA 32. Of a longer one all bytes are hashed, and so match no digest, where
 * cutting it would accept it.
 */
function hashPadded(password: Uint8Array, username: Uint8Array, length: number, hashes: HashFunctions): Uint8Array {
  const message = new Uint8Array(Math.max(length, password.length));
  message.set(password);
  for (let i = 0; i < USER_BYTES && username.length > 0; i++) {
    const at = password.length + i;
    if (at < message.length) message[at] = username[i % username.length] as number;
  }
  const hash = hashes.hash('md5', message);
  message.fill(0);
  return hash.filter((_, i) => (i & 3) !== 3);
}
