/**
 * Grows expressions by weight, from the likely to the unlikely, and computes each.
 *
 * A sequence is values joined; a term is the hash of a sequence and a value in its turn. Terms are kept, so a candidate
 * costs one hash, however deep it is.
 */
import { latin1 } from '../encoding/bytes.js';
import type { HashAlgorithm, HashFunctions } from '../jobs.js';
import { CAPITAL, hexBytes, SMALL } from '../recipe/index.js';
import type { Part } from './values.js';

const MAX_PARTS = 5;
/** Hash functions one in the other, the outer one among them. */
const MAX_DEPTH = 3;
const MAX_BYTES = 2048;
/** More terms than these would fill a memory; the search goes on with those that there are. */
const MAX_TERMS = 300_000;

interface Algorithm {
  readonly name: HashAlgorithm;
  readonly bytes: number;
  readonly blockBytes: number;
  readonly weight: number;
}

/** By how often they are found in tables of users. */
const ALGORITHMS: readonly Algorithm[] = [
  ...(
    [
      ['md5', 16, 64, 2],
      ['sha1', 20, 64, 2],
      ['sha256', 32, 64, 2],
      ['sha512', 64, 128, 3],
      ['md4', 16, 64, 4],
      ['sha384', 48, 128, 4],
      ['sha224', 28, 64, 5],
      ['ripemd160', 20, 64, 5],
      ['whirlpool', 64, 64, 5],
      ['sha3_256', 32, 136, 5],
      ['sha3_512', 64, 72, 5],
      ['keccak256', 32, 136, 6],
      ['sha512_256', 32, 128, 6],
      ['sha3_224', 28, 144, 6],
      ['sha3_384', 48, 104, 6],
      ['md2', 16, 16, 7],
      ['streebog256', 32, 64, 7],
      ['streebog512', 64, 64, 7],
    ] as const
  ).map(([name, bytes, blockBytes, weight]) => ({ name, bytes, blockBytes, weight })),
];
/** From this weight on, an outer hash function is tried with sequences of few weight only. */
const RARE = 4;
const MOST_FOR_RARE = 5;
/** Sequences that a rare hash function, or an HMAC, is a value of another hash of. */
const MOST_FOR_RARE_TERM = 2;
const MOST_FOR_HMAC_TERM = 5;
/** HMAC over a hash function. */
const HMAC_WEIGHT = 2;

/** How a hash is written inside another. */
interface Form {
  readonly weight: number;
  spell(call: string, args: string): string;
  write(hash: Uint8Array): Uint8Array;
}

const FORMS: readonly Form[] = [
  { weight: 0, spell: (name, args) => `${name}(${args})`, write: (hash) => hexBytes(hash, SMALL) },
  { weight: 1, spell: (name, args) => `${name}_raw(${args})`, write: (hash) => hash },
  { weight: 2, spell: (name, args) => `${name.toUpperCase()}(${args})`, write: (hash) => hexBytes(hash, CAPITAL) },
  {
    weight: 3,
    spell: (name, args) => `b64(${name}_raw(${args}))`,
    write: (hash) => latin1(btoa(String.fromCharCode(...hash))),
  },
];

/** One thread's share of the candidates. */
export interface Share {
  readonly index: number;
  readonly of: number;
}

export interface Search {
  /** Candidates that were computed. */
  readonly tried: number;
  /** Recipes of one weight whose hash is the wanted one; undefined each time when other work may go on. */
  level(weight: number): Generator<string | undefined, void, void>;
  /** Sequences of up to this weight, in order: what may be the password of a KDF. */
  listSequences(weight: number): Part[];
}

/** @param values what the expressions are made of; `wanted` the hash. */
export function createSearch(
  values: readonly Part[],
  wanted: Uint8Array,
  functions: Pick<HashFunctions, 'hash'>,
  share: Share = { index: 0, of: 1 },
): Search {
  return new Growth(values, wanted, functions, share);
}

/** Candidates between two looks at the clock. */
const SLICE = 2000;

class Growth implements Search {
  tried = 0;
  readonly #wanted: Uint8Array;
  readonly #functions: Pick<HashFunctions, 'hash'>;
  readonly #share: Share;
  readonly #outer: readonly Algorithm[];
  /** By weight. */
  readonly #bank: Part[][] = [];
  #terms = 0;
  #counter = 0;
  #work = 0;
  /** Parts of the sequence that is being made, and its bytes. */
  readonly #chosen: Part[] = [];
  readonly #bytes = new Uint8Array(MAX_BYTES);
  readonly #views: (Uint8Array | undefined)[] = [];
  readonly #hmac: Uint8Array = new Uint8Array(MAX_BYTES + 256);

