/** Detects the format of an export from its beginning, and takes a sample of its records. */
import { isRecord, type JsonRecord, parseJson } from '../../encoding/json.js';
import { InputProblem } from '../../files/input-problem.js';
import type { Format } from '../../reports/check-report.js';
import { type Bind, isSql, readRows, readText } from '../rows/index.js';
import type { Sample, SampleRecord, SourceRecord } from '../sources/index.js';

/** Enough for a first record; a longer first line is not NDJSON. */
const SNIFF_CHARS = 256 * 1024;
/** NULL in the text of PostgreSQL's COPY, and of MySQL's SELECT … INTO OUTFILE: fields are separated by tabs. */
const COPY_NULL = /(?:^|\t)\\N(?:\t|\r?$)/m;
/** Comments before the first statement of a dump. */
const DUMP_BYTES = 16 * 1024;
/** Lines of which each has to look like one of a password file. */
const SNIFF_LINES = 20;
const SAMPLE_RECORDS = 200;
/** Some dozens of records, which is enough where they come at once. */
const SAMPLE_CHARS = 32 * 1024;
/** The password field of these files: a mark, or a digest of crypt(3) or of Apache. */
const CRYPT = /^(?:\$(?:apr1|2[abxy]?|1|3|5|6|7|y|gy|sha1|md5)\$|\{S?SHA\}|[./0-9A-Za-z]{13}$)/;
const SHADOW = /^(?:$|[*!]|x$|\$|_|[./0-9A-Za-z]{13}$)/;

/**
 * Whether a file is a dump in SQL.
 * @param whole nothing follows these bytes.
 * @returns undefined where more of them decide.
 */
export function isDump(bytes: Buffer, whole: boolean): boolean | undefined {
  const text = bytes.toString('latin1', 0, DUMP_BYTES).replace(/^\u00ef\u00bb\u00bf/, '');
  return isSql(text, whole || bytes.length >= DUMP_BYTES);
}

/**
 * @param beginning of the text, up to `SNIFF_CHARS` or its end.
 * @param columns that the caller names, since no header does.
 */
export function detectFormat(beginning: string, columns?: readonly string[]): Format {
  if (columns !== undefined && COPY_NULL.test(beginning)) return 'sql';
  const start = beginning.search(/\S/);
  const first = beginning[start];
  if (first === '[') return 'json';
  if (isSql(beginning.slice(0, DUMP_BYTES), true) === true) return 'sql';
  if (first !== '{') return ofLines(beginning);
  const newline = beginning.indexOf('\n', start);
  const line = parseJson(newline === -1 ? beginning.slice(start) : beginning.slice(start, newline));
  if (!isRecord(line)) return 'json';
  // One whole object in the first line: a record of NDJSON, or all of a JSON that holds its records in an array.
  const only = newline === -1 || beginning.slice(newline).trim() === '';
  return only && holdsList(line) ? 'json' : 'ndjson';
}

/** Neither a password file nor LDIF is likely to be met by a CSV: each line of the first has to fit. */
function ofLines(beginning: string): Format {
  const end = beginning.length < SNIFF_CHARS ? beginning.length : beginning.lastIndexOf('\n');
  const lines = beginning
    .slice(0, end)
    .split('\n', 4 * SNIFF_LINES)
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
    .filter((line, i, all) => line.trim() !== '' && !isComment(all, i))
    .slice(0, SNIFF_LINES);
  const [first] = lines;
  if (first === undefined) return 'csv';
  if (/^(?:version: *\d+|dn:.*)$/i.test(first)) return 'ldif';
  const width = first.split(':').length;
  return lines.every((line) => isPasswordLine(line.split(':'), width)) ? 'colons' : 'csv';
}

/** In LDIF a comment goes on in lines that begin with a space: ldapsearch folds the base and the filter so. */
function isComment(lines: readonly string[], index: number): boolean {
  let first = index;
  while (first > 0 && lines[first]?.startsWith(' ')) first--;
  return lines[first]?.startsWith('#') === true;
}

