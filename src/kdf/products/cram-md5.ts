/** What a server of CRAM-MD5 (RFC 2195) stores: HMAC-MD5's two states after the block of the key. */
import type { HashFunctions } from '../../jobs.js';
import { hashMd5Block } from '../hash/md5-state.js';

const BLOCK = 64;
const OUTER = 0x5c;
const INNER = 0x36;

/** The 32 bytes of Dovecot's and Courier's digest: the outer state, then the inner one. */
export function computeCramMd5(password: Uint8Array, hashes: HashFunctions): Uint8Array<ArrayBuffer> {
  const key = password.length > BLOCK ? hashes.hash('md5', password) : password;
  const states = new Uint8Array(32);
  for (const [i, pad] of [OUTER, INNER].entries()) {
    const block = new Uint8Array(BLOCK).fill(pad);
    for (const [k, byte] of key.entries()) block[k] = byte ^ pad;
    states.set(hashMd5Block(block), 16 * i);
    block.fill(0);
  }
  if (key !== password) key.fill(0);
  return states;
}
