/** A source: what an export of one platform calls its users, and how it keeps their passwords. */
import type { Buffer } from 'node:buffer';
import type { JsonRecord } from '../../encoding/json.js';
import type { Format } from '../../reports/check-report.js';
import type { Extracted } from '../row.js';
import type { FirebaseHashConfig } from './firebase-config.js';

/** The value of a field as text: empty where it is empty, null or a structure, undefined where the record has no such field. */
export type FieldReader = (field: string) => string | undefined;

/** A record of JSON or LDIF: no more of it is parsed than a source asks for. */
export interface SourceRecord {
  /** What the names of all its fields say together, by `Bound.tell`; all bits where nothing was asked. */
  readonly tells: number;
  /** The value of a field that is neither text nor null; undefined for these, and where the record has no such field. */
  held(path: string): unknown;
  /** All of it. */
  whole(): JsonRecord;
}

export interface SourceOptions {
  readonly idField?: string | undefined;
  readonly hasherField?: string | undefined;
  readonly digestField?: string | undefined;
  /** Of rows that name none. */
  readonly hasher?: string | undefined;
  /** The hash parameters of the Firebase project. Secret. */
  readonly firebase?: FirebaseHashConfig | undefined;
  /** Devise's `config.pepper`. Secret. */
  readonly pepper?: string | undefined;
  /** The columns of a table without a header, in their order. */
  readonly columns?: readonly string[] | undefined;
  /** Of a dump: the table that holds the users, with its schema where that is needed. */
  readonly table?: string | undefined;
  /** A column whose values look like salts, as the beginning of the export shows. */
  readonly saltField?: string | undefined;
}

/** Digests that a source knows by their beginning, where no field names their hasher. */
export interface DigestForm {
  readonly prefix: string;
  /** Characters before the digest of this hasher: the rest is taken unchanged. */
  readonly skip: number;
  readonly hasher: string;
}

/** Digests of a hash and a salt that are in fields of their own and taken unchanged; what else is in them is the same for all. */
export interface JoinedDigest {
  readonly hasher: string;
  /** The first of these fields that is there. The hash is in the field of the digest. */
  readonly salt: readonly string[];
}

/** Where the parts of a digest are in the bytes of a value: salt and hash in Base64, and the rest, which decides what the two are. */
export interface DigestParts {
  key: number;
  keyEnd: number;
  salt: number;
  saltEnd: number;
  hash: number;
  hashEnd: number;
}

/** @returns false where the value is to be read as text. */
export type Locate = (bytes: Buffer, start: number, end: number, parts: DigestParts) => boolean;

/** Asks a row, of a field that is there maybe no more than that: a value need not be read for it. */
export type Usual = (field: FieldReader, has: (field: string) => boolean) => boolean;

/** Where the values of a row are, for a source that takes them unchanged. */
export interface Plain {
  /** The first of them that has a value. */
  readonly id: readonly string[];
  /** The first of them that has a value. */
  readonly hasher: readonly string[];
  /** The first of them that is there. */
  readonly digest: readonly string[];
  /** Of values that begin otherwise nothing is known but what their own form says. */
  readonly forms?: readonly DigestForm[] | undefined;
  readonly joined?: JoinedDigest | undefined;
  /** Of JSON: the digest's field holds a list or an object with the digest's parts. */
  readonly locate?: Locate | undefined;
  /** Bits of `tells` that change nothing here. Absent: none. */
  readonly ignored?: number | undefined;
  /** False if the row contradicts it. Absent: never. */
  readonly usual?: Usual | undefined;
}

/** A source that knows which fields an export has. */
export interface Bound {
  readonly source: string;
  /** The columns of a CSV that has no header: its first row is a user. */
  readonly columns?: readonly string[] | undefined;
  /** The fields that it takes for the digest, for messages. */
  readonly digestFields: readonly string[];
  /** Further columns without which a digest is another one: its salt. */
  readonly digestParts?: readonly string[] | undefined;
  /**
   * Absent where other fields decide on a digest. Where it is there, what `extract` gives depends on these values alone,
   * and of a digest without a hasher on its form and its parameters, not on its salt and hash; in a record whose names
   * say nothing.
   */
  readonly plain?: Plain | undefined;
  /** What to do where none of them is there, other than naming one. */
  readonly advice?: string | undefined;
  /**
   * What a name says of a record of JSON, as bits: by it `extract` knows whether to look at all of the record. Absent: nothing.
   * @param isInner it is the name of a field of an object within the record.
   */
  readonly tell?: ((name: string, isInner: boolean) => number) | undefined;
  /**
   * @param record the record itself, where the export is JSON or LDIF.
   * @returns undefined if the record is not a user.
   */
  extract(field: FieldReader, record?: SourceRecord): Extracted | undefined;
}

/** A record from the beginning of an export. */
export interface SampleRecord {
  readonly field: FieldReader;
  readonly record: JsonRecord | undefined;
}

/** The beginning of an export. */
export interface Sample {
  readonly format: Format;
  /** All that occur; of a CSV those of its first row, which may be no header. */
  readonly fields: ReadonlySet<string>;
  readonly records: readonly SampleRecord[];
  /** The first row of a CSV. */
  readonly header: readonly string[] | undefined;
  /** Of a dump. */
  readonly table?: string | undefined;
}

/** Why an export is of a source. */
export interface Clue {
  /** `possible`: others write exports of this form too. */
  readonly certainty: 'certain' | 'possible';
  /** Names of fields and forms; nothing of a value. */
  readonly reason: string;
}

export interface ExportSource {
  readonly name: string;
  /** What it reads, for the help text: one line. */
  readonly title: string;
  /** The only format of its exports, where there is one. */
  readonly format?: Format;
  /** Undefined if nothing points to this source. */
  recognize(sample: Sample): Clue | undefined;
  /**
   * @param fields the columns of a CSV, all of them; or the fields of a first record, where others may have more.
   * @throws {InputProblem} where a column that is needed is not there, or where two could be meant.
   */
  bind(fields: readonly string[], all: boolean, options: SourceOptions): Bound;
}
