/**
 * PBKDF2's inner loop: U ← HMAC(P, U), T ← T ⊕ U. RFC 8018 §5.2, RFC 2104 §2.
 *
 * The lanes are independent outputs: blocks of one job, or of several. A core that has instructions for one SHA-1 or
 * SHA-256 still waits for each of their steps; lanes do four at a time in plain vector code.
 *
 * Both halves of an HMAC start from a chaining value that the key alone gives, and end on one block: a hash and its
 * padding. So there is one compression in the code, run twice; its words of padding are known here and folded into the
 * steps. The 16 words of the message are in locals: in memory SHA-1 takes 1.35 times as long.
 *
 * SHA-512 is a loop of 16 steps, with one lane in scalar code next to the two of a vector: the scalar's units are free
 * anyway, and three lanes do 1.2 times as much as two. Unrolled, both together no longer fit the core's cache of decoded
 * instructions, and lose. SHA-256 gains nothing from a fifth lane, and its four are 1.03 times as fast unrolled.
 *
 * Memory: see pbkdf2-layout.ts. Each word is a row of lanes, in the byte order of the machine.
 */
import {
  add,
  block,
  doWhile,
  i32,
  type Local,
  ne,
  type Scope,
  type Statement,
  sub,
  type ValueType,
} from './assembler.js';
import {
  type Compression,
  compress,
  compressPrepared,
  createGroups,
  type LaneGroup,
  prepare,
  rowWord,
  together,
} from './hash/groups.js';
import { BLOCK_WORDS, type HashFunction, stepConstants } from './hash/hash-function.js';
import { SHA1 } from './hash/sha1.js';
import { SHA256, SHA512 } from './hash/sha2.js';
import { type KernelPrf, type Pbkdf2Layout, pbkdf2Layout, WORK_AT } from './pbkdf2-layout.js';
import type { WasmKernel } from './wasm-module.js';
import { constants, constantTable } from './words.js';

const HASHES: { readonly [P in KernelPrf]: HashFunction } = { sha1: SHA1, sha256: SHA256, sha512: SHA512 };

/** What follows the hash in the second block of either half of an HMAC: 1, zeros, the length in bits. FIPS 180-4 §5.1 */
function padding({ bits, initial }: HashFunction): bigint[] {
  const words = Array.from({ length: BLOCK_WORDS - initial.length }, () => 0n);
  words[0] = 1n << BigInt(bits - 1);
  words[words.length - 1] = BigInt(bits * (BLOCK_WORDS + initial.length));
  return words;
}

/**
 * `key(at)`: the rows of a chaining value from `at` become that after the block from `blockAt`, which it spoils.
 * `rounds(count)`: `count` iterations, count ≥ 1.
 * @param lanes 1, as many as fill one or more vectors, or one more.
 */
export function pbkdf2Kernel(prf: KernelPrf, lanes: number): WasmKernel {
  const hash = HASHES[prf];
  const rolled = hash.bits === 64;
  const shared = rolled ? constantTable(stepConstants(hash), 8, WORK_AT) : constants(WORK_AT);
  const layout = pbkdf2Layout(prf, lanes);
  const lanesIn = (scope: Scope) => createGroups(hash, layout, shared, scope, (one) => defineLanes(layout, one, scope));

  function key(scope: Scope): Statement {
    const [to] = scope.params as [Local<'i32'>];
    const at = scope.local('i32');
    return block(...lanesIn(scope).map((one) => one.key(at, to)));
  }

  function rounds(scope: Scope): Statement {
    const [rest] = scope.params as [Local<'i32'>];
    /** The place of the chaining value of this half of the HMAC. */
    const half = scope.local('i32');
    const table = scope.local('i32');
    const all = lanesIn(scope);
    return doWhile(
      rest.get,
      half.set(i32(layout.innerAt)),
      doWhile(
        ne(half.get, layout.uAt),
        ...all.map((one) => one.begin(half)),
        together(
          hash,
          all.map((one) => one.compress(rolled ? table : undefined)),
          table,
        ),
        ...all.map((one) => one.end(half)),
        half.set(add(half.get, layout.outerAt - layout.innerAt)),
      ),
      ...all.map(({ sum }) => sum),
      rest.set(sub(rest.get, 1)),
    );
  }

  return {
    functions: [
      { name: 'key', params: 1, body: key },
      { name: 'rounds', params: 1, body: rounds },
    ],
    constants: shared.bytes,
  };
}

/** The parts of the code that one group contributes. */
interface LaneSteps {
  key(at: Local<'i32'>, to: Local<'i32'>): Statement;
  begin(half: Local<'i32'>): Statement;
  compress(table: Local<'i32'> | undefined): Compression;
  end(half: Local<'i32'>): Statement;
  /** T ← T ⊕ U. */
  readonly sum: Statement;
}

function defineLanes<T extends ValueType>(layout: Pbkdf2Layout, one: LaneGroup<T>, scope: Scope): LaneSteps {
  const { hash, words, state } = one;
  const { blockAt, rowBytes, end, uAt, tAt } = layout;
  const ring = Array.from({ length: BLOCK_WORDS }, () => scope.local(words.type));
  const message = [...ring.slice(0, state.length), ...padding(hash)];
  const eachWord = (statement: (state: Local<T>, i: number) => Statement): Statement => block(...state.map(statement));
  const initial = (i: number) => words.constant(hash.initial[i] as bigint);
  const u = (i: number) => rowWord(one, 0, uAt, i);
  const t = (i: number) => rowWord(one, 0, tAt, i);
  return {
    key: (at, to) =>
      block(
        at.set(i32(blockAt)),
        prepare(one, at, scope),
        eachWord((word, i) => word.set(initial(i))),
        hash.begin(words, one),
        doWhile(ne(at.get, end), ...compressPrepared(one, at), at.set(add(at.get, hash.period * rowBytes))),
        eachWord((word, i) => rowWord(one, to.get, 0, i).set(words.add(word.get, initial(i)))),
      ),
    begin: (half) =>
      block(
        eachWord((_, i) => (ring[i] as Local<T>).set(u(i).get)),
        eachWord((word, i) => word.set(rowWord(one, half.get, 0, i).get)),
      ),
    compress: (table) =>
      compress(
        one,
        ring.map((slot, i) => ({ slot, word: message[i] as (typeof message)[number] })),
        table,
      ),
    end: (half) => eachWord((word, i) => u(i).set(words.add(word.get, rowWord(one, half.get, 0, i).get))),
    sum: eachWord((_, i) => t(i).set(words.xor(t(i).get, u(i).get))),
  };
}