  constructor(values: readonly Part[], wanted: Uint8Array, functions: Pick<HashFunctions, 'hash'>, share: Share) {
    this.#wanted = wanted;
    this.#functions = functions;
    this.#share = share;
    this.#outer = ALGORITHMS.filter(({ bytes }) => bytes === wanted.length);
    for (const value of values) this.#keep(value);
  }

  *level(weight: number): Generator<string | undefined, void, void> {
    yield* this.#makeTerms(weight);
    yield* this.#sequences(weight, 0, MAX_DEPTH, (length) => this.#tryHash(weight, length));
    yield* this.#hmacs(weight, MAX_DEPTH, (key, length) => this.#tryHmac(weight, key, length));
  }

  listSequences(weight: number): Part[] {
    const found: Part[] = [];
    for (let w = 1; w <= weight; w++) {
      const collect = (length: number): undefined => {
        if (this.#hasPassword()) found.push(this.#asPart(w, length));
      };
      for (const _ of this.#sequences(w, 0, MAX_DEPTH, collect));
    }
    return found;
  }

  #keep(part: Part): void {
    const parts = this.#bank[part.weight] ?? [];
    parts.push(part);
    this.#bank[part.weight] = parts;
  }

  /** All ways to fill `rest`, after the parts that are chosen. @param depth of what will be made of it. */
  *#sequences(
    rest: number,
    at: number,
    depth: number,
    leaf: (length: number) => string | undefined,
  ): Generator<string | undefined, void, void> {
    const last = this.#chosen.at(-1);
    const room = MAX_PARTS - this.#chosen.length;
    for (let weight = room === 1 ? rest : 1; weight <= rest; weight++) {
      const parts = this.#bank[weight];
      if (parts === undefined) continue;
      // Terms that are made meanwhile are not of it.
      for (let i = 0, end = parts.length; i < end; i++) {
        const part = parts[i] as Part;
        if (part.separates && (last === undefined || last.separates || weight === rest)) continue;
        const length = at + part.bytes.length;
        if (part.depth >= depth || length > MAX_BYTES || !this.#mayRepeat(part)) continue;
        this.#bytes.set(part.bytes, at);
        this.#chosen.push(part);
        if (weight < rest) yield* this.#sequences(rest - weight, length, depth, leaf);
        else {
          const hit = leaf(length);
          if (hit !== undefined) yield hit;
          if (++this.#work % SLICE === 0) yield undefined;
        }
        this.#chosen.pop();
      }
    }
  }

  /** Each part twice at most, and each value in one spelling. */
  #mayRepeat(part: Part): boolean {
    const { variable } = part;
    let times = 0;
    for (const one of this.#chosen) {
      if (one === part) times++;
      else if (variable !== undefined && one.variable === variable) return false;
    }
    return times < 2;
  }

  #hasPassword(): boolean {
    for (const part of this.#chosen) if (part.hasPassword) return true;
    return false;
  }

  #view(length: number): Uint8Array {
    let view = this.#views[length];
    if (view === undefined) {
      view = this.#bytes.subarray(0, length);
      this.#views[length] = view;
    }
    return view;
  }

