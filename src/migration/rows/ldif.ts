/** LDIF content records, RFC 2849: attributes a line each, folded, values as text or Base64; a blank line ends an entry. */
import { decodeBase64 } from '../../encoding/base64.js';
import { utf8Text } from '../../encoding/bytes.js';
import type { JsonRecord } from '../../encoding/json.js';
import { DigestError } from '../../errors.js';
import { InputProblem } from '../../files/input-problem.js';
import { MAX_RECORD_SIZE, type Row, unreadable } from '../row.js';
import type { RowProblem } from '../row-problem.js';
import type { Bind, RowBatches } from './contract.js';
import { linesOf } from './lines.js';
import { RecordReader } from './records.js';

/** Photographs and certificates are not ids. */
const BINARY = /^(?:jpegphoto|photo|audio|usercertificate|cacertificate|objectguid|objectsid|thumbnailphoto)$/;

/** @throws {InputProblem} on an entry without end, and where no entry has a password. */
export async function* readLdif(text: AsyncIterable<string>, bind: Bind): RowBatches {
  const reader = new RecordReader(bind);
  let line = 0;
  let entry = new Entry(1);
  let rows: Row[] = [];
  const finish = (): void => {
    if (!entry.isEmpty) {
      const { record, problem } = entry.read();
      const row = problem === undefined ? record && reader.row(record, entry.line) : unreadable(entry.line, problem);
      if (row !== undefined) rows.push(row);
    }
    entry = new Entry(line + 1);
  };
  for await (const lines of linesOf(text)) {
    for (const source of lines) {
      line++;
      if (source === '') finish();
      else entry.add(source, line);
    }
    if (rows.length > 0) yield { source: reader.source, rows };
    rows = [];
  }
  finish();
  if (rows.length > 0) yield { source: reader.source, rows };
  reader.end();
}

/** The lines of one entry. */
class Entry {
  line: number;
  /** Without folds. */
  readonly #lines: string[] = [];
  #chars = 0;

  constructor(line: number) {
    this.line = line;
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  add(source: string, line: number): void {
    this.#chars += source.length;
    if (this.#chars > MAX_RECORD_SIZE) {
      throw new InputProblem('record-too-long', `the entry is longer than ${MAX_RECORD_SIZE} characters`, {
        line: this.line,
        fix: 'a blank line has to end each entry of LDIF',
      });
    }
    const last = this.#lines.length - 1;
    if (source.startsWith(' ') && last >= 0) this.#lines[last] += source.slice(1);
    else {
      if (last < 0) this.line = line;
      this.#lines.push(source);
    }
  }

  /** Attributes by their names in lower case; no record where the entry adds no user. */
  read(): { readonly record?: JsonRecord; readonly problem?: RowProblem } {
    const values = new Map<string, string | string[]>();
    for (const line of this.#lines) {
      if (line.startsWith('#')) continue;
      const found = /^([A-Za-z0-9.-]+)(?:;[^:]*)?:(:|<)? *(.*)$/s.exec(line);
      if (found === null) return { problem: { code: 'not-an-attribute' } };
      const [, name = '', form, text = ''] = found;
      const attribute = name.toLowerCase();
      if (attribute === 'version' && this.#lines.length === 1) return {};
      if (attribute === 'changetype' && text !== 'add') return {};
      // A value in another file, which is not opened.
      if (form === '<' || BINARY.test(attribute)) continue;
      const value = form === ':' ? decoded(text) : text;
      if (value === undefined) return { problem: { code: 'not-base64', attribute: shownName(attribute) } };
      append(values, attribute, value);
    }
    if (values.has('dn')) return { record: Object.fromEntries(values) };
    return values.size === 0 ? {} : { problem: { code: 'no-dn' } };
  }
}

/** Names of the standard schema; others may be a piece of something else. */
function shownName(attribute: string): string | undefined {
  return ['dn', 'uid', 'cn', 'mail', 'userpassword'].includes(attribute) ? attribute : undefined;
}

function append(values: Map<string, string | string[]>, attribute: string, value: string): void {
  const known = values.get(attribute);
  if (known === undefined) values.set(attribute, value);
  else if (typeof known === 'string') values.set(attribute, [known, value]);
  else known.push(value);
}

function decoded(base64: string): string | undefined {
  try {
    return utf8Text(decodeBase64(base64, 0, base64.length, 'value'));
  } catch (error) {
    if (error instanceof DigestError) return undefined;
    throw error;
  }
}
