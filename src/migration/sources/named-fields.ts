/** Sources whose records have the id, the hasher and the digest in fields of their own. */
import { InputProblem } from '../../files/input-problem.js';
import { isSystemName } from '../../recognize/systems/index.js';
import type { Bound, Clue, ExportSource, FieldReader, Sample, SourceOptions, SourceRecord } from './contract.js';
import { notText, type Stored, stored, storedAs, storedDigest } from './stored.js';
import { describeHeld, type Held } from './structures.js';

/** Likeliest first. */
export interface FieldNames {
  /** The first of them that has a value: any one finds the user again. */
  readonly id: readonly string[];
  /** Names of one group are equally likely, so that the caller has to choose between two of them in one export. */
  readonly hasher: readonly (readonly string[])[];
  readonly digest: readonly (readonly string[])[];
}

export interface Platform {
  readonly name: string;
  readonly title: string;
  readonly fields: FieldNames;
  /** Nothing but the digest decides what it is, and of that its form and its parameters. */
  readonly digestAlone?: boolean;
  /** Fields that become a part of the digest, where they are there. */
  readonly digestParts?: readonly string[];
  /** What to do with an export that has no digests. */
  readonly advice?: string;
  recognize(sample: Sample): Clue | undefined;
  /** The columns of a CSV, if these are a first user instead of a header. */
  columnsOf?(fields: readonly string[]): readonly string[] | undefined;
  /** Objects that hold the digest: where the text itself is not in them, something else is. */
  readonly holders?: readonly string[];
  /** Where an export has records of other things too. */
  isUser?(field: FieldReader): boolean;
  /** Of an account that is switched off there. */
  readDisabled?(field: FieldReader): Stored | undefined;
  /** What the text in the field of the digest is, where no field names its hasher. */
  read?(text: string, field: FieldReader, options: SourceOptions): Stored;
}

const FLAGS = { id: '--id-field', hasher: '--hasher-field', digest: '--digest-field' } as const;
type Role = keyof typeof FLAGS;

export function namedFields(platform: Platform): ExportSource {
  const { name, title, fields: names, advice, holders = [], columnsOf, isUser, readDisabled } = platform;
  const read = platform.read ?? ((text: string) => storedDigest(text));
  const usual =
    isUser === undefined && readDisabled === undefined
      ? undefined
      : (field: FieldReader) => isUser?.(field) !== false && readDisabled?.(field) === undefined;
  const known = new Set([...names.id, ...names.hasher.flat(), ...names.digest.flat()]);
  return {
    name,
    title,
    recognize: (sample) => platform.recognize(sample),
    bind(first, all, options): Bound {
      const columns = all ? columnsOf?.(first) : undefined;
      const fields = columns ?? first;
      // In the place of a hasher the system that wrote the digests.
      const writer = options.hasher !== undefined && isSystemName(options.hasher) ? options.hasher : undefined;
      if (all) checkAsked(fields, options, known);
      const id = all ? present(fields, options.idField, names.id) : asked(options.idField, names.id);
      const hasher = rolesFields('hasher', fields, all, options.hasherField, names.hasher);
      const digest = rolesFields('digest', fields, all, options.digestField, names.digest);
      if (all) {
        if (digest.length === 0) throw noDigestField(names.digest.flat(), shownColumns(fields, known), advice);
        for (const [role, taken] of Object.entries({ id, hasher, digest })) refuseTwice(role as Role, fields, taken);
      }
      return {
        source: name,
        columns,
        digestFields: digest,
        digestParts: platform.digestParts,
        plain: platform.digestAlone && writer === undefined ? { id, hasher, digest, usual } : undefined,
        advice,
        extract(field, record) {
          if (isUser !== undefined && !isUser(field)) return undefined;
          const there = firstThere(field, digest);
          const held = record && heldIn(record, there.name === undefined ? holders : [there.name]);
          const userId = filled(field, id) ?? '';
          const text = held !== undefined && 'text' in held ? held.text : there.text;
          const off = readDisabled?.(field);
          if (off === undefined && held !== undefined && !('text' in held))
            return { id: userId, ...notText(held, there.text) };
          if (text === undefined) return { id: userId, passwordHasher: undefined, passwordDigest: undefined };
          if (off === undefined) {
            const passwordHasher = filled(field, hasher);
            if (text === '' || passwordHasher !== undefined)
              return { id: userId, passwordHasher, passwordDigest: text };
          }
          const { passwordHasher, passwordDigest, findings, error } = off ?? readDigest(text, field);
          return { id: userId, passwordHasher, passwordDigest, findings, error };
        },
      };

      function readDigest(text: string, field: FieldReader): Stored {
        const found = read(text, field, options);
        const named = writer === undefined || found.passwordDigest === '' ? undefined : storedAs(writer, text);
        if (named !== undefined) return named;
        return found.passwordHasher === undefined && found.error === undefined
          ? stored(options.hasher, found.passwordDigest, found.findings)
          : found;
      }
    },
  };
}

