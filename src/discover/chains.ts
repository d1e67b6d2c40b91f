/** Loops of a hash function: each number of steps is tried, as the next step needs the one before anyway. */
import { concat, latin1 } from '../encoding/bytes.js';
import { encodeHex } from '../encoding/hex.js';
import type { HashAlgorithm, HashFunctions } from '../jobs.js';
import type { Part } from './values.js';

/** The hash functions that are found in loops, by the bytes of their hash. */
const LOOPED: Readonly<Record<number, HashAlgorithm>> = { 16: 'md5', 20: 'sha1', 32: 'sha256', 64: 'sha512' };
const SLICE = 500;

export interface ChainPlan {
  /** What the loop starts with. */
  readonly starts: readonly Part[];
  /** What a step may have before or after the hash. */
  readonly salts: readonly Part[];
  readonly steps: number;
  readonly wanted: Uint8Array;
}

interface Chain {
  readonly start: Part;
  /** The first step hashes the start alone, with nothing before or after it. */
  readonly hashed: boolean;
  readonly before: Part | undefined;
  readonly after: Part | undefined;
  readonly hex: boolean;
}

/** A recipe whose hash is the wanted one; undefined when other work may go on. @param count of a candidate. */
export function* findChains(
  plan: ChainPlan,
  { hash }: Pick<HashFunctions, 'hash'>,
  takes: () => boolean,
  count: () => void,
): Generator<string | undefined, void, void> {
  const algorithm = LOOPED[plan.wanted.length];
  if (algorithm === undefined) return;
  for (const chain of listChains(plan)) {
    if (!takes()) continue;
    const { start, before, after, hex, hashed } = chain;
    const [head, tail] = [before?.bytes ?? NOTHING, after?.bytes ?? NOTHING];
    let x = start.bytes;
    if (hashed) x = hash(algorithm, x);
    if (hashed && hex) x = latin1(encodeHex(x));
    let message = concat(head, x, tail);
    for (let step = 1; step <= plan.steps; step++) {
      // The start is longer or shorter than a hash.
      if (x.length + head.length + tail.length === message.length) message.set(x, head.length);
      else message = concat(head, x, tail);
      const found = hash(algorithm, message);
      count();
      if (isSame(found, plan.wanted)) yield spell(algorithm, chain, step);
      x = hex ? latin1(encodeHex(found)) : found;
      if (step % SLICE === 0) yield undefined;
    }
  }
}

const NOTHING = new Uint8Array();

function* listChains({ starts, salts }: ChainPlan): Generator<Chain> {
  for (const start of starts) {
    for (const hex of [false, true]) {
      yield { start, hex, hashed: false, before: undefined, after: undefined };
      // The whole of the start is what Symfony hashes again.
      for (const more of new Set([...salts, start])) {
        for (const hashed of [false, true]) {
          yield { start, hex, hashed, before: undefined, after: more };
          yield { start, hex, hashed, before: more, after: undefined };
        }
      }
    }
  }
}

function spell(name: HashAlgorithm, { start, hashed, before, after, hex }: Chain, steps: number): string {
  const form = hex ? name : `${name}_raw`;
  const first = hashed ? `${form}(${start.text()})` : start.text();
  const body = [before?.text(), '$x', after?.text()].filter((text) => text !== undefined).join('.');
  return `iterate(${steps}, ${first}, ${form}(${body}))`;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
