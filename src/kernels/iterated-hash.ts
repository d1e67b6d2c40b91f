/**
 * The hash loop of phpass and Symfony: h ← H(h ‖ suffix).
 *
 * The suffix does not change, so everything that follows from it alone is computed once: each block is in memory as
 * the terms that the steps add, message word and constant in one. What is left in the loop is the first block's words
 * of h. MD5 has them enter as they are; SHA-2 computes later words from them, so its first block is expanded each time.
 *
 * Lanes run in groups, one vector or scalar each, a step of one group after that of the other. MD5 is a chain of
 * dependent steps: eight lanes take 1.2 times as long as four. SHA-512 has one lane in scalar code next to the two of a
 * vector, for the reason in pbkdf2.ts.
 *
 * Memory: see iterated-hash-layout.ts. Each word is a row of lanes, in the byte order of the machine.
 */
import {
  add,
  block,
  type Code,
  doWhile,
  i32,
  type Local,
  ltU,
  ne,
  type Scope,
  type Statement,
  sub,
  type ValueType,
  when,
} from './assembler.js';
import {
  type Compression,
  compress,
  compressPrepared,
  createGroups,
  interleave,
  type LaneGroup,
  prepare,
  rowWord,
  type Steps,
  step,
  together,
} from './hash/groups.js';
import { BLOCK_WORDS, stepConstants } from './hash/hash-function.js';
import { MD5 } from './hash/md5.js';
import { SHA512 } from './hash/sha2.js';
import {
  type IteratedAlgorithm,
  type IteratedHashLayout,
  iteratedHashLayout,
  WORK_AT,
} from './iterated-hash-layout.js';
import type { WasmKernel } from './wasm-module.js';
import { constants, constantTable } from './words.js';

/**
 * `prepare(at)`: the block from `at` as terms.
 * `rounds(count, end)`: `count` rounds, count ≥ 1, over the blocks up to `end`.
 * @param lanes 1, as many as fill one or more vectors, or one more.
 */
export function iteratedHashKernel(algorithm: IteratedAlgorithm, lanes: number): WasmKernel {
  const hash = algorithm === 'md5' ? MD5 : SHA512;
  const layout = iteratedHashLayout(algorithm, lanes);
  const { blocksAt, blockStride, rowBytes } = layout;
  const shared = hash === MD5 ? constants(WORK_AT) : constantTable(stepConstants(hash), 8, WORK_AT);
  const groups = (scope: Scope) => createGroups(hash, layout, shared, scope, (one) => defineLanes(layout, one, scope));

  return {
    functions: [
      {
        name: 'prepare',
        params: 1,
        body(scope) {
          const [at] = scope.params as [Local<'i32'>];
          return block(...groups(scope).map((one) => one.prepare(at)));
        },
      },
      {
        name: 'rounds',
        params: 2,
        body(scope) {
          const [rest, end] = scope.params as [Local<'i32'>, Local<'i32'>];
          const [at, blockEnd] = [scope.local('i32'), scope.local('i32')];
          const table = scope.local('i32');
          const all = groups(scope);
          return block(
            ...all.map(({ load }) => load),
            doWhile(
              rest.get,
              ...all.map(({ beginFirst }) => beginFirst),
              together(
                hash,
                all.map((one) => one.first(table)),
                table,
              ),
              ...all.map(({ endFirst }) => endFirst),
              at.set(i32(blocksAt + blockStride)),
              when(
                ltU(at.get, end.get),
                doWhile(
                  ltU(at.get, end.get),
                  ...all.map(({ begin }) => begin),
                  blockEnd.set(add(at.get, blockStride)),
                  doWhile(
                    ne(at.get, blockEnd.get),
                    interleave(all.map((one) => one.steps(at))),
                    at.set(add(at.get, hash.period * rowBytes)),
                  ),
                  ...all.map((one) => one.end),
                ),
              ),
              rest.set(sub(rest.get, 1)),
            ),
            ...all.map(({ store }) => store),
          );
        },
      },
    ],
    constants: shared.bytes,
  };
}

/** The parts of the code that one group contributes. */
interface LaneSteps {
  prepare(at: Local<'i32'>): Statement;
  readonly load: Statement;
  readonly store: Statement;
  readonly beginFirst: Statement;
  first(table: Local<'i32'>): Compression;
  readonly endFirst: Statement;
  readonly begin: Statement;
  steps(at: Local<'i32'>): Steps;
  readonly end: Statement;
}

function defineLanes<T extends ValueType>(
  { hAt, blocksAt }: IteratedHashLayout,
  one: LaneGroup<T>,
  scope: Scope,
): LaneSteps {
  const { hash, words, state } = one;
  const h = hash.initial.map(() => scope.local(words.type));
  const initial = hash.initial.map((value) => words.constant(value));
  const eachWord = (statement: (h: Local<T>, state: Local<T>, i: number) => Statement): Statement =>
    block(...h.map((word, i) => statement(word, state[i] as Local<T>, i)));
  return {
    prepare: (at) => prepare(one, at, scope),
    load: eachWord((word, _, i) => word.set(rowWord(one, 0, hAt, i).get)),
    store: eachWord((word, _, i) => rowWord(one, 0, hAt, i).set(word.get)),
    beginFirst: eachWord((_, variable, i) => variable.set(initial[i] as Code<T>)),
    first: (table) =>
      'findMessageWord' in hash.schedule ? orderFirst(hash.schedule.findMessageWord) : expandFirst(table),
    endFirst: eachWord((word, variable, i) => word.set(words.add(variable.get, initial[i] as Code<T>))),
    begin: block(
      eachWord((word, variable) => variable.set(word.get)),
      hash.begin(words, one),
    ),
    steps: (at) => compressPrepared(one, at),
    end: eachWord((word, variable) => word.set(words.add(word.get, variable.get))),
  };

  /** Terms made beforehand; where a word is one of h, its place in the block was empty. */
  function orderFirst(findMessageWord: (t: number) => number): Compression {
    const first = Array.from({ length: hash.steps }, (_, t) => {
      const prepared = rowWord(one, 0, blocksAt, t).get;
      const word = h[findMessageWord(t)];
      return step(one, t, word === undefined ? prepared : words.add(word.get, prepared));
    });
    return { first, again: [] };
  }

  /** The words after h are in the block unchanged. */
  function expandFirst(table: Local<'i32'>): Compression {
    const ring = Array.from({ length: BLOCK_WORDS }, () => scope.local(words.type));
    const filled = ring.map((slot, i) => slot.set(h[i]?.get ?? rowWord(one, 0, blocksAt, i).get));
    const { first, again } = compress(
      one,
      ring.map((slot) => ({ slot, word: slot })),
      table,
    );
    return { first: [block(...filled), ...first], again };
  }
}
