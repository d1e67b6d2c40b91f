/** The header of a CSV among its first records: after blank lines, and after comments, one of which may be it. */
import type { Block } from './block.js';
import type { Bind } from './contract.js';
import { isSeparatorLine } from './csv-dialect.js';
import { type CsvLayout, recordTexts } from './csv-layout.js';
import { type CsvTable, openTable } from './csv-table.js';

/** Lines with a `#` that are tried as headers: each takes as long as thousands of bytes of rows. */
const MAX_COMMENTS = 100;

export class CsvHeader {
  readonly #bind: Bind;
  #table: CsvTable | undefined;
  #names: readonly string[] | undefined;
  /** Comments that were tried as headers, and the last one after these. */
  #tried = 0;
  #comment: { readonly fields: readonly string[]; readonly line: number } | undefined;

  constructor(bind: Bind) {
    this.#bind = bind;
  }

  /** Undefined before the header was seen. */
  get table(): CsvTable | undefined {
    return this.#table;
  }

  /** The first row, which may be a user instead of a header. */
  get names(): readonly string[] | undefined {
    return this.#names;
  }

  /**
   * @returns how many records of the layout come before the first user.
   * @throws {InputProblem} where a record is neither a header nor a comment.
   */
  search({ bytes, line: firstLine }: Block, layout: CsvLayout): number {
    for (let i = 0; i < layout.count; i++) {
      const fields = recordTexts(bytes, layout, i);
      const line = firstLine + (layout.lines[i] as number);
      if ((fields.length === 1 && fields[0]?.trim() === '') || isSeparatorLine(fields)) continue;
      const isComment = fields[0]?.startsWith('#') === true;
      // A comment that was not tried may be the header.
      if (!isComment && this.#openComment()) return i;
      if (isComment && this.#tried >= MAX_COMMENTS) {
        this.#comment = { fields, line };
        continue;
      }
      if (isComment) this.#tried++;
      if (this.open(fields, line)) return this.#table?.headless ? i : i + 1;
    }
    return layout.count;
  }

  /**
   * @returns false where the row is a comment before the header.
   * @throws {InputProblem} where it is neither.
   */
  open(fields: readonly string[], line: number): boolean {
    this.#table = openTable(fields, line, this.#bind);
    if (this.#table !== undefined) this.#names = fields;
    return this.#table !== undefined;
  }

  #openComment(): boolean {
    const comment = this.#comment;
    this.#comment = undefined;
    return comment !== undefined && this.open(comment.fields, comment.line);
  }
}
