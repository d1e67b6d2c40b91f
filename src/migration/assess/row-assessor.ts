/**
 * Takes the rows of an export in: each is judged and counted. What is said of a digest depends on its form and its
 * parameters, which thousands of digests share: a row of bytes whose like was judged before is only counted.
 */
import { Buffer } from 'node:buffer';
import { utf8 } from '../../encoding/bytes.js';
import {
  addFingerprint,
  type Duplicates,
  filling,
  newTable,
  reserve,
  type Shared,
  type SharedTable,
  settle,
  sharedOf,
} from '../count/duplicates.js';
import { print, printBytes, printDigest, printReading, printText } from '../count/fingerprint.js';
import { count, emptyTally, type Place, type Tally } from '../count/tally.js';
import type { Row } from '../row.js';
import type { RowSink } from '../rows/block.js';
import { isSpelling, MISSING, type Outcome, type ReadDigest } from './classify.js';
import { formByText, forms } from './layouts/index.js';
import { type Form, newReading } from './layouts/layout.js';

/** 367 000 different digests and ids are told apart exactly, in 8 MiB each; salts matter less. Larger ones cost more than all else. */
const DIGEST_SLOTS = 2 ** 19;
const ID_SLOTS = 2 ** 19;
const SALT_SLOTS = 2 ** 16;
/** Some 300 000 rows. */
const LARGE_BYTES = 32 * 1024 * 1024;
/** Of one form: sets of parameters, and names of hashers, whose outcomes are remembered. */
const MAX_KNOWN = 64;
const EXAMPLES = 3;
/** Characters of a digest that may be of a form. */
const MAX_TEXT = 4096;
/** Shorter ones, such as those of formats that only point elsewhere, do not tell digests apart. */
const MIN_HASH_BYTES = 7;

/** What is on several rows, counted by all threads of a check. */
export interface Tables {
  readonly digests: SharedTable;
  readonly ids: SharedTable;
  readonly salts: SharedTable;
}

/** @param bytes of the export, where they are known. */
export function emptyTables(bytes = 0): Tables {
  const isLarge = bytes > LARGE_BYTES;
  const table = (slots: number) => newTable(slots, isLarge);
  return { digests: table(DIGEST_SLOTS), ids: table(ID_SLOTS), salts: table(SALT_SLOTS) };
}

/** Before several threads fill them. */
export function reserveAll({ digests, ids, salts }: Tables): void {
  for (const table of [digests, ids, salts]) reserve(table);
}

/** Once all intakes have finished. */
export function sharedIn({ digests, ids, salts }: Tables): Readonly<Record<keyof Tables, Shared>> {
  return { digests: sharedOf(digests), ids: sharedOf(ids), salts: sharedOf(salts) };
}

/** What else is done with each row. */
export interface Taker {
  take(row: Row, outcome: Outcome): void;
}

/** An outcome, and what of a row it holds for. */
interface Known {
  readonly hasher: Uint8Array;
  /** Of the text that is neither salt nor hash. */
  readonly key: Uint8Array;
  readonly saltChars: number;
  readonly hashChars: number;
  readonly outcome: Outcome;
  rows: number;
  /** The first of the rows. */
  readonly places: Place[];
}

/** A hasher's name, and the form of its digests where they have one. */
interface Named {
  readonly name: Uint8Array;
  readonly form: Form | undefined;
}

/** The outcomes of one form, the last one that was met first. */
type Memory = Known[];

/** A row of bytes that has to be read as text, to be remembered then. */
interface Asked {
  readonly form: Form;
  readonly memory: Memory;
  readonly hasher: Uint8Array;
  readonly key: Uint8Array;
  readonly saltChars: number;
  readonly hashChars: number;
}

export interface IntakeOptions {
  readonly taker?: Taker | undefined;
  /** What is said of a digest depends on its form and its parameters alone. Not so of any hasher that a user adds. */
  readonly formsHold?: boolean;
}

