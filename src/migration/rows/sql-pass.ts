/** Parts of a dump that are not read: each is passed over to its end, in as many blocks as it has. */
import { BACKSLASH, MORE, type SqlLexer } from './sql-lexer.js';
import type { BlockLines } from './sql-problems.js';
import { LineSkip, SqlSkip } from './sql-skip.js';

/** `row`: of an INSERT. `copy`: the data of a COPY. `line`: one of these lines. `routine`: one whose body has semicolons. */
export type SqlPart = 'statement' | 'routine' | 'row' | 'copy' | 'line' | 'delimited';

export class SqlPass {
  /** The part ended where `pass` went on to. */
  isOver = false;
  part: SqlPart = 'statement';
  readonly #lexer: SqlLexer;
  readonly #skip: SqlSkip;
  readonly #lineAt: (at: number) => number;
  readonly #lines: { readonly [P in 'copy' | 'line' | 'delimited']: LineSkip } = {
    copy: new LineSkip((line) => /^\\\.\r?$/.test(line), BACKSLASH),
    line: new LineSkip(() => true),
    delimited: new LineSkip((line) => /^\s*delimiter\s+;\s*$/i.test(line)),
  };

  constructor(lexer: SqlLexer, lines: BlockLines) {
    this.#lexer = lexer;
    this.#skip = new SqlSkip(lexer);
    this.#lineAt = (at) => lines.lineAt(at);
  }

  /** The line of the text that it is in; undefined where it is in none. */
  get textLine(): number | undefined {
    return !this.#isOfLines() && this.#skip.isText ? this.#skip.openedLine : undefined;
  }

  begin(part: SqlPart): void {
    this.part = part;
    if (part === 'copy' || part === 'line' || part === 'delimited') this.#lines[part].begin(part === 'line');
    else this.#skip.begin(part);
  }

  /** @returns where to go on; `MORE` where the block ends before that. */
  pass(start: number): number {
    const { part } = this;
    const { bytes, to, last } = this.#lexer;
    const { at, ended } =
      part === 'copy' || part === 'line' || part === 'delimited'
        ? this.#lines[part].skip(bytes, start, to, last)
        : this.#skip.skip(start, this.#lineAt);
    this.isOver = ended;
    return at === start ? MORE : at;
  }

  #isOfLines(): boolean {
    return this.part === 'copy' || this.part === 'line' || this.part === 'delimited';
  }
}
