/**
 * Exports of any size in the shapes of many platforms, with rows of every kind, and what a check has to find in them,
 * counted by what writes them. The same options give the same bytes.
 */
import { type Expectation, expectationOf, Found, type RowPlace } from './expectation.js';
import type { RowKind } from './kind-list.js';
import { piecesOf, type Random, randomOf } from './random.js';
import type { Shape } from './shapes/contract.js';
import { type ShapeName, shapes } from './shapes/index.js';
import { packWorkbook } from './workbook.js';

export interface ExportOptions {
  readonly rows: number;
  readonly shape: ShapeName;
  readonly seed?: number;
  /** By default as the shape's own writer has it. A lone CR is for CSV. */
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
    const text = textOf(options, found);
    for (const chunk of shapes[options.shape].packed === 'xlsx' ? packWorkbook(text) : inBytes(text)) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  return { chunks: chunks(), expected: () => expectationOf(found, shapes[options.shape], bytes) };
}

function* inBytes(texts: Iterable<string>): Generator<Buffer, void> {
  for (const text of texts) yield Buffer.from(text);
}

function* textOf({ rows, shape: name, seed = 1, newline: asked }: ExportOptions, found: Found): Generator<string> {
  const shape: Shape = shapes[name];
  const newline = asked ?? shape.newline ?? '\n';
  const withNewlines = (text: string): string => (newline === '\n' ? text : text.replaceAll('\n', newline));
  const random = randomOf(seed);
  const writer = shape.writer(piecesOf(random));
  const { kinds } = writer;
  const wheel = wheelOf(kinds, random);
  const [usual, grouped] = [shape.between, shape.group?.between ?? shape.between].map((text) => ({
    text: withNewlines(text),
    lines: countLines(text),
  })) as [Between, Between];
  const groupRows = shape.group?.rows ?? Number.POSITIVE_INFINITY;
  /** A sound row that others repeat the digest of, and one that they repeat the id of. */
  let digestDonor: Donor | undefined;
  let idDonor: Donor | undefined;
  let line = 1 + countLines(shape.head);
  let text: string[] = [withNewlines(shape.head)];
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
    const id = sameUser?.id ?? writer.id(row, ofId);
    const place = { row, line, id: kind.damage === undefined ? id : '' };

    found.row(kind, place);
    if (repeated !== undefined) found.repeatDigest(repeated, repeated.kind.salted);
    if (sameUser !== undefined) found.repeatId(sameUser);
    if (kind.saltGroup !== undefined) found.salt(kind.saltGroup(row), place);
    if (ofDigest >= 1020 && isDonor(kind) && repeated === undefined) digestDonor = { kind, digest, id, place };
    if (ofId >= 1020 && kind.damage === undefined && sameUser === undefined) idDonor = { kind, digest, id, place };

    const written = writer.write(kind, { row, id, person: (dice >>> 20) & 127, digest, style: dice >>> 28 });
    if (row > 0) text.push((row % groupRows === 0 ? grouped : usual).text);
    // In a CSV only a value has newlines, and they are its own.
    text.push(shape.format === 'csv' ? written : withNewlines(written));
    line += countLines(written) + ((row + 1) % groupRows === 0 ? grouped : usual).lines;
    if (shape.hasBlankLines && ofId === 512) {
      text.push(newline);
      line++;
    }
    if (row % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) {
      yield text.join('');
      text = [];
    }
  }
  text.push(withNewlines(shape.foot));
  yield text.join('');
}

interface Between {
  readonly text: string;
  readonly lines: number;
}

interface Donor {
  readonly kind: RowKind;
  readonly digest: string;
  readonly id: string;
  readonly place: RowPlace;
}

function isDonor({ parses, verdict, saltGroup, short }: RowKind): boolean {
  return parses && (verdict === 'ok' || verdict === 'warned') && saltGroup === undefined && !short;
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
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
