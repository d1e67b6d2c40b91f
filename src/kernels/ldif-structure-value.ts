/** Reads a value of LDIF, 16 bytes at a time: unfolds its lines, and decodes Base64. */
import {
  add,
  add8,
  and,
  bitmask8,
  block,
  ctz,
  doWhile,
  eq,
  eq8,
  eqz,
  type I32,
  i32,
  i32x4,
  type Local,
  load8,
  load128,
  ltU,
  ne,
  or,
  type Statement,
  shrU,
  splat8,
  store32,
  store128,
  sub,
  v128,
  when,
  xor,
} from './assembler.js';
import { FORM_BASE64, FORM_FOLDED, LDIF_MASKS_AT, LDIF_VALUE_AT } from './ldif-structure-layout.js';
import { ALL, CR, isByte, isSpaceBefore, LETTERS, LF, LOWER_A, NINE, SLASH, Splats } from './ldif-structure-text.js';
import type { WasmFunction } from './wasm-module.js';

const PLUS = 43;
const EQUALS = 61;
const UPPER_A = 65;
const ZERO = 48;

const BASE64_RANGES: readonly (readonly [first: number, last: number, value: number])[] = [
  [UPPER_A, UPPER_A + LETTERS - 1, 0],
  [LOWER_A, LOWER_A + LETTERS - 1, LETTERS],
  [ZERO, NINE, 2 * LETTERS],
  [PLUS, PLUS, 62],
  [SLASH, SLASH, 63],
];

/**
 * `value(start, end, form, room)`: a value that is folded or in Base64, written to the room. Base64 has to be canonical, with
 * its padding.
 */
export const ldifValue: WasmFunction = {
  name: 'value',
  params: 4,
  body(scope) {
    const { params, local } = scope;
    const splats = new Splats(scope);
    const [from, to, form, room] = params as [Local<'i32'>, Local<'i32'>, Local<'i32'>, Local<'i32'>];
    const at = local('i32');
    const end = local('i32');
    const out = local('i32');
    const stop = local('i32');
    const rest = local('i32');
    const isOdd = local('i32');
    const ends = local('i32');
    const vector = local('v128');
    const values = local('v128');
    const known = local('v128');
    const high = local('v128');

    /** Line by line, without the line ends and the spaces after them. */
    const unfold = block(
      out.set(room.get),
      doWhile(
        ltU(at.get, end.get),
        stop.set(at.get),
        ends.set(i32(0)),
        doWhile(
          and(eqz(ends.get), ltU(stop.get, end.get)),
          vector.set(load128(stop.get)),
          ends.set(bitmask8(eq8(vector.get, splats.of(LF)))),
          store128(add(out.get, sub(stop.get, at.get)), vector.get),
          when(eqz(ends.get), stop.set(add(stop.get, 16))),
        ),
        when(ends.get, stop.set(add(stop.get, ctz(ends.get)))),
        when(ltU(end.get, stop.get), stop.set(end.get)),
        out.set(add(out.get, sub(stop.get, at.get))),
        when(
          and(ltU(stop.get, end.get), and(ltU(at.get, stop.get), isByte(sub(stop.get, 1), CR))),
          out.set(sub(out.get, 1)),
        ),
        at.set(add(stop.get, 2)),
      ),
      at.set(room.get),
      end.set(out.get),
    );

    const decodeVector = block(
      values.set(v128.const(0, 0, 0, 0)),
      known.set(v128.const(0, 0, 0, 0)),
      ...BASE64_RANGES.flatMap(([first, last, value]) => [
        high.set(splats.within(vector.get, first, last)),
        known.set(v128.or(known.get, high.get)),
        values.set(v128.or(values.get, v128.and(high.get, add8(vector.get, splats.of(value - first))))),
      ]),
      isOdd.set(or(isOdd.get, xor(bitmask8(known.get), ALL))),
      // Four digits of six bits, the first in the lowest byte, as three bytes.
      values.set(
        v128.or(
          v128.or(
            i32x4.shl(v128.and(values.get, i32x4.splat(0x3f)), 18),
            i32x4.shl(v128.and(values.get, i32x4.splat(0x3f00)), 4),
          ),
          v128.or(i32x4.shrU(v128.and(values.get, i32x4.splat(0x3f0000)), 10), i32x4.shrU(values.get, 24)),
        ),
      ),
      values.set(
        v128.shuffle(values.get, v128.const(0, 0, 0, 0), [2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 16, 16, 16, 16]),
      ),
      store128(out.get, values.get),
    );

    const decode = block(
      stop.set(end.get),
      when(isPaddingBefore(at, stop), doWhile(isPaddingBefore(at, stop), stop.set(sub(stop.get, 1)))),
      rest.set(and(sub(stop.get, at.get), 3)),
      isOdd.set(eq(rest.get, 1)),
      when(ne(sub(end.get, stop.get), and(sub(0, rest.get), 3)), isOdd.set(i32(1))),
      end.set(add(room.get, sub(sub(stop.get, at.get), shrTwoUp(sub(stop.get, at.get))))),
      out.set(room.get),
      when(
        ltU(at.get, stop.get),
        doWhile(
          ltU(at.get, stop.get),
          vector.set(load128(at.get)),
          // After the last digit come those that stand for zero.
          when(
            ltU(sub(stop.get, at.get), 16),
            vector.set(
              v128.bitselect(vector.get, splat8(UPPER_A), load128(add(LDIF_MASKS_AT, sub(16, sub(stop.get, at.get))))),
            ),
          ),
          decodeVector,
          ends.set(or(ends.get, bitmask8(values.get))),
          at.set(add(at.get, 16)),
          out.set(add(out.get, 12)),
        ),
        // Unused bits, as in a text that is cut off.
        when(rest.get, isOdd.set(or(isOdd.get, load8(end.get)))),
      ),
      at.set(room.get),
      when(isOdd.get, end.set(i32(-1))),
    );

    const highBits = block(
      stop.set(at.get),
      when(
        ltU(stop.get, end.get),
        doWhile(
          ltU(stop.get, end.get),
          vector.set(load128(stop.get)),
          when(
            ltU(sub(end.get, stop.get), 16),
            vector.set(v128.and(vector.get, load128(add(LDIF_MASKS_AT, sub(16, sub(end.get, stop.get)))))),
          ),
          ends.set(or(ends.get, bitmask8(vector.get))),
          stop.set(add(stop.get, 16)),
        ),
      ),
    );

    const skipSpaces: Statement = when(isSpaceBefore(at, end), doWhile(isSpaceBefore(at, end), at.set(add(at.get, 1))));
    const text = block(
      at.set(from.get),
      end.set(to.get),
      when(and(form.get, FORM_FOLDED), unfold),
      skipSpaces,
      ends.set(i32(0)),
      when(and(form.get, FORM_BASE64), decode),
      when(eqz(and(form.get, FORM_BASE64)), highBits),
      store32(LDIF_VALUE_AT, at.get),
      store32(LDIF_VALUE_AT, end.get, 4),
      store32(LDIF_VALUE_AT, ends.get, 8),
    );
    return block(splats.set(), text);
  },
};

function isPaddingBefore(start: Local<'i32'>, stop: Local<'i32'>): I32 {
  return and(ltU(start.get, stop.get), isByte(sub(stop.get, 1), EQUALS));
}

/** A quarter of a number of digits, rounded up: what their bytes are fewer. */
function shrTwoUp(digits: I32): I32 {
  return shrU(add(digits, 3), 2);
}
