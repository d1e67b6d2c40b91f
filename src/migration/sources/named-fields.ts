/** Sources whose records have the id, the hasher and the digest in fields of their own. */
import { isSystemName } from '../../recognize/systems/index.js';
import {
  checkAsked,
  chooseFields,
  createNoDigestProblem,
  findHeld,
  findPresent,
  formatColumns,
  listAsked,
  listPresent,
  type Role,
  readFilled,
  refuseSameField,
  refuseTwoFields,
} from './choose-fields.js';
import type {
  Bound,
  Clue,
  DigestForm,
  ExportSource,
  FieldReader,
  JoinedDigest,
  Plain,
  Sample,
  SourceOptions,
} from './contract.js';
import { notText, type Stored, stored, storedAs, storedDigest } from './stored.js';

/** Likeliest first. */
export interface FieldNames {
  /** The first of them that has a value: any one finds the user again. */
  readonly id: readonly string[];
  /** Names of one group are equally likely, so that the caller has to choose between two of them in one export. */
  readonly hasher: readonly (readonly string[])[];
  readonly digest: readonly (readonly string[])[];
}

export interface FieldPlatform {
  readonly name: string;
  readonly title: string;
  readonly fields: FieldNames;
  /** Nothing but the digest decides what it is, and of that its form and its parameters. */
  readonly digestAlone?: boolean;
  /** Of a row in which this holds, where not of all. */
  isDigestAlone?(field: FieldReader): boolean;
  /** As `read` takes them. */
  readonly forms?: readonly DigestForm[];
  /** As `read` makes them. Undefined where these options make it refuse them. */
  joins?(options: SourceOptions): JoinedDigest | undefined;
  /** Fields that become a part of the digest, where they are there. */
  readonly digestParts?: readonly string[];
  /** What to do with an export that has no digests. */
  readonly advice?: string;
  recognize(sample: Sample): Clue | undefined;
  /** The columns of a CSV, if these are a first user instead of a header. */
  readColumns?(fields: readonly string[]): readonly string[] | undefined;
  /** Objects that hold the digest: where the text itself is not in them, something else is. */
  readonly holders?: readonly string[];
  /** Where an export has records of other things too. */
  isUser?(field: FieldReader, has: (field: string) => boolean): boolean;
  /** Of an account that is switched off there. */
  readDisabled?(field: FieldReader): Stored | undefined;
  /** What the text in the field of the digest is, where no field names its hasher. */
  read?(text: string, field: FieldReader, options: SourceOptions): Stored;
}

export function createFieldSource(platform: FieldPlatform): ExportSource {
  const { name, title, fields: names, advice, holders = [], readColumns, isUser, readDisabled } = platform;
  const read = platform.read ?? ((text: string) => storedDigest(text));
  const { isDigestAlone } = platform;
  const usual =
    isUser === undefined && readDisabled === undefined && isDigestAlone === undefined
      ? undefined
      : (field: FieldReader, has: (field: string) => boolean) =>
          isUser?.(field, has) !== false && readDisabled?.(field) === undefined && isDigestAlone?.(field) !== false;
  function describePlain(plain: Plain, options: SourceOptions): Plain | undefined {
    const joined = platform.joins?.(options);
    if (joined !== undefined) return { ...plain, joined };
    return platform.digestAlone || isDigestAlone ? { ...plain, forms: platform.forms } : undefined;
  }

  const known = new Set([...names.id, ...names.hasher.flat(), ...names.digest.flat()]);
  return {
    name,
    title,
    recognize: (sample) => platform.recognize(sample),
    bind(first, all, options): Bound {
      const columns = all ? readColumns?.(first) : undefined;
      const fields = columns ?? first;
      // In the place of a hasher the system that wrote the digests.
      const writer = options.hasher !== undefined && isSystemName(options.hasher) ? options.hasher : undefined;
      if (all) checkAsked(fields, options, known);
      const id = all ? listPresent(fields, options.idField, names.id) : listAsked(options.idField, names.id);
      const hasher = chooseFields('hasher', fields, all, options.hasherField, names.hasher);
      const digest = chooseFields('digest', fields, all, options.digestField, names.digest);
      refuseSameField(options.idField, digest);
      if (all) {
        if (digest.length === 0) throw createNoDigestProblem(names.digest.flat(), formatColumns(fields, known), advice);
        for (const [role, taken] of Object.entries({ id, hasher, digest }))
          refuseTwoFields(role as Role, fields, taken);
      }
      return {
        source: name,
        columns,
        digestFields: digest,
        digestParts: platform.digestParts,
        plain: writer === undefined ? describePlain({ id, hasher, digest, usual }, options) : undefined,
        advice,
        extract(field, record) {
          if (isUser !== undefined && !isUser(field, (name) => field(name) !== undefined)) return undefined;
          const there = findPresent(field, digest);
          const held = record && findHeld(record, there.name === undefined ? holders : [there.name]);
          const userId = readFilled(field, id) ?? '';
          const text = held !== undefined && 'text' in held ? held.text : there.text;
          const off = readDisabled?.(field);
          if (off === undefined && held !== undefined && !('text' in held))
            return { id: userId, ...notText(held, there.text) };
          if (text === undefined) return { id: userId, passwordHasher: undefined, passwordDigest: undefined };
          if (off === undefined) {
            const passwordHasher = readFilled(field, hasher);
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
