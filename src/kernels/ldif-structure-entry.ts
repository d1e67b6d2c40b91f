/** Reads an entry of LDIF, 16 bytes at a time: its lines, and the names of its attributes. */
import {
  add,
  and,
  bitmask8,
  block,
  ctz,
  doWhile,
  eq,
  eq8,
  eqz,
  geU,
  type I32,
  i32,
  type Local,
  load8,
  load32,
  load128,
  ltU,
  ne,
  or,
  shl,
  store32,
  sub,
  type V128,
  v128,
  when,
  xor,
} from './assembler.js';
import {
  FORM_BASE64,
  FORM_FOLDED,
  IS_ODD,
  IS_UNFINISHED,
  KEY_BYTE_MASK,
  KEY_LENGTH_BITS,
  LDIF_AFTER_AT,
  LDIF_FIRST_AT,
  LDIF_KEYS_AT,
  LDIF_NAMES_AT,
  LDIF_NUMBERS_AT,
  LDIF_RESULT_AT,
  LDIF_SLOTS_AT,
  MAX_SLOTS,
  NAME_BYTES,
  NAME_FOLD,
  NAME_MASK,
  NAME_STRIDE,
  SLOT_BYTES,
} from './ldif-structure-layout.js';
import {
  ALL,
  CR,
  endsLine,
  isByte,
  isSpaceBefore,
  LETTERS,
  LF,
  LOWER_A,
  NINE,
  not,
  SLASH,
  SPACE,
  Splats,
} from './ldif-structure-text.js';
import type { WasmFunction } from './wasm-module.js';

const HASH = 35;
const HYPHEN = 45;
const COLON = 58;
const LESS = 60;
/** Letters differ in it, and no two other bytes of names do. */
const CASE_BIT = 0x20;
const NAME_SHIFT = Math.log2(NAME_STRIDE);

/**
 * `entry(from, to)`: the first entry of the text between two addresses, after which is an LF, and the blank lines around it.
 * It is odd where a line does not hold an attribute, or holds one in a rare form, and where a name is not in the table.
 */
