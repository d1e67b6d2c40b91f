/**
 * Assesses rows. What is said of a digest depends on its layout and its parameters, which thousands of digests share: the
 * first of them is read as text, and its outcome is remembered for those with the same bytes around salt and hash.
 */
import { Buffer } from 'node:buffer';
import { utf8 } from '../../encoding/bytes.js';
import { MAX_DIGEST_CHARS } from '../../recognize/bounds.js';
import type { Row } from '../row.js';
import type { RowSpans } from '../rows/index.js';
import { isSpelling } from './classify.js';
import { createFingerprint, type Fingerprint, fingerprintDigest, fingerprintSpans } from './fingerprint.js';
import { createDigestSpans, type DigestLayout, findLayout, layouts } from './layouts/index.js';
import { MISSING, type Outcome, type ReadDigest } from './outcome.js';

/** Outcomes of one layout, and names of hashers, that are remembered. */
const MAX_REMEMBERED = 64;
/** Shorter ones, such as those of formats that only point elsewhere, do not distinguish digests. */
const MIN_HASH_BYTES = 7;
/** Number of the outcome of a row that was read as text. */
const NOT_REMEMBERED = -1;
const MISSING_NUMBER = 0;
const NO_BYTES = new Uint8Array();

/** What a row is. One object is filled again for each row. */
export interface AssessedRow {
  outcome: Outcome;
  /** Of rows with one number the outcome is the same, and `row` is undefined. */
  number: number;
  /** Where the row was read as text. */
  row: Row | undefined;
  /** A digest was read: `fingerprint` is of it. */
  hasDigest: boolean;
  hasSalt: boolean;
  readonly fingerprint: Fingerprint;
}

/** An outcome, and the rows that it holds for. */
interface Remembered {
  readonly number: number;
  readonly outcome: Outcome;
  readonly hasher: Uint8Array;
  /** Of the digest what is neither salt nor hash. */
  readonly key: Uint8Array;
  readonly saltChars: number;
  readonly hashChars: number;
}

/** A hasher's name, and the layout of its digests where they have one. */
interface NamedLayout {
  readonly name: Uint8Array;
  readonly layout: DigestLayout | undefined;
}

export class RowAssessor {
  readonly #classify: (row: Row) => Outcome;
  readonly #usesLayouts: boolean;
  readonly #assessed: AssessedRow;
  /** Of each layout, the one that was met last first. */
  readonly #memories = new Map<DigestLayout, Remembered[]>();
  #remembered = MISSING_NUMBER;
  /** The layout that was met last, and its memory. */
  #layout: DigestLayout | undefined;
  #memory: Remembered[] = [];
  readonly #digest = createDigestSpans();
  readonly #canonical = createDigestSpans();
  /** Room of one digest. Secret. */
  readonly #text = Buffer.alloc(8 * MAX_DIGEST_CHARS);
  readonly #textView = new DataView(this.#text.buffer, this.#text.byteOffset, this.#text.length);
  /** Names that were met, the last one first. */
  readonly #names: NamedLayout[] = [];
  /** The name of the last row's hasher: the same object as long as the name is the same. */
  #name: Uint8Array = NO_BYTES;

  /** @param usesLayouts false where hashers that a user adds may say of two digests of one layout different things. */
  constructor(classify: (row: Row) => Outcome, usesLayouts: boolean) {
    this.#classify = classify;
    this.#usesLayouts = usesLayouts;
    const fingerprint = createFingerprint();
    const nothing = { row: undefined, hasDigest: false, hasSalt: false };
    this.#assessed = { outcome: MISSING, number: MISSING_NUMBER, ...nothing, fingerprint };
  }

