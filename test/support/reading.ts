/** A reader run over text that comes in pieces. */
import { InputProblem } from '../../src/files/input-problem.js';
import type { Row } from '../../src/migration/row.js';
import type { Bind, Format } from '../../src/migration/rows/contract.js';
import { readRows } from '../../src/migration/rows/index.js';
import type { SourceOptions } from '../../src/migration/sources/contract.js';
import { findSource } from '../../src/migration/sources/index.js';

export interface Reading {
  readonly rows: readonly Row[];
  /** What ended it before its time. */
  readonly problem: InputProblem | undefined;
}

export async function readText(
  format: Format,
  pieces: string | readonly string[],
  options: SourceOptions = {},
): Promise<Reading> {
  const bind: Bind = (fields, all) => findSource(fields).bind(fields, all, options);
  const rows: Row[] = [];
  try {
    for await (const batch of readRows(format, texts(pieces), bind)) rows.push(...batch.rows);
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    return { rows, problem: error };
  }
  return { rows, problem: undefined };
}

async function* texts(pieces: string | readonly string[]): AsyncGenerator<string> {
  yield* typeof pieces === 'string' ? [pieces] : pieces;
}

/** Cut at these places. */
export function cut(text: string, places: readonly number[]): string[] {
  const sorted = [...places].map((place) => place % (text.length + 1)).sort((a, b) => a - b);
  return [...sorted, text.length].map((end, i) => text.slice(i === 0 ? 0 : sorted[i - 1], end));
}
