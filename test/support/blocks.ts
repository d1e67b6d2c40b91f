/** A reader of blocks, over blocks of any size. */
import { Buffer } from 'node:buffer';
import { InputProblem } from '../../src/files/input-problem.js';
import { bindSource } from '../../src/migration/input/origin.js';
import type { Row } from '../../src/migration/row.js';
import type { Settled } from '../../src/migration/rows/block.js';
import { createBlockReader } from '../../src/migration/rows/block-reader.js';
import { detectSqlDialect } from '../../src/migration/rows/sql-dialect.js';
import type { SourceOptions } from '../../src/migration/sources/contract.js';
import type { Format } from '../../src/reports/check-report.js';
import type { Reading } from './reading.js';

export interface BlockReading extends Reading {
  /** Line ends of what was read. */
  readonly lines: number;
  readonly source: string | undefined;
}

interface Driving {
  /** Undefined: detected. */
  readonly source?: string;
  /** As threads do: each block by another reader, which knows no more than what the first has settled. */
  readonly turns?: boolean;
}

/** After the block is a byte that would change what is read. */
const NEXT_BYTE: { readonly [F in Format]: string } = {
  csv: '"',
  xlsx: '"',
  ndjson: '7',
  json: '7',
  ldif: ':',
  colons: ':',
  sql: "'",
};

/** @param size of a block; one is larger where a record is: twice as large, or by 64 KiB. */
export function readInBlocks(
  format: Format,
  file: string | Buffer,
  size: number,
  options: SourceOptions = {},
  { source, turns = false }: Driving = {},
): BlockReading {
  const all = Buffer.from(file);
  const bind = bindSource(source, options);
  const dialect = format === 'sql' ? detectSqlDialect(all.toString('latin1')) : undefined;
  let reader = createBlockReader(format, bind, dialect);
  let settled: Settled | undefined;
  let isAlone = false;
  const rows: Row[] = [];
  const take = (row: Row | undefined) => row !== undefined && rows.push(row);
  const sink = { take: ({ readText }: { readText: () => Row | undefined }) => take(readText()), takeRow: take };
  let line = 1;
  let seen = false;
  let problem: InputProblem | undefined;
  try {
    for (let offset = 0, room = size; ; ) {
      const length = Math.min(room, all.length - offset);
      const last = offset + length === all.length;
      const bytes = Buffer.alloc(length + 1, NEXT_BYTE[format]);
      all.copy(bytes, 0, offset, offset + length);
      const scanned = reader.scan({ bytes, length, offset, line, last });
      reader.deliver(sink);
      offset += scanned.consumed;
      line += scanned.lines;
      if (scanned.problem !== undefined) throw scanned.problem;
      if (last) break;
      room = scanned.consumed > 0 ? size : room + Math.max(size, Math.min(room, 1 << 16));
      seen ||= reader.digestSeen;
      if (!turns || isAlone || scanned.consumed === 0) continue;
      if (reader.settled !== undefined) {
        settled ??= structuredClone(reader.settled);
        reader = createBlockReader(format, bind, settled);
      } else isAlone = settled !== undefined;
    }
    if (seen) reader.digestSeen = true;
    reader.end();
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    problem = error;
  }
  return { rows, problem, lines: line - 1, source: reader.source };
}
