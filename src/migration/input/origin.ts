/** Finds where an export comes from: its format, and the source that reads its records. */

import { InputProblem } from '../../files/input-problem.js';
import type { Format } from '../../reports/check-report.js';
import type { Bind } from '../rows/index.js';
import {
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
  const format = fixed === undefined ? detectFormat(beginning) : formatFor(fixed, beginning);
  const sample = await takeSample(beginning, format);
  const saltField = saltByContent(sample);
  if (fixed !== undefined) return { format, source: fixed.name, saltField };
  // The records are further on: their fields decide.
  if (sample.records.length === 0 && sample.header === undefined) {
    return { format, source: undefined, saltField: undefined };
  }
  const { source, reason } = recognized(sample, options);
  return { format, source: source.name, reason, saltField };
}

/** @param source undefined where the fields decide. */
export function bindSource(source: string | undefined, options: SourceOptions): Bind {
  return source === undefined
    ? (fields, all) => bindTo(findSource(fields, options), options)(fields, all)
    : bindTo(sourceNamed(source), options);
}

function bindTo(source: ExportSource, options: SourceOptions): Bind {
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
  return (fields, all) => guardBound(source.bind(fields, all, options), fields, all, options);
}

function formatFor(source: ExportSource, beginning: string): Format {
  if (source.format !== undefined) return source.format;
  const format = detectFormat(beginning);
  if (format === 'ldif') throw new InputProblem('other-source', 'the file is LDIF', { fix: 'pass --source ldif' });
  return format === 'colons' ? 'csv' : format;
}