export const ldifEntry: WasmFunction = {
  name: 'entry',
  params: 2,
  body(scope) {
    const { params, local } = scope;
    const splats = new Splats(scope);
    const [from, to] = params as [Local<'i32'>, Local<'i32'>];
    const at = local('i32');
    const lines = local('i32');
    const before = local('i32');
    const status = local('i32');
    const unknown = local('i32');
    const unknownEnd = local('i32');
    const goesOn = local('i32');
    const vector = local('v128');
    const others = local('i32');
    const nameEnd = local('i32');
    const length = local('i32');
    const firstEnd = local('i32');
    const end = local('i32');
    const next = local('i32');
    const key = local('i32');
    const name = local('i32');
    const slot = local('i32');
    const form = local('i32');
    const start = local('i32');
    const isFound = local('i32');
    const number = local('i32');
    const last = local('i32');
    const guess = local('i32');

    const skipBlank = block(lines.set(add(lines.get, 1)), at.set(add(at.get, add(1, isByte(at.get, CR)))));
    const letters = splats.within(v128.or(vector.get, splats.of(CASE_BIT)), LOWER_A, LOWER_A + LETTERS - 1);
    const signs = v128.andnot(splats.within(vector.get, HYPHEN, NINE), eq8(vector.get, splats.of(SLASH)));
    const findNameEnd = block(
      nameEnd.set(at.get),
      doWhile(
        eqz(others.get),
        vector.set(load128(nameEnd.get)),
        others.set(xor(bitmask8(v128.or(letters, signs)), ALL)),
        when(eqz(others.get), nameEnd.set(add(nameEnd.get, 16))),
      ),
      nameEnd.set(add(nameEnd.get, ctz(others.get))),
      others.set(i32(0)),
      length.set(sub(nameEnd.get, at.get)),
    );

    /** Sets `isFound` and `slot`. */
    const lower = (offset: number): V128 => v128.or(load128(at.get, offset), splats.of(CASE_BIT));
    const hasBytes = (offset: number, count: I32): I32 => {
      const known = load128(add(LDIF_NAMES_AT, shl(name.get, NAME_SHIFT)), offset);
      const mask = sub(shl(i32(1), count), 1);
      return eqz(and(xor(bitmask8(eq8(lower(offset), known)), ALL), mask));
    };
    const folded = (address: I32): I32 => or(load8(address), CASE_BIT);
    const findName = block(
      when(
        ltU(length.get, NAME_BYTES),
        key.set(
          or(length.get, shl(and(xor(folded(at.get), folded(sub(nameEnd.get, 1))), KEY_BYTE_MASK), KEY_LENGTH_BITS)),
        ),
        key.set(add(LDIF_KEYS_AT, shl(key.get, 2))),
        name.set(load32(key.get)),
        when(
          ltU(name.get, load32(key.get, 4)),
          doWhile(
            and(eqz(isFound.get), ltU(name.get, load32(key.get, 4))),
            when(ltU(length.get, 17), isFound.set(hasBytes(0, length.get))),
            when(geU(length.get, 17), isFound.set(and(hasBytes(0, i32(16)), hasBytes(16, sub(length.get, 16))))),
            when(isFound.get, number.set(name.get)),
            name.set(add(name.get, 1)),
          ),
        ),
      ),
    );

    /** From `end` on. */
    const findLineEnd = block(
      others.set(i32(0)),
      doWhile(
        eqz(others.get),
        others.set(bitmask8(eq8(load128(end.get), splats.of(LF)))),
        when(eqz(others.get), end.set(add(end.get, 16))),
      ),
      end.set(add(end.get, ctz(others.get))),
      others.set(i32(0)),
      lines.set(add(lines.get, 1)),
      next.set(add(end.get, 1)),
      end.set(sub(end.get, isByte(sub(end.get, 1), CR))),
    );

    const slotAt = add(LDIF_SLOTS_AT, shl(slot.get, 4));
    const takeValue = block(
      start.set(add(nameEnd.get, 1)),
      // Its form may be folded too.
      when(and(ne(end.get, firstEnd.get), geU(start.get, firstEnd.get)), status.set(i32(IS_ODD))),
      when(
        ltU(start.get, firstEnd.get),
        when(isByte(start.get, LESS), status.set(i32(IS_ODD))),
        when(isByte(start.get, COLON), form.set(or(form.get, FORM_BASE64)), start.set(add(start.get, 1))),
      ),
      when(
        and(eqz(form.get), isSpaceBefore(start, end)),
        doWhile(isSpaceBefore(start, end), start.set(add(start.get, 1))),
      ),
      when(
        eqz(load32(slotAt)),
        store32(slotAt, start.get, 4),
        store32(slotAt, end.get, 8),
        store32(slotAt, form.get, 12),
      ),
      store32(slotAt, add(load32(slotAt), 1)),
    );

    /** Entries have their attributes in one order: the name is the one that came after the last name before. */
    const guessName = block(
      number.set(load32(guess.get)),
      name.set(add(LDIF_NAMES_AT, shl(number.get, NAME_SHIFT))),
      when(
        not(
          v128.any(
            v128.and(
              v128.xor(v128.or(load128(at.get), load128(name.get, NAME_FOLD)), load128(name.get)),
              load128(name.get, NAME_MASK),
            ),
          ),
        ),
        nameEnd.set(add(at.get, load32(add(LDIF_NUMBERS_AT, shl(number.get, 3)), 4))),
        isFound.set(isByte(nameEnd.get, COLON)),
      ),
    );

    const lookUpName = block(
      findNameEnd,
      when(
        and(ne(length.get, 0), isByte(nameEnd.get, COLON)),
        findName,
        when(isFound.get, store32(guess.get, number.get)),
        when(and(not(isFound.get), eqz(unknown.get)), unknown.set(at.get), unknownEnd.set(nameEnd.get)),
      ),
      when(and(not(isFound.get), ne(load8(at.get), HASH)), status.set(i32(IS_ODD))),
    );

    const readLine = block(
      isFound.set(i32(0)),
      slot.set(i32(-1)),
      guessName,
      when(not(isFound.get), lookUpName),
      when(
        isFound.get,
        slot.set(load32(add(LDIF_NUMBERS_AT, shl(number.get, 3)))),
        guess.set(add(LDIF_AFTER_AT, add(shl(number.get, 3), shl(eq(number.get, last.get), 2)))),
        last.set(number.get),
      ),
      end.set(nameEnd.get),
      findLineEnd,
      firstEnd.set(end.get),
      form.set(i32(0)),
      when(
        and(ltU(next.get, to.get), isByte(next.get, SPACE)),
        form.set(i32(FORM_FOLDED)),
        doWhile(and(ltU(next.get, to.get), isByte(next.get, SPACE)), end.set(next.get), findLineEnd),
      ),
      when(ltU(slot.get, MAX_SLOTS), takeValue),
      at.set(next.get),
      goesOn.set(i32(1)),
      when(geU(at.get, to.get), goesOn.set(i32(0)), status.set(i32(IS_UNFINISHED))),
      when(
        goesOn.get,
        when(
          endsLine(at.get),
          goesOn.set(i32(0)),
          skipBlank,
          // Its LF is the one after the text.
          when(ltU(to.get, at.get), status.set(i32(IS_UNFINISHED))),
        ),
      ),
    );

    const text = block(
      at.set(from.get),
      ...Array.from({ length: MAX_SLOTS }, (_, i) => store32(LDIF_SLOTS_AT, 0, SLOT_BYTES * i)),
      when(and(ltU(at.get, to.get), endsLine(at.get)), doWhile(and(ltU(at.get, to.get), endsLine(at.get)), skipBlank)),
      before.set(lines.get),
      guess.set(i32(LDIF_FIRST_AT)),
      last.set(i32(-1)),
      when(geU(at.get, to.get), status.set(i32(IS_UNFINISHED))),
      when(ltU(at.get, to.get), doWhile(goesOn.get, readLine)),
      ...[status, at, lines, before, unknown, unknownEnd].map((word, i) => store32(LDIF_RESULT_AT, word.get, 4 * i)),
    );
    return block(splats.set(), text);
  },
};
