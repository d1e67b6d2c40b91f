/**
 * CSV by RFC 4180, quoting done by Papa Parse. Delimiter and line end are taken from the first line. Line numbers are
 * physical ones: a quoted field may hold line ends.
 */
import Papa from 'papaparse';
import type { Finding } from '../../types.js';
import { InputProblem } from '../problem.js';
import { MAX_RECORD_SIZE, type Row, rowOf, unreadable } from '../row.js';
import type { Bound } from '../sources/contract.js';
import type { Bind, Rows } from './contract.js';

const DELIMITERS = [',', ';', '\t', '|'];

// The low-level parser is documented and left out of the types.
type Parser = new (
  dialect: Dialect,
) => {
  parse(
    input: string,
    baseIndex: number,
    ignoreLastRow: boolean,
  ): { data: string[][]; errors: { code: string; row: number }[]; meta: { cursor: number } };
};
const { Parser } = Papa as unknown as { readonly Parser: Parser };

/** @throws {InputProblem} where there is no header, or where a quote is never closed. */
export async function* readCsv(text: AsyncIterable<string>, bind: Bind): Rows {
  let dialect: Dialect | undefined;
  let table: Table | undefined;
  let line = 1;
  let rest = '';

  /** Rows of all whole records in `rest`; of the last one too where the text ends. */
  function take(last: boolean): Row[] {
    const settled = dialect ?? dialectOf(rest, last);
    if (settled === undefined) return [];
    dialect = settled;
    const { data, errors, meta } = new Parser(settled).parse(rest, 0, !last);
    // All but the last record of the text were taken before, so that nothing is lost with it.
    if (errors.some(({ code }) => code === 'MissingQuotes')) throw unclosedQuote(line);
    const stray = new Set(errors.map(({ row }) => row));
    const quoted = rest.includes('"');
    const rows: Row[] = [];
    for (let i = 0; i < data.length; i++) {
      const fields = data[i] as string[];
      const at = line;
      line += 1 + (quoted ? lineEndsIn(fields, settled.newline) : 0);
      if (table === undefined) {
        if (isBlank(fields)) continue;
        table = tableOf(fields, at, bind);
        if (!table?.headless) continue;
      }
      const row = stray.has(i) ? unreadable(at, STRAY_QUOTE) : table.row(fields, at);
      if (row !== undefined) rows.push(row);
    }
    rest = last ? '' : rest.slice(meta.cursor);
    return rows;
  }

  for await (const chunk of text) {
    // Papa Parse would wait for the end of the row for ever.
    if (rest.length > MAX_RECORD_SIZE) throw endlessRow(line, rest);
    rest += chunk;
    const rows = take(false);
    if (rows.length > 0) yield { source: table?.source, rows };
  }
  const rows = rest === '' ? [] : take(true);
  if (rows.length > 0) yield { source: table?.source, rows };
  if (table === undefined) {
    throw new InputProblem('the file has no header', { fix: 'export it with column names in the first line' });
  }
}

interface Dialect {
  readonly delimiter: string;
  readonly newline: string;
}

/** Told by the first line that is no comment. Undefined where that line may go on. */
function dialectOf(text: string, whole: boolean): Dialect | undefined {
  let start = 0;
  for (;;) {
    const end = lineEnd(text, start);
    // A CR at the very end may be the first half of a CRLF.
    if (!whole && (end === -1 || (text[end] === '\r' && end + 1 === text.length))) return undefined;
    const first = text.slice(start, end === -1 ? undefined : end);
    if (end !== -1 && (first.trim() === '' || first.startsWith('#'))) {
      start = end + 1;
      continue;
    }
    const bare = first.replace(/"[^"]*"/g, '');
    const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
    const delimiter = DELIMITERS[counts.indexOf(Math.max(...counts))] as string;
    // With CRLF a row ends at its LF, so that files of mixed line ends are read too; `Table` drops the CR.
    return { delimiter, newline: text[end] === '\r' && text[end + 1] !== '\n' ? '\r' : '\n' };
  }
}

