/**
 * Exports of any size with rows of every kind, and what a check has to find in them, counted by what writes them. The same
 * options give the same bytes.
 */
import { type Expectation, expectationOf, Found } from './expectation.js';
import { type Format, kindsOf, type RowKind } from './kinds.js';
import { piecesOf, type Random, randomOf } from './random.js';
import { CSV_HEADER, csvRow, names, ndjsonRow } from './spelling.js';

export interface ExportOptions {
  readonly rows: number;
  readonly format: Format;
  readonly seed?: number;
  /** A lone CR is for CSV. */
  readonly newline?: '\n' | '\r\n' | '\r';
}

export interface Export {
  /** To be read once. */
  readonly chunks: Generator<Buffer, void>;
  /** Of what was read of the chunks. */
  expected(): Expectation;
}

const ROWS_AT_ONCE = 2000;

export function generateExport(options: ExportOptions): Export {
  const found = new Found();
  let bytes = 0;
  function* chunks(): Generator<Buffer, void> {
    for (const text of textOf(options, found)) {
      const chunk = Buffer.from(text);
      bytes += chunk.length;
      yield chunk;
    }
  }
  return { chunks: chunks(), expected: () => expectationOf(found, options.format, bytes) };
}

function* textOf({ rows, format, seed = 1, newline = '\n' }: ExportOptions, found: Found): Generator<string> {
  const random = randomOf(seed);
  const kinds = kindsOf(piecesOf(random)).filter(({ only }) => only === undefined || only === format);
  const wheel = wheelOf(kinds, random);
  const spell = format === 'csv' ? csvRow : ndjsonRow;
  /** A sound row that others repeat the digest of, and one that they repeat the id of. */
  let digestDonor: Donor | undefined;
  let idDonor: Donor | undefined;
  let line = 1;
  let text: string[] = [];
  if (format === 'csv') {
    text.push(CSV_HEADER, newline);
    line++;
  }
  for (let row = 0; row < rows; row++) {
    // Each kind is there once, whatever its weight.
    let kind = row < kinds.length ? (kinds[row] as RowKind) : (wheel[random.next() >>> WHEEL_SHIFT] as RowKind);
    const dice = random.next();
    const ofDigest = dice & 1023;
    const ofId = (dice >>> 10) & 1023;
    const repeated = ofDigest < 2 && row >= kinds.length ? digestDonor : undefined;
    if (repeated !== undefined) kind = repeated.kind;
    const digest = repeated?.digest ?? kind.digest(row);
    const sameUser = ofId < 2 && kind.damage === undefined ? idDonor : undefined;
    const id = sameUser?.id ?? idOf(ofId, row);
    const place = { line, id: kind.damage === undefined ? id : '' };

    found.row(kind, place);
    if (repeated !== undefined) found.repeatDigest(repeated, repeated.kind.salted);
    if (sameUser !== undefined) found.repeatId(sameUser);
    if (kind.saltGroup !== undefined) found.salt(kind.saltGroup(row), place);
    if (ofDigest >= 1020 && isDonor(kind) && repeated === undefined) digestDonor = { kind, digest, id, place };
    if (ofId >= 1020 && kind.damage === undefined && sameUser === undefined) idDonor = { kind, digest, id, place };

    const name = names[(dice >>> 20) & (names.length - 1)] as (typeof names)[number];
    text.push(spell(kind, { id, name, hasher: kind.written, digest }, dice >>> 28), newline);
    line += 1 + (format === 'csv' && kind.damage === undefined ? name.lines : 0);
    if (ofId === 512) {
      text.push(newline);
      line++;
    }
    if (row % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) {
      yield text.join('');
      text = [];
    }
  }
  yield text.join('');
}

interface Donor {
  readonly kind: RowKind;
  readonly digest: string;
  readonly id: string;
  readonly place: { readonly line: number; readonly id: string };
}

function isDonor({ parses, verdict, saltGroup, short }: RowKind): boolean {
  return parses && (verdict === 'ok' || verdict === 'warned') && saltGroup === undefined && !short;
}

/** Empty now and then, and of characters that need care. */
function idOf(chance: number, row: number): string {
  switch (chance) {
    case 2:
    case 3:
    case 4:
      return '';
    case 5:
      return `${row + 1}`;
    case 6:
      return `tenant,${row}`;
    case 7:
      return `user "${row}"`;
    case 8:
      return `üser_${row}`;
    case 9:
      return `🌍${row}`;
    default:
      return `user_${row}`;
  }
}

const WHEEL_BITS = 16;
const WHEEL_SHIFT = 32 - WHEEL_BITS;

/** Each kind as often as its weight says, in an order by chance. */
function wheelOf(kinds: readonly RowKind[], random: Random): readonly RowKind[] {
  const size = 2 ** WHEEL_BITS;
  const total = kinds.reduce((sum, { weight }) => sum + weight, 0);
  const wheel: RowKind[] = [];
  let until = 0;
  for (const kind of kinds) {
    until += (kind.weight / total) * size;
    while (wheel.length < Math.round(until)) wheel.push(kind);
  }
  for (let i = wheel.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [wheel[i], wheel[j]] = [wheel[j] as RowKind, wheel[i] as RowKind];
  }
  return wheel;
}