function isPasswordLine(fields: readonly string[], width: number): boolean {
  const [user = '', digest = '', third = '', fourth = ''] = fields;
  if (fields.length !== width || user === '' || /[\s,;"]/.test(user)) return false;
  if (width === 2) return CRYPT.test(digest);
  // passwd(5) and shadow(5) have numbers there; of shadow(5) they may be missing.
  if (width === 7 || width === 10) return SHADOW.test(digest) && /^\d+$/.test(third) && /^\d+$/.test(fourth);
  return width === 9 && SHADOW.test(digest) && /^\d*$/.test(third) && /^\d*$/.test(fourth);
}

/**
 * The first records, as far as they can be read: errors in them are reported when the export is read.
 * @param bind of a dump: chooses the table.
 */
export async function takeSample(beginning: string, format: Format, bind?: Bind): Promise<Sample> {
  const sample = await sampleWithin(beginning.slice(0, SAMPLE_CHARS), format, bind);
  // A realm's roles come before its users, and a long comment before a header.
  const isNone = sample.records.length === 0 && beginning.length > SAMPLE_CHARS;
  return isNone ? await sampleWithin(beginning.slice(0, SNIFF_CHARS), format, bind) : sample;
}

async function sampleWithin(text: string, format: Format, bind: Bind | undefined): Promise<Sample> {
  const fields = new Set<string>();
  const records: SampleRecord[] = [];
  let header: readonly string[] | undefined;
  let table: string | undefined;
  function extract(field: SampleRecord['field'], source?: SourceRecord): undefined {
    if (records.length >= SAMPLE_RECORDS) return;
    const record = source?.whole();
    for (const name of record === undefined ? [] : Object.keys(record)) fields.add(name);
    const own = record === undefined ? copyText(field, header ?? []) : (name: string) => readText(record, name);
    records.push({ field: own, record });
  }
  async function* once(): AsyncGenerator<string> {
    yield text;
  }
  try {
    const rows = readRows(format, once(), (names, all, of) => {
      const bound = bind?.(names, all, of);
      table = of?.name;
      // A comment before the header.
      if (all && names[0]?.startsWith('#')) throw new InputProblem('no-header', 'the first line is a comment');
      if (all) {
        header = bound?.columns ?? names;
        for (const name of header) fields.add(name);
      }
      return { source: bound?.source ?? '', columns: bound?.columns, digestFields: [], extract };
    });
    for await (const _ of rows) if (records.length >= SAMPLE_RECORDS) break;
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
  }
  return { format, fields, records, header, table };
}

/** Rows are read through one view, which goes on. */
function copyText(field: SampleRecord['field'], names: readonly string[]): SampleRecord['field'] {
  const values = new Map(names.map((name) => [name, field(name)]));
  return (name) => values.get(name);
}

function holdsList(value: JsonRecord): boolean {
  return Object.values(value).some((one) =>
    Array.isArray(one) ? one.length === 0 || isRecord(one[0]) : isRecord(one) && holdsList(one),
  );
}

/** The most white space before the records of an export. */
const MAX_BLANK_BYTES = 64 * 1024 * 1024;

export interface PeekedText {
  /** From the first piece that is not blank; empty if all are. What is not UTF-8 in it is replaced. */
  readonly beginning: string;
  /** There is white space before it. */
  readonly isBlank: boolean;
  /** All of it again. Where that cannot be read to its end, it ends with the same problem. */
  readonly chunks: AsyncGenerator<Buffer>;
}

/** @throws {InputProblem} where nothing of it can be read. */
export async function peekText(text: AsyncGenerator<Buffer>): Promise<PeekedText> {
  const blanks: Buffer[] = [];
  let blankBytes = 0;
  const pieces: Buffer[] = [];
  let size = 0;
  let done = false;
  let failed: unknown;
  try {
    while (!done && size < SNIFF_CHARS) {
      const next = await text.next();
      done = next.done === true;
      if (next.done) break;
      if (pieces.length === 0 && next.value.toString().trim() === '') {
        blanks.push(next.value);
        blankBytes += next.value.length;
        if (blankBytes > MAX_BLANK_BYTES) throw endlessBlanks();
        continue;
      }
      pieces.push(next.value);
      size += next.value.length;
    }
  } catch (error) {
    if (size === 0) throw error;
    failed = error;
  }
  async function* again(): AsyncGenerator<Buffer> {
    yield* blanks;
    yield* pieces;
    if (failed !== undefined) throw failed;
    if (!done) yield* text;
  }
  return { beginning: Buffer.concat(pieces).toString(), isBlank: blankBytes > 0, chunks: again() };
}

function endlessBlanks(): InputProblem {
  return new InputProblem(
    'too-much-blank',
    `the file begins with more than ${MAX_BLANK_BYTES / 2 ** 20} MiB of white space`,
    {
      fix: 'export it again',
    },
  );
}
