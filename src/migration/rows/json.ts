/**
 * JSON of any size, streamed by @streamparser/json: an array of records, an object that holds one at any depth, or
 * objects that are records themselves.
 */

import {
  type ParsedElementInfo,
  type ParsedTokenInfo,
  Tokenizer,
  TokenizerError,
  TokenParser,
  TokenParserError,
  TokenType,
} from '@streamparser/json';
import { isRecord } from '../../encoding/json.js';
import { InputProblem } from '../../files/input-problem.js';
import { LF } from '../ascii.js';
import { MAX_RECORD_SIZE, type Row, unreadable } from '../row.js';
import type { Bind, RowBatches } from './contract.js';
import { type RecordReader, recordReader } from './records.js';

/** Arrays under these names hold the records, where the first of them has no field for a digest. */
const RECORD_KEYS = ['users', 'data', 'records', 'rows', 'results', 'accounts', 'members'];
const MAX_DEPTH = 500;

/** @throws {InputProblem} on text that is not JSON, is cut off, or has no record with a digest field. */
export async function* readJson(text: AsyncIterable<string>, bind: Bind): RowBatches {
  const reader = recordReader(bind);
  const place = new JsonPlace();
  let rows: Row[] = [];
  const walk = new Walk(place, reader, (row) => rows.push(row));
  const tokenizer = new Tokenizer({ separator: '' });
  tokenizer.onToken = (token) => walk.take(token);
  let failed: unknown;
  // Without a listener the tokenizer throws, and after an error it would go on.
  tokenizer.onError = (error) => {
    failed ??= error;
  };
  for await (const piece of text) {
    const chunk = Buffer.from(piece);
    place.enter(chunk);
    tokenizer.write(chunk);
    if (rows.length > 0) yield { source: reader.source, rows };
    rows = [];
    if (failed !== undefined) throw isSyntax(failed) ? notJson(place, walk.placeOf(failed), failed) : failed;
    walk.refuseEndless();
  }
  try {
    // A number at the very end is a token only now.
    tokenizer.end();
  } catch (error) {
    failed = error;
  }
  if (rows.length > 0) yield { source: reader.source, rows };
  if (failed !== undefined && !isSyntax(failed)) throw failed;
  if (failed !== undefined || !walk.atEnd) {
    throw new InputProblem('cut-off', 'the JSON ends in the middle: the file is cut off', {
      line: place.lastLine(),
      byteOffset: place.bytesSince(0),
      fix: 'export it again',
    });
  }
  reader.end();
}

/** The place of a token in the file. Tokens come in order, so each newline is counted once. */
class JsonPlace {
  offset = 0;
  line = 1;
  #chunk: Buffer = Buffer.alloc(0);
  #chunkStart = 0;
  #counted = 0;

  enter(chunk: Buffer): void {
    this.#countUntil(this.#chunk.length);
    this.#chunkStart += this.#chunk.length;
    this.#chunk = chunk;
    this.#counted = 0;
  }

  /** @param offset in bytes of the file, not before the one of the last call. */
  moveTo(offset: number): void {
    this.offset = offset;
    this.#countUntil(Math.max(0, offset - this.#chunkStart));
  }

  lastLine(): number {
    this.#countUntil(this.#chunk.length);
    return this.line;
  }

  bytesSince(offset: number): number {
    return this.#chunkStart + this.#chunk.length - offset;
  }

  #countUntil(end: number): void {
    for (let at = this.#chunk.indexOf(LF, this.#counted); at !== -1 && at < end; at = this.#chunk.indexOf(LF, at + 1)) {
      this.line++;
      this.#counted = at + 1;
    }
    this.#counted = Math.max(this.#counted, end);
  }
}

/** The tokenizer gives the offset of a character in its message only: this function alone reads that text. */
function tokenizerOffset(error: TokenizerError | TokenParserError): number | undefined {
  const offset = error instanceof TokenizerError ? /absolute position "(\d+)"/.exec(error.message)?.[1] : undefined;
  return offset === undefined ? undefined : Number(offset);
}

/** An array that no other array is around. */
interface OuterArray {
  readonly depth: number;
  /** Decided at its first element. */
  read: boolean | undefined;
}

/** Goes through one JSON value after another, and keeps no more of it in memory than one element of an array. */
class Walk {
  readonly #place: JsonPlace;
  readonly #reader: RecordReader;
  readonly #found: (row: Row) => void;
  readonly #values = new TokenParser({ separator: '' });
  #depth = 0;
  #array: OuterArray | undefined;
  /** Of the record under way, or of the last token outside of one. */
  #start = 0;
  #line = 1;
  /** The place of the last token. */
  #token = 0;
  #rootStart = 0;
  #rootLine = 1;
  /** A list in the value under way was read. */
  #read = false;
  /** A list of objects was not read, since nothing in it belongs to users. */
  #passedOver = false;