/** The first CR or LF that is not within quotes; -1 where there is none. */
function lineEnd(text: string, start: number): number {
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const unit = text[i] as string;
    if (quoted) {
      if (unit === '"') quoted = false;
    } else if (unit === '\n' || unit === '\r') return i;
    // A doubled quote closes and opens again.
    else if (unit === '"') quoted = i === start || text[i - 1] === '"' || DELIMITERS.includes(text[i - 1] as string);
  }
  return -1;
}

interface Table {
  readonly source: string;
  /** The first row is a user, not a header. */
  readonly headless: boolean;
  row(fields: string[], line: number): Row | undefined;
}

/** Undefined where the line is a comment before the header. */
function tableOf(header: string[], line: number, bind: Bind): Table | undefined {
  const first = withoutCr(header).map((name) => name.trim());
  let bound: Bound;
  try {
    bound = bind(first, true);
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    if (first[0]?.startsWith('#')) return undefined;
    throw new InputProblem(error.message, { line, fix: error.fix });
  }
  const { extract, source, columns = first, digestFields, digestParts = [] } = bound;
  const indexOf = new Map(columns.map((name, index) => [name, index]));
  let current: readonly string[] = [];
  const field = (name: string): string | undefined => {
    const index = indexOf.get(name);
    return index === undefined ? undefined : current[index];
  };
  /** A value that another one follows, or none, was not cut off. */
  function hasWhole(names: readonly string[]): boolean {
    return names.every((name) => {
      const index = indexOf.get(name) ?? current.length;
      return index < current.length - 1 || current[index] === '';
    });
  }
  return {
    source,
    headless: bound.columns !== undefined,
    row(fields, at) {
      current = withoutCr(fields);
      if (isBlank(current)) return undefined;
      const short = current.length < first.length;
      if (
        current.length > first.length ||
        (short && !hasWhole([...digestFields, ...digestParts.filter((name) => indexOf.has(name))]))
      ) {
        return unreadable(at, wrongWidth(current.length, first.length));
      }
      const row = rowOf(extract(field), at);
      return short && row !== undefined ? withFinding(row, SHORT_ROW) : row;
    },
  };
}

const STRAY_QUOTE = 'a quoted value goes on after its closing quote: a quote within a value is written twice';

function wrongWidth(found: number, wanted: number): string {
  const why =
    found > wanted ? 'a value with a delimiter in it, such as an argon2 digest, needs quotes' : 'the row is cut off';
  return `the row has ${found} fields and the header ${wanted}: ${why}`;
}

/** Of a row that has its digest and not all that comes behind it. */
const SHORT_ROW: Finding = {
  code: 'WARN_ROW',
  severity: 'warning',
  field: 'row',
  message: 'the row has fewer fields than the header; its digest is there, and values may stand in a wrong column',
  fix: 'export it again',
};

function withFinding(row: Row, finding: Finding): Row {
  return { ...row, findings: [...(row.findings ?? []), finding] };
}

/** Takes the CR of a CRLF off the last field. */
function withoutCr(fields: string[]): string[] {
  const last = fields.at(-1);
  if (last?.endsWith('\r')) fields[fields.length - 1] = last.slice(0, -1);
  return fields;
}

function isBlank(fields: readonly string[]): boolean {
  return fields.length === 1 && (fields[0] === '' || fields[0] === '\r');
}

/** Within the fields of one row. Where a CR ends a row, an LF ends a line nevertheless: editors show it so. */
function lineEndsIn(fields: readonly string[], newline: string): number {
  let count = 0;
  for (const field of fields) {
    if (newline === '\r') count += field.match(/\r\n|\r|\n/g)?.length ?? 0;
    else for (let at = field.indexOf(newline); at !== -1; at = field.indexOf(newline, at + 1)) count++;
  }
  return count;
}

function unclosedQuote(line: number): InputProblem {
  return new InputProblem('a quote is opened and never closed: the file is cut off, or a value has a bare quote', {
    line,
    fix: 'export it again; a quote within a value is written twice',
  });
}

function endlessRow(line: number, rest: string): InputProblem {
  if (rest.includes('"')) return unclosedQuote(line);
  return new InputProblem(`the row is longer than ${MAX_RECORD_SIZE} characters`, {
    line,
    fix: 'is this a CSV file?',
  });
}
