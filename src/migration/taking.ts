/** What is kept of rows besides their counts: lines for the outputs, and the rows of known passwords. */
import type { Outcome } from './classify.js';
import type { Taker } from './intake.js';
import { addLine, type LineOptions, type Lines, noLines } from './output/lines.js';
import type { Row } from './row.js';

export interface TakingOptions {
  readonly lines: LineOptions;
  /** Ids of the known passwords. */
  readonly wanted: ReadonlySet<string>;
}

/** Of some rows, in their order. Plain data, which may cross threads. Secret: it holds digests. */
export interface Taken {
  readonly lines: Lines;
  readonly known: readonly Row[];
}

export class Taking implements Taker {
  readonly #options: TakingOptions;
  #lines: Lines = noLines();
  #known: Row[] = [];

  constructor(options: TakingOptions) {
    this.#options = options;
  }

  take(row: Row, outcome: Outcome): void {
    const { lines, wanted } = this.#options;
    addLine(this.#lines, row, outcome, lines);
    const { line, id, passwordHasher, passwordDigest, problem } = row;
    if (wanted.has(id) && problem === undefined) this.#known.push({ line, id, passwordHasher, passwordDigest });
  }

  /** What was taken since the last call. */
  drain(): Taken {
    const taken = { lines: this.#lines, known: this.#known };
    this.#lines = noLines();
    this.#known = [];
    return taken;
  }
}

/** Undefined where nothing is asked for. */
export function takingOf(options: TakingOptions): Taking | undefined {
  const { lines, wanted } = options;
  return lines.ready === undefined && !lines.refused && wanted.size === 0 ? undefined : new Taking(options);
}
