/**
 * Finds the records of a CSV and what separates their fields, 64 bytes at a time. Which bytes are within quotes follows
 * from the number of quotes before each, a prefix XOR of their bit mask (Langdale and Lemire, "Parsing Gigabytes of JSON
 * per Second", 2019, §3.1.1): a doubled quote toggles twice.
 *
 * It stops where that rule is not enough: a quote that opens nothing, or text after a closing quote. A slower scan takes
 * the record that has them.
 */
import {
  add,
  and,
  and64,
  bitmask8,
  block,
  ctz64,
  doWhile,
  eq8,
  eqz,
  eqz64,
  extendU,
  type I32,
  type I64,
  i32,
  i64,
  type Local,
  load32,
  load64,
  load128,
  ltU,
  or,
  or64,
  popcnt64,
  type Statement,
  shl,
  shl64,
  shrU64,
  splat8,
  store32,
  store64,
  sub,
  sub64,
  when,
  wrap,
  xor64,
} from './assembler.js';
import {
  LINES_AT,
  PLACES_AT,
  QUOTES_AT,
  RECORDS_AT,
  STRUCTURE_RESULT_AT,
  STRUCTURE_STATE_AT,
} from './structure-layout.js';
import type { WasmFunction } from './wasm-module.js';

const LF = 10;
const CR = 13;
const QUOTE = 34;
const STEP = 64;
/** Places that are written together, also where fewer are left. */
const TOGETHER = 4;

// One bit a byte.
const NONE = i64(0n);
const ONE = i64(1n);
const except = (a: I64, b: I64): I64 => and64(a, xor64(b, i64(-1n)));
const isAny = (mask: I64): I32 => eqz(eqz64(mask));
/** Of the byte after each. `last` is of the byte after the step before. */
const next = (mask: I64, last: I64): I64 => or64(shl64(mask, ONE), last);
const findLast = (mask: I64): I64 => shrU64(mask, i64(63n));

/**
 * `scanLf(from, to, delimiter, place, index, line)` and `scanCr`, by what ends a record: the text from one address to
 * another, 64 bytes at a time, whole steps only. It is at `place` in a longer text and on its line `line`, and begins with
 * a record, or goes on where the state says so. Found are the places of separators, the first of which has the number
 * `index`; and for each record the number of the one that ends it, the line after it, and whether it has doubled quotes.
 */
export const csvFunctions: readonly WasmFunction[] = [
  { name: 'scanLf', params: 6, body: (scope) => scan(scope, LF) },
  { name: 'scanCr', params: 6, body: (scope) => scan(scope, CR) },
];

