/**
 * CSV by RFC 4180, quoting done by Papa Parse. Delimiter and line end are taken from the first line. Line numbers are
 * physical ones: a quoted field may hold line ends.
 */
import Papa from 'papaparse';
import { InputProblem } from '../problem.js';
import { type Batch, MAX_RECORD_BYTES, type Row, unreadable } from '../row.js';
import type { Bind, Binding, Rows } from './contract.js';

const DELIMITERS = [',', ';', '\t', '|'];

// The low-level parser is documented and left out of the types.
type Parser = new (config: {
  delimiter: string;
  newline: string;
}) => {
  parse(
    input: string,
    baseIndex: number,
    ignoreLastRow: boolean,
  ): { data: string[][]; errors: { code: string }[]; meta: { cursor: number } };
};
const { Parser } = Papa as unknown as { readonly Parser: Parser };

/** @throws {InputProblem} where there is no header, or where a quote is never closed. */
export async function* readCsv(text: AsyncIterable<string>, bind: Bind): Rows {
  let dialect: Dialect | undefined;
  let table: Table | undefined;
  let line = 1;
  let lastRowLine = 1;
  let rest = '';

  function* rowsOf(input: string, last: boolean): Generator<Batch> {
    dialect ??= dialectOf(input);
    const parser = new Parser(dialect);
    const { data, errors, meta } = parser.parse(input, 0, !last);
    const quoted = input.includes('"');
    const batch: Row[] = [];
    for (const fields of data) {
      const at = line;
      lastRowLine = line;
      line += 1 + (quoted ? lineEndsIn(fields, dialect.newline) : 0);
      if (table !== undefined) {
        const row = table.row(fields, at);
        if (row !== undefined) batch.push(row);
      } else if (!isBlank(fields)) {
        table = tableOf(fields, at, bind);
      }
    }
    rest = last ? '' : input.slice(meta.cursor);
    const unclosed = last && errors.some(({ code }) => code === 'MissingQuotes');
    if (unclosed) batch.pop();
    if (batch.length > 0) yield batch;
    if (unclosed) throw unclosedQuote(lastRowLine);
  }

  for await (const chunk of text) {
    const input = rest + chunk;
    // Papa Parse would wait for the end of the row for ever.
    if (rest.length > MAX_RECORD_BYTES) throw endlessRow(line, rest);
    if (dialect === undefined && !/[\r\n]/.test(input)) {
      rest = input;
      continue;
    }
    yield* rowsOf(input, false);
  }
  if (rest !== '') yield* rowsOf(rest, true);
  if (table === undefined)
    throw new InputProblem('the file has no header', { fix: 'export it with column names in the first line' });
}

interface Dialect {
  readonly delimiter: string;
  readonly newline: string;
}

function dialectOf(text: string): Dialect {
  const first =
    text
      .slice(0, 64 * 1024)
      .split(/\r\n|\n|\r/)
      .find((one) => one.trim() !== '' && !one.startsWith('#')) ?? '';
  const bare = first.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
  const delimiter = DELIMITERS[counts.indexOf(Math.max(...counts))] as string;
  // With CRLF a row ends at its LF, so that files of mixed line ends are read too; `Table` drops the CR.
  return { delimiter, newline: text.includes('\n') ? '\n' : '\r' };
}

interface Table {
  row(fields: string[], line: number): Row | undefined;
}

/** Undefined where the line before the header is a comment. */
function tableOf(header: string[], line: number, bind: Bind): Table | undefined {
  const columns = withoutCr(header).map((name) => name.trim());
  if (columns[0]?.startsWith('#')) return undefined;
  let binding: Binding;
  try {
    binding = bind(columns, 'csv');
  } catch (error) {
    if (error instanceof InputProblem) throw new InputProblem(error.message, { line, fix: error.fix });
    throw error;
  }
  const indexOf = new Map(columns.map((name, index) => [name, index]));
  const { extract, source } = binding;
  let current: readonly string[] = [];
  const field = (name: string): string | undefined => {
    const index = indexOf.get(name);
    const value = index === undefined ? undefined : current[index];
    return value === '' ? undefined : value;
  };
  return {
    row(fields, at) {
      current = withoutCr(fields);
      if (isBlank(current) || (source.comment !== undefined && current[0]?.startsWith(source.comment)))
        return undefined;
      if (current.length !== columns.length) return unreadable(at, wrongWidth(current.length, columns.length));
      const { id, passwordHasher, passwordDigest } = extract(field);
      return { line: at, id, passwordHasher, passwordDigest };
    },
  };
}

function wrongWidth(found: number, wanted: number): string {
  const why =
    found > wanted ? 'a value with a delimiter in it, such as an argon2 digest, needs quotes' : 'the row is cut off';
  return `the row has ${found} fields and the header ${wanted}: ${why}`;
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

/** Within the fields of one row. */
function lineEndsIn(fields: readonly string[], newline: string): number {
  let count = 0;
  for (const field of fields) {
    for (let at = field.indexOf(newline); at !== -1; at = field.indexOf(newline, at + 1)) count++;
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
  return new InputProblem(`the row is longer than ${MAX_RECORD_BYTES} characters`, {
    line,
    fix: 'is this a CSV file?',
  });
}
