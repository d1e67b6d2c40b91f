/**
 * Exports that are read a block at a time, as bytes: a scan finds where the records of the block are, then each is taken
 * in. Where the next block begins is known after the scan, so that another thread can go on from there.
 */
import { Buffer } from 'node:buffer';
import type { InputProblem } from '../../files/input-problem.js';
import type { Row } from '../row.js';
import type { DigestForm, JoinedDigest, Plain } from '../sources/index.js';

/** Bytes of an export from the beginning of a record on. */
export interface Block {
  readonly bytes: Buffer;
  /** How many of them are the export's. After them is room for one more. */
  readonly length: number;
  /** Bytes of the export before the first. */
  readonly offset: number;
  /** Physical line of the first, from 1. */
  readonly line: number;
  /** Nothing follows. */
  readonly last: boolean;
  /** Some bytes are not UTF-8: the reader finds out whose. */
  readonly isBroken?: boolean;
}

export interface Scanned {
  /** Bytes of whole records: the next block begins after them. */
  readonly consumed: number;
  /** Line ends in them. */
  readonly lines: number;
  /** The error that ends the export after the records so far. */
  readonly problem?: InputProblem | undefined;
}

const NO_BYTES = Buffer.from(new ArrayBuffer(0));

/**
 * Where the id, the hasher and the digest of a row are in the bytes of a block. A reader fills one object again and again, so
 * that a row costs no allocation.
 */
export class RowSpans {
  bytes: Buffer = NO_BYTES;
  view: DataView = new DataView(NO_BYTES.buffer);
  id = 0;
  idEnd = 0;
  /** `hasherEnd` where the row names no hasher. */
  hasher = 0;
  hasherEnd = 0;
  digest = 0;
  digestEnd = 0;
  /** Where the digest is made of parts: the hash is in the place of the digest, and `keyEnd` is 0 where a joined one has no key. */
  salt = 0;
  saltEnd = 0;
  key = 0;
  keyEnd = 0;
  /** Of all rows. */
  joined: JoinedDigest | undefined;
  forms: readonly DigestForm[] | undefined;
  isLocated = false;
  /** Physical line on which the record begins, from 1. */
  line = 1;
  /** Reads the same record as text; undefined if it is not a user. */
  readText: () => Row | undefined = readNothing;

  /** Before the first row. */
  readAs(plain: Plain | undefined): void {
    this.joined = plain?.joined;
    this.forms = plain?.forms;
    this.isLocated = plain?.locate !== undefined;
  }

  /** Begins a block. */
  enter(bytes: Buffer, readText: () => Row | undefined): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.readText = readText;
  }
}

function readNothing(): undefined {}

export interface RowSink {
  /** A row whose values are bytes of a block. The spans are reused for the next row. */
  take(spans: RowSpans): void;
  /** A row that is read from text. */
  takeRow(row: Row): void;
}

/** What the first block says of all others: plain data, for other threads. */
export type Settled = object;

export interface BlockReader {
  /** Of the export's records; undefined before one was seen. */
  readonly source: string | undefined;
  /** Undefined before the records were reached. */
  readonly settled: Settled | undefined;
  /** @throws {InputProblem} where the export cannot be read at all. */
  scan(block: Block): Scanned;
  /** Takes in the records of the last scan. */
  deliver(sink: RowSink): void;
  /**
   * The export has ended.
   * @throws {InputProblem} if it was not.
   */
  end(): void;
  /** Whether a record had a field for the digest. */
  digestSeen: boolean;
}
