/** PBKDF2 and scrypt with parameters that are not known. */
import { concat } from '../encoding/bytes.js';
import type { HashFunctions, Kdfs, Pbkdf2Prf } from '../jobs.js';
import type { Part } from './values.js';

const BLOCK_BYTES = { md5: 64, sha1: 64, sha224: 64, sha256: 64, sha384: 128, sha512: 128 } as const;
type Prf = keyof typeof BLOCK_BYTES;
const PRFS: readonly Prf[] = ['sha256', 'sha1', 'sha512', 'md5', 'sha384', 'sha224'];
/** The hash functions of which it is a whole hash, first. */
const HASH_BYTES = { md5: 16, sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 } as const;

function likelyPrfs({ length }: Uint8Array): readonly Prf[] {
  const first = PRFS.filter((prf) => HASH_BYTES[prf] === length);
  const common = PRFS.slice(0, 3).filter((prf) => !first.includes(prf));
  return [...first, ...common];
}
const FIRST_BLOCK = Uint8Array.of(0, 0, 0, 1);
const SLICE = 500;

export interface DerivationPlan {
  readonly passwords: readonly Part[];
  readonly salts: readonly Part[];
  readonly wanted: Uint8Array;
}

/** Every number of iterations up to `most`: each sum of PBKDF2 is one step from the last. RFC 8018 §5.2. */
export function* findPbkdf2(
  { passwords, salts, wanted }: DerivationPlan,
  most: number,
  functions: Pick<HashFunctions, 'hash'>,
  takes: () => boolean,
  count: () => void,
): Generator<string | undefined, void, void> {
  for (const password of passwords) {
    for (const prf of likelyPrfs(wanted)) {
      for (const salt of salts) {
        if (!takes()) continue;
        const hmac = keyedHmac(functions, prf, password.bytes);
        let u = hmac(concat(salt.bytes, FIRST_BLOCK));
        const sum = u.slice();
        const length = Math.min(sum.length, wanted.length);
        for (let c = 1; c <= most; c++) {
          count();
          if (startsAlike(sum, wanted, length)) yield `pbkdf2_${prf}(${password.text()}, ${salt.text()}, ${c})`;
          u = hmac(u);
          for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) ^ (u[i] as number);
          if (c % SLICE === 0) yield undefined;
        }
      }
    }
  }
}

/** RFC 2104, on buffers that are used again. */
function keyedHmac(
  { hash }: Pick<HashFunctions, 'hash'>,
  prf: Prf,
  key: Uint8Array,
): (message: Uint8Array) => Uint8Array {
  const block = BLOCK_BYTES[prf];
  const short = key.length > block ? hash(prf, key) : key;
  // Off the heap of V8, from where native code reads without a copy.
  const buffers = [0x36, 0x5c].map((pad) => {
    const buffer = new Uint8Array(block + 1024);
    for (let i = 0; i < block; i++) buffer[i] = (short[i] ?? 0) ^ pad;
    return buffer;
  }) as [Uint8Array, Uint8Array];
  let views: (readonly [Uint8Array, Uint8Array])[] = [];
  const viewsOf = (length: number): readonly [Uint8Array, Uint8Array] => {
    const known = views[length];
    if (known !== undefined) return known;
    const made = buffers.map((buffer) => buffer.subarray(0, block + length)) as unknown as [Uint8Array, Uint8Array];
    if (views.length > 2048) views = [];
    views[length] = made;
    return made;
  };
  return (message) => {
    const text = message.length > 1024 ? message.subarray(0, 1024) : message;
    buffers[0].set(text, block);
    const inner = hash(prf, viewsOf(text.length)[0]);
    buffers[1].set(inner, block);
    return hash(prf, viewsOf(inner.length)[1]);
  };
}

function startsAlike(a: Uint8Array, b: Uint8Array, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Iterations that products write, and that are too many to count up to. */
const USUAL_ITERATIONS: readonly number[] = [
  ...[600_000, 310_000, 210_000, 260_000, 390_000, 320_000, 480_000, 720_000, 870_000, 1_000_000, 1_200_000, 1_500_000],
  ...[120_000, 150_000, 180_000, 185_000, 200_000, 216_000, 220_000, 250_000, 300_000, 350_000, 400_000, 500_000],
];
const USUAL_SCRYPT: readonly (readonly [number, number, number])[] = [
  ...([16_384, 32_768, 65_536, 131_072, 4096, 8192, 1024, 2048] as const).map((N) => [N, 8, 1] as const),
  ...[[16_384, 16, 1] as const, [16_384, 1, 1] as const, [65_536, 16, 2] as const, [32_768, 8, 2] as const],
];

/** A recipe, and what computes its hash. */
export interface CostlyCandidate {
  readonly recipe: string;
  derive(kdfs: Kdfs): Promise<Uint8Array>;
}

/** @param numbers of the digest or its row, which may be iterations. */
export function* listCostly(
  { passwords, salts, wanted }: DerivationPlan,
  numbers: readonly number[],
): Generator<CostlyCandidate> {
  const dkLen = wanted.length;
  const pbkdf2 = (password: Part, salt: Part, prf: Pbkdf2Prf, c: number): CostlyCandidate => ({
    recipe: `pbkdf2_${prf}(${password.text()}, ${salt.text()}, ${c})`,
    derive: (kdfs) => kdfs.pbkdf2({ prf, password: password.bytes, salt: salt.bytes, c, dkLen }),
  });
  for (const password of passwords) {
    for (const salt of salts) {
      for (const c of numbers) for (const prf of PRFS) yield pbkdf2(password, salt, prf, c);
    }
  }
  for (const password of passwords) {
    for (const [N, r, p] of USUAL_SCRYPT) {
      for (const salt of salts) {
        yield {
          recipe: `scrypt(${password.text()}, ${salt.text()}, ${N}, ${r}, ${p})`,
          derive: (kdfs) => kdfs.scrypt({ password: password.bytes, salt: salt.bytes, N, r, p, dkLen }),
        };
      }
    }
    for (const c of USUAL_ITERATIONS) {
      for (const salt of salts) for (const prf of likelyPrfs(wanted)) yield pbkdf2(password, salt, prf, c);
    }
  }
}
