/**
 * Finds what separates the fields and records of a CSV, 16 bytes at a time: delimiters and LFs that are not within quotes.
 * Which bytes are within quotes follows from the number of quotes before each, a prefix XOR of their bit mask (Langdale
 * and Lemire, "Parsing Gigabytes of JSON per Second", 2019, §3.1.1).
 *
 * It stops before bytes where that rule is not enough: a quote without a delimiter before or after it, a doubled one, a
 * line end within quotes. A slower scan takes the record that has them.
 */
import {
  add,
  and,
  bitmask8,
  block,
  clz,
  ctz,
  doWhile,
  eq8,
  eqz,
  i32,
  load128,
  ltU,
  or,
  popcnt,
  shl,
  shrU,
  splat8,
  store32,
  sub,
  v128,
  when,
  xor,
} from './assembler.js';
import { jsonFunctions } from './json-structure.js';
import { PLACES_AT, STRUCTURE_RESULT_AT, TEXT_AT } from './structure-layout.js';
import type { WasmKernel } from './wasm-module.js';

const LF = 10;
const CR = 13;
const QUOTE = 34;
const ALL = 0xffff;

/**
 * `scan(from, to, delimiter)`: the text from one address to another, whole vectors only. It begins with a record.
 * `count(from, to)`: the number of LFs, and the place after the last; 0 without one.
 */
export function structureKernel(): WasmKernel {
  return {
    functions: [
      {
        name: 'scan',
        params: 3,
        body({ params: [from, to, delimiter], local }) {
          if (from === undefined || to === undefined || delimiter === undefined) throw new TypeError('params');
          const at = local('i32');
          const out = local('i32');
          /** Quotes, and what separates. One bit a byte, as all that follow. */
          const quotes = local('i32');
          const marks = local('i32');
          const lineEnds = local('i32');
          const inside = local('i32');
          const behind = local('i32');
          /** From vector to vector: all bits where it ended within quotes; 1 where its last byte separates, or closes. */
          const carried = local('i32');
          const before = local('i32');
          const closing = local('i32');
          const stop = local('i32');
          const bytes = local('v128');
          const createMask = (value: number | typeof delimiter.get) => bitmask8(eq8(bytes.get, splat8(value)));
          const spread = (bits: number) => inside.set(xor(inside.get, shl(inside.get, bits)));
          const withQuotes = block(
            lineEnds.set(createMask(LF)),
            inside.set(quotes.get),
            ...[1, 2, 4, 8].map(spread),
            inside.set(and(xor(inside.get, carried.get), ALL)),
            stop.set(and(lineEnds.get, inside.get)),
            marks.set(and(marks.get, xor(inside.get, ALL))),
            // What opens has a mark before it.
            stop.set(or(stop.get, and(and(quotes.get, inside.get), xor(or(shl(marks.get, 1), before.get), -1)))),
            // A closing quote has one after it, or a CR and an LF.
            behind.set(or(shl(and(quotes.get, xor(inside.get, ALL)), 1), closing.get)),
            stop.set(
              or(
                stop.get,
                and(
                  and(behind.get, ALL),
                  xor(or(marks.get, and(createMask(CR), shrU(and(marks.get, lineEnds.get), 1))), -1),
                ),
              ),
            ),
            closing.set(shrU(behind.get, 16)),
            carried.set(sub(0, shrU(inside.get, 15))),
          );
          const emit = when(
            marks.get,
            doWhile(
              marks.get,
              store32(out.get, add(sub(at.get, TEXT_AT), ctz(marks.get))),
              out.set(add(out.get, 4)),
              marks.set(and(marks.get, sub(marks.get, 1))),
            ),
          );
          return block(
            at.set(from.get),
            out.set(i32(PLACES_AT)),
            before.set(i32(1)),
            when(
              ltU(add(at.get, 15), to.get),
              doWhile(
                and(ltU(add(at.get, 15), to.get), eqz(stop.get)),
                bytes.set(load128(at.get)),
                quotes.set(createMask(QUOTE)),
                marks.set(bitmask8(v128.or(eq8(bytes.get, splat8(delimiter.get)), eq8(bytes.get, splat8(LF))))),
                when(or(or(quotes.get, carried.get), closing.get), withQuotes),
                before.set(shrU(marks.get, 15)),
                when(eqz(stop.get), emit, at.set(add(at.get, 16))),
              ),
            ),
            store32(STRUCTURE_RESULT_AT, out.get),
            store32(STRUCTURE_RESULT_AT, at.get, 4),
          );
        },
      },
      {
        name: 'count',
        params: 2,
        body({ params: [from, to], local }) {
          if (from === undefined || to === undefined) throw new TypeError('params');
          const at = local('i32');
          const marks = local('i32');
          const count = local('i32');
          const last = local('i32');
          return block(
            at.set(from.get),
            when(
              ltU(add(at.get, 15), to.get),
              doWhile(
                ltU(add(at.get, 15), to.get),
                marks.set(bitmask8(eq8(load128(at.get), splat8(LF)))),
                count.set(add(count.get, popcnt(marks.get))),
                when(marks.get, last.set(add(at.get, sub(32, clz(marks.get))))),
                at.set(add(at.get, 16)),
              ),
            ),
            store32(STRUCTURE_RESULT_AT, count.get),
            store32(STRUCTURE_RESULT_AT, last.get, 4),
          );
        },
      },
      ...jsonFunctions,
    ],
  };
}