export class Intake implements RowSink {
  readonly tally: Tally = emptyTally();
  /** Rows so far. */
  rows = 0;
  readonly #classify: (row: Row) => Outcome;
  readonly #file: number;
  readonly #taker: Taker | undefined;
  readonly #formsHold: boolean;
  readonly #digests: Duplicates;
  readonly #ids: Duplicates;
  readonly #salts: Duplicates;
  readonly #memories = new Map<Form, Memory>();
  /** The form that was met last, and its memory. */
  #form: Form | undefined;
  #memory: Memory = [];
  readonly #reading = newReading();
  readonly #own = newReading();
  /** Room of one digest. Secret. */
  readonly #text = Buffer.alloc(8 * MAX_TEXT);
  readonly #textView = new DataView(this.#text.buffer, this.#text.byteOffset, this.#text.length);
  #asked: Asked | undefined;
  /** Rows without a digest. */
  #missing = 0;
  /** The name that the last row gave. */
  #name: Uint8Array = new Uint8Array();
  /** Names that were met, the last one first. */
  readonly #names: Named[] = [];

  constructor(
    classify: (row: Row) => Outcome,
    file: number,
    tables: Tables,
    { taker, formsHold = true }: IntakeOptions = {},
  ) {
    this.#classify = classify;
    this.#file = file;
    this.#taker = taker;
    this.#formsHold = formsHold;
    this.#digests = filling(tables.digests);
    this.#ids = filling(tables.ids);
    this.#salts = filling(tables.salts);
  }

