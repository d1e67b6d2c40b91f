/** NDJSON: one JSON object a line. https://github.com/ndjson/ndjson-spec */
import { isRecord, parseJson } from '../../encoding/json.js';
import { InputProblem } from '../problem.js';
import { MAX_RECORD_BYTES, type Row, unreadable } from '../row.js';
import type { Bind, Rows } from './contract.js';
import { recordReader } from './records.js';

/** @throws {InputProblem} on a line without end. */
export async function* readNdjson(text: AsyncIterable<string>, bind: Bind): Rows {
  const reader = recordReader(bind, 'ndjson');
  let line = 0;
  let rest = '';

  function rowOf(source: string): Row | undefined {
    line++;
    if (source === '' || source === '\r' || source.trim() === '') return undefined;
    const record = parseJson(source);
    return isRecord(record) ? reader.row(record, line) : unreadable(line, 'the line is not a JSON object');
  }

  for await (const chunk of text) {
    const batch: Row[] = [];
    const input = rest + chunk;
    let start = 0;
    for (let end = input.indexOf('\n'); end !== -1; end = input.indexOf('\n', start)) {
      const row = rowOf(input.slice(start, end));
      if (row !== undefined) batch.push(row);
      start = end + 1;
    }
    rest = input.slice(start);
    if (rest.length > MAX_RECORD_BYTES) {
      throw new InputProblem(`the line is longer than ${MAX_RECORD_BYTES} characters`, { line: line + 1 });
    }
    if (batch.length > 0) yield batch;
  }
  const last = rest === '' ? undefined : rowOf(rest);
  if (last !== undefined) yield [last];
}
