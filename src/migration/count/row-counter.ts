/** Counts the rows of a file. Rows of a remembered outcome are counted by its number, and reach the tally at the end. */

import { createFingerprint, type Fingerprint, fingerprintBytes, fingerprintText } from '../assess/fingerprint.js';
import { type Outcome, withoutDigest } from '../assess/outcome.js';
import { type AssessedRow, NOT_REMEMBERED, type RowAssessor } from '../assess/row-assessor.js';
import { MAX_EXAMPLES, type Row, type RowPlace } from '../row.js';
import type { RowSink, RowSpans } from '../rows/index.js';
import type { DuplicateTables } from './duplicate-tables.js';
import { addFingerprint, countPending, createPendingRows, type PendingRows } from './duplicates.js';
import { count, createTally, type Tally } from './tally.js';

/** More than a block may have. */
const BLOCK_ROWS = 2 ** 32;

/** What else is done with each row. */
export interface RowListener {
  take(row: Row, outcome: Outcome): void;
}

/** Rows of one remembered outcome. */
interface OutcomeRows {
  readonly outcome: Outcome;
  rows: number;
  /** The first of them. */
  places: RowPlace[];
}

export class RowCounter implements RowSink {
  readonly tally: Tally = createTally();
  /** Rows so far. */
  rows = 0;
  /** Number of the block that the rows are in, where several threads take blocks. */
  block = 0;
  readonly #assessor: RowAssessor;
  readonly #file: number;
  readonly #listener: RowListener | undefined;
  readonly #digests: PendingRows;
  readonly #ids: PendingRows;
  readonly #salts: PendingRows;
  readonly #id: Fingerprint = createFingerprint();
  /** By the number of the outcome; undefined for outcomes of other files. */
  readonly #remembered: (OutcomeRows | undefined)[] = [];

  constructor(assessor: RowAssessor, file: number, tables: DuplicateTables, listener: RowListener | undefined) {
    this.#assessor = assessor;
    this.#file = file;
    this.#listener = listener;
    this.#digests = createPendingRows(tables.digests);
    this.#ids = createPendingRows(tables.ids);
    this.#salts = createPendingRows(tables.salts);
  }

  take(spans: RowSpans): void {
    const assessed = this.#assessor.assess(spans);
    if (assessed === undefined) return;
    const { number, row, outcome } = assessed;
    if (row !== undefined) {
      this.#countRow(assessed, row);
      return;
    }
    const { bytes, view, id, idEnd, line } = spans;
    this.rows++;
    const counted = this.#remembered[number] ?? this.#addOutcome(number, outcome);
    counted.rows++;
    if (counted.places.length < MAX_EXAMPLES && outcome.findings.length > 0) {
      counted.places.push(this.#place(line, bytes.toString('utf8', id, idEnd)));
    }
    fingerprintBytes(view, id, idEnd, this.#id);
    this.#add(this.#ids, this.#id, line);
    if (assessed.hasDigest) this.#addDigest(assessed, line);
    if (this.#listener === undefined) return;
    const whole =
      spans.joined === undefined && spans.forms === undefined && !spans.isLocated ? rowIn(spans) : spans.readText();
    if (whole !== undefined) this.#listener.take(whole, outcome);
  }

  takeRow(row: Row): void {
    this.#countRow(this.#assessor.assessRow(row), row);
  }

  /** After it everything is in the tally and in the tables. */
  finish(): void {
    for (const counted of this.#remembered) {
      if (counted === undefined || counted.rows === 0) continue;
      count(this.tally, counted.outcome, counted.places, counted.rows);
      counted.rows = 0;
      counted.places = [];
    }
    for (const table of [this.#digests, this.#ids, this.#salts]) countPending(table);
    this.#assessor.wipe();
  }

  #countRow(assessed: AssessedRow, row: Row): void {
    const { line, id, otherLogin } = row;
    const { number, outcome } = assessed;
    this.rows++;
    if (number === NOT_REMEMBERED) count(this.tally, outcome, [this.#place(line, id)]);
    else {
      const counted = this.#remembered[number] ?? this.#addOutcome(number, outcome);
      counted.rows++;
      if (counted.places.length < MAX_EXAMPLES && outcome.findings.length > 0) {
        counted.places.push(this.#place(line, id));
      }
    }
    // Of several ways to sign in, each in a row, one has the password.
    if (id !== '' && otherLogin !== true) {
      fingerprintText(id, this.#id);
      this.#add(this.#ids, this.#id, line);
    }
    if (assessed.hasDigest) this.#addDigest(assessed, line);
    this.#listener?.take(row, outcome);
  }

  #place(line: number, id: string): RowPlace {
    return { file: this.#file, line, id, order: this.block * BLOCK_ROWS + this.rows };
  }

  #addOutcome(number: number, outcome: Outcome): OutcomeRows {
    const counted = { outcome: withoutDigest(outcome), rows: 0, places: [] };
    this.#remembered[number] = counted;
    return counted;
  }

  #addDigest({ fingerprint, hasSalt }: AssessedRow, line: number): void {
    this.#add(this.#digests, fingerprint, line);
    if (hasSalt) {
      addFingerprint(this.#salts, fingerprint[2] as number, fingerprint[3] as number, this.#file, line);
    }
  }

  #add(table: PendingRows, fingerprint: Fingerprint, line: number): void {
    addFingerprint(table, fingerprint[0] as number, fingerprint[1] as number, this.#file, line);
  }
}

function rowIn({ bytes, id, idEnd, hasher, hasherEnd, digest, digestEnd, line }: RowSpans): Row {
  const text = (start: number, end: number) => bytes.toString('utf8', start, end);
  const passwordHasher = hasher === hasherEnd ? undefined : text(hasher, hasherEnd);
  return { line, id: text(id, idEnd), passwordHasher, passwordDigest: text(digest, digestEnd) };
}
