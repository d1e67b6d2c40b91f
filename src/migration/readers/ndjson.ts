/** NDJSON: one JSON object a line. https://github.com/ndjson/ndjson-spec */
import { isRecord, parseJson } from '../../encoding/json.js';
import { type Row, unreadable } from '../row.js';
import type { Bind, Rows } from './contract.js';
import { linesOf } from './lines.js';
import { recordReader } from './records.js';

/** @throws {InputProblem} on a line without end, and where no record has a field for the digest. */
export async function* readNdjson(text: AsyncIterable<string>, bind: Bind): Rows {
  const reader = recordReader(bind);
  let line = 0;
  for await (const lines of linesOf(text)) {
    const rows: Row[] = [];
    for (const source of lines) {
      line++;
      if (source.trim() === '') continue;
      const record = parseJson(source);
      const row = isRecord(record) ? reader.row(record, line) : unreadable(line, 'the line is not a JSON object');
      if (row !== undefined) rows.push(row);
    }
    if (rows.length > 0) yield { source: reader.source, rows };
  }
  reader.end();
}
