/**
 * Finds the structure of JSON, 16 bytes at a time: the first stage of simdjson (Langdale and Lemire, "Parsing Gigabytes of
 * JSON per Second", 2019, §3.1). A byte that is escaped follows an odd number of backslashes; which bytes are within strings
 * follows from the number of quotes before each, a prefix XOR of their bit mask.
 */
import {
  add,
  and,
  bitmask8,
  block,
  ctz,
  doWhile,
  eq8,
  eqz,
  i32,
  type Local,
  leU8,
  load32,
  load128,
  ltU,
  or,
  popcnt,
  type Scope,
  type Statement,
  select,
  shl,
  shrU,
  splat8,
  store32,
  sub,
  v128,
  when,
  xor,
} from './assembler.js';
import { JSON_PLACES_AT, JSON_RESULT_AT, JSON_STATE_AT, JSON_TEXT_AT } from './json-structure-layout.js';
import type { WasmFunction } from './wasm-module.js';

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
/** A bracket and a brace differ in this bit only. */
const BRACE_BIT = 0x20;
const LAST_CONTROL = 0x1f;
/** After a backslash, but for the u of four hexadecimal digits. */
const ESCAPES = ['"', '\\', '/', 'b', 'f', 'n', 'r', 't'].map((character) => character.charCodeAt(0));
const ALL = 0xffff;
const EVEN = 0x5555;

/** Masks of one vector, a bit a byte, and what is carried from one to the next. */
class Vector {
  readonly bytes: Local<'v128'>;
  /** Those that are not escaped. */
  readonly quotes: Local<'i32'>;
  readonly slashes: Local<'i32'>;
  readonly escaped: Local<'i32'>;
  /** From the opening quote of a string to before the closing one. */
  readonly inside: Local<'i32'>;
  /** All bits where the last vector ended within a string; 1 where its last byte escapes the next. */
  readonly carried: Local<'i32'>;
  readonly escapes: Local<'i32'>;
  readonly #scratch: Local<'i32'>;

  constructor({ local }: Scope) {
    this.bytes = local('v128');
    this.quotes = local('i32');
    this.slashes = local('i32');
    this.escaped = local('i32');
    this.inside = local('i32');
    this.carried = local('i32');
    this.escapes = local('i32');
    this.#scratch = local('i32');
  }

  maskOf(value: number | Local<'i32'>['get']) {
    return bitmask8(eq8(this.bytes.get, splat8(value)));
  }

  read(at: Local<'i32'>): Statement {
    const { bytes, quotes, slashes, escaped, inside, carried, escapes } = this;
    const spread = (bits: number) => inside.set(xor(inside.get, shl(inside.get, bits)));
    const odd = this.#scratch;
    return block(
      bytes.set(load128(at.get)),
      quotes.set(this.maskOf(QUOTE)),
      slashes.set(this.maskOf(BACKSLASH)),
      escaped.set(i32(0)),
      when(
        or(slashes.get, escapes.get),
        // A backslash that is itself escaped begins nothing.
        escaped.set(and(slashes.get, xor(escapes.get, -1))),
        inside.set(or(shl(escaped.get, 1), escapes.get)),
        // Runs that begin at an odd place, added to all backslashes: a carry goes past those from an even one.
        odd.set(and(and(escaped.get, xor(EVEN, ALL)), xor(inside.get, -1))),
        odd.set(add(odd.get, escaped.get)),
        escaped.set(and(and(xor(i32(EVEN), shl(odd.get, 1)), inside.get), ALL)),
        escapes.set(and(shrU(odd.get, 16), 1)),
        quotes.set(and(quotes.get, xor(escaped.get, -1))),
      ),
      inside.set(quotes.get),
      ...[1, 2, 4, 8].map(spread),
      inside.set(and(xor(inside.get, carried.get), ALL)),
      carried.set(sub(0, shrU(inside.get, 15))),
    );
  }
}

/**
 * `tokens(from, to, lineEnd)`: the place of each token of the text between two addresses, which begins outside of strings:
 * brackets, colons, commas, both quotes of a string, the first byte of anything else that is not white space. `lineEnd` is
 * one too. Further places are within a string: of a control character, and of what a backslash may not escape, or `u`.
 * It stops after a vector in which a line ends within a string.
 */
