/** A known password and its row: what a search starts from. */
import { isBytes } from '../encoding/brand.js';
import { utf8 } from '../encoding/bytes.js';
import { describeReceived } from '../encoding/received.js';

export interface KnownPassword {
  readonly password: string | Uint8Array;
  /** The stored string. */
  readonly digest: string;
  readonly salt?: string | Uint8Array | null | undefined;
  readonly username?: string | Uint8Array | null | undefined;
  /** A secret of the whole site. */
  readonly pepper?: string | Uint8Array | null | undefined;
  /** Other columns of the row by their names: an e-mail address, a date, a second salt. */
  readonly columns?: Readonly<Record<string, string | number | null | undefined>> | undefined;
}

/** The same with bytes, and without columns that are empty. */
export interface KnownRow {
  readonly password: Uint8Array;
  readonly digest: string;
  readonly fields: Readonly<Record<string, Uint8Array>>;
}

const toBytes = (value: string | Uint8Array): Uint8Array => (typeof value === 'string' ? utf8(value) : value);

/** @throws {TypeError} where it is not a known password. */
export function readKnown(known: KnownPassword): KnownRow {
  const { password, digest, salt, username, pepper, columns } = known;
  if (typeof password !== 'string' && !isBytes(password)) {
    throw new TypeError(`discover: password must be a string or bytes (received ${describeReceived(password)})`);
  }
  if (typeof digest !== 'string') {
    throw new TypeError(`discover: digest must be a string (received ${describeReceived(digest)})`);
  }
  const fields: Record<string, Uint8Array> = {};
  for (const [name, value] of Object.entries({ salt, username, pepper, ...columns })) {
    if (value === undefined || value === null || value === '') continue;
    if (typeof value !== 'string' && typeof value !== 'number' && !isBytes(value)) {
      throw new TypeError(`discover: columns must be strings (received ${describeReceived(value)})`);
    }
    fields[variableName(name)] = toBytes(typeof value === 'number' ? String(value) : value);
  }
  return { password: toBytes(password), digest: digest.trim(), fields };
}

/** A column's name as a variable of a recipe. */
function variableName(column: string): string {
  const name = column.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^[^A-Za-z]+/, '');
  return name === '' || RESERVED.has(name) ? `column_${name}` : name;
}

const RESERVED: ReadonlySet<string> = new Set(['password', 'pass', 'p', 's', 'u', 'user', 'x', 'hashBytes']);
