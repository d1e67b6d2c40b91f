/** Salts of new digests, from the platform's random source. */

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** The largest multiple of 62 that a byte can be under: bytes from there on would favour the first letters. */
const UNBIASED = 248;

export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** Letters and digits, each as likely as the others, as bytes: 5.95 bits each. */
export function randomAlphanumeric(length: number): Uint8Array<ArrayBuffer> {
  const salt = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    for (const byte of randomBytes(length)) {
      if (byte < UNBIASED && at < length) salt[at++] = ALPHANUMERIC.charCodeAt(byte % ALPHANUMERIC.length);
    }
  }
  return salt;
}
