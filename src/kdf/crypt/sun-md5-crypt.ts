/** MD5-crypt of Solaris 9, by Alec Muffett: each round tosses a coin that decides over 1.5 kB of Hamlet. */
import { latin1 } from '../../encoding/bytes.js';
import type { SunMd5CryptJob } from '../../jobs.js';
import type { CryptHashes, CryptSlices } from './contract.js';
import { HAMLET } from './hamlet.js';
import { orderMd5Crypt } from './md5-crypt.js';
import { hashParts } from './rounds.js';

const LEAST_ROUNDS = 4096;
/** Rounds a slice: about a millisecond, since every other one has the quotation. */
const SLICE = 64;

export function* sunMd5Crypt({ password, salt, rounds }: SunMd5CryptJob, hashes: CryptHashes): CryptSlices {
  // The quotation is a string of C, with the zero at its end.
  const quotation = latin1(`${HAMLET}\0`);
  let h = hashParts(hashes, 'md5', [password, salt]);
  for (let round = 0; round < LEAST_ROUNDS + rounds; round++) {
    const number = latin1(String(round));
    h = hashParts(hashes, 'md5', tossCoin(h, round) === 1 ? [h, quotation, number] : [h, number]);
    if (round % SLICE === SLICE - 1) yield;
  }
  return orderMd5Crypt(h);
}

/** Bit n of a hash, counted from the lowest of its first byte. */
function readBit(h: Uint8Array, n: number): number {
  return ((h[(n >> 3) & 15] as number) >> (n & 7)) & 1;
}

function tossCoin(h: Uint8Array, round: number): number {
  const x = gatherBits(h, 0) >> readBit(h, round);
  const y = gatherBits(h, 8) >> readBit(h, round + 64);
  return readBit(h, x) ^ readBit(h, y);
}

/** Eight bits of the hash, from places that its bytes decide over. */
function gatherBits(h: Uint8Array, from: number): number {
  let bits = 0;
  for (let i = 0; i < 8; i++) {
    const a = h[(from + i) & 15] as number;
    const b = h[(from + i + 3) & 15] as number;
    const place = (h[(a >> (b % 5)) & 15] as number) >> ((b >> (a & 7)) & 1);
    bits |= readBit(h, place) << i;
  }
  return bits;
}
