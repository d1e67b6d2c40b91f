/**
 * Exports that are read a block at a time, as bytes: a scan finds where the records of the block are, then each is taken
 * in. Where the next block begins is known after the scan, so that another thread can go on from there.
 */
import type { Buffer } from 'node:buffer';
import type { InputProblem } from '../problem.js';
import type { Row } from '../row.js';

/** Bytes of an export from the beginning of a record on. */
export interface Block {
  readonly bytes: Buffer;
  /** How many of them are the export's. Behind them is room for one more. */
  readonly length: number;
  /** Physical line of the first, from 1. */
  readonly line: number;
  /** Nothing follows. */
  readonly last: boolean;
}

export interface Scanned {
  /** Bytes of whole records: the next block begins behind them. */
  readonly consumed: number;
  /** Line ends in them. */
  readonly lines: number;
  /** What ends the export behind the records so far. */
  readonly problem?: InputProblem | undefined;
}

/** Takes rows in. */
export interface RowSink {
  row(row: Row): void;
  /**
   * Where id, hasher (empty where none is named) and digest of a row stand.
   * @returns false where the row has to be read as text, and come as `row` next.
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
  ): boolean;
}

/** What the first block tells of all others: plain data, for other threads. */
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
   * @throws {InputProblem} where it was none.
   */
  end(): void;
  /** Whether a record had a field for the digest. */
  digestSeen: boolean;
}
