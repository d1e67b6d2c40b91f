/**
 * Assesses rows. What is said of a digest depends on its layout and its parameters, which thousands of digests share: the
 * first of them is read as text, and its outcome is remembered for those with the same bytes around salt and hash. Digests
 * that a source made are looked up in the same way, by their bytes, under the hasher and the findings of the source.
 */
import { Buffer } from 'node:buffer';
import { utf8 } from '../../encoding/bytes.js';
import { MAX_DIGEST_CHARS } from '../../recognize/bounds.js';
import type { Row } from '../row.js';
import type { RowSpans } from '../rows/index.js';
import { isSpelling } from './classify.js';
import { DigestMemory } from './digest-memory.js';
import { createFingerprint, type Fingerprint, fingerprintDigest, fingerprintSpans } from './fingerprint.js';
import {
  createDigestSpans,
  type DigestLayout,
  findBareHash,
  findLayout,
  layouts,
  writeAsHex,
} from './layouts/index.js';
import { DISABLED, MISSING, type Outcome, type ReadDigest, type RowFinding, withoutDigest } from './outcome.js';
import { PartsFinder } from './parts-finder.js';
import { RowMemory } from './row-memory.js';

/** Shorter ones, such as those of formats that only point elsewhere, do not distinguish digests. */
const MIN_HASH_BYTES = 7;
/** Number of an outcome that may be of one row alone. */
export const NOT_REMEMBERED = -1;
const MISSING_NUMBER = 0;
const DISABLED_NUMBER = 1;
const NO_BYTES = new Uint8Array();

/** What a row is. One object is filled again for each row. */
export interface AssessedRow {
  /** Without what was read of the digest, where it is remembered. */
  outcome: Outcome;
  /** Rows with one number are counted alike: verdict, hasher, parameters and findings are the same. Or `NOT_REMEMBERED`. */
  number: number;
  /** Where the row was read as text. */
  row: Row | undefined;
  /** A digest was read: `fingerprint` is of it. */
  hasDigest: boolean;
  hasSalt: boolean;
  readonly fingerprint: Fingerprint;
}

