/** SHA-256 and SHA-512: one algorithm on words of 32 and of 64 bits. FIPS 180-4 §6.2, §6.4. */
import { block, type Code, type Statement, type ValueType } from '../assembler.js';
import type { Words } from '../words.js';
import type { Expand, HashFunction } from './hash-function.js';

/** The first bits of the fraction of a prime's root. FIPS 180-4 §4.2.2, §4.2.3, §5.3. */
function rootFraction(prime: number, degree: 2 | 3, bits: number): bigint {
  const scaled = BigInt(prime) << BigInt(degree * bits);
  // Bit by bit: the largest integer whose power is not above `scaled`.
  let root = 0n;
  for (let bit = BigInt(bits + 5); bit >= 0n; bit--) {
    const next = root | (1n << bit);
    if (next ** BigInt(degree) <= scaled) root = next;
  }
  return BigInt.asUintN(bits, root);
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

type Amounts = readonly [number, number, number];

/** Rotations to the right; the last number of a small sigma is a shift. FIPS 180-4 §4.1.2, §4.1.3. */
interface Sigmas {
  readonly big0: Amounts;
  readonly big1: Amounts;
  readonly small0: Amounts;
  readonly small1: Amounts;
}

function sha2(bits: 32 | 64, steps: number, sigmas: Sigmas): HashFunction {
  const initial = primes(8).map((prime) => rootFraction(prime, 2, bits));
  const k = primes(steps).map((prime) => rootFraction(prime, 3, bits));
  const rotr = (value: bigint, count: number): bigint =>
    BigInt.asUintN(bits, (value >> BigInt(count)) | (value << BigInt(bits - count)));
  const smallKnown = (x: bigint, [a, b, shift]: Amounts): bigint => rotr(x, a) ^ rotr(x, b) ^ (x >> BigInt(shift));

  function big<T extends ValueType>({ rotl, xor }: Words<T>, x: Code<T>, [a, b, c]: Amounts): Code<T> {
    return xor(xor(rotl(x, bits - a), rotl(x, bits - b)), rotl(x, bits - c));
  }
  function small<T extends ValueType>(words: Words<T>, x: Code<T>, [a, b, shift]: Amounts): Code<T> {
    const { rotl, shrU, xor } = words;
    return xor(xor(rotl(x, bits - a), rotl(x, bits - b)), shrU(x, shift));
  }

  /** FIPS 180-4 §6.2.2 and §6.4.2, step 1. */
  const expand: Expand = (words, w, t, slot, temporary) => {
    const statements: Statement[] = [];
    let known = 0n;
    let sum: (typeof slot)['get'] | undefined;
    const addend = (part: (typeof slot)['get']): void => {
      if (sum === undefined) sum = part;
      else {
        statements.push(slot.set(words.add(sum, part)));
        sum = slot.get;
      }
    };
    for (const back of [16, 7]) {
      const word = w[t - back] as (typeof w)[number];
      if (typeof word === 'bigint') known += word;
      else addend(word.get);
    }
    for (const [back, sigma] of [
      [15, sigmas.small0],
      [2, sigmas.small1],
    ] as const) {
      const word = w[t - back] as (typeof w)[number];
      if (typeof word === 'bigint') known += smallKnown(word, sigma);
      else {
        // Read once: it may be in memory.
        statements.push(temporary.set(word.get));
        addend(small(words, temporary.get, sigma));
      }
    }
    known = BigInt.asUintN(bits, known);
    if (sum === undefined) return [known, []];
    if (known !== 0n) addend(words.constant(known));
    return [slot, [...statements, slot.set(sum)]];
  };

  return {
    bits,
    steps,
    period: 8,
    initial,
    scratch: 2,
    constant: (t) => k[t] as bigint,
    made: (t) => (7 - t) & 7,
    begin: ({ xor }, { state: [, b, c], scratch: [, bc] }) => {
      if (b === undefined || c === undefined || bc === undefined) throw new TypeError('SHA-2 has eight variables');
      return bc.set(xor(b.get, c.get));
    },
    step(words, { state, scratch }, t, term) {
      const { add, and, xor } = words;
      const role = (index: number) => state[(index - t) & 7] as (typeof state)[number];
      const [a, b, d, e, f, g, h] = [role(0), role(1), role(3), role(4), role(5), role(6), role(7)];
      // Maj(a, b, c) = b ⊕ ((a ⊕ b) ∧ (b ⊕ c)), and b ⊕ c is the a ⊕ b of the step before.
      const [ab, bc] = [scratch[t & 1], scratch[(t + 1) & 1]] as [(typeof state)[number], (typeof state)[number]];
      const choice = xor(g.get, and(e.get, xor(f.get, g.get)));
      return block(
        h.set(add(add(add(h.get, term), choice), big(words, e.get, sigmas.big1))),
        d.set(add(d.get, h.get)),
        ab.set(xor(a.get, b.get)),
        h.set(add(add(h.get, xor(b.get, and(ab.get, bc.get))), big(words, a.get, sigmas.big0))),
      );
    },
    schedule: { expand },
  };
}

export const SHA256: HashFunction = sha2(32, 64, {
  big0: [2, 13, 22],
  big1: [6, 11, 25],
  small0: [7, 18, 3],
  small1: [17, 19, 10],
});

export const SHA512: HashFunction = sha2(64, 80, {
  big0: [28, 34, 39],
  big1: [14, 18, 41],
  small0: [1, 8, 7],
  small1: [19, 61, 6],
});
