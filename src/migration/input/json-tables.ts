/**
 * The JSON that phpMyAdmin exports: tables in one array, the rows of each under `data`. The rows of one table are let
 * through, and of all else the line ends, so that what remains is an array of records whose lines are those of the file.
 * https://github.com/phpmyadmin/phpmyadmin/blob/master/src/Plugins/Export/ExportJson.php
 */
import { isRecord, parseJson } from '../../encoding/json.js';
import { InputProblem } from '../../files/input-problem.js';
import type { Bind } from '../rows/index.js';

const HEAD = /^[\s\ufeff]*\[\s*\{\s*"type"\s*:\s*"header"\s*,/;
/** Of a table before its rows, and of a row that shows the columns. */
const MAX_CHARS = 4 * 1024 * 1024;

export function isJsonTables(beginning: string): boolean {
  return HEAD.test(beginning);
}

/**
 * @param bind chooses the table.
 * @throws {InputProblem} at the end, where no table holds the users.
 */
export async function* takeTable(text: AsyncIterable<string>, bind: Bind): AsyncGenerator<string> {
  const filter = new TableFilter(bind);
  for await (const piece of text) yield filter.take(piece);
  filter.end();
}

class TableFilter {
  readonly #bind: Bind;
  #depth = 0;
  #inText = false;
  #isEscaped = false;
  /** The element of the outer array, up to its rows. */
  #head = '';
  /** The first row of the table, before it is known whether its rows are let through. */
  #first: string | undefined;
  #state: 'outside' | 'first' | 'rows' | 'skip' = 'outside';
  #chosen: string | undefined;
  #refused: InputProblem | undefined;

  constructor(bind: Bind) {
    this.#bind = bind;
  }

  take(piece: string): string {
    let out = '';
    let start = 0;
    const flush = (end: number): void => {
      const part = piece.slice(start, end);
      out += this.#pass(part);
      start = end;
    };
    for (let i = 0; i < piece.length; i++) {
      const char = piece.charCodeAt(i);
      if (this.#inText) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (char === 92) this.#isEscaped = true;
        else if (char === 34) this.#inText = false;
      } else if (char === 34) this.#inText = true;
      else if (char === 123 || char === 91) {
        this.#depth++;
        if (char === 91 && this.#depth === 3 && this.#state === 'outside') {
          flush(i);
          this.#state = 'first';
          this.#first = '';
        } else if (char === 123 && this.#depth === 2) {
          flush(i);
          this.#head = '';
        }
      } else if (char === 125 || char === 93) {
        this.#depth--;
        const isRow = this.#depth === 3 && this.#state === 'first';
        const isEnd = this.#depth === 2 && this.#state !== 'outside';
        if (isRow || isEnd) {
          flush(i + 1);
          if (isRow) out += this.#choose();
          if (isEnd) out += this.#leave();
        }
      }
    }
    flush(piece.length);
    return out;
  }

  /** @throws {InputProblem} */
  end(): void {
    if (this.#chosen === undefined && this.#refused !== undefined) throw this.#refused;
  }

  #pass(part: string): string {
    switch (this.#state) {
      case 'rows':
        return part;
      case 'first':
        if ((this.#first?.length ?? 0) > MAX_CHARS) return blanks(part);
        this.#first += part;
        return '';
      case 'outside':
        if (this.#head.length < MAX_CHARS) this.#head += part;
        return blanks(part);
      case 'skip':
        return blanks(part);
    }
  }

  /** Whether the table of the first row is the one of the users. */
  #choose(): string {
    const first = this.#first ?? '';
    const isTaken = this.#opens(first);
    this.#state = isTaken ? 'rows' : 'skip';
    this.#first = undefined;
    return isTaken ? first : blanks(first);
  }

  #opens(first: string): boolean {
    const row = parseJson(first.slice(first.indexOf('[') + 1));
    const name = /"type"\s*:\s*"table"[\s\S]*?"name"\s*:\s*"([^"\\]*)"/.exec(this.#head)?.[1];
    if (!isRecord(row) || name === undefined) return false;
    try {
      this.#bind(Object.keys(row), true, { name, isNamed: true });
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error;
      this.#refused ??= error;
      return false;
    }
    if (this.#chosen !== undefined) {
      throw new InputProblem('ambiguous-table', `two tables could hold the users: ${this.#chosen} and ${name}`, {
        fix: 'say which: --table NAME',
      });
    }
    this.#chosen = name;
    return true;
  }

  #leave(): string {
    const first = this.#first;
    this.#first = undefined;
    this.#state = 'outside';
    this.#head = '';
    // A table without rows.
    return first === undefined ? '' : blanks(first);
  }
}

/** As many lines. */
function blanks(text: string): string {
  return text.replace(/[^\n]+/g, '');
}
