/**
 * The hash loop of phpass and Symfony: h ← H(h ‖ suffix).
 *
 * The suffix does not change, so everything that follows from it alone is computed once: each block stands in memory as
 * the terms that the steps add, message word and constant in one. What is left in the loop is the first block's words
 * of h. MD5 has them enter as they are; SHA-2 computes later words from them, so its first block is expanded each time.
 *
 * Lanes run in groups, one vector (or scalar) each, a step of one group after that of the other: MD5 is a chain of
 * dependent steps, so that a second group costs little more than the first.
 *
 * Memory: see chain-layout.ts. Each word stands as a row of lanes, in the byte order of the machine.
 */
import {
  block,
  doWhile,
  i32,
  type Local,
  ltU,
  type Scope,
  type Statement,
  sub,
  type ValueType,
  type WasmFunction,
  wasmModule,
  when,
} from './assembler.js';
import { type ChainLayout, chainLayout, WORK_AT } from './chain-layout.js';
import {
  BLOCK_WORDS,
  compress,
  compressPrepared,
  type HashFunction,
  prepare,
  type Working,
  working,
} from './hash/hash-function.js';
import { MD5 } from './hash/md5.js';
import { SHA512 } from './hash/sha2.js';
import { constants, WORDS_32, WORDS_64, type Words, words32x4, words64x2 } from './words.js';

interface Group<T extends ValueType> extends Working<T> {
  readonly h: readonly Local<T>[];
  /** Of its lanes in a row. */
  readonly offset: number;
}

/** `lanes` are 1, or as many as fill one or more vectors. */
export function chainModule(algorithm: 'md5' | 'sha512', lanes: number): Uint8Array<ArrayBuffer> {
  const shared = constants(WORK_AT);
  const layout = chainLayout(algorithm, lanes);
  const vectors = algorithm === 'md5' ? words32x4(shared) : words64x2(shared);
  const functions =
    lanes > 1
      ? chainFunctions(layout, algorithm === 'md5' ? MD5 : SHA512, vectors)
      : algorithm === 'md5'
        ? chainFunctions(layout, MD5, WORDS_32)
        : chainFunctions(layout, SHA512, WORDS_64);
  return wasmModule(1, functions, shared.bytes);
}

/**
 * `prepare(at)`: the block from `at` as terms.
 * `rounds(count, end)`: so many rounds, count ≥ 1, over the blocks up to `end`.
 */
function chainFunctions<T extends ValueType>(layout: ChainLayout, hash: HashFunction, words: Words<T>): WasmFunction[] {
  const { rowBytes, hAt, blocksAt, blockStride } = layout;
  const groupBytes = (words.lanes * words.bits) / 8;
  const offsets = Array.from({ length: layout.lanes / words.lanes }, (_, index) => index * groupBytes);

  return [
    {
      name: 'prepare',
      params: 1,
      body({ params, local }: Scope): Statement {
        const [at] = params as [Local<'i32'>];
        const temporary = local(words.type);
        return block(...offsets.map((offset) => prepare(hash, words, at, rowBytes, offset, temporary)));
      },
    },
    {
      name: 'rounds',
      params: 2,
      body(scope: Scope): Statement {
        const [rest, end] = scope.params as [Local<'i32'>, Local<'i32'>];
        const [at, blockEnd] = [scope.local('i32'), scope.local('i32')];
        const temporary = scope.local(words.type);
        const groups = offsets.map(
          (offset): Group<T> => ({
            ...working(hash, words, scope),
            h: hash.initial.map(() => scope.local(words.type)),
            offset,
          }),
        );
        const initial = (i: number) => words.constant(hash.initial[i] as bigint);
        const ofH = (statement: (h: Local<T>, state: Local<T>, i: number, offset: number) => Statement): Statement[] =>
          groups.flatMap(({ h, state, offset }) =>
            h.map((word, i) => statement(word, state[i] as Local<T>, i, offset)),
          );
        const place = (i: number, offset: number) => hAt + i * rowBytes + offset;
        return block(
          ...ofH((h, _, i, offset) => h.set(words.load(0, place(i, offset)))),
          doWhile(
            rest.get,
            ...ofH((_, state, i) => state.set(initial(i))),
            hash.wordOf === undefined ? expandFirst(scope) : orderFirst(hash.wordOf),
            ...ofH((h, state, i) => h.set(words.add(state.get, initial(i)))),
            at.set(i32(blocksAt + blockStride)),
            when(
              ltU(at.get, end.get),
              doWhile(
                ltU(at.get, end.get),
                ...ofH((h, state) => state.set(h.get)),
                compressPrepared(hash, words, groups, at, blockEnd, rowBytes),
                ...ofH((h, state) => h.set(words.add(h.get, state.get))),
              ),
            ),
            rest.set(sub(rest.get, 1)),
          ),
          ...ofH((h, _, i, offset) => words.store(0, h.get, place(i, offset))),
        );

        /** Terms made beforehand; where a word is one of h, its place in the block was empty. */
        function orderFirst(wordOf: (t: number) => number): Statement {
          const steps: Statement[] = [];
          for (let t = 0; t < hash.steps; t++) {
            for (const group of groups) {
              const prepared = words.load(0, blocksAt + t * rowBytes + group.offset);
              const word = group.h[wordOf(t)];
              steps.push(hash.step(words, group, t, word === undefined ? prepared : words.add(word.get, prepared)));
            }
          }
          return block(...steps);
        }

        /** The words after h stand in the block as they are. */
        function expandFirst({ local }: Scope): Statement {
          const ring = Array.from({ length: BLOCK_WORDS }, () => local(words.type));
          return block(
            ...groups.map((group) =>
              block(
                ...ring.map((slot, i) =>
                  slot.set(group.h[i]?.get ?? words.load(0, blocksAt + i * rowBytes + group.offset)),
                ),
                compress(
                  hash,
                  words,
                  group,
                  ring.map((slot) => ({ slot, word: slot })),
                  temporary,
                ),
              ),
            ),
          );
        }
      },
    },
  ];
}
