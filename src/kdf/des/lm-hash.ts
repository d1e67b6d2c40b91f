/** The LAN Manager hash: "KGS!@#$%" encrypted under the two halves of a password of 14 letters. MS-NLMP §3.3.1. */
import { latin1 } from '../../encoding/bytes.js';
import { encryptDesBlock, expandDesKey } from './des.js';

const HALF = 7;
const MAGIC = 'KGS!@#$%';

/** @param password in capitals and in the code page of the machine; the first 14 bytes count. */
export function computeLmHash(password: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(2 * HALF);
  padded.set(password.subarray(0, padded.length));
  const hash = new Uint8Array(16);
  for (const half of [0, 1]) {
    const key = spreadKey(padded.subarray(half * HALF, (half + 1) * HALF));
    const keys = expandDesKey(key);
    hash.set(encryptDesBlock(latin1(MAGIC), keys), 8 * half);
    key.fill(0);
    keys.fill(0);
  }
  padded.fill(0);
  return hash;
}

/** 56 bits in 8 bytes, whose least significant bit is the parity's. */
function spreadKey(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const key = new Uint8Array(8);
  for (let i = 0; i < key.length; i++) {
    const left = i === 0 ? 0 : (bytes[i - 1] as number) << (8 - i);
    key[i] = (left | ((bytes[i] ?? 0) >> i)) & 0xfe;
  }
  return key;
}