/** Which of the fields an export has; for clues. */
export function has({ fields }: Sample, ...names: readonly string[]): boolean {
  return names.every((name) => fields.has(name));
}

/** Those of the fields that an export has, as text for a reason. */
export function those({ fields }: Sample, names: readonly string[]): readonly string[] {
  return names.filter((name) => fields.has(name));
}

/** Whether some of the first records has such a value there. */
export function anyValue({ records }: Sample, names: readonly string[], fits: (value: string) => boolean): boolean {
  return records.some(({ field }) => names.some((name) => fits(field(name) ?? '')));
}

/** How databases and their exports write it. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(?:true|t|1|yes)$/i.test(value);
}

export function isFalse(value: string | undefined): boolean {
  return value !== undefined && /^(?:false|f|0|no)$/i.test(value);
}

/** Nowhere in an export was a field that could hold a digest. */
export function noDigestField(lookedFor: readonly string[], seen = '', advice?: string): InputProblem {
  const flag = `name the field: --digest-field NAME, and --id-field and --hasher-field where needed${seen}`;
  return new InputProblem('no-digest-field', `no field holds a password digest (looked for ${lookedFor.join(', ')})`, {
    fix: advice === undefined ? flag : `${advice}; or ${flag}`,
  });
}

/** The field that was asked for, else the first group of known names of which one is there. */
function rolesFields(
  role: Role,
  fields: readonly string[],
  all: boolean,
  named: string | undefined,
  groups: FieldNames['digest'],
): readonly string[] {
  if (named !== undefined) return [named];
  for (const group of groups) {
    const found = group.filter((name) => fields.includes(name));
    if (found.length > 1) throw twoFields(role, found);
    if (all && found.length > 0) return found;
  }
  return all ? [] : groups.flat();
}

function present(fields: readonly string[], named: string | undefined, known: readonly string[]): readonly string[] {
  return asked(named, known).filter((name) => fields.includes(name));
}

function asked(named: string | undefined, known: readonly string[]): readonly string[] {
  return named === undefined ? known : [named];
}

export function filled(field: FieldReader, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = field(name);
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** The first field that is there, empty or not: a row without a digest does not borrow one from another field. */
function firstThere(
  field: FieldReader,
  names: readonly string[],
): { readonly name: string | undefined; readonly text: string | undefined } {
  for (const name of names) {
    const text = field(name);
    if (text !== undefined) return { name, text };
  }
  return { name: undefined, text: undefined };
}

function heldIn(record: SourceRecord, paths: readonly string[]): Held | undefined {
  for (const path of paths) {
    const held = describeHeld(record.held(path), path);
    if (held !== undefined) return held;
  }
  return undefined;
}

function checkAsked(columns: readonly string[], options: SourceOptions, known: ReadonlySet<string>): void {
  const wanted = { id: options.idField, hasher: options.hasherField, digest: options.digestField };
  for (const [role, name] of Object.entries(wanted)) {
    if (name !== undefined && !columns.includes(name)) {
      throw new InputProblem(
        'missing-column',
        `the header has no column of the name that ${FLAGS[role as Role]} gives`,
        {
          fix: `give a name as the header writes it${shownColumns(columns, known)}`,
        },
      );
    }
  }
}

function twoFields(role: Role, names: readonly string[]): InputProblem {
  return new InputProblem('ambiguous-field', `two fields could hold the ${role}: ${names.join(' and ')}`, {
    fix: `say which: ${FLAGS[role]} NAME`,
  });
}

/** A flag cannot choose between two columns of one name. The name is a known one or the caller's own. */
function refuseTwice(role: Role, columns: readonly string[], names: readonly string[]): void {
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
function shownColumns(columns: readonly string[], known: ReadonlySet<string>): string {
  const count = `the header has ${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`;
  const names = columns.filter((name) => known.has(name));
  return names.length === 0
    ? `; ${count}, and none of a known name: is the first line a header?`
    : `; ${count}, known are ${names.join(', ')}`;
}
