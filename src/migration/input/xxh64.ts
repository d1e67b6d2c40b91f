/**
 * XXH64 with seed 0, of which zstd keeps the low half as the checksum of a frame (RFC 8878 §3.1.1):
 * https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
 * Stripes are hashed in halves of 32 bits, since BigInt takes twenty times as long; the end of a frame is hashed once.
 */
const PRIME_1 = 0x9e3779b185ebca87n;
const PRIME_2 = 0xc2b2ae3d27d4eb4fn;
const PRIME_3 = 0x165667b19e3779f9n;
const PRIME_4 = 0x85ebca77c2b2ae63n;
const PRIME_5 = 0x27d4eb2f165667c5n;
const [LOW_1, HIGH_1] = halves(PRIME_1);
const [LOW_2, HIGH_2] = halves(PRIME_2);
const STRIPE_BYTES = 32;
const LANES = 4;

export class Xxh64 {
  /** Low and high half of each lane. */
  readonly #lanes = Int32Array.from([PRIME_1 + PRIME_2, PRIME_2, 0n, -PRIME_1].flatMap(halves));
  /** The beginning of a stripe. */
  readonly #rest = new Uint8Array(STRIPE_BYTES);
  #length = 0;

  update(bytes: Uint8Array): void {
    const held = this.#length % STRIPE_BYTES;
    this.#length += bytes.length;
    let at = 0;
    if (held > 0) {
      at = Math.min(bytes.length, STRIPE_BYTES - held);
      this.#rest.set(bytes.subarray(0, at), held);
      if (held + at < STRIPE_BYTES) return;
      this.#hashStripes(this.#rest);
    }
    const end = bytes.length - ((bytes.length - at) % STRIPE_BYTES);
    this.#hashStripes(bytes.subarray(at, end));
    this.#rest.set(bytes.subarray(end));
  }

  /** The low 32 bits. */
  digest(): number {
    const lanes = Array.from({ length: LANES }, (_, i) => join(this.#lanes[2 * i] as number, this.#lanes[2 * i + 1]));
    const long = lanes.reduce(
      (hash, lane) => {
        const mixed = wrap(rotate(wrap(lane * PRIME_2), 31n) * PRIME_1);
        return wrap((hash ^ mixed) * PRIME_1 + PRIME_4);
      },
      lanes.reduce((sum, lane, i) => wrap(sum + rotate(lane, [1n, 7n, 12n, 18n][i] as bigint)), 0n),
    );
    const hash = wrap((this.#length < STRIPE_BYTES ? PRIME_5 : long) + BigInt(this.#length));
    return Number(finish(hash, this.#rest.subarray(0, this.#length % STRIPE_BYTES)) & 0xffffffffn);
  }

  #hashStripes(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let lane = 0; lane < LANES; lane++) {
      let low = this.#lanes[2 * lane] as number;
      let high = this.#lanes[2 * lane + 1] as number;
      for (let at = 8 * lane; at < bytes.length; at += STRIPE_BYTES) {
        const inLow = view.getInt32(at, true);
        const inHigh = view.getInt32(at + 4, true);
        // lane + input · PRIME_2
        const addLow = Math.imul(inLow, LOW_2);
        const addHigh = multiplyHigh(inLow, LOW_2) + Math.imul(inLow, HIGH_2) + Math.imul(inHigh, LOW_2);
        const sum = (low + addLow) | 0;
        const carry = sum >>> 0 < low >>> 0 ? 1 : 0;
        const sumHigh = (high + addHigh + carry) | 0;
        // rotated by 31
        const turnedLow = (sum << 31) | (sumHigh >>> 1);
        const turnedHigh = (sumHigh << 31) | (sum >>> 1);
        // · PRIME_1
        low = Math.imul(turnedLow, LOW_1);
        high = (multiplyHigh(turnedLow, LOW_1) + Math.imul(turnedLow, HIGH_1) + Math.imul(turnedHigh, LOW_1)) | 0;
      }
      this.#lanes[2 * lane] = low;
      this.#lanes[2 * lane + 1] = high;
    }
  }
}

/** The high half of a product of two numbers of 32 bits. */
function multiplyHigh(a: number, b: number): number {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const first = aHigh * bLow + ((aLow * bLow) >>> 16);
  const second = aLow * bHigh + (first & 0xffff);
  return (aHigh * bHigh + Math.floor(first / 0x10000) + Math.floor(second / 0x10000)) | 0;
}

/** The bytes after the last whole stripe, and the avalanche. */
function finish(begun: bigint, rest: Uint8Array): bigint {
  const view = new DataView(rest.buffer, rest.byteOffset, rest.length);
  let hash = begun;
  let at = 0;
  for (; at + 8 <= rest.length; at += 8) {
    const lane = wrap(rotate(wrap(view.getBigUint64(at, true) * PRIME_2), 31n) * PRIME_1);
    hash = wrap(rotate(hash ^ lane, 27n) * PRIME_1 + PRIME_4);
  }
  if (at + 4 <= rest.length) {
    hash = wrap(rotate(hash ^ wrap(BigInt(view.getUint32(at, true)) * PRIME_1), 23n) * PRIME_2 + PRIME_3);
    at += 4;
  }
  for (; at < rest.length; at++) {
    hash = wrap(rotate(hash ^ wrap(BigInt(view.getUint8(at)) * PRIME_5), 11n) * PRIME_1);
  }
  hash = wrap((hash ^ (hash >> 33n)) * PRIME_2);
  hash = wrap((hash ^ (hash >> 29n)) * PRIME_3);
  return hash ^ (hash >> 32n);
}

function wrap(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

function rotate(value: bigint, by: bigint): bigint {
  return wrap(value << by) | (value >> (64n - by));
}

function halves(value: bigint): [low: number, high: number] {
  return [Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n))];
}

function join(low = 0, high = 0): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
