/** Oracle's password hash before 11g: the last block of DES-CBC over name and password, twice. */
import { concat, utf16le } from '../../encoding/bytes.js';
import { type DesKeys, encryptDesBlock, expandDesKey } from './des.js';

const BLOCK = 8;
const FIRST_KEY = Uint8Array.of(0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef);

/** The 8 bytes of the hash. Both texts are taken in capitals. */
export function computeOracle10(password: string, username: string): Uint8Array {
  const text = utf16be(username.toUpperCase() + password.toUpperCase());
  const padded = concat(text, new Uint8Array((BLOCK - (text.length % BLOCK)) % BLOCK));
  const key = lastBlock(padded, expandDesKey(FIRST_KEY));
  const hash = lastBlock(padded, expandDesKey(key));
  for (const secret of [text, padded, key]) secret.fill(0);
  return hash;
}

/** Of CBC with an initialisation vector of zeros. */
function lastBlock(text: Uint8Array, keys: DesKeys): Uint8Array {
  let block: Uint8Array = new Uint8Array(BLOCK);
  for (let at = 0; at < text.length; at += BLOCK) {
    for (let i = 0; i < BLOCK; i++) block[i] = (block[i] as number) ^ (text[at + i] as number);
    block = encryptDesBlock(block, keys);
  }
  keys.fill(0);
  return block;
}

function utf16be(text: string): Uint8Array {
  const bytes = utf16le(text);
  for (let i = 0; i < bytes.length; i += 2) {
    const low = bytes[i] as number;
    bytes[i] = bytes[i + 1] as number;
    bytes[i + 1] = low;
  }
  return bytes;
}
