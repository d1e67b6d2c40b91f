/** SHA-crypt. https://www.akkadia.org/drepper/SHA-crypt.txt; steps are numbered as there. */
import type { ShaCryptJob } from '../../jobs.js';
import type { LoopMessage } from '../message-loop.js';
import type { CryptHashes, CryptSlices, RunningHash } from './contract.js';
import { createMessages, hashParts, reorder, repeatTo, runRounds } from './rounds.js';

const ALGORITHMS = { sha256_crypt: 'sha256', sha512_crypt: 'sha512' } as const;
/** Step 22e. */
const ORDERS = {
  sha256_crypt: [...orderGroups(10, 1), 30, 31],
  sha512_crypt: [...orderGroups(21, 2), 63],
} as const;
/** Bytes between two slices while the password is hashed as often as it is long. */
const SLICE_BYTES = 32_768;

/** Byte k of each third of the hash makes group k, turned one place further each time. */
function orderGroups(count: number, turn: number): number[] {
  return Array.from({ length: 3 * count }, (_, i) => {
    const group = Math.floor(i / 3);
    return group + count * (2 - (((i % 3) + turn * group) % 3));
  });
}

export function* shaCrypt(job: ShaCryptJob, hashes: CryptHashes): CryptSlices {
  const [first, messages] = yield* beginShaCrypt(job, hashes);
  return orderShaCrypt(job, yield* runRounds(hashes, ALGORITHMS[job.scheme], first, messages, job.rounds));
}

export function orderShaCrypt({ scheme }: ShaCryptJob, h: Uint8Array): Uint8Array {
  return reorder(h, ORDERS[scheme]);
}

/** Steps 1 to 20: what the rounds start from, and the messages that they hash. */
export function* beginShaCrypt(
  { scheme, password, salt }: ShaCryptJob,
  hashes: CryptHashes,
): Generator<void, readonly [Uint8Array, LoopMessage[]], void> {
  const algorithm = ALGORITHMS[scheme];
  const b = hashParts(hashes, algorithm, [password, salt, password]);
  const repeated = repeatTo(password.length, b);
  const parts = [password, salt, repeated];
  for (let rest = password.length; rest > 0; rest >>>= 1) parts.push(rest & 1 ? b : password);
  const a = hashParts(hashes, algorithm, parts);
  const dp = yield* hashRepeated(hashes.create(algorithm), password);
  const ds = hashes.hash(algorithm, repeatTo((16 + (a[0] as number)) * salt.length, salt));
  const p = repeatTo(password.length, dp);
  const messages = createMessages(p, repeatTo(salt.length, ds), a.length);
  for (const secret of [b, repeated, dp, p]) secret.fill(0);
  return [a, messages];
}

/** Steps 13 to 15: the password as often as it has bytes. That of 4096 is 16 MB. */
function* hashRepeated(running: RunningHash, password: Uint8Array): Generator<void, Uint8Array, void> {
  const bytes = password.length ** 2;
  const times = Math.max(1, Math.floor(SLICE_BYTES / Math.max(1, password.length)));
  const piece = repeatTo(Math.min(bytes, times * password.length), password);
  try {
    for (let rest = bytes; rest > 0; rest -= piece.length) {
      running.update(piece.subarray(0, rest));
      if (rest > piece.length) yield;
    }
    return running.digest();
  } finally {
    piece.fill(0);
  }
}
