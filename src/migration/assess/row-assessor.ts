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
import type { DigestForm, JoinedDigest } from '../sources/index.js';
import { isSpelling } from './classify.js';
import { createFingerprint, type Fingerprint, fingerprintDigest, fingerprintSpans } from './fingerprint.js';
import {
  createDigestSpans,
  type DigestLayout,
  findLayout,
  layouts,
  readBase64Parts,
  writeAsHex,
} from './layouts/index.js';
import { DISABLED, MISSING, type Outcome, type ReadDigest, type RowFinding, withoutDigest } from './outcome.js';
import { RowMemory } from './row-memory.js';

/** Outcomes of one layout, and names of hashers, that are remembered. */
const MAX_REMEMBERED = 64;
/** Stands for digests whose parts were located in a value of JSON: their key says of which layout they are. */
const LOCATED = {};
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

/** An outcome, and the rows that it holds for. */
interface Remembered {
  readonly number: number;
  readonly outcome: Outcome;
  readonly hasher: Uint8Array;
  /** Of the digest what is neither salt nor hash. */
  readonly key: Uint8Array;
  /** The digest has salt and hash in hexadecimal, and the bytes in Base64. */
  readonly isHex: boolean;
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
  /** Of each layout, and of each form in which a source takes digests: the one that was met last first. */
  readonly #memories = new Map<object, Remembered[]>();
  readonly #rows = new Map<DigestLayout, RowMemory>();
  /** Of outcomes that were read as text, by the findings that they share. */
  readonly #numbers = new Map<readonly RowFinding[], number>();
  #remembered = DISABLED_NUMBER;
  /** What was met last, and its memory. */
  #form: object | undefined;
  /** Of its digests; undefined where their key decides. */
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
    const { digest, digestEnd } = spans;
    if (spans.id === spans.idEnd || !this.#usesLayouts) return this.#assessText(spans);
    const assessed = this.#assessed;
    if (digest === digestEnd) {
      fill(assessed, MISSING, MISSING_NUMBER);
      assessed.hasDigest = assessed.hasSalt = false;
      return assessed;
    }
    const found = this.#digest;
    if (!this.#readParts(spans) || found.mayBeRefused) return this.#assessText(spans);
    const known = this.#find(spans);
    if (known === undefined && this.#memory.length >= MAX_REMEMBERED) return this.#assessText(spans);
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
    assessed.hasDigest = true;
    assessed.hasSalt = this.#digest.saltEnd > this.#digest.salt;
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
    const outcome =
      isOwnDigest(assessed.outcome, row) && hasLayout(assessed.outcome, layout)
        ? withoutDigest(assessed.outcome)
        : undefined;
    if (outcome === undefined) return assessed;
    if (assessed.number === NOT_REMEMBERED) assessed.number = ++this.#remembered;
    memory.add({ ...form, outcome, number: assessed.number });
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
    const layout = named ?? findLayout(this.#text, 0, length);
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
    const { keyStart, keyEnd, salt, saltEnd, hash, hashEnd } = this.#digest;
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
    if (this.#layout !== undefined && !hasLayout(assessed.outcome, this.#layout)) return assessed;
    // What was found in the bytes is the salt and the hash of the digest that the source made.
    const [lowOfText, highOfText] = assessed.fingerprint;
    const isHex = lowOfText === lowOfHex && highOfText === highOfHex;
    if (!isHex && (lowOfText !== low || highOfText !== high)) return assessed;
    if (assessed.number === NOT_REMEMBERED) assessed.number = ++this.#remembered;
    this.#memory.push({
      number: assessed.number,
      outcome: withoutDigest(assessed.outcome),
      hasher: spans.hasher === spans.hasherEnd ? NO_BYTES : this.#name,
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

  /** Finds the parts of the digest. False where it is to be read as text. */
  #readParts(spans: RowSpans): boolean {
    if (spans.isLocated) {
      if (!readBase64Parts(spans.bytes, spans, this.#digest)) return false;
      this.#turnTo(LOCATED, undefined);
      return true;
    }
    return spans.joined === undefined ? this.#readDigest(spans) : this.#readJoined(spans, spans.joined);
  }

  #readDigest({ bytes, hasher, hasherEnd, digest, digestEnd, forms }: RowSpans): boolean {
    const layout =
      hasher === hasherEnd ? findLayout(bytes, digest, digestEnd) : this.#layoutNamed(bytes, hasher, hasherEnd);
    if (layout === undefined && forms !== undefined && hasher === hasherEnd) {
      const form = findForm(forms, bytes, digest, digestEnd);
      if (!form?.layout.read(bytes, digest + form.skip, digestEnd, this.#digest)) return false;
      this.#turnTo(form, form.layout);
      return true;
    }
    if (!layout?.read(bytes, digest, digestEnd, this.#digest)) return false;
    this.#turnTo(layout, layout);
    return true;
  }

  /** As hashers write it that have it in hexadecimal. */
  #fingerprintAsHex(bytes: Buffer): void {
    writeAsHex(bytes, this.#digest, this.#text, this.#canonical);
    fingerprintSpans(this.#textView, this.#canonical, this.#assessed.fingerprint);
  }

  #readJoined({ bytes, salt, saltEnd, digest, digestEnd }: RowSpans, joined: JoinedDigest): boolean {
    const layout = layouts.get(joined.hasher);
    if (!layout?.readParts?.(bytes, salt, saltEnd, digest, digestEnd, this.#digest)) return false;
    this.#turnTo(joined, layout);
    return true;
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

  /** @param form the layout, or how a source takes digests of it. */
  #turnTo(form: object, layout: DigestLayout | undefined): void {
    if (form === this.#form) return;
    let memory = this.#memories.get(form);
    if (memory === undefined) {
      memory = [];
      this.#memories.set(form, memory);
    }
    this.#form = form;
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

interface KnownForm extends DigestForm {
  readonly start: Uint8Array;
  readonly layout: DigestLayout;
}

const knownForms = new WeakMap<readonly DigestForm[], readonly KnownForm[]>();

function findForm(forms: readonly DigestForm[], bytes: Uint8Array, at: number, end: number): KnownForm | undefined {
  let known = knownForms.get(forms);
  if (known === undefined) {
    known = forms.flatMap((form) => {
      const layout = layouts.get(form.hasher);
      return layout === undefined ? [] : { ...form, layout, start: utf8(form.prefix) };
    });
    knownForms.set(forms, known);
  }
  for (let i = 0; i < known.length; i++) {
    const form = known[i] as KnownForm;
    if (end - at > form.start.length && isEqual(form.start, bytes, at)) return form;
  }
  return undefined;
}

/** What is said of it holds of the row's own digest, which a hasher of this layout read and which is imported as it is. */
function isOwnDigest({ read, repaired }: Outcome, { passwordDigest }: Row): boolean {
  return read !== undefined && repaired === undefined && read.text === passwordDigest && layouts.has(read.hasher.name);
}

function hasLayout({ read }: Outcome, layout: DigestLayout): boolean {
  return read !== undefined && layouts.get(read.hasher.name) === layout;
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
