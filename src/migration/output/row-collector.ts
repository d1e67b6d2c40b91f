/** What is kept of rows besides their counts: lines for the outputs, and the rows of known passwords. */
import type { Outcome, Rejection } from '../assess/classify.js';
import type { Taker } from '../assess/row-assessor.js';
import type { Row } from '../row.js';
import { addLine, type LineOptions, type Lines, noLines } from './lines.js';

export interface TakingOptions {
  readonly lines: LineOptions;
  /** Ids of the known passwords. */
  readonly wanted: ReadonlySet<string>;
}

/** A row of a known password, and what became of it. Secret. */
export interface KnownRow extends Pick<Row, 'line' | 'id' | 'passwordHasher' | 'passwordDigest'> {
  readonly verdict: Outcome['verdict'];
  readonly hasher: string | null;
  /** Of another field of the row. */
  readonly salt: string | undefined;
  readonly rejection: (Pick<Rejection, 'code'> & { readonly message: string }) | undefined;
}

/** Of some rows, in their order. Plain data, which may cross threads. Secret: it holds digests. */
export interface Taken {
  readonly lines: Lines;
  readonly known: readonly KnownRow[];
}

export class Taking implements Taker {
  readonly #options: TakingOptions;
  #lines: Lines = noLines();
  #known: KnownRow[] = [];

  constructor(options: TakingOptions) {
    this.#options = options;
  }

  take(row: Row, outcome: Outcome): void {
    const { lines, wanted } = this.#options;
    addLine(this.#lines, row, outcome, lines);
    if (!wanted.has(row.id) || row.problem !== undefined) return;
    const { line, id, passwordHasher, passwordDigest } = row;
    const { verdict, hasher, kinds } = outcome;
    const message = kinds.find(({ severity }) => severity === 'error')?.message ?? '';
    const rejection = outcome.rejection && { code: outcome.rejection.code, message };
    this.#known.push({
      line,
      id,
      passwordHasher,
      passwordDigest,
      verdict,
      hasher,
      salt: row.salt,
      rejection,
    });
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
