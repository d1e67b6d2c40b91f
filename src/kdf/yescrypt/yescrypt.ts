/** yescrypt: scrypt, or its revision with boxes that it rewrites. Without a ROM. https://www.openwall.com/yescrypt/ */
import { latin1 } from '../../encoding/bytes.js';
import { findYescryptFault, YESCRYPT_FLAGS, type YescryptSettings } from '../../encoding/yescrypt-settings.js';
import type { YescryptJob } from '../../jobs.js';
import type { CryptHashes, CryptSlices } from '../crypt/contract.js';
import { type Boxes, createBoxes } from './pwxform.js';
import { fillBoxes, type Lane, type OpenRoom, openRoom, type Room } from './smix.js';

const HASH_BYTES = 32;
/** From here on a smaller yescrypt comes first, so that a server can refuse a client's work cheaply. */
const PREHASH_CHUNK = 0x100;
const PREHASH_SIZE = 0x20000;
const PREHASH_DIVISOR = 64;

/**
 * The 32 bytes of the hash.
 * @param open what works in V.
 */
export function* yescrypt(job: YescryptJob, hashes: CryptHashes, open: OpenRoom = openRoom): CryptSlices {
  const fault = findYescryptFault(job);
  if (fault !== undefined) throw new TypeError(`yescrypt: ${fault}`);
  const { password, salt, N, r, p, flags } = job;
  const chunk = Math.floor(N / p);
  if (flags !== YESCRYPT_FLAGS || chunk < PREHASH_CHUNK || chunk * r < PREHASH_SIZE) {
    return yield* derive(password, salt, job, false, hashes, open);
  }
  const first = yield* derive(password, salt, { ...job, N: N / PREHASH_DIVISOR, t: 0 }, true, hashes, open);
  try {
    return yield* derive(first, salt, job, false, hashes, open);
  } finally {
    first.fill(0);
  }
}

function* derive(
  password: Uint8Array,
  salt: Uint8Array,
  { flags, N, r, p, t }: YescryptSettings,
  isPrehash: boolean,
  { hash, hmac }: CryptHashes,
  open: OpenRoom,
): CryptSlices {
  const hasBoxes = flags === YESCRYPT_FLAGS;
  const B = new Uint8Array(128 * r * p);
  const room = open(N, r);
  let key =
    flags === 0
      ? Uint8Array.from(password)
      : hmac('sha256', latin1(isPrehash ? 'yescrypt-prehash' : 'yescrypt'), password);
  try {
    yield* expand(hmac, key, salt, B);
    if (flags !== 0) replaceKey(B.slice(0, HASH_BYTES));
    if (hasBoxes) {
      yield* smix(B, room, { flags, N, r, p, t }, (block) => replaceKey(hmac('sha256', block, key)));
    } else {
      for (let lane = 0; lane < p; lane++) {
        yield* smix(B.subarray(128 * r * lane, 128 * r * (lane + 1)), room, { flags, N, r, p: 1, t });
      }
    }
    const derived = new Uint8Array(HASH_BYTES);
    yield* expand(hmac, key, B, derived);
    if (flags === 0 || isPrehash) return derived;
    // As SCRAM's StoredKey. RFC 5802 §3.
    const clientKey = hmac('sha256', derived, latin1('Client Key'));
    derived.fill(0);
    const stored = hash('sha256', clientKey);
    clientKey.fill(0);
    return stored;
  } finally {
    key.fill(0);
    B.fill(0);
    yield* room.release();
  }

  function replaceKey(next: Uint8Array): void {
    key.fill(0);
    key = next;
  }
}

/**
 * All lanes over one V: each fills its part of it, then all of them read the whole.
 * @param onFirst given the last 64 bytes of the first lane, once its boxes are there.
 */
function* smix(
  B: Uint8Array,
  room: Room,
  { flags, N, r, p, t }: YescryptSettings,
  onFirst?: (block: Uint8Array) => void,
): Generator<void, void, void> {
  const hasBoxes = flags === YESCRYPT_FLAGS;
  const chunk = Math.floor(N / p);
  const all = toEven(countReads(chunk, t, hasBoxes), 1);
  const rewriting = hasBoxes ? toEven(Math.floor(countReads(chunk, t, true) / p), 1) : 0;
  const part = toEven(chunk, 0);
  const boxes: (Boxes | undefined)[] = [];
  try {
    for (let i = 0; i < p; i++) {
      const blocks = i < p - 1 ? part : N - part * i;
      const lane = laneOf(i, blocks, part * i);
      if (hasBoxes) {
        const own = createBoxes();
        boxes.push(own);
        yield* fillBoxes(own, lane.B);
      }
      if (i === 0) onFirst?.(lane.B.subarray(lane.B.length - 64));
      yield* room.fill(lane, boxes[i]);
      yield* room.mix({ ...lane, N: 2 ** Math.floor(Math.log2(blocks)) }, rewriting, boxes[i], true);
    }
    for (let i = 0; i < p; i++) yield* room.mix(laneOf(i, N, 0), all - rewriting, boxes[i], false);
  } finally {
    for (const one of boxes) one?.words.fill(0);
  }

  function laneOf(i: number, blocks: number, first: number): Lane {
    return { B: B.subarray(128 * r * i, 128 * r * (i + 1)), N: blocks, first };
  }
}

/** How often the second loop reads, before it is rounded. */
function countReads(chunk: number, t: number, hasBoxes: boolean): number {
  if (hasBoxes) return t <= 1 ? Math.floor((chunk * (t + 1) + 2) / 3) : chunk * (t - 1);
  if (t === 0) return chunk;
  return t === 1 ? chunk + Math.floor((chunk + 1) / 2) : chunk * t;
}

/** @param up 1: rounded up, 0: rounded down. */
function toEven(count: number, up: 0 | 1): number {
  return 2 * Math.floor((count + up) / 2);
}

/** PBKDF2-HMAC-SHA256 of one iteration, into `output`. */
function* expand(
  hmac: CryptHashes['hmac'],
  key: Uint8Array,
  salt: Uint8Array,
  output: Uint8Array,
): Generator<void, void, void> {
  const message = new Uint8Array(salt.length + 4);
  message.set(salt);
  try {
    for (let at = 0, i = 1; at < output.length; at += HASH_BYTES, i++) {
      if (i % 256 === 0) yield;
      for (let k = 0; k < 4; k++) message[salt.length + k] = i >>> (24 - 8 * k);
      const block = hmac('sha256', key, message);
      output.set(block.subarray(0, output.length - at), at);
      block.fill(0);
    }
  } finally {
    message.fill(0);
  }
}
