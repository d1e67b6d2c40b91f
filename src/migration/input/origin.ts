/** Finds where an export comes from: its format, and the source that reads its records. */

import { InputProblem } from '../../files/input-problem.js';
import type { Format } from '../../reports/check-report.js';
import type { Bind, TableNames } from '../rows/index.js';
import {
  type Bound,
  type ExportSource,
  findSource,
  guardBound,
  recognized,
  type SourceOptions,
  saltByContent,
  sourceNamed,
} from '../sources/index.js';
import { detectFormat, takeSample } from './sniff.js';

export interface Origin {
  readonly format: Format;
  /** Name of the source; undefined where the fields of the records decide. */
  readonly source: string | undefined;
  /** Why it is that source; undefined where that was not decided from the beginning. */
  readonly reason?: string;
  /** A column whose values look like salts. */
  readonly saltField: string | undefined;
}

/**
 * @param beginning of the export's text.
 * @param fixed the source, where the caller names it.
 * @throws {InputProblem} where the content could be of several sources, or cannot be of the one that is named.
 */
export async function findOrigin(
  beginning: string,
  fixed: ExportSource | undefined,
  options: SourceOptions,
): Promise<Origin> {
  const format = fixed === undefined ? detectFormat(beginning, options.columns) : formatFor(fixed, beginning, options);
  const bind = format === 'sql' ? bindSource(fixed?.name, options) : bindColumns(options);
  const sample = await takeSample(beginning, format, bind);
  const saltField = saltByContent(sample);
  if (fixed !== undefined) return { format, source: fixed.name, saltField };
  // The records are further on: their fields decide.
  if (sample.records.length === 0 && sample.header === undefined) {
    return { format, source: undefined, saltField: undefined };
  }
  const { source, reason } = recognized(sample, options);
  const { table } = sample;
  const isShown = table !== undefined && SHOWN_NAME.test(table);
  return { format, source: source.name, reason: isShown ? `table ${table}: ${reason}` : reason, saltField };
}

/** For a sample: the columns that the caller names, where there are some. */
function bindColumns(options: SourceOptions): Bind | undefined {
  if (options.columns === undefined) return undefined;
  return (first, all) => ({
    source: '',
    columns: all ? givenColumns(first, options) : undefined,
    digestFields: [],
    extract: () => undefined,
  });
}

/** @param source undefined where the fields decide. */
export function bindSource(source: string | undefined, options: SourceOptions): Bind {
  return (first, all, table) => {
    checkTable(table, options);
    const columns = all && table?.isNamed !== true ? givenColumns(first, options) : undefined;
    const fields = columns ?? first;
    const found = source === undefined ? findSource(fields, options) : sourceNamed(source);
    const bound = bindTo(found, fields, all, options);
    return columns === undefined ? bound : { ...bound, columns };
  };
}

function bindTo(source: ExportSource, fields: readonly string[], all: boolean, options: SourceOptions): Bound {
  if (options.pepper !== undefined && source.name !== 'devise') {
    throw new InputProblem('unused-pepper', 'a pepper was given, but the export is not recognized as one of Devise', {
      fix: 'name the source: --source devise, or leave the pepper out',
    });
  }
  if (options.firebase !== undefined && source.name !== 'firebase') {
    throw new InputProblem(
      'unused-firebase-config',
      "Firebase's hash parameters were given, but the export is not recognized as one of Firebase",
      { fix: 'name the source: --source firebase, or leave --firebase-config out' },
    );
  }
  return guardBound(source.bind(fields, all, options), fields, all, options);
}

/**
 * The columns that the caller names, where the first row is not the header itself.
 * @throws {InputProblem} where the row has more or fewer values.
 */
function givenColumns(first: readonly string[], { columns }: SourceOptions): readonly string[] | undefined {
  if (columns === undefined || first.every((name, i) => name === columns[i])) return undefined;
  if (columns.length === first.length) return columns;
  const named = `--columns names ${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`;
  throw new InputProblem('no-columns', `${named}, the first row has ${first.length}`, {
    fix: 'name each column of the row, in its order',
  });
}

/** Tables other than the one of the users that hold digests too. */
const SIDE_TABLE = /(?:^|_)(?:history|histories|resets?|tokens?|sessions?|logs?|audits?|backups?|old|archived?)$/i;
const SHOWN_NAME = /^[\w.$-]{1,64}$/;

/** @throws {InputProblem} where a table is named, and the export has not several of them. */
export function checkTableUse(format: Format, hasTables: boolean, { table }: SourceOptions): void {
  if (table === undefined || hasTables || format === 'sql' || format === 'xlsx') return;
  const message = 'a table was named, but the export is not a dump, a workbook or the JSON of phpMyAdmin';
  throw new InputProblem('unused-table', message, { fix: 'leave --table out' });
}

/** @throws {InputProblem} on another table than the one of the users. */
function checkTable(table: TableNames | undefined, { table: wanted }: SourceOptions): void {
  if (table === undefined) return;
  if (wanted === undefined ? !SIDE_TABLE.test(table.name) : isNamed(table.name, wanted)) return;
  throw new InputProblem('other-table', 'the table is not the one of the users', { fix: 'name it: --table NAME' });
}

/** `users` names `public.users` too. */
function isNamed(table: string, wanted: string): boolean {
  const [name, given] = [table.toLowerCase(), wanted.toLowerCase()];
  return name === given || name.endsWith(`.${given}`);
}

function formatFor(source: ExportSource, beginning: string, { columns }: SourceOptions): Format {
  if (source.format !== undefined) return source.format;
  const format = detectFormat(beginning, columns);
  if (format === 'ldif') throw new InputProblem('other-source', 'the file is LDIF', { fix: 'pass --source ldif' });
  return format === 'colons' ? 'csv' : format;
}
