/** A shape: how the exports of one platform, or of one tool, are written. */
import type { Format } from '../../../../src/reports/check-report.js';
import type { RowKind } from '../kind-list.js';
import type { Pieces } from '../random.js';

/** What stands in a row. */
export interface Cells {
  readonly row: number;
  readonly id: string;
  /** A number below 128 that says who it is. */
  readonly person: number;
  readonly digest: string;
  /** Of 16; in most shapes all but a few are written alike. */
  readonly style: number;
}

export interface Shape {
  readonly title: string;
  /** Where the form of its rows is published. */
  readonly urls: readonly string[];
  readonly format: Format;
  /** What a check takes it for. */
  readonly source: string;
  readonly extension: string;
  /** LF where it is absent. */
  readonly newline?: '\r\n';
  readonly head: string;
  /** Between two rows. */
  readonly between: string;
  /** After so many rows another text is between them, such as a new statement. */
  readonly group?: { readonly rows: number; readonly between: string };
  readonly foot: string;
  /** Blank lines are written between some rows. */
  readonly hasBlankLines?: true;
  /** The text is the first sheet of a workbook. */
  readonly packed?: 'xlsx';
  /** What `--firebase-config` needs. */
  readonly firebaseConfig?: string;
  writer(pieces: Pieces): Writer;
}

export interface Writer {
  /** Each is written once, whatever its weight, and then as often as its weight says. */
  readonly kinds: readonly RowKind[];
  /** @param chance of 1024, for ids that are written in some rows only. */
  id(row: number, chance: number): string;
  write(kind: RowKind, cells: Cells): string;
}
