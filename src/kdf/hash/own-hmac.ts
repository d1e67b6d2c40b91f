/** HMAC over any hash function. RFC 2104. */
type Hash = (message: Uint8Array) => Uint8Array;

const INNER = 0x36;
const OUTER = 0x5c;

/** @param blockBytes of the hash function: a longer key is hashed first. */
export function computeHmac(hash: Hash, blockBytes: number, key: Uint8Array, message: Uint8Array): Uint8Array {
  const short = key.length > blockBytes ? hash(key) : key;
  const inner = new Uint8Array(blockBytes + message.length).fill(INNER, 0, blockBytes);
  const outerKey = new Uint8Array(blockBytes).fill(OUTER);
  for (const [i, byte] of short.entries()) {
    inner[i] = byte ^ INNER;
    outerKey[i] = byte ^ OUTER;
  }
  inner.set(message, blockBytes);
  const inside = hash(inner);
  const outer = new Uint8Array(blockBytes + inside.length);
  outer.set(outerKey);
  outer.set(inside, blockBytes);
  const code = hash(outer);
  for (const secret of [inner, inside, outerKey, outer]) secret.fill(0);
  if (short !== key) short.fill(0);
  return code;
}