function scan({ params, local }: Parameters<WasmFunction['body']>[0], recordEnd: typeof LF | typeof CR): Statement {
  const [at, to, delimiter, place, index, line] = params;
  if (!at || !to || !delimiter || !place || !index || !line) throw new TypeError('params');
  const out = local('i32');
  /** Four for each record. */
  const record = local('i32');
  const flags = local('i32');
  const quotes = local('i64');
  const inside = local('i64');
  /** What separates, outside quotes; what of that ends records; line ends, also within quotes. */
  const marks = local('i64');
  const ends = local('i64');
  const lineEnds = local('i64');
  const doubled = local('i64');
  const count = local('i32');
  /** After a closing quote. */
  const after = local('i64');
  const pending = local('i64');
  const stop = local('i64');
  const bits = local('i64');
  // From step to step: all bits where it ended within quotes; the first where its last byte separates, closes, is a CR
  // after what closes, or any CR.
  const lastInside = local('i64');
  const lastMark = local('i64');
  const lastClosing = local('i64');
  const lastPending = local('i64');
  const lastCr = local('i64');
  const states = [lastMark, lastInside, lastClosing, lastPending, lastCr];
  const vectors = [local('v128'), local('v128'), local('v128'), local('v128')] as const;
  const [quote, separator, lf, cr] = [local('v128'), local('v128'), local('v128'), local('v128')];

  const find = ({ get }: Local<'v128'>): I64 => {
    const bits = (vector: Local<'v128'>): I32 => bitmask8(eq8(vector.get, get));
    const [a, b, c, d] = vectors;
    const half = (low: I32, high: I32): I64 => extendU(or(low, shl(high, 16)));
    return or64(half(bits(a), bits(b)), shl64(half(bits(c), bits(d)), i64(32n)));
  };
  const readQuotes = block(
    inside.set(quotes.get),
    ...[1n, 2n, 4n, 8n, 16n, 32n].map((by) => inside.set(xor64(inside.get, shl64(inside.get, i64(by))))),
    inside.set(xor64(inside.get, lastInside.get)),
    lastInside.set(sub64(NONE, findLast(inside.get))),
    marks.set(except(marks.get, inside.get)),
    ends.set(except(ends.get, inside.get)),
    after.set(next(except(quotes.get, inside.get), lastClosing.get)),
    lastClosing.set(findLast(except(quotes.get, inside.get))),
    quotes.set(and64(quotes.get, inside.get)),
    doubled.set(and64(quotes.get, after.get)),
    // What opens is after a separator, or doubles what closed.
    stop.set(except(quotes.get, or64(next(marks.get, lastMark.get), after.get))),
    // After what closes is a separator or what doubles it, or a CR and what ends the record.
    pending.set(except(after.get, or64(marks.get, quotes.get))),
    recordEnd === CR
      ? stop.set(or64(stop.get, pending.get))
      : when(
          isAny(or64(pending.get, lastPending.get)),
          bits.set(and64(pending.get, find(cr))),
          stop.set(or64(stop.get, xor64(pending.get, bits.get))),
          stop.set(or64(stop.get, except(next(bits.get, lastPending.get), ends.get))),
          lastPending.set(findLast(bits.get)),
        ),
    when(
      isAny(stop.get),
      bits.set(sub64(and64(stop.get, sub64(NONE, stop.get)), ONE)),
      ...[marks, ends].map((mask) => mask.set(and64(mask.get, bits.get))),
    ),
  );
  /** Of CRs, each LF is one too, but for the second half of a CRLF within quotes. */
  const findLineEnds =
    recordEnd === LF
      ? block()
      : block(
          bits.set(and64(next(lineEnds.get, lastCr.get), inside.get)),
          lastCr.set(findLast(lineEnds.get)),
          lineEnds.set(or64(lineEnds.get, except(find(lf), bits.get))),
        );
  const addRecords = doWhile(
    isAny(ends.get),
    bits.set(xor64(ends.get, sub64(ends.get, ONE))),
    store32(record.get, sub(add(index.get, wrap(popcnt64(and64(marks.get, bits.get)))), 1), RECORDS_AT),
    line.set(add(line.get, wrap(popcnt64(and64(lineEnds.get, bits.get))))),
    store32(record.get, line.get, LINES_AT),
    store32(record.get, or(flags.get, isAny(and64(doubled.get, bits.get))), QUOTES_AT),
    flags.set(i32(0)),
    lineEnds.set(except(lineEnds.get, bits.get)),
    doubled.set(except(doubled.get, bits.get)),
    record.set(add(record.get, 4)),
    ends.set(and64(ends.get, sub64(ends.get, ONE))),
  );
  const addPlaces = block(
    count.set(wrap(popcnt64(marks.get))),
    index.set(add(index.get, count.get)),
    count.set(add(out.get, shl(count.get, 2))),
    doWhile(
      isAny(marks.get),
      ...Array.from({ length: TOGETHER }, (_, i) =>
        block(
          store32(out.get, add(place.get, wrap(ctz64(marks.get))), 4 * i),
          marks.set(and64(marks.get, sub64(marks.get, ONE))),
        ),
      ),
      out.set(add(out.get, 4 * TOGETHER)),
    ),
    out.set(count.get),
  );
  return block(
    quote.set(splat8(QUOTE)),
    separator.set(splat8(delimiter.get)),
    lf.set(splat8(LF)),
    cr.set(splat8(CR)),
    out.set(i32(PLACES_AT)),
    ...states.map((state, i) => state.set(load64(STRUCTURE_STATE_AT, 8 * i))),
    flags.set(load32(STRUCTURE_STATE_AT, 8 * states.length)),
    when(
      ltU(add(at.get, STEP - 1), to.get),
      doWhile(
        and(ltU(add(at.get, STEP - 1), to.get), eqz64(stop.get)),
        ...vectors.map((vector, i) => vector.set(load128(at.get, 16 * i))),
        quotes.set(find(quote)),
        ends.set(find(recordEnd === LF ? lf : cr)),
        marks.set(or64(find(separator), ends.get)),
        lineEnds.set(ends.get),
        inside.set(NONE),
        when(isAny(or64(or64(quotes.get, lastInside.get), or64(lastClosing.get, lastPending.get))), readQuotes),
        findLineEnds,
        lastMark.set(findLast(marks.get)),
        when(isAny(marks.get), when(isAny(ends.get), addRecords), addPlaces),
        // Of the record that goes on.
        when(
          isAny(or64(doubled.get, lineEnds.get)),
          flags.set(or(flags.get, isAny(doubled.get))),
          line.set(add(line.get, wrap(popcnt64(lineEnds.get)))),
          doubled.set(NONE),
        ),
        at.set(add(at.get, STEP)),
        place.set(add(place.get, STEP)),
      ),
    ),
    store32(STRUCTURE_RESULT_AT, out.get),
    store32(STRUCTURE_RESULT_AT, record.get, 4),
    store32(STRUCTURE_RESULT_AT, isAny(stop.get), 8),
    store32(STRUCTURE_RESULT_AT, line.get, 12),
    ...states.map((state, i) => store64(STRUCTURE_STATE_AT, state.get, 8 * i)),
    store32(STRUCTURE_STATE_AT, flags.get, 8 * states.length),
  );
}