export class RowAssessor {
  readonly #classify: (row: Row) => Outcome;
  readonly #usesLayouts: boolean;
  readonly #assessed: AssessedRow;
  readonly #parts = new PartsFinder();
  /** Of each layout, and of each form in which a source takes digests. */
  readonly #memories = new Map<object, DigestMemory>();
  readonly #rows = new Map<DigestLayout, RowMemory>();
  /** Of outcomes that were read as text, by the findings that they share. */
  readonly #numbers = new Map<readonly RowFinding[], number>();
  #remembered = DISABLED_NUMBER;
  /** What was met last, and its memory. */
  #form: object | undefined;
  #memory = new DigestMemory();
  readonly #digest = createDigestSpans();
  readonly #canonical = createDigestSpans();
  /** Room of one digest. Secret. */
  readonly #text = Buffer.alloc(8 * MAX_DIGEST_CHARS);
  readonly #textView = new DataView(this.#text.buffer, this.#text.byteOffset, this.#text.length);

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
    const { digest, digestEnd } = spans;
    if (spans.id === spans.idEnd || !this.#usesLayouts) return this.#assessText(spans);
    const assessed = this.#assessed;
    if (digest === digestEnd) {
      fill(assessed, MISSING, MISSING_NUMBER);
      assessed.hasDigest = assessed.hasSalt = false;
      return assessed;
    }
    const parts = this.#parts;
    if (!parts.find(spans)) return this.#assessText(spans);
    const found = parts.digest;
    if (parts.form !== this.#form) this.#turnTo(parts.form);
    const known = this.#memory.find(spans, found, parts.name);
    if (known === undefined && this.#memory.isFull) return this.#assessText(spans);
    // Of another spelling something else may be said.
    if (!fingerprintSpans(spans.view, found, assessed.fingerprint)) return this.#assessText(spans);
    if (known === undefined) return this.#assessFirst(spans);
    if (known.isHex) this.#fingerprintAsHex(spans.bytes);
    fill(assessed, known.outcome, known.number);
    assessed.hasDigest = true;
    assessed.hasSalt = found.saltEnd > found.salt;
    return assessed;
  }

  /** The answer is reused for the next row. */
  assessRow(row: Row): AssessedRow {
    const layout = this.#readLayout(row);
    if (layout === undefined) return this.#classifyRow(row);
    const memory = this.#rowMemory(layout);
    const known = memory.find(row, this.#text, this.#digest);
    const isNew = known === undefined && !memory.isFull;
    const assessed = this.#assessed;
    if (known === undefined && !isNew) return this.#classifyRow(row);
    // Of another spelling something else may be said.
    if (!fingerprintSpans(this.#textView, this.#digest, assessed.fingerprint)) return this.#classifyRow(row);
    if (known === undefined) return this.#classifyFirst(row, layout, memory);
    fill(assessed, known.outcome, known.number);
    assessed.row = row;
    assessed.hasDigest = known.isRead;
    assessed.hasSalt = known.isRead && this.#digest.saltEnd > this.#digest.salt;
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

  #classifyRow(row: Row): AssessedRow {
    const assessed = this.#assessed;
    const outcome = this.#classify(row);
    fill(assessed, outcome, this.#numberOf(outcome));
    assessed.row = row;
    const { read } = outcome;
    assessed.hasDigest = read !== undefined;
    assessed.hasSalt = read !== undefined && read.parsed.salt.length > 0;
    if (read !== undefined) this.#fingerprint(read);
    return assessed;
  }

  /** The first row of its form: its outcome is remembered where it says nothing of this digest alone. */
  #classifyFirst(row: Row, layout: DigestLayout, memory: RowMemory): AssessedRow {
    const form = memory.describe(row, this.#text, this.#digest);
    const assessed = this.#classifyRow(row);
    const isRead = isOwnDigest(assessed.outcome, row) && hasLayout(assessed.outcome, layout);
    if (!isRead && !isOfNoHasher(assessed.outcome, row)) return assessed;
    if (assessed.number === NOT_REMEMBERED) assessed.number = ++this.#remembered;
    memory.add({ ...form, isRead, outcome: withoutDigest(assessed.outcome), number: assessed.number });
    return assessed;
  }

  /** Where the parts of the row's digest are, in the room of the text; undefined where more than the digest decides. */
  #readLayout({ passwordHasher, passwordDigest, findings, error, doubts, notText, problem }: Row) {
    if (!this.#usesLayouts || passwordDigest === undefined || passwordDigest.length > MAX_DIGEST_CHARS)
      return undefined;
    if (error !== undefined || notText !== undefined || problem !== undefined) return undefined;
    // Whether it is another salt, the salt itself decides.
    if (doubts?.some(({ of }) => of === 'salted')) return undefined;
    if (findings !== undefined && !Object.isFrozen(findings)) return undefined;
    const named = passwordHasher === undefined ? undefined : layouts.get(passwordHasher);
    if (passwordHasher !== undefined && named === undefined) return undefined;
    const length = this.#text.write(passwordDigest);
    const layout = named ?? findLayout(this.#text, 0, length) ?? findBareHash(length);
    return layout?.read(this.#text, 0, length, this.#digest) && !this.#digest.mayBeRefused ? layout : undefined;
  }

  #rowMemory(layout: DigestLayout): RowMemory {
    let memory = this.#rows.get(layout);
    if (memory === undefined) {
      memory = new RowMemory();
      this.#rows.set(layout, memory);
    }
    return memory;
  }

  /** Findings that are frozen are the same for all rows that are counted alike. */
  #numberOf(outcome: Outcome): number {
    if (outcome === MISSING) return MISSING_NUMBER;
    if (outcome === DISABLED) return DISABLED_NUMBER;
    const { findings } = outcome;
    if (!Object.isFrozen(findings)) return NOT_REMEMBERED;
    let number = this.#numbers.get(findings);
    if (number === undefined) {
      number = ++this.#remembered;
      this.#numbers.set(findings, number);
    }
    return number;
  }

  /** The outcome is remembered where it is of the row's own digest, read by a hasher of this layout and imported as it is. */
  #assessFirst(spans: RowSpans): AssessedRow | undefined {
    const row = spans.readText();
    if (row === undefined) return undefined;
    const { name, layout, digest } = this.#parts;
    const { keyStart, keyEnd, salt, saltEnd, hash, hashEnd } = digest;
    const key = Uint8Array.from(spans.bytes.subarray(keyStart, keyEnd));
    const [low, high] = this.#assessed.fingerprint;
    let [lowOfHex, highOfHex] = [low, high];
    if (spans.isLocated) {
      this.#fingerprintAsHex(spans.bytes);
      [lowOfHex, highOfHex] = this.#assessed.fingerprint;
    }
    const assessed = this.#classifyRow(row);
    const { findings, error, doubts, notText, id } = row;
    if (error || doubts || notText || id === '' || (findings !== undefined && !Object.isFrozen(findings)))
      return assessed;
    if (!isOwnDigest(assessed.outcome, row)) return assessed;
    if (layout !== undefined && !hasLayout(assessed.outcome, layout)) return assessed;
    // What was found in the bytes is the salt and the hash of the digest that the source made.
    const [lowOfText, highOfText] = assessed.fingerprint;
    const isHex = lowOfText === lowOfHex && highOfText === highOfHex;
    if (!isHex && (lowOfText !== low || highOfText !== high)) return assessed;
    if (assessed.number === NOT_REMEMBERED) assessed.number = ++this.#remembered;
    this.#memory.add({
      number: assessed.number,
      outcome: withoutDigest(assessed.outcome),
      hasher: spans.hasher === spans.hasherEnd ? NO_BYTES : name,
      key,
      isHex: isHex && spans.isLocated,
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

  /** As hashers write it that have it in hexadecimal. */
  #fingerprintAsHex(bytes: Buffer): void {
    writeAsHex(bytes, this.#parts.digest, this.#text, this.#canonical);
    fingerprintSpans(this.#textView, this.#canonical, this.#assessed.fingerprint);
  }

  /** @param form the layout, or how a source takes digests of it. */
  #turnTo(form: object): void {
    let memory = this.#memories.get(form);
    if (memory === undefined) {
      memory = new DigestMemory();
      this.#memories.set(form, memory);
    }
    this.#form = form;
    this.#memory = memory;
  }
}

/** What is said of it holds of the row's own digest, which a hasher of this layout read and which is imported as it is. */
function isOwnDigest({ read, repaired }: Outcome, { passwordDigest }: Row): boolean {
  return read !== undefined && repaired === undefined && read.text === passwordDigest && layouts.has(read.hasher.name);
}

/** No hasher is named, and a bare hash does not show one: others of its length do not either. */
function isOfNoHasher({ read, rejection }: Outcome, { passwordHasher }: Row): boolean {
  return passwordHasher === undefined && read === undefined && rejection?.code === 'ERR_UNKNOWN_HASHER';
}

function hasLayout({ read }: Outcome, layout: DigestLayout): boolean {
  return read !== undefined && layouts.get(read.hasher.name) === layout;
}

function fill(assessed: AssessedRow, outcome: Outcome, number: number): void {
  assessed.outcome = outcome;
  assessed.number = number;
  assessed.row = undefined;
}
