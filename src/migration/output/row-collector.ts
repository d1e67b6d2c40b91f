/** Collects what outlives a row: lines for the outputs, and the rows of canaries. */
import type { KnownRow } from '../assess/canaries/found.js';
import type { Outcome } from '../assess/outcome.js';
import type { RowListener } from '../count/row-counter.js';
import type { Row } from '../row.js';
import { addLine, type LineOptions, type Lines, noLines } from './lines.js';

export interface CollectOptions {
  readonly lines: LineOptions;
  /** Ids of the known passwords. */
  readonly wanted: ReadonlySet<string>;
}

/** Of some rows, in their order. Plain data, which may cross threads. Secret: it holds digests. */
export interface CollectedRows {
  readonly lines: Lines;
  readonly known: readonly KnownRow[];
}

export class RowCollector implements RowListener {
  readonly #options: CollectOptions;
  #lines: Lines = noLines();
  #known: KnownRow[] = [];

  constructor(options: CollectOptions) {
    this.#options = options;
  }

  take(row: Row, outcome: Outcome): void {
    const { lines, wanted } = this.#options;
    addLine(this.#lines, row, outcome, lines);
    if (!wanted.has(row.id) || row.problem !== undefined) return;
    const { line, id, passwordHasher, passwordDigest } = row;
    const { verdict, hasher, findings } = outcome;
    const message = findings.find(({ severity }) => severity === 'error')?.message ?? '';
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

  /** The rows since the last call. */
  drain(): CollectedRows {
    const collected = { lines: this.#lines, known: this.#known };
    this.#lines = noLines();
    this.#known = [];
    return collected;
  }
}

/** Undefined where nothing is to be collected. */
export function createCollector(options: CollectOptions): RowCollector | undefined {
  const { lines, wanted } = options;
  return lines.ready === undefined && !lines.refused && wanted.size === 0 ? undefined : new RowCollector(options);
}
