/** How a row is written: the ways in which exports differ that must change nothing of what is found of it. */
import type { RowKind } from './kind-list.js';

/** What stands in a row. */
export interface Cells {
  readonly id: string;
  readonly name: Name;
  readonly hasher: string;
  readonly digest: string;
}

/** One of a table, written beforehand. */
export interface Name {
  readonly text: string;
  readonly csv: string;
  readonly json: string;
  /** Line ends in it, which count as lines of a CSV. */
  readonly lines: number;
}

export const CSV_HEADER = 'id,email,name,password_hasher,password_digest,created_at,locale';

const TEXTS = [
  'Jane Doe',
  'John Smith',
  'Ana María Núñez',
  '山田 太郎',
  'O’Brien 🌍',
  'Doe, Jane',
  'Jane "JJ" Doe',
  '"',
  'two\nlines',
  'two\r\nlines of "quoted", text',
  '\n\n',
  '',
  '{"password_digest":"decoy"}',
  "',;|\t",
];
/** The rest of a table is plain, as most rows are. */
const NAMES = 128;

export const names: readonly Name[] = Array.from({ length: NAMES }, (_, i) => {
  const text = TEXTS[i] ?? `Given${i} Family${i}`;
  return { text, csv: csvCell(text), json: JSON.stringify(text), lines: text.split('\n').length - 1 };
});

/** @param style of 16; most are the plain one. */
export function csvRow(kind: RowKind, { id, name, hasher, digest }: Cells, style: number): string {
  const row = emailOf(id);
  switch (kind.damage) {
    case 'cut':
      return `${csvCell(id)},${row}`;
    case 'wide':
      return `${csvCell(id)},${row},Jane Doe,${hasher},${digest},2024-05-01,en`;
    case 'stray quote':
      return `${csvCell(id)},${row},"Jane "JJ" Doe",${hasher},${digest},2024-05-01,en`;
    default:
  }
  const end = kind.short ? ',2024-05-01' : ',2024-05-01,en';
  if (style === 1)
    return `${quoted(id)},"${row}",${quoted(name.text)},"${hasher}",${quoted(digest)},"2024-05-01"${kind.short ? '' : ',"en"'}`;
  return `${csvCell(id)},${row},${name.csv},${hasher},${csvCell(digest)}${end}`;
}

/** @param style of 16; most are the plain one. */
export function ndjsonRow(kind: RowKind, { id, name, hasher, digest }: Cells, style: number): string {
  const key = /^[1-9]\d*$/.test(id) ? id : JSON.stringify(id);
  const row = emailOf(id);
  const json = JSON.stringify(digest);
  switch (kind.damage) {
    case 'broken':
      return `{"id":${key},"email":"${row}","password_hasher":"${hasher}","password_digest":"${digest}`;
    case 'array':
      return `[${key},"${hasher}",${json}]`;
    case 'text':
      return json;
    default:
  }
  const beginning = `{"id":${key},"email":"${row}","name":${name.json}`;
  switch (style) {
    case 1:
      return `{ "password_digest" : ${json} , "name" : ${name.json} ,\t"password_hasher" : "${hasher}" , "id" : ${key} } `;
    case 2:
      return `${beginning},"meta":{"id":"no","password_hasher":"md5","password_digest":[{"password_digest":"no"}]},"password_hasher":"${hasher}","password_digest":${json}}`;
    case 3:
      return `${beginning},"password_hasher":"${hasher}","password_digest":${escaped(json)},"created_at":null}`;
    case 4:
      return `${beginning},"password_digest":"the last one counts","password\\u005fhasher":"${hasher}","password_digest":${json}}`;
    case 5: {
      // Null and nothing are the same as empty.
      const hasherField = hasher === '' ? '' : `,"password_hasher":"${hasher}"`;
      return `{${id === '' ? '' : `"id":${key},`}"name":${name.json}${hasherField},"password_digest":${digest === '' ? 'null' : json}}`;
    }
    default:
      return `${beginning},"password_hasher":"${hasher}","password_digest":${json},"created_at":"2024-05-01","locale":"en"}`;
  }
}

function emailOf(id: string): string {
  const ascii = /^\w+$/.test(id) ? id : 'someone';
  return `${ascii}@example.com`;
}

/** The same text to every reader of JSON. */
function escaped(json: string): string {
  return json.replaceAll('$', '\\u0024').replaceAll('/', '\\/');
}

export function csvCell(text: string): string {
  return /[",\r\n;|\t]/.test(text) ? quoted(text) : text;
}

export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
