/**
 * PBKDF2's inner loop: U ← HMAC(P, U), T ← T ⊕ U. RFC 8018 §5.2, RFC 2104 §2.
 *
 * The lanes are independent outputs: blocks of one job, or of several. A core that has instructions for one SHA-1 or
 * SHA-256 still waits for each of their steps; lanes do four at a time in plain vector code.
 *
 * Both halves of an HMAC start from a chaining value that the key alone gives, and end on one block: a hash and its
 * padding. So there is one compression in the code, run twice; its words of padding are known here and folded into the
 * steps. The 16 words of the message are in locals: in memory SHA-1 takes 1.35 times as long (measured).
 *
 * Memory: see pbkdf2-layout.ts. Each word stands as a row of lanes, in the byte order of the machine.
 */
import { add, block, doWhile, i32, type Local, ne, type Statement, sub, wasmModule } from './assembler.js';
import { BLOCK_WORDS, compress, compressPrepared, type HashFunction, prepare, working } from './hash/hash-function.js';
import { BLOCK_AT, INNER_AT, OUTER_AT, ROW_BYTES, T_AT, U_AT, WORK_AT } from './pbkdf2-layout.js';
import { constants, words32x4, words64x2 } from './words.js';

/** What follows the hash in the second block of either half of an HMAC: 1, zeros, the length in bits. FIPS 180-4 §5.1 */
function padding({ bits, initial }: HashFunction): bigint[] {
  const words = Array.from({ length: BLOCK_WORDS - initial.length }, () => 0n);
  words[0] = 1n << BigInt(bits - 1);
  words[words.length - 1] = BigInt(bits * (BLOCK_WORDS + initial.length));
  return words;
}

/**
 * `key(at)`: the row of chaining values from `at` becomes that after the block from `BLOCK_AT`, which it spoils.
 * `rounds(count)`: so many iterations, count ≥ 1.
 */
export function pbkdf2Module(hash: HashFunction): Uint8Array<ArrayBuffer> {
  const shared = constants(WORK_AT);
  const words = hash.bits === 32 ? words32x4(shared) : words64x2(shared);
  const row = (index: number): number => index * ROW_BYTES;

  return wasmModule(
    1,
    [
      {
        name: 'key',
        params: 1,
        body(scope) {
          const [to] = scope.params as [Local<'i32'>];
          const variables = working(hash, words, scope);
          const [at, end] = [scope.local('i32'), scope.local('i32')];
          const { state } = variables;
          const initial = (i: number) => words.constant(hash.initial[i] as bigint);
          return block(
            at.set(i32(BLOCK_AT)),
            prepare(hash, words, at, ROW_BYTES, 0, scope.local(words.type)),
            ...state.map((word, i) => word.set(initial(i))),
            compressPrepared(hash, words, [{ ...variables, offset: 0 }], at, end, ROW_BYTES),
            ...state.map((word, i) => words.store(to.get, words.add(word.get, initial(i)), row(i))),
          );
        },
      },
      {
        name: 'rounds',
        params: 1,
        body(scope) {
          const [rest] = scope.params as [Local<'i32'>];
          /** The half of the HMAC: where its chaining value stands. */
          const half = scope.local('i32');
          const variables = working(hash, words, scope);
          const ring = Array.from({ length: BLOCK_WORDS }, () => scope.local(words.type));
          const message = [...ring.slice(0, hash.initial.length), ...padding(hash)];
          const places = ring.map((slot, i) => ({ slot, word: message[i] as (typeof message)[number] }));
          const { state } = variables;
          const steps = compress(hash, words, variables, places, scope.local(words.type));
          const eachWord = (statement: (i: number) => Statement): Statement[] => state.map((_, i) => statement(i));
          return block(
            doWhile(
              rest.get,
              half.set(i32(INNER_AT)),
              doWhile(
                ne(half.get, U_AT),
                ...eachWord((i) => (ring[i] as Local<'v128'>).set(words.load(0, U_AT + row(i)))),
                ...state.map((word, i) => word.set(words.load(half.get, row(i)))),
                steps,
                ...state.map((word, i) =>
                  words.store(0, words.add(word.get, words.load(half.get, row(i))), U_AT + row(i)),
                ),
                half.set(add(half.get, OUTER_AT - INNER_AT)),
              ),
              ...eachWord((i) =>
                words.store(0, words.xor(words.load(0, T_AT + row(i)), words.load(0, U_AT + row(i))), T_AT + row(i)),
              ),
              rest.set(sub(rest.get, 1)),
            ),
          );
        },
      },
    ],
    shared.bytes,
  );
}
