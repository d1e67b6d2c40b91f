/** Rows of all hashers as CSV and NDJSON, in the ways of writing that must change nothing of what is found. */

import type { RowKind } from '../kind-list.js';
import { kindsOf } from '../kinds.js';
import { CSV_HEADER, csvRow, names, ndjsonRow, type Cells as Spelled } from '../spelling.js';
import type { Shape } from './contract.js';

/** Of no platform: what Clerk's import takes. */
const COMMON = {
  source: 'clerk',
  urls: ['https://clerk.com/docs/guides/development/migrating/overview'],
  between: '\n',
  foot: '\n',
  hasBlankLines: true,
} as const;

function writerOf(format: 'csv' | 'ndjson', spell: (kind: RowKind, cells: Spelled, style: number) => string) {
  return (pieces: Parameters<Shape['writer']>[0]): ReturnType<Shape['writer']> => ({
    kinds: kindsOf(pieces).filter(({ only }) => only === undefined || only === format),
    id: idOf,
    write: (kind, { id, person, digest, style }) =>
      spell(kind, { id, name: names[person] as (typeof names)[number], hasher: kind.written, digest }, style),
  });
}

export const csv: Shape = {
  ...COMMON,
  title: 'CSV with rows of all hashers',
  format: 'csv',
  extension: 'csv',
  head: `${CSV_HEADER}\n`,
  writer: writerOf('csv', csvRow),
};

export const ndjson: Shape = {
  ...COMMON,
  title: 'NDJSON with rows of all hashers',
  format: 'ndjson',
  extension: 'ndjson',
  head: '',
  writer: writerOf('ndjson', ndjsonRow),
};

/** Empty now and then, and of characters that need care. */
function idOf(row: number, chance: number): string {
  switch (chance) {
    case 2:
    case 3:
    case 4:
      return '';
    case 5:
      return `${row + 1}`;
    case 6:
      return `tenant,${row}`;
    case 7:
      return `user "${row}"`;
    case 8:
      return `üser_${row}`;
    case 9:
      return `🌍${row}`;
    default:
      return `user_${row}`;
  }
}
