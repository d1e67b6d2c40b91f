/** Sources whose records have the id, the hasher and the digest in fields of their own. */
import { InputProblem } from '../problem.js';
import type { Extracted } from '../row.js';
import type { FieldReader, Source, SourceOptions } from './contract.js';

export interface FieldNames {
  readonly id: readonly string[];
  readonly hasher: readonly string[];
  readonly digest: readonly string[];
}

/** @param names of each field, likeliest first. */
export function namedFields(name: string, names: FieldNames, comment?: string): Source {
  const source: Source = {
    name,
    bind(columns, options) {
      const id = candidates(columns, options.idField, names.id);
      const hasher = candidates(columns, options.hasherField, names.hasher);
      const digest = candidates(columns, options.digestField, names.digest);
      checkAsked(columns, options);
      if (digest.length === 0) throw noDigestColumn(names.digest);
      const otherwise = options.hasher;
      return (field): Extracted => ({
        id: firstOf(field, id) ?? '',
        passwordHasher: firstOf(field, hasher) ?? otherwise,
        passwordDigest: firstOf(field, digest),
      });
    },
  };
  return comment === undefined ? source : { ...source, comment };
}

/** The columns to look into: the one that was asked for, else those of the known names that are there. */
function candidates(
  columns: readonly string[] | undefined,
  asked: string | undefined,
  known: readonly string[],
): readonly string[] {
  if (asked !== undefined) return [asked];
  return columns === undefined ? known : known.filter((name) => columns.includes(name));
}

function firstOf(field: FieldReader, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = field(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function checkAsked(columns: readonly string[] | undefined, options: SourceOptions): void {
  if (columns === undefined) return;
  const asked = {
    '--id-field': options.idField,
    '--hasher-field': options.hasherField,
    '--digest-field': options.digestField,
  };
  for (const [flag, name] of Object.entries(asked)) {
    if (name !== undefined && !columns.includes(name)) {
      throw new InputProblem(`the header has no column of the name that ${flag} gives`, {
        line: 1,
        fix: `its columns are: ${shown(columns)}`,
      });
    }
  }
}

function noDigestColumn(known: readonly string[]): InputProblem {
  return new InputProblem(`no column holds a password digest (looked for ${known.join(', ')})`, {
    line: 1,
    fix: 'name the column: --digest-field NAME, and --id-field and --hasher-field where needed',
  });
}

/** Column names for a message: a file without header shows its first row here, so values are not repeated. */
function shown(columns: readonly string[]): string {
  const names = columns.map((name) => (/^[A-Za-z_][A-Za-z0-9_ .-]{0,39}$/.test(name) ? name : '…'));
  return names.length > 24 ? `${names.slice(0, 24).join(', ')}, …` : names.join(', ');
}
