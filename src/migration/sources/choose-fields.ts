/** Which fields of an export hold id, hasher and digest: those that are asked for, else those that are known. */
import { InputProblem } from '../../files/input-problem.js';
import type { FieldReader, SourceOptions, SourceRecord } from './contract.js';
import { describeHeld, type Held } from './structures.js';

const FLAGS = { id: '--id-field', hasher: '--hasher-field', digest: '--digest-field' } as const;
export type Role = keyof typeof FLAGS;

/** Nowhere in an export was a field that could hold a digest. */
export function createNoDigestProblem(lookedFor: readonly string[], seen = '', advice?: string): InputProblem {
  const flag = `name the field: --digest-field NAME, and --id-field and --hasher-field where needed${seen}`;
  return new InputProblem('no-digest-field', `no field holds a password digest (looked for ${lookedFor.join(', ')})`, {
    fix: advice === undefined ? flag : `${advice}; or ${flag}`,
  });
}

/** The field that was asked for, else the first group of known names of which one is there. */
export function chooseFields(
  role: Role,
  fields: readonly string[],
  all: boolean,
  named: string | undefined,
  groups: readonly (readonly string[])[],
): readonly string[] {
  if (named !== undefined) return [named];
  for (const group of groups) {
    const found = group.filter((name) => fields.includes(name));
    if (found.length > 1) throw createTwoFieldsProblem(role, found);
    if (all && found.length > 0) return found;
  }
  return all ? [] : groups.flat();
}

export function listPresent(
  fields: readonly string[],
  named: string | undefined,
  known: readonly string[],
): readonly string[] {
  return listAsked(named, known).filter((name) => fields.includes(name));
}

export function listAsked(named: string | undefined, known: readonly string[]): readonly string[] {
  return named === undefined ? known : [named];
}

export function readFilled(field: FieldReader, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = field(name);
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** The first field that is there, empty or not: a row without a digest does not borrow one from another field. */
export function findPresent(
  field: FieldReader,
  names: readonly string[],
): { readonly name: string | undefined; readonly text: string | undefined } {
  for (const name of names) {
    const text = field(name);
    if (text !== undefined) return { name, text };
  }
  return { name: undefined, text: undefined };
}

export function findHeld(record: SourceRecord, paths: readonly string[]): Held | undefined {
  for (const path of paths) {
    const held = describeHeld(record.held(path), path);
    if (held !== undefined) return held;
  }
  return undefined;
}

export function checkAsked(columns: readonly string[], options: SourceOptions, known: ReadonlySet<string>): void {
  const wanted = { id: options.idField, hasher: options.hasherField, digest: options.digestField };
  for (const [role, name] of Object.entries(wanted)) {
    if (name !== undefined && !columns.includes(name)) {
      throw new InputProblem(
        'missing-column',
        `the header has no column of the name that ${FLAGS[role as Role]} gives`,
        {
          fix: `give a name as the header writes it${formatColumns(columns, known)}`,
        },
      );
    }
  }
}

function createTwoFieldsProblem(role: Role, names: readonly string[]): InputProblem {
  return new InputProblem('ambiguous-field', `two fields could hold the ${role}: ${names.join(' and ')}`, {
    fix: `say which: ${FLAGS[role]} NAME`,
  });
}

/** @throws {InputProblem} where the caller names one field for both: reports would show digests as ids. */
export function refuseSameField(idField: string | undefined, digest: readonly string[]): void {
  if (idField === undefined || !digest.includes(idField)) return;
  throw new InputProblem('ambiguous-field', '--id-field names the field of the digest', {
    fix: 'name the field that identifies a user, or leave --id-field out',
  });
}

/** A flag cannot choose between two columns of one name. The name is a known one or the caller's own. */
export function refuseTwoFields(role: Role, columns: readonly string[], names: readonly string[]): void {
  const twice = names.find((name) => columns.indexOf(name) !== columns.lastIndexOf(name));
  if (twice !== undefined) {
    throw new InputProblem(
      'duplicate-column',
      `two columns of the header are called ${twice}, and one has to hold the ${role}`,
      {
        fix: `rename one of them, or name another column: ${FLAGS[role]} NAME`,
      },
    );
  }
}

/** Columns for a message. In a file without header this is the first row, so only names that are known are shown. */
export function formatColumns(columns: readonly string[], known: ReadonlySet<string>): string {
  const count = `the header has ${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`;
  const names = columns.filter((name) => known.has(name));
  return names.length === 0
    ? `; ${count}, and none of a known name: is the first line a header?`
    : `; ${count}, known are ${names.join(', ')}`;
}
