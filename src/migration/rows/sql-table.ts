/** The table of a dump that holds the users, and its rows. */

import type { Buffer } from 'node:buffer';
import { InputProblem } from '../../files/input-problem.js';
import { makeRow, type Row, unreadable } from '../row.js';
import { countFields } from '../row-problem.js';
import type { Bound, FieldReader } from '../sources/index.js';
import { type Block, type RowSink, RowSpans } from './block.js';
import type { Bind } from './contract.js';
import type { SqlColumn } from './sql-head.js';
import { PLAIN, type SqlLayout } from './sql-layout.js';
import { isPrintable, type ValueProblem, valueText } from './sql-values.js';

/** Tables that are remembered. */
const MAX_TABLES = 10_000;
/** Characters of a value that is compared with the one before. */
const MAX_KNOWN = 24;
/** Of a message. */
const SHOWN_TABLES = 8;
const SHOWN_NAME = /^[\w.$-]{1,64}$/;
/** Tables of users, by their names. */
const USERS = /user|account|member|customer|login|person|people|identit|credential|client|auth/i;

interface PlainColumns {
  readonly id: Int32Array;
  readonly hasher: Int32Array;
  readonly digest: number;
}

export class SqlTable {
  readonly name: string;
  readonly source: string;
  readonly #bound: Bound;
  readonly #width: number;
  readonly #indexOf: ReadonlyMap<string, number>;
  readonly #binary: readonly boolean[];
  readonly #plain: PlainColumns | undefined;
  readonly #spans = new RowSpans();
  /** Of each column: the text that it had last. Many values are those of the row before: states, models. */
  readonly #known: (string | undefined)[] = [];
  #problem: ValueProblem | undefined;