  constructor(place: JsonPlace, reader: RecordReader, found: (row: Row) => void) {
    this.#place = place;
    this.#reader = reader;
    this.#found = found;
    this.#values.onValue = (element) => this.#value(element);
    this.#values.onError = (error) => {
      throw error;
    };
  }

  get atEnd(): boolean {
    return this.#depth === 0;
  }

  /** The byte offset of a character that is not JSON, or of a token in the wrong place. */
  placeOf(error: TokenizerError | TokenParserError): number {
    return tokenizerOffset(error) ?? this.#token;
  }

  take(info: ParsedTokenInfo): void {
    const { token, offset } = info;
    this.#token = offset;
    const opens = token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET;
    const closes = token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET;
    if (closes) this.#depth--;
    else if (this.#depth === 0) this.#enterRoot(offset);
    if (this.#array === undefined || this.#depth === this.#array.depth) this.#enterElement(offset, closes);
    this.#values.write(info);
    if (closes && this.#array !== undefined && this.#depth < this.#array.depth) this.#array = undefined;
    if (opens) {
      if (++this.#depth > MAX_DEPTH)
        throw new InputProblem('nested-too-deep', 'the JSON is nested too deeply', { line: this.#line });
      if (token === TokenType.LEFT_BRACKET) this.#array ??= { depth: this.#depth, read: undefined };
    }
  }

  /** @throws {InputProblem} where a record takes in more and more of the file. */
  refuseEndless(): void {
    if (this.#place.bytesSince(this.#start) > MAX_RECORD_SIZE) {
      throw new InputProblem('record-too-long', `a record is longer than ${MAX_RECORD_SIZE} bytes`, {
        line: this.#line,
        byteOffset: this.#start,
        fix: 'the records must be elements of one array, or one a line (NDJSON)',
      });
    }
  }

  #enterRoot(offset: number): void {
    this.#place.moveTo(offset);
    this.#rootStart = offset;
    this.#rootLine = this.#place.line;
    this.#read = false;
    this.#passedOver = false;
  }

  #enterElement(offset: number, closes: boolean): void {
    this.#start = offset;
    // The end of a record is not a new place for it.
    if (closes) return;
    this.#place.moveTo(offset);
    this.#line = this.#place.line;
  }

  #value({ value, key, parent, stack }: ParsedElementInfo): void {
    const array = this.#array;
    if (parent === undefined) this.#root(value);
    else if (array === undefined) {
      if (this.#isLarge()) delete (parent as Record<string, unknown>)[String(key)];
    } else if (this.#depth === array.depth) {
      this.#element(array, value, stack.at(-1)?.key);
      (parent as unknown[]).length = 0;
    } else if (this.#depth < array.depth && array.read === undefined && RECORD_KEYS.includes(String(key))) {
      // An empty list of users.
      this.#read = true;
    }
  }

  #element(array: OuterArray, value: unknown, key: unknown): void {
    if (array.read === undefined) {
      const byName = key === undefined || (!this.#read && RECORD_KEYS.includes(String(key)));
      array.read = byName || (isRecord(value) && this.#reader.fits(value));
      if (array.read) this.#read = true;
      else if (isRecord(value)) this.#passedOver = true;
    }
    if (array.read) this.#row(value, this.#line);
  }

  /** An object without a list of records is a record itself. */
  #root(value: unknown): void {
    if (this.#read || Array.isArray(value)) return;
    if (this.#isLarge()) {
      throw new InputProblem('no-records', 'the JSON holds no list of records', {
        line: this.#rootLine,
        fix: 'the records must be the elements of one array, or one object a line (NDJSON)',
      });
    }
    if (!this.#passedOver || (isRecord(value) && this.#reader.fits(value))) this.#row(value, this.#rootLine);
  }

  #row(value: unknown, line: number): void {
    const row = isRecord(value)
      ? this.#reader.row(value, line)
      : unreadable(line, { code: 'not-an-object', where: 'value' });
    if (row !== undefined) this.#found(row);
  }

  #isLarge(): boolean {
    return this.#place.offset - this.#rootStart > MAX_RECORD_SIZE;
  }
}

function isSyntax(error: unknown): error is TokenizerError | TokenParserError {
  return error instanceof TokenizerError || error instanceof TokenParserError;
}

function notJson(place: JsonPlace, offset: number, cause: unknown): InputProblem {
  place.moveTo(offset);
  return new InputProblem('not-json', 'the file is not valid JSON from here on', {
    line: place.line,
    byteOffset: place.offset,
    fix: 'export it again; NDJSON has one whole object a line',
    cause,
  });
}