const tokens: WasmFunction = {
  name: 'tokens',
  params: 3,
  body(scope) {
    const [from, to, lineEnd] = scope.params as [Local<'i32'>, Local<'i32'>, Local<'i32'>];
    const vector = new Vector(scope);
    const { bytes, quotes, slashes, escaped, inside } = vector;
    const at = scope.local('i32');
    const out = scope.local('i32');
    const marks = scope.local('i32');
    const outside = scope.local('i32');
    const structure = scope.local('i32');
    const controls = scope.local('i32');
    const others = scope.local('i32');
    /** 1 where the last byte was of something else. */
    const running = scope.local('i32');
    const stop = scope.local('i32');
    const slashed = scope.local('i32');
    const folded = v128.or(bytes.get, splat8(BRACE_BIT));
    const any = (values: readonly (number | Local<'i32'>['get'])[]) =>
      values.map((value) => eq8(bytes.get, splat8(value))).reduce((a, b) => v128.or(a, b));
    return block(
      at.set(from.get),
      out.set(i32(JSON_PLACES_AT)),
      when(
        ltU(at.get, to.get),
        doWhile(
          and(ltU(at.get, to.get), eqz(stop.get)),
          vector.read(at),
          structure.set(
            bitmask8(
              v128.or(v128.or(eq8(folded, splat8(OPEN)), eq8(folded, splat8(CLOSE))), any([COLON, COMMA, lineEnd.get])),
            ),
          ),
          controls.set(bitmask8(leU8(bytes.get, splat8(LAST_CONTROL)))),
          outside.set(xor(inside.get, ALL)),
          others.set(
            and(outside.get, xor(or(or(structure.get, quotes.get), or(controls.get, vector.maskOf(SPACE))), -1)),
          ),
          marks.set(
            or(
              or(and(structure.get, outside.get), quotes.get),
              and(others.get, xor(or(shl(others.get, 1), running.get), -1)),
            ),
          ),
          running.set(shrU(others.get, 15)),
          when(
            or(or(slashes.get, escaped.get), controls.get),
            slashed.set(or(slashed.get, slashes.get)),
            stop.set(and(vector.maskOf(lineEnd.get), inside.get)),
            marks.set(
              or(
                marks.get,
                or(
                  or(and(controls.get, inside.get), and(and(escaped.get, inside.get), xor(bitmask8(any(ESCAPES)), -1))),
                  and(and(controls.get, outside.get), xor(bitmask8(any([TAB, LF, CR])), -1)),
                ),
              ),
            ),
          ),
          when(
            marks.get,
            doWhile(
              marks.get,
              store32(out.get, add(sub(at.get, JSON_TEXT_AT), ctz(marks.get))),
              out.set(add(out.get, 4)),
              marks.set(and(marks.get, sub(marks.get, 1))),
            ),
          ),
          at.set(add(at.get, 16)),
        ),
      ),
      store32(JSON_RESULT_AT, out.get),
      store32(JSON_RESULT_AT, at.get, 4),
      store32(JSON_RESULT_AT, slashed.get, 8),
    );
  },
};

/**
 * `elements(from, to)`: brackets and commas that no bracket is around, between two addresses. Of each the place, and the
 * line ends before it. It stops after a bracket that closes more than were opened. Goes on where the state says that the
 * text before ended.
 */
const elements: WasmFunction = {
  name: 'elements',
  params: 2,
  body(scope) {
    const [from, to] = scope.params as [Local<'i32'>, Local<'i32'>];
    const vector = new Vector(scope);
    const { bytes, inside, carried, escapes } = vector;
    const at = scope.local('i32');
    const out = scope.local('i32');
    const depth = scope.local('i32');
    const lines = scope.local('i32');
    const lineEnds = scope.local('i32');
    const opens = scope.local('i32');
    const closes = scope.local('i32');
    const marks = scope.local('i32');
    const bit = scope.local('i32');
    const isDeep = scope.local('i32');
    const stop = scope.local('i32');
    const folded = v128.or(bytes.get, splat8(BRACE_BIT));
    const state = [carried, escapes, depth, lines];
    const emit = block(
      store32(out.get, add(sub(at.get, JSON_TEXT_AT), ctz(bit.get))),
      store32(out.get, add(lines.get, popcnt(and(lineEnds.get, sub(bit.get, 1)))), 4),
      out.set(add(out.get, 8)),
    );
    return block(
      ...state.map((local, i) => local.set(load32(JSON_STATE_AT, 4 * i))),
      at.set(from.get),
      out.set(i32(JSON_PLACES_AT)),
      when(
        ltU(at.get, to.get),
        doWhile(
          and(ltU(at.get, to.get), eqz(stop.get)),
          vector.read(at),
          lineEnds.set(vector.maskOf(LF)),
          opens.set(and(bitmask8(eq8(folded, splat8(OPEN))), xor(inside.get, -1))),
          closes.set(and(bitmask8(eq8(folded, splat8(CLOSE))), xor(inside.get, -1))),
          isDeep.set(ltU(popcnt(closes.get), depth.get)),
          when(isDeep.get, depth.set(add(depth.get, sub(popcnt(opens.get), popcnt(closes.get))))),
          when(
            eqz(isDeep.get),
            marks.set(or(or(opens.get, closes.get), and(vector.maskOf(COMMA), xor(inside.get, ALL)))),
            when(
              marks.get,
              doWhile(
                and(marks.get, select(0, -1, stop.get)),
                bit.set(and(marks.get, sub(0, marks.get))),
                marks.set(xor(marks.get, bit.get)),
                when(eqz(depth.get), emit, stop.set(and(closes.get, bit.get))),
                when(and(opens.get, bit.get), depth.set(add(depth.get, 1))),
                when(
                  and(and(closes.get, bit.get), select(0, -1, stop.get)),
                  depth.set(sub(depth.get, 1)),
                  when(eqz(depth.get), emit),
                ),
              ),
            ),
          ),
          lines.set(add(lines.get, popcnt(lineEnds.get))),
          at.set(add(at.get, 16)),
        ),
      ),
      store32(JSON_RESULT_AT, out.get),
      store32(JSON_RESULT_AT, at.get, 4),
      ...state.map((local, i) => store32(JSON_STATE_AT, local.get, 4 * i)),
    );
  },
};

export const jsonFunctions: readonly WasmFunction[] = [tokens, elements];
