/**
 * PBKDF2's inner loop: U ← HMAC(P, U), T ← T ⊕ U. RFC 8018 §5.2, RFC 2104 §2.
 *
 * The lanes are independent outputs: blocks of one job, or of several. A core that has instructions for one SHA-1 or
 * SHA-256 still waits for each of their steps; lanes do four at a time in plain vector code.
 *
 * Both halves of an HMAC start from a chaining value that the key alone gives, and end on one block: a hash and its
 * padding. So there is one compression in the code, run twice; its words of padding are known here and folded into the
 * steps. The 16 words of the message are in locals: in memory SHA-1 takes 1.35 times as long (measured). One more lane
 * in scalar code beside the vectors loses: the two together no longer fit the core's cache of decoded instructions.
 *
 * Memory: see pbkdf2-layout.ts. Each word stands as a row of lanes, in the byte order of the machine.
 */
import type { Pbkdf2Job } from '../jobs.js';
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
  type V128,
  wasmModule,
} from './assembler.js';
import {
  BLOCK_WORDS,
  compress,
  compressPrepared,
  group,
  type HashFunction,
  prepare,
  rowWord,
} from './hash/hash-function.js';
import { SHA1 } from './hash/sha1.js';
import { SHA256, SHA512 } from './hash/sha2.js';
import { pbkdf2Layout, WORK_AT } from './pbkdf2-layout.js';
import { constants, words32x4, words64x2 } from './words.js';

const HASHES: { readonly [P in Pbkdf2Job['prf']]: HashFunction } = { sha1: SHA1, sha256: SHA256, sha512: SHA512 };

/** What follows the hash in the second block of either half of an HMAC: 1, zeros, the length in bits. FIPS 180-4 §5.1 */
function padding({ bits, initial }: HashFunction): bigint[] {
  const words = Array.from({ length: BLOCK_WORDS - initial.length }, () => 0n);
  words[0] = 1n << BigInt(bits - 1);
  words[words.length - 1] = BigInt(bits * (BLOCK_WORDS + initial.length));
  return words;
}

/**
 * `key(at)`: the rows of a chaining value from `at` become that after the block from `blockAt`, which it spoils.
 * `rounds(count)`: so many iterations, count ≥ 1.
 */
export function pbkdf2Module(prf: Pbkdf2Job['prf']): Uint8Array<ArrayBuffer> {
  const shared = constants(WORK_AT);
  const hash = HASHES[prf];
  const words = hash.bits === 32 ? words32x4(shared) : words64x2(shared);
  const { rowBytes, innerAt, outerAt, uAt, tAt, blockAt, end } = pbkdf2Layout(prf);
  const lanes = (scope: Scope) => group(hash, words, { rowBytes, offset: 0, anchorAt: undefined }, scope);

  function key(scope: Scope): Statement {
    const [to] = scope.params as [Local<'i32'>];
    const at = scope.local('i32');
    const all = lanes(scope);
    const initial = hash.initial.map((value) => words.constant(value));
    return block(
      at.set(i32(blockAt)),
      prepare(all, at),
      ...all.state.map((word, i) => word.set(initial[i] as V128)),
      hash.begin(words, all),
      doWhile(ne(at.get, end), ...compressPrepared(all, at), at.set(add(at.get, hash.period * rowBytes))),
      ...all.state.map((word, i) => rowWord(all, to.get, 0, i).set(words.add(word.get, initial[i] as V128))),
    );
  }

  function rounds(scope: Scope): Statement {
    const [rest] = scope.params as [Local<'i32'>];
    /** Where the chaining value of this half of the HMAC stands. */
    const half = scope.local('i32');
    const all = lanes(scope);
    const ring = Array.from({ length: BLOCK_WORDS }, () => scope.local(words.type));
    const message = [...ring.slice(0, all.state.length), ...padding(hash)];
    const chaining = all.state.map((_, i) => rowWord(all, half.get, 0, i));
    const u = all.state.map((_, i) => rowWord(all, 0, uAt, i));
    const t = all.state.map((_, i) => rowWord(all, 0, tAt, i));
    const at = <T>(list: readonly T[], i: number): T => list[i] as T;
    return doWhile(
      rest.get,
      half.set(i32(innerAt)),
      doWhile(
        ne(half.get, uAt),
        ...u.map((word, i) => at(ring, i).set(word.get)),
        ...all.state.map((word, i) => word.set(at(chaining, i).get)),
        ...compress(
          all,
          ring.map((slot, i) => ({ slot, word: at(message, i) })),
        ),
        ...all.state.map((word, i) => at(u, i).set(words.add(word.get, at(chaining, i).get))),
        half.set(add(half.get, outerAt - innerAt)),
      ),
      ...t.map((sum, i) => sum.set(words.xor(sum.get, at(u, i).get))),
      rest.set(sub(rest.get, 1)),
    );
  }

  return wasmModule(
    1,
    [
      { name: 'key', params: 1, body: key },
      { name: 'rounds', params: 1, body: rounds },
    ],
    shared.bytes,
  );
}