  /** Undefined if the record is not a user. The answer is reused for the next row. */
  assess(spans: RowSpans): AssessedRow | undefined {
    const { bytes, digest, digestEnd } = spans;
    if (spans.id === spans.idEnd || !this.#usesLayouts) return this.#assessText(spans);
    const assessed = this.#assessed;
    if (digest === digestEnd) {
      fill(assessed, MISSING, MISSING_NUMBER);
      assessed.hasDigest = assessed.hasSalt = false;
      return assessed;
    }
    const layout = this.#findLayout(spans);
    const found = this.#digest;
    if (layout === undefined || !layout.read(bytes, digest, digestEnd, found)) return this.#assessText(spans);
    if (layout !== this.#layout) this.#turnTo(layout);
    const known = this.#find(spans);
    if (known === undefined && this.#memory.length >= MAX_REMEMBERED) return this.#assessText(spans);
    // Of another spelling something else may be said.
    if (!fingerprintSpans(spans.view, found, assessed.fingerprint)) return this.#assessText(spans);
    if (known === undefined) return this.#assessFirst(spans, layout);
    fill(assessed, known.outcome, known.number);
    assessed.hasDigest = true;
    assessed.hasSalt = found.saltEnd > found.salt;
    return assessed;
  }

  /** The answer is reused for the next row. */
  assessRow(row: Row): AssessedRow {
    const assessed = this.#assessed;
    const outcome = this.#classify(row);
    fill(assessed, outcome, NOT_REMEMBERED);
    assessed.row = row;
    const { read } = outcome;
    assessed.hasDigest = read !== undefined;
    assessed.hasSalt = read !== undefined && read.parsed.salt.length > 0;
    if (read !== undefined) this.#fingerprint(read);
    return assessed;
  }

  /** Forgets the last digest. */
  wipe(): void {
    this.#text.fill(0);
  }

  #assessText(spans: RowSpans): AssessedRow | undefined {
    const row = spans.readText();
    return row === undefined ? undefined : this.assessRow(row);
  }

  /** The outcome is remembered where it is of the row's own digest, read by a hasher of this layout and imported as it is. */
  #assessFirst(spans: RowSpans, layout: DigestLayout): AssessedRow | undefined {
    const assessed = this.#assessText(spans);
    if (assessed?.row === undefined) return undefined;
    const { passwordDigest, findings, error, doubts, notText, id } = assessed.row;
    const { read, repaired } = assessed.outcome;
    if (read === undefined || repaired !== undefined || read.text !== passwordDigest) return assessed;
    if (findings || error || doubts || notText || id === '') return assessed;
    if (layouts.get(read.hasher.name) !== layout) return assessed;
    const { keyStart, keyEnd, salt, saltEnd, hash, hashEnd } = this.#digest;
    // Of the row's own digest nothing stays.
    const { read: _, ...outcome } = assessed.outcome;
    this.#memory.push({
      number: ++this.#remembered,
      outcome,
      hasher: spans.hasher === spans.hasherEnd ? NO_BYTES : this.#name,
      key: Uint8Array.from(spans.bytes.subarray(keyStart, keyEnd)),
      saltChars: saltEnd - salt,
      hashChars: hashEnd - hash,
    });
    return assessed;
  }

  /**
   * Of the places of salt and hash in the canonical spelling, where that has a layout: the same as for a row of bytes. Else
   * of salt and hash; where these are few, as in formats that only point elsewhere, of the whole text.
   */
  #fingerprint({ text, hasher, parsed }: ReadDigest): void {
    const { salt, hash, warnings } = parsed;
    const { fingerprint } = this.#assessed;
    const layout = this.#usesLayouts ? layouts.get(hasher.name) : undefined;
    if (layout !== undefined && text.length <= MAX_DIGEST_CHARS) {
      const length = this.#text.write(warnings.some(isSpelling) ? hasher.serialize(parsed) : text);
      const spans = this.#canonical;
      if (layout.read(this.#text, 0, length, spans) && fingerprintSpans(this.#textView, spans, fingerprint)) return;
    }
    fingerprintDigest(salt, hash.length < MIN_HASH_BYTES ? utf8(text) : hash, fingerprint);
  }

  #findLayout({ bytes, hasher, hasherEnd, digest, digestEnd }: RowSpans): DigestLayout | undefined {
    return hasher === hasherEnd ? findLayout(bytes, digest, digestEnd) : this.#layoutNamed(bytes, hasher, hasherEnd);
  }

  #layoutNamed(bytes: Buffer, start: number, end: number): DigestLayout | undefined {
    const names = this.#names;
    for (let i = 0; i < names.length; i++) {
      const named = names[i] as NamedLayout;
      if (named.name.length !== end - start || !isEqual(named.name, bytes, start)) continue;
      if (i > 0) {
        names[i] = names[i - 1] as NamedLayout;
        names[i - 1] = named;
      }
      this.#name = named.name;
      return named.layout;
    }
    const layout = layouts.get(bytes.toString('latin1', start, end));
    this.#name = Uint8Array.from(bytes.subarray(start, end));
    if (names.length < MAX_REMEMBERED) names.push({ name: this.#name, layout });
    return layout;
  }

  #turnTo(layout: DigestLayout): void {
    let memory = this.#memories.get(layout);
    if (memory === undefined) {
      memory = [];
      this.#memories.set(layout, memory);
    }
    this.#layout = layout;
    this.#memory = memory;
  }

  #find({ bytes, hasher, hasherEnd }: RowSpans): Remembered | undefined {
    const memory = this.#memory;
    const { keyStart, keyEnd, salt, saltEnd, hash, hashEnd } = this.#digest;
    for (let i = 0; i < memory.length; i++) {
      const known = memory[i] as Remembered;
      if (
        known.hashChars === hashEnd - hash &&
        known.saltChars === saltEnd - salt &&
        known.key.length === keyEnd - keyStart &&
        known.hasher.length === hasherEnd - hasher &&
        isEqual(known.key, bytes, keyStart) &&
        (known.hasher === this.#name || isEqual(known.hasher, bytes, hasher))
      ) {
        if (i > 0) {
          memory[i] = memory[i - 1] as Remembered;
          memory[i - 1] = known;
        }
        return known;
      }
    }
    return undefined;
  }
}

function fill(assessed: AssessedRow, outcome: Outcome, number: number): void {
  assessed.outcome = outcome;
  assessed.number = number;
  assessed.row = undefined;
}

function isEqual(known: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = known.length - 1; i >= 0; i--) if (known[i] !== bytes[start + i]) return false;
  return true;
}
