/** A block reader run over bytes, in blocks of any size. */
import { InputProblem } from '../../src/files/input-problem.js';
import { bindSource } from '../../src/migration/input/origin.js';
import type { Row } from '../../src/migration/row.js';
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

/** @param size of a block; it grows where a record is larger. */
export function readInBlocks(format: Format, file: Buffer, size: number, options: SourceOptions = {}): BlockReading {
  const settled = format === 'sql' ? detectSqlDialect(file.toString('latin1')) : undefined;
  const reader = createBlockReader(format, bindSource(undefined, options), settled);
  const rows: Row[] = [];
  const take = (row: Row | undefined) => row !== undefined && rows.push(row);
  let line = 1;
  let problem: InputProblem | undefined;
  try {
    for (let offset = 0, room = size; ; ) {
      const last = offset + room >= file.length;
      const length = last ? file.length - offset : room;
      const bytes = Buffer.alloc(length + 1, 0x27);
      file.copy(bytes, 0, offset, offset + length);
      const scanned = reader.scan({ bytes, length, offset, line, last });
      reader.deliver({ take: (spans) => take(spans.readText()), takeRow: take });
      offset += scanned.consumed;
      line += scanned.lines;
      if (scanned.problem !== undefined) throw scanned.problem;
      if (last) break;
      room = scanned.consumed === 0 ? room + size : size;
    }
    reader.end();
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    problem = error;
  }
  return { rows, problem, lines: line - 1, source: reader.source };
}
