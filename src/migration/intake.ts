/**
 * Takes the rows of an export in: each is judged and counted. What is said of a digest depends on its form and its
 * parameters, which thousands of digests share: a row of bytes whose like was judged before is only counted.
 */
import type { Buffer } from 'node:buffer';
import type { RowSink } from './blocks/block.js';
import { MISSING, type Outcome } from './classify.js';
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
} from './duplicates.js';
import { print, printBytes, printDigest, printText } from './fingerprint.js';
import { type Form, HASH_AT, newReading, SALT_AT } from './forms/form.js';
import { formByText, forms } from './forms/index.js';
import type { Row } from './row.js';
import { count, emptyTally, type Place, type Tally } from './tally.js';

/** 1.4 million different digests are told apart exactly, in 32 MiB; half as many ids; salts matter less. */
const DIGEST_SLOTS = 2 ** 21;
const ID_SLOTS = 2 ** 20;
const SALT_SLOTS = 2 ** 16;
/** Of one form: sets of parameters, and names of hashers, whose outcomes are remembered. */
const MAX_KNOWN = 64;
const EXAMPLES = 3;

/** What is on several rows, counted by all threads of a check. */
export interface Tables {
  readonly digests: SharedTable;
  readonly ids: SharedTable;
  readonly salts: SharedTable;
}

export function emptyTables(): Tables {
  return { digests: newTable(DIGEST_SLOTS), ids: newTable(ID_SLOTS), salts: newTable(SALT_SLOTS) };
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
  readonly saltBytes: number;
  readonly hashBytes: number;
  readonly outcome: Outcome;
  rows: number;
  /** The first of the rows. */
  readonly places: Place[];
}

/** The outcomes of one form, the last one that was met first. */
type Memory = Known[];

/** A row of bytes that has to be read as text, to be remembered then. */
interface Asked {
  readonly memory: Memory;
  readonly hasher: Uint8Array;
  readonly key: Uint8Array;
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
  readonly #reading = newReading();
  readonly #room: DataView;
  #asked: Asked | undefined;
  /** Rows without a digest. */
  #missing = 0;
  /** The name that the last row gave, and its form. */
  #name: Uint8Array = new Uint8Array();
  #named: Form | undefined;

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
    this.#room = new DataView(this.#reading.room.buffer);
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
    if (id !== '') {
      printText(id);
      this.#add(this.#ids, line);
    }
    const { hash, salt } = outcome;
    if (hash !== undefined && salt !== undefined) {
      printDigest(salt, hash);
      this.#add(this.#digests, line);
      if (salt.length > 0) {
        printDigest(salt, NO_BYTES);
        this.#add(this.#salts, line);
      }
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
      printBytes(view, id, idEnd, 0, 0);
      this.#add(this.#ids, line);
      return true;
    }
    const form =
      hasher === hasherEnd ? formByText(block, digest, digestEnd) : this.#formNamed(block, hasher, hasherEnd);
    const reading = this.#reading;
    if (form === undefined || !form.read(block, digest, digestEnd, reading)) return false;
    const memory = this.#memories.get(form) ?? this.#remember(form);
    const known = this.#find(memory, block, hasher, hasherEnd);
    if (known === undefined) {
      if (memory.length < MAX_KNOWN) {
        this.#asked = {
          memory,
          hasher: Uint8Array.from(block.subarray(hasher, hasherEnd)),
          key: Uint8Array.from(block.subarray(reading.keyStart, reading.keyEnd)),
        };
      }
      return false;
    }
    this.rows++;
    known.rows++;
    if (known.places.length < EXAMPLES && known.outcome.kinds.length > 0) {
      known.places.push({ file: this.#file, line, id: block.toString('utf8', id, idEnd) });
    }
    printBytes(view, id, idEnd, 0, 0);
    this.#add(this.#ids, line);
    const { saltBytes, hashBytes } = reading;
    printBytes(this.#room, HASH_AT, HASH_AT + hashBytes, SALT_AT, SALT_AT + saltBytes);
    this.#add(this.#digests, line);
    if (saltBytes > 0) {
      printBytes(this.#room, 0, 0, SALT_AT, SALT_AT + saltBytes);
      this.#add(this.#salts, line);
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
    if (this.#missing > 0) count(this.tally, MISSING, [], this.#missing);
    this.#missing = 0;
    for (const table of [this.#digests, this.#ids, this.#salts]) settle(table);
    this.#reading.room.fill(0);
  }

  #add(table: Duplicates, line: number): void {
    addFingerprint(table, print[0] as number, print[1] as number, this.#file, line);
  }

  #counted(known: Known, line: number, id: string): void {
    known.rows++;
    if (known.places.length < EXAMPLES) known.places.push({ file: this.#file, line, id });
  }

  #formNamed(block: Buffer, start: number, end: number): Form | undefined {
    const last = this.#name;
    if (last.length !== end - start || !isEqual(last, block, start)) {
      this.#name = Uint8Array.from(block.subarray(start, end));
      this.#named = forms.get(block.toString('latin1', start, end));
    }
    return this.#named;
  }

  #remember(form: Form): Memory {
    const memory: Memory = [];
    this.#memories.set(form, memory);
    return memory;
  }

  #find(memory: Memory, block: Buffer, hasher: number, hasherEnd: number): Known | undefined {
    const { keyStart, keyEnd, saltBytes, hashBytes } = this.#reading;
    for (let i = 0; i < memory.length; i++) {
      const known = memory[i] as Known;
      if (
        known.hashBytes === hashBytes &&
        known.saltBytes === saltBytes &&
        known.key.length === keyEnd - keyStart &&
        known.hasher.length === hasherEnd - hasher &&
        isEqual(known.key, block, keyStart) &&
        isEqual(known.hasher, block, hasher)
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

  /** Only where the digest was read as its form reads it, and is what is imported. */
  #remembered({ memory, hasher, key }: Asked, row: Row, outcome: Outcome): Known | undefined {
    const { hash, salt, mended } = outcome;
    const { saltBytes, hashBytes, room } = this.#reading;
    if (hash === undefined || salt === undefined || mended !== undefined) return undefined;
    if (row.findings !== undefined || row.error !== undefined || row.id === '') return undefined;
    if (hash.length !== hashBytes || salt.length !== saltBytes) return undefined;
    if (!isEqual(hash, room, HASH_AT) || !isEqual(salt, room, SALT_AT)) return undefined;
    // Of the row's own bytes nothing stays.
    const { verdict, params, kinds, rejection } = outcome;
    const kept: Outcome = {
      verdict,
      hasher: outcome.hasher,
      kinds,
      ...(params && { params }),
      ...(rejection && { rejection }),
    };
    const known: Known = { hasher, key, saltBytes, hashBytes, outcome: kept, rows: 0, places: [] };
    memory.push(known);
    return known;
  }
}

const NO_BYTES = new Uint8Array();

function isEqual(known: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = known.length - 1; i >= 0; i--) if (known[i] !== bytes[start + i]) return false;
  return true;
}