  /** Judges and counts a row. */
  row(row: Row): void {
    const asked = this.#asked;
    this.#asked = undefined;
    const outcome = this.#classify(row);
    const { line, id } = row;
    this.rows++;
    const known = asked && this.#remembered(asked, row, outcome);
    if (known === undefined) count(this.tally, outcome, [{ file: this.#file, line, id }]);
    else this.#counted(known, line, id);
    // Of several ways to sign in, each in a row, one has the password.
    if (id !== '' && row.otherLogin !== true) {
      printText(id);
      this.#add(this.#ids, line);
    }
    if (outcome.read !== undefined) {
      const { salt } = outcome.read.parsed;
      this.#print(outcome.read);
      this.#add(this.#digests, line);
      if (salt.length > 0) this.#addSalt(line);
    }
    this.#taker?.take(row, outcome);
  }

  /**
   * A row as bytes: where its id, the name of its hasher (empty where none is named) and its digest stand.
   * @returns false where it has to be read as text; that row must come next.
   */
  bytes(
    block: Buffer,
    view: DataView,
    id: number,
    idEnd: number,
    hasher: number,
    hasherEnd: number,
    digest: number,
    digestEnd: number,
    line: number,
  ): boolean {
    if (id === idEnd || !this.#formsHold) return false;
    if (digest === digestEnd) {
      this.rows++;
      this.#missing++;
      printBytes(view, id, idEnd);
      this.#add(this.#ids, line);
      return true;
    }
    const form =
      hasher === hasherEnd ? formByText(block, digest, digestEnd) : this.#formNamed(block, hasher, hasherEnd);
    const reading = this.#reading;
    if (form === undefined || !form.read(block, digest, digestEnd, reading)) return false;
    if (form !== this.#form) {
      this.#form = form;
      this.#memory = this.#memories.get(form) ?? this.#remember(form);
    }
    const memory = this.#memory;
    const known = this.#find(memory, block, hasher, hasherEnd);
    if (known === undefined) {
      // Of another spelling something else may be said.
      if (memory.length < MAX_KNOWN && printReading(view, reading)) {
        const { keyStart, keyEnd, salt, saltEnd, hash, hashEnd } = reading;
        this.#asked = {
          ...{ form, memory, saltChars: saltEnd - salt, hashChars: hashEnd - hash },
          // The same object as long as the same name is met.
          hasher: hasher === hasherEnd ? NO_BYTES : this.#name,
          key: Uint8Array.from(block.subarray(keyStart, keyEnd)),
        };
      }
      return false;
    }
    if (!printReading(view, reading)) return false;
    this.#add(this.#digests, line);
    if (reading.saltEnd > reading.salt) this.#addSalt(line);
    printBytes(view, id, idEnd);
    this.#add(this.#ids, line);
    this.rows++;
    known.rows++;
    if (known.places.length < EXAMPLES && known.outcome.kinds.length > 0) {
      known.places.push({ file: this.#file, line, id: block.toString('utf8', id, idEnd) });
    }
    if (this.#taker !== undefined) {
      const text = (start: number, end: number) => block.toString('utf8', start, end);
      const passwordHasher = hasher === hasherEnd ? undefined : text(hasher, hasherEnd);
      const row = { line, id: text(id, idEnd), passwordHasher, passwordDigest: text(digest, digestEnd) };
      this.#taker.take(row, known.outcome);
    }
    return true;
  }

  /** Everything is in the tally and in the tables. */
  finish(): void {
    for (const memory of this.#memories.values()) {
      for (const { outcome, places, rows } of memory) if (rows > 0) count(this.tally, outcome, places, rows);
      memory.length = 0;
    }
    this.#memories.clear();
    this.#form = undefined;
    if (this.#missing > 0) count(this.tally, MISSING, [], this.#missing);
    this.#missing = 0;
    for (const table of [this.#digests, this.#ids, this.#salts]) settle(table);
    this.#text.fill(0);
  }

  #add(table: Duplicates, line: number): void {
    addFingerprint(table, print[0] as number, print[1] as number, this.#file, line);
  }

  #addSalt(line: number): void {
    addFingerprint(this.#salts, print[2] as number, print[3] as number, this.#file, line);
  }

  /**
   * By the places in its canonical spelling, where that is of a form: the same for a row of bytes. Else by the bytes; where
   * these are few, as in formats that only point elsewhere, by all of the text.
   */
  #print({ text, hasher, parsed }: ReadDigest): void {
    const { salt, hash, warnings } = parsed;
    const form = this.#formsHold ? forms.get(hasher.name) : undefined;
    if (form !== undefined && text.length <= MAX_TEXT) {
      const canonical = warnings.some(isSpelling) ? hasher.serialize(parsed) : text;
      const length = this.#text.write(canonical);
      const reading = this.#own;
      if (form.read(this.#text, 0, length, reading)) {
        if (printReading(this.#textView, reading)) return;
      }
    }
    printDigest(salt, hash.length < MIN_HASH_BYTES ? utf8(text) : hash);
  }

  #counted(known: Known, line: number, id: string): void {
    known.rows++;
    if (known.places.length < EXAMPLES) known.places.push({ file: this.#file, line, id });
  }

  #formNamed(block: Buffer, start: number, end: number): Form | undefined {
    const names = this.#names;
    for (let i = 0; i < names.length; i++) {
      const named = names[i] as Named;
      if (named.name.length !== end - start || !isEqual(named.name, block, start)) continue;
      if (i > 0) {
        names[i] = names[i - 1] as Named;
        names[i - 1] = named;
      }
      this.#name = named.name;
      return named.form;
    }
    const form = forms.get(block.toString('latin1', start, end));
    this.#name = Uint8Array.from(block.subarray(start, end));
    if (names.length < MAX_KNOWN) names.push({ name: this.#name, form });
    return form;
  }

  #remember(form: Form): Memory {
    const memory: Memory = [];
    this.#memories.set(form, memory);
    return memory;
  }

  #find(memory: Memory, block: Buffer, hasher: number, hasherEnd: number): Known | undefined {
    const { keyStart, keyEnd, salt, saltEnd, hash, hashEnd } = this.#reading;
    for (let i = 0; i < memory.length; i++) {
      const known = memory[i] as Known;
      if (
        known.hashChars === hashEnd - hash &&
        known.saltChars === saltEnd - salt &&
        known.key.length === keyEnd - keyStart &&
        known.hasher.length === hasherEnd - hasher &&
        isEqual(known.key, block, keyStart) &&
        (known.hasher === this.#name || isEqual(known.hasher, block, hasher))
      ) {
        if (i > 0) {
          memory[i] = memory[i - 1] as Known;
          memory[i - 1] = known;
        }
        return known;
      }
    }
    return undefined;
  }

  /** Only where the row's own digest was read, by a hasher of this form, and is what is imported. */
  #remembered(
    { form, memory, hasher, key, saltChars, hashChars }: Asked,
    row: Row,
    outcome: Outcome,
  ): Known | undefined {
    const { read, mended } = outcome;
    if (read === undefined || mended !== undefined || read.text !== row.passwordDigest) return undefined;
    const { findings, error, doubts, notText } = row;
    if (findings || error || doubts || notText || row.id === '') return undefined;
    if (forms.get(read.hasher.name) !== form) return undefined;
    // Of the row's own digest nothing stays.
    const { read: _, ...kept } = outcome;
    const known: Known = { hasher, key, saltChars, hashChars, outcome: kept, rows: 0, places: [] };
    memory.push(known);
    return known;
  }
}

const NO_BYTES = new Uint8Array();

function isEqual(known: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = known.length - 1; i >= 0; i--) if (known[i] !== bytes[start + i]) return false;
  return true;
}
