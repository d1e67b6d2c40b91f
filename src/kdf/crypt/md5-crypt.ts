/** MD5-crypt of FreeBSD 2.0, by Poul-Henning Kamp. https://man.freebsd.org/cgi/man.cgi?query=crypt&sektion=3 */
import { latin1 } from '../../encoding/bytes.js';
import type { Md5CryptJob } from '../../jobs.js';
import type { LoopMessage } from '../message-loop.js';
import type { CryptHashes, CryptSlices } from './contract.js';
import { createMessages, hashParts, reorder, repeatTo, runRounds } from './rounds.js';

export const MD5_CRYPT_ROUNDS = 1000;
const MAGIC: Uint8Array = latin1('$1$');
const ORDER = [12, 6, 0, 13, 7, 1, 14, 8, 2, 15, 9, 3, 5, 10, 4, 11];

export function* md5Crypt(job: Md5CryptJob, hashes: CryptHashes): CryptSlices {
  const h = yield* runRounds(hashes, 'md5', ...beginMd5Crypt(job, hashes), MD5_CRYPT_ROUNDS);
  return orderMd5Crypt(h);
}

export function orderMd5Crypt(h: Uint8Array): Uint8Array {
  return reorder(h, ORDER);
}

/** What the rounds start from, and the messages that they hash. */
export function beginMd5Crypt(
  { password, salt, magic = MAGIC }: Md5CryptJob,
  hashes: CryptHashes,
): readonly [Uint8Array, LoopMessage[]] {
  const doubled = hashParts(hashes, 'md5', [password, salt, password]);
  // A slip of the first implementation that all others keep: a zero for each bit of the length that is one.
  const bits: number[] = [];
  for (let rest = password.length; rest > 0; rest >>>= 1) bits.push(rest & 1 ? 0 : (password[0] as number));
  const repeated = repeatTo(password.length, doubled);
  const h = hashParts(hashes, 'md5', [password, magic, salt, repeated, Uint8Array.from(bits)]);
  for (const secret of [doubled, repeated]) secret.fill(0);
  return [h, createMessages(password, salt, h.length)];
}