  #tryHash(weight: number, length: number): string | undefined {
    const message = this.#view(length);
    let hit: string | undefined;
    const mine = this.#counter++ % this.#share.of === this.#share.index;
    if (mine && this.#hasPassword()) {
      for (const { name, weight: own } of this.#outer) {
        if (own >= RARE && weight + own > MOST_FOR_RARE + RARE) continue;
        this.tried++;
        if (isSame(this.#functions.hash(name, message), this.#wanted)) hit = `${name}(${this.#text()})`;
      }
    }
    return hit;
  }

  /** Hashes of the weight, as values of what follows. */
  *#makeTerms(weight: number): Generator<undefined, void, void> {
    for (const algorithm of ALGORITHMS) {
      for (const form of FORMS) {
        const rest = weight - algorithm.weight - form.weight;
        if (rest < 1 || (algorithm.weight >= RARE && rest > MOST_FOR_RARE_TERM)) continue;
        const keep = (hash: Uint8Array, key: Part | undefined): undefined => {
          if (this.#terms++ >= MAX_TERMS) return;
          const parts = [...this.#chosen];
          this.#keep(new Term(form.write(hash), weight, algorithm.name, form, parts, key));
        };
        yield* this.#sequences(rest, 0, MAX_DEPTH - 1, (length) =>
          keep(this.#functions.hash(algorithm.name, this.#view(length)), undefined),
        ) as Generator<undefined>;
        if (algorithm.weight >= RARE || rest > MOST_FOR_HMAC_TERM) continue;
        yield* this.#hmacs(rest, MAX_DEPTH - 1, (key, length) =>
          keep(this.#computeHmac(algorithm, key.bytes, this.#view(length)), key),
        ) as Generator<undefined>;
        if (this.#terms >= MAX_TERMS) return;
      }
    }
  }

  /** One value is the key, a sequence the message. */
  *#hmacs(
    weight: number,
    depth: number,
    leaf: (key: Part, length: number) => string | undefined,
  ): Generator<string | undefined, void, void> {
    for (let own = 1; own < weight - HMAC_WEIGHT; own++) {
      const keys = this.#bank[own] ?? [];
      for (let i = 0, end = keys.length; i < end; i++) {
        const key = keys[i] as Part;
        if (key.separates || key.depth >= depth) continue;
        yield* this.#sequences(weight - HMAC_WEIGHT - own, 0, depth, (length) => leaf(key, length));
      }
    }
  }

  #tryHmac(weight: number, key: Part, length: number): string | undefined {
    if (!key.hasPassword && !this.#hasPassword()) return undefined;
    const mine = this.#counter++ % this.#share.of === this.#share.index;
    const message = this.#view(length);
    let hit: string | undefined;
    if (mine) {
      for (const algorithm of this.#outer) {
        if (algorithm.weight >= RARE && weight + algorithm.weight > MOST_FOR_RARE + RARE) continue;
        this.tried++;
        if (isSame(this.#computeHmac(algorithm, key.bytes, message), this.#wanted)) {
          hit = `hmac_${algorithm.name}(${key.text()}, ${this.#text()})`;
        }
      }
    }
    return hit;
  }

  /** RFC 2104 on buffers that are used again. */
  #computeHmac({ name, blockBytes }: Algorithm, key: Uint8Array, message: Uint8Array): Uint8Array {
    const short = key.length > blockBytes ? this.#functions.hash(name, key) : key;
    const buffer = this.#hmac;
    for (let i = 0; i < blockBytes; i++) buffer[i] = (short[i] ?? 0) ^ 0x36;
    buffer.set(message, blockBytes);
    const inner = this.#functions.hash(name, buffer.subarray(0, blockBytes + message.length));
    for (let i = 0; i < blockBytes; i++) buffer[i] = (short[i] ?? 0) ^ 0x5c;
    buffer.set(inner, blockBytes);
    return this.#functions.hash(name, buffer.subarray(0, blockBytes + inner.length));
  }

  #text(): string {
    return textOf(this.#chosen);
  }

  #asPart(weight: number, length: number): Part {
    const parts = [...this.#chosen];
    return {
      ...{ bytes: this.#bytes.slice(0, length), weight, hasPassword: true, separates: false },
      depth: Math.max(...parts.map((part) => part.depth)),
      text: () => textOf(parts),
    };
  }
}

function textOf(parts: readonly Part[]): string {
  return parts.map((part) => part.text()).join('.');
}

/** A hash as a value of another. */
class Term implements Part {
  readonly bytes: Uint8Array;
  readonly weight: number;
  readonly depth: number;
  readonly hasPassword: boolean;
  readonly separates = false;
  readonly #algorithm: HashAlgorithm;
  readonly #form: Form;
  readonly #parts: readonly Part[];
  readonly #key: Part | undefined;

  constructor(
    bytes: Uint8Array,
    weight: number,
    algorithm: HashAlgorithm,
    form: Form,
    parts: readonly Part[],
    key: Part | undefined,
  ) {
    this.bytes = bytes;
    this.weight = weight;
    this.#algorithm = algorithm;
    this.#form = form;
    this.#parts = parts;
    this.#key = key;
    const all = key === undefined ? parts : [key, ...parts];
    this.depth = 1 + all.reduce((most, part) => Math.max(most, part.depth), 0);
    this.hasPassword = all.some((part) => part.hasPassword);
  }

  text(): string {
    const message = textOf(this.#parts);
    if (this.#key === undefined) return this.#form.spell(this.#algorithm, message);
    return this.#form.spell(`hmac_${this.#algorithm}`, `${this.#key.text()}, ${message}`);
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
