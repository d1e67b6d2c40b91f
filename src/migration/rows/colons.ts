/** One user per line, fields between colons and never in quotes: passwd(5), shadow(5), htpasswd. */
import { makeRow, type Row, unreadable } from '../row.js';
import { countFields } from '../row-problem.js';
import type { Bound } from '../sources/index.js';
import type { Bind, RowBatches } from './contract.js';
import { linesOf } from './lines.js';

const NAMES = ['user', 'digest'];
const MIN_FIELDS = 2;

/** @throws {InputProblem} on a line without end. */
export async function* readColons(text: AsyncIterable<string>, bind: Bind): RowBatches {
  let line = 0;
  let bound: Bound | undefined;
  let width = 0;
  for await (const lines of linesOf(text)) {
    const rows: Row[] = [];
    for (const source of lines) {
      line++;
      if (source.trim() === '' || source.startsWith('#')) continue;
      const fields = source.split(':');
      if (bound === undefined && fields.length >= MIN_FIELDS) {
        width = fields.length;
        bound = bind(
          fields.map((_, i) => NAMES[i] ?? `field ${i + 1}`),
          true,
        );
      }
      const row =
        bound === undefined || fields.length !== width
          ? unreadable(line, width === 0 ? { code: 'no-colon' } : countFields('colons', fields.length, width))
          : makeRow(
              bound.extract((name) => fields[NAMES.indexOf(name)]),
              line,
            );
      if (row !== undefined) rows.push(row);
    }
    if (rows.length > 0) yield { source: bound?.source, rows };
  }
}
