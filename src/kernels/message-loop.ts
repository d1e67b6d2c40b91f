/**
 * A loop of hashes over messages that differ in the place of h alone: h ← H(message with h). MD5-crypt and SHA-crypt have
 * eight messages in an order that repeats after 42 rounds, other chains have one.
 *
 * Messages are bytes, each lane's on their own, since h may begin at any byte of one, and at another one in each lane.
 * Those of SHA are kept backwards, last byte first: read in the byte order of the machine, a word is then one of the
 * hash function, wherever it begins, and none is ever turned around.
 *
 * Lanes run in groups, as in iterated-hash.ts and pbkdf2.ts.
 *
 * Memory: see message-loop-layout.ts.
 */
import type { ChainedHash } from '../jobs.js';
import {
  add,
  block,
  doWhile,
  eq,
  i32,
  type Local,
  load32,
  ne,
  type Scope,
  type Statement,
  sub,
  type ValueType,
  when,
} from './assembler.js';
import { type Compression, compress, createGroups, type LaneGroup, rowWord, step, together } from './hash/groups.js';
import { BLOCK_WORDS, type HashFunction, stepConstants } from './hash/hash-function.js';
import { MD5 } from './hash/md5.js';
import { SHA1 } from './hash/sha1.js';
import { SHA256, SHA512 } from './hash/sha2.js';
import { type MessageLoopLayout, messageLoopLayout, WORK_AT } from './message-loop-layout.js';
import { VECTOR_BYTES } from './rows.js';
import type { WasmKernel } from './wasm-module.js';
import { constants, constantTable } from './words.js';

const HASHES: { readonly [A in ChainedHash]: HashFunction } = {
  md5: MD5,
  sha1: SHA1,
  sha256: SHA256,
  sha512: SHA512,
};

/**
 * `rounds(count, entry, end)`: `count` rounds, count ≥ 1, from `entry` of the order on, which ends at `end` and begins
 * again.
 * @param lanes 1, as many as fill one or more vectors, or one more.
 */
export function messageLoopKernel(algorithm: ChainedHash, lanes: number): WasmKernel {
  const hash = HASHES[algorithm];
  const layout = messageLoopLayout(algorithm, lanes);
  const rolled = hash.bits === 64;
  const shared = rolled ? constantTable(stepConstants(hash), 8, WORK_AT) : constants(WORK_AT);

  function rounds(scope: Scope): Statement {
    const [rest, entry, end] = scope.params as [Local<'i32'>, Local<'i32'>, Local<'i32'>];
    const [at, last, table] = [scope.local('i32'), scope.local('i32'), scope.local('i32')];
    const all = createGroups(hash, layout, shared, scope, (one) => defineLanes(layout, one, scope));
    const next = layout.bigEndian ? sub(at.get, layout.blockBytes) : add(at.get, layout.blockBytes);
    return block(
      ...all.map(({ load }) => load),
      doWhile(
        rest.get,
        ...all.map((one) => one.enter(entry)),
        at.set(load32(entry.get)),
        last.set(load32(entry.get, 4)),
        doWhile(
          ne(at.get, last.get),
          ...all.map((one) => one.begin(at)),
          together(
            hash,
            all.map((one) => one.compress(rolled ? table : undefined)),
            table,
          ),
          ...all.map((one) => one.end),
          at.set(next),
        ),
        entry.set(add(entry.get, layout.entryBytes)),
        when(eq(entry.get, end.get), entry.set(i32(layout.entriesAt))),
        rest.set(sub(rest.get, 1)),
      ),
      ...all.map(({ store }) => store),
    );
  }

  return { functions: [{ name: 'rounds', params: 3, body: rounds }], constants: shared.bytes };
}

/** The parts of the code that one group contributes. */
interface LaneSteps {
  readonly load: Statement;
  readonly store: Statement;
  /** Writes h into the message, and begins a hash. */
  enter(entry: Local<'i32'>): Statement;
  /** Reads the words of a block. */
  begin(at: Local<'i32'>): Statement;
  compress(table: Local<'i32'> | undefined): Compression;
  readonly end: Statement;
}

function defineLanes<T extends ValueType>(layout: MessageLoopLayout, one: LaneGroup<T>, scope: Scope): LaneSteps {
  const { hash, words, state, place } = one;
  const { hAt, bigEndian, wordBytes, blockBytes, digestBytes, laneStride } = layout;
  const firstLane = (place.offset / VECTOR_BYTES) * (VECTOR_BYTES / wordBytes);
  const lanes = Array.from({ length: words.lanes }, (_, i) => firstLane + i);
  const h = hash.initial.map(() => scope.local(words.type));
  const ring = Array.from({ length: BLOCK_WORDS }, () => scope.local(words.type));
  const places = lanes.map(() => scope.local('i32'));
  /** Of word i of `length` bytes. */
  const offset = (i: number, length: number) => (bigEndian ? length - (i + 1) * wordBytes : i * wordBytes);
  const eachWord = (statement: (h: Local<T>, state: Local<T>, i: number) => Statement): Statement =>
    block(...h.map((word, i) => statement(word, state[i] as Local<T>, i)));
  return {
    load: eachWord((word, _, i) => word.set(rowWord(one, 0, hAt, i).get)),
    store: eachWord((word, _, i) => rowWord(one, 0, hAt, i).set(word.get)),
    enter: (entry) =>
      block(
        ...places.map((local, i) => local.set(load32(entry.get, 4 * (2 + (lanes[i] as number))))),
        eachWord((word, _, i) => words.scatter(places, word.get, offset(i, digestBytes))),
        eachWord((word, _, i) => word.set(words.constant(hash.initial[i] as bigint))),
      ),
    begin: (at) =>
      block(
        ...ring.map((slot, t) =>
          slot.set(
            words.gather(
              at,
              lanes.map((lane) => lane * laneStride + offset(t, blockBytes)),
            ),
          ),
        ),
        eachWord((word, variable) => variable.set(word.get)),
      ),
    compress(table) {
      const { schedule } = hash;
      if ('expand' in schedule) {
        return compress(
          one,
          ring.map((slot) => ({ slot, word: slot })),
          table,
        );
      }
      const first = Array.from({ length: hash.steps }, (_, t) => {
        const word = ring[schedule.findMessageWord(t)] as Local<T>;
        return step(one, t, words.add(word.get, words.constant(hash.constant(t))));
      });
      return { first, again: [] };
    },
    end: eachWord((word, variable) => word.set(words.add(word.get, variable.get))),
  };
}
