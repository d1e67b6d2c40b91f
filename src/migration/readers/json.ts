/** A JSON array of any size, or an object that holds one, streamed by @streamparser/json. */
import { Tokenizer, TokenParser, TokenType } from '@streamparser/json';
import { isRecord, type JsonRecord } from '../../encoding/json.js';
import { InputProblem } from '../problem.js';
import { MAX_RECORD_BYTES, type Row, unreadable } from '../row.js';
import type { Bind, Rows } from './contract.js';
import { recordReader } from './records.js';

const NEWLINE = 10;
const OPEN_BRACKET = 0x5b;

/** @throws {InputProblem} on text that is no JSON, or that is cut off. */
export async function* readJson(text: AsyncIterable<string>, bind: Bind): Rows {
  const reader = recordReader(bind, 'json');
  let batch: Row[] = [];
  let place: Place | undefined;
  let parser: ReturnType<typeof parserOf> | undefined;
  for await (const piece of text) {
    const chunk = Buffer.from(piece);
    place ??= new Place();
    place.enter(chunk);
    const at = place;
    parser ??= parserOf(firstCharacter(chunk) === OPEN_BRACKET, at, (value, line) => {
      batch.push(
        isRecord(value) ? reader.row(value as JsonRecord, line) : unreadable(line, 'the element is not a JSON object'),
      );
    });
    try {
      parser.write(chunk);
    } catch (error) {
      if (error instanceof InputProblem) throw error;
      if (batch.length > 0) yield batch;
      throw notJson(at, error);
    }
    if (parser.pending() > MAX_RECORD_BYTES) {
      throw new InputProblem(`a record is longer than ${MAX_RECORD_BYTES} bytes`, {
        line: at.line,
        byteOffset: at.offset,
      });
    }
    if (batch.length > 0) yield batch;
    batch = [];
  }
  if (parser !== undefined && !parser.ended()) {
    throw new InputProblem('the JSON ends in the middle: the file is cut off', {
      line: place?.lastLine(),
      fix: 'export it again',
    });
  }
}

/** Where in the file a token stands. Tokens come in order, so each newline is counted once. */
class Place {
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
    for (
      let at = this.#chunk.indexOf(NEWLINE, this.#counted);
      at !== -1 && at < end;
      at = this.#chunk.indexOf(NEWLINE, at + 1)
    ) {
      this.line++;
      this.#counted = at + 1;
    }
    this.#counted = Math.max(this.#counted, end);
  }
}

function parserOf(isArray: boolean, place: Place, found: (value: unknown, line: number) => void) {
  const tokenizer = new Tokenizer();
  const tokens = new TokenParser({ paths: [isArray ? '$.*' : '$.*.*'], keepStack: false });
  const recordDepth = isArray ? 1 : 2;
  let depth = 0;
  let line = 1;
  let start = 0;
  tokenizer.onToken = (token) => {
    if (token.token === TokenType.LEFT_BRACE || token.token === TokenType.LEFT_BRACKET) {
      if (depth === recordDepth) {
        place.moveTo(token.offset);
        line = place.line;
        start = token.offset;
      }
      depth++;
    } else if (token.token === TokenType.RIGHT_BRACE || token.token === TokenType.RIGHT_BRACKET) {
      depth--;
      start = token.offset;
    } else if (depth === recordDepth) {
      place.moveTo(token.offset);
      line = place.line;
      start = token.offset;
    }
    tokens.write(token);
  };
  tokens.onValue = ({ value, parent }) => {
    if (Array.isArray(parent)) found(value, line);
  };
  // Both report what throws by throwing once more; the first error is the one with the place.
  tokenizer.onError = (error) => {
    throw error;
  };
  tokens.onError = (error) => {
    throw error;
  };
  return {
    write: (chunk: Buffer) => tokenizer.write(chunk),
    pending: () => place.bytesSince(start),
    ended: () => tokens.isEnded || tokenizer.isEnded,
  };
}

function firstCharacter(chunk: Buffer): number | undefined {
  return chunk.find((byte) => byte > 0x20 && byte < 0x80);
}

function notJson(place: Place, cause: unknown): InputProblem {
  return new InputProblem('the file is not valid JSON from here on', {
    line: place.line,
    byteOffset: place.offset,
    fix: 'export it again; NDJSON has one whole object a line',
    cause,
  });
}