  /** @param columns those of the rows, in their order. */
  constructor(name: string, columns: readonly SqlColumn[], bound: Bound) {
    const names = bound.columns ?? columns.map((column) => column.name);
    const { plain } = bound;
    this.name = name;
    this.source = bound.source;
    this.#bound = bound;
    this.#width = columns.length;
    this.#indexOf = new Map(names.map((one, index) => [one, index]));
    this.#binary = columns.map((column) => column.binary);
    if (plain === undefined || plain.locate !== undefined) return;
    const indexes = (wanted: readonly string[]) =>
      Int32Array.from(wanted.flatMap((one) => this.#indexOf.get(one) ?? []));
    const [digest] = indexes(plain.digest);
    if (digest === undefined || plain.joined !== undefined) return;
    this.#plain = { id: indexes(plain.id), hasher: indexes(plain.hasher), digest };
    this.#spans.readAs(plain);
  }

  /** Gives the sink the rows of a layout from one to before another. */
  deliver(sink: RowSink, block: Block, layout: SqlLayout, from: number, to: number, mysql: boolean): void {
    const { bytes, line: firstLine } = block;
    const { starts, ends, kinds, records, lines, faults } = layout;
    const width = this.#width;
    const plain = this.#plain;
    const usual = this.#bound.plain?.usual;
    const spans = this.#spans;
    let first = 0;
    const valueAt = (index: number): string => {
      const i = first + index;
      const start = starts[i] as number;
      const end = ends[i] as number;
      const kind = kinds[i] as number;
      const known = kind === PLAIN ? this.#known[index] : undefined;
      if (known !== undefined && isText(known, bytes, start, end)) return known;
      const text = valueText({ bytes, start, end, kind, binary: this.#binary[index] === true, mysql });
      if (typeof text === 'string') {
        if (kind === PLAIN && end - start <= MAX_KNOWN) this.#known[index] = text;
        return text;
      }
      this.#problem ??= text.problem;
      return '';
    };
    const field: FieldReader = (name) => {
      const index = this.#indexOf.get(name);
      return index === undefined || index >= width ? undefined : valueAt(index);
    };
    const readText = (): Row | undefined => {
      this.#problem = undefined;
      const row = makeRow(this.#bound.extract(field), spans.line);
      return this.#problem === undefined ? row : unreadable(spans.line, { code: this.#problem });
    };
    spans.enter(bytes, readText);
    for (let i = from; i < to; i++) {
      first = records[i] as number;
      spans.line = firstLine + (lines[i] as number);
      const found = (records[i + 1] as number) - first;
      if (faults[i] !== 0) {
        sink.takeRow(unreadable(spans.line, { code: 'row-too-long' }));
      } else if (found !== width) {
        sink.takeRow(unreadable(spans.line, countFields('sql', found, width)));
      } else if (
        plain !== undefined &&
        this.#fill(bytes, layout, first) &&
        (usual === undefined || usual(field, (name) => this.#indexOf.has(name)))
      ) {
        sink.take(spans);
      } else {
        const row = readText();
        if (row !== undefined) sink.takeRow(row);
      }
    }
  }

  /** @returns false where a value is not written as it is. */
  #fill(bytes: Buffer, { starts, ends, kinds }: SqlLayout, first: number): boolean {
    const { id, hasher, digest } = this.#plain as PlainColumns;
    const spans = this.#spans;
    let at = first + digest;
    if ((kinds[at] as number) > PLAIN) return false;
    spans.digest = starts[at] as number;
    spans.digestEnd = ends[at] as number;
    spans.id = spans.idEnd = spans.hasher = spans.hasherEnd = 0;
    for (let k = 0; k < id.length && spans.id === spans.idEnd; k++) {
      at = first + (id[k] as number);
      if ((kinds[at] as number) > PLAIN) return false;
      spans.id = starts[at] as number;
      spans.idEnd = ends[at] as number;
    }
    for (let k = 0; k < hasher.length && spans.hasher === spans.hasherEnd; k++) {
      at = first + (hasher[k] as number);
      if ((kinds[at] as number) > PLAIN) return false;
      spans.hasher = starts[at] as number;
      spans.hasherEnd = ends[at] as number;
    }
    // Other bytes may not be UTF-8, or not be a text.
    return isPrintable(bytes, spans.id, spans.idEnd) && isPrintable(bytes, spans.digest, spans.digestEnd);
  }
}

/** Whether the bytes are this text, in ASCII. */
function isText(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let i = text.length - 1; i >= 0; i--) {
    const byte = bytes[start + i] as number;
    if (byte !== text.charCodeAt(i) || byte >= 0x80) return false;
  }
  return true;
}

interface Refused {
  readonly table: string;
  readonly problem: InputProblem;
}

/** What was chosen, for another thread. */
export interface TableChosen {
  readonly declared: ReadonlyMap<string, readonly SqlColumn[]>;
  readonly chosen: { readonly name: string; readonly rank: number };
}

/** Chooses the table that holds the users: by its columns, or by the name that the caller gives. */
export class TableChoice {
  readonly #bind: Bind;
  readonly #declared: Map<string, readonly SqlColumn[]>;
  readonly #opened = new Map<string, SqlTable | undefined>();
  readonly #refused: Refused[] = [];
  #chosen: TableChosen['chosen'] | undefined;
  #source: string | undefined;

  constructor(bind: Bind, before?: TableChosen) {
    this.#bind = bind;
    this.#declared = new Map(before?.declared);
    this.#chosen = before?.chosen;
  }

  /** Undefined before a table was chosen. */
  get made(): TableChosen | undefined {
    return this.#chosen && { declared: this.#declared, chosen: this.#chosen };
  }

  get source(): string | undefined {
    return this.#source;
  }

  get isMade(): boolean {
    return this.#chosen !== undefined;
  }

  declare(table: string, columns: readonly SqlColumn[]): void {
    if (this.#declared.size < MAX_TABLES) this.#declared.set(table.toLowerCase(), columns);
  }

  /**
   * @param listed the columns that the statement names.
   * @param width values of its first row.
   * @returns undefined where the table does not hold the users.
   * @throws {InputProblem} where two could.
   */
  open(table: string, listed: readonly string[] | undefined, width: number): SqlTable | undefined {
    const key = JSON.stringify([table, listed ?? width]);
    if (this.#opened.has(key)) return this.#opened.get(key);
    const opened = this.#open(table, listed, width);
    if (this.#opened.size < MAX_TABLES) this.#opened.set(key, opened);
    return opened;
  }

  #open(table: string, listed: readonly string[] | undefined, width: number): SqlTable | undefined {
    const columns = this.#columnsOf(table, listed, width);
    const names = columns?.map((column) => column.name) ?? Array.from({ length: width }, (_, i) => `column ${i + 1}`);
    let bound: Bound;
    try {
      bound = this.#bind(names, true, { name: table, isNamed: columns !== undefined });
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error;
      if (this.#refused.length < MAX_TABLES && this.#refused.every((one) => one.table !== table)) {
        const isUnnamed = columns === undefined && error.code !== 'other-table' && error.code !== 'no-columns';
        this.#refused.push({ table, problem: isUnnamed ? noColumns(table) : error });
      }
      return undefined;
    }
    const rank = (bound.source === 'generic' ? 0 : 2) + (USERS.test(table) ? 1 : 0);
    if (this.#chosen === undefined) this.#chosen = { name: table, rank };
    else if (this.#chosen.name !== table) {
      if (rank < this.#chosen.rank) return undefined;
      throw severalTables(this.#chosen.name, table);
    }
    this.#source = bound.source;
    const given = bound.columns ?? names;
    return new SqlTable(table, columns ?? given.map((name) => ({ name, generated: false, binary: false })), bound);
  }

  #columnsOf(table: string, listed: readonly string[] | undefined, width: number): readonly SqlColumn[] | undefined {
    const declared = this.#declared.get(table.toLowerCase());
    if (listed !== undefined) {
      return listed.map(
        (name) => declared?.find((column) => column.name === name) ?? { name, generated: false, binary: false },
      );
    }
    const stored = declared?.filter(({ generated }) => !generated);
    return declared?.length !== width && stored?.length === width ? stored : declared;
  }

  /** @throws {InputProblem} where tables had rows, and none of them was chosen. */
  end(): void {
    if (this.#chosen !== undefined || this.#refused.length === 0) return;
    const all = this.#refused;
    const named = all.filter(({ problem }) => problem.code !== 'other-table');
    const names = all.map(({ table }) => table).filter((name) => SHOWN_NAME.test(name));
    const shown = names.slice(0, SHOWN_TABLES).join(', ') + (names.length > SHOWN_TABLES ? ', …' : '');
    if (named.length === 0) {
      throw new InputProblem('no-table', 'the dump has no rows of the table that --table names', {
        fix: `give a name as the dump writes it; it has rows of ${shown}`,
      });
    }
    const [one = named[0]] = [
      ...named.filter(({ problem, table }) => problem.code !== 'no-digest-field' && USERS.test(table)),
      ...named.filter(({ problem, table }) => problem.code === 'no-digest-field' && USERS.test(table)),
    ];
    const { problem, table } = one as Refused;
    if (named.length === 1) throw problem;
    const where = SHOWN_NAME.test(table) ? ` (table ${table})` : '';
    throw new InputProblem(problem.code, `${problem.message}${where}`, {
      fix: `name the table and its field: --table NAME --digest-field NAME; the dump has rows of ${shown}`,
    });
  }
}

function noColumns(table: string): InputProblem {
  const which = SHOWN_NAME.test(table) ? ` of the table ${table}` : '';
  return new InputProblem('no-columns', `the dump does not name the columns${which}`, {
    fix: 'dump it with its CREATE TABLE or with complete inserts, or name them: --columns id,email,password_hash',
  });
}

function severalTables(first: string, second: string): InputProblem {
  const names = [first, second].every((name) => SHOWN_NAME.test(name)) ? `: ${first} and ${second}` : '';
  return new InputProblem('ambiguous-table', `two tables could hold the users${names}`, {
    fix: 'say which: --table NAME',
  });
}
