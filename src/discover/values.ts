/** The values that expressions are made of: the password and each column, in the spellings that products hash. */
import { utf8, utf8Text, utf16le } from '../encoding/bytes.js';
import type { KnownRow } from './known.js';
import { type Reading, unbase64, unhex } from './readings.js';

/** A piece of an expression. */
export interface Part {
  readonly bytes: Uint8Array;
  /** How unlikely it is, from 1: expressions are tried in the order of their sums. */
  readonly weight: number;
  /** Hash functions one in the other. */
  readonly depth: number;
  readonly hasPassword: boolean;
  /** What it is a spelling of; no expression has two spellings of one value next to each other. */
  readonly variable?: string;
  /** A constant between others. */
  readonly separates: boolean;
  /** The recipe of it. */
  text(): string;
}

interface Spelling {
  readonly weight: number;
  write(variable: string): string;
  /** Undefined where the value has no such spelling. */
  apply(value: Uint8Array): Uint8Array | undefined;
}

const ofText =
  (change: (text: string) => string | Uint8Array | undefined) =>
  (value: Uint8Array): Uint8Array | undefined => {
    const text = utf8Text(value);
    const changed = text === undefined ? undefined : change(text);
    return typeof changed === 'string' ? utf8(changed) : changed;
  };

const calls = (name: string) => (variable: string) => `${name}(${variable})`;

const LOWER: Spelling = { weight: 2, write: calls('lc'), apply: ofText((text) => text.toLowerCase()) };
/** User names are compared in any case more often than not. */
const LOWER_NAME: Spelling = { ...LOWER, weight: 1 };
const UPPER: Spelling = { weight: 3, write: calls('uc'), apply: ofText((text) => text.toUpperCase()) };
const UTF16: Spelling = { weight: 2, write: calls('utf16'), apply: ofText(utf16le) };
const TRIM: Spelling = {
  weight: 4,
  write: calls('trim'),
  apply: ofText((text) => text.replace(/^[ \t\n\r\v\0]+|[ \t\n\r\v\0]+$/g, '')),
};
const COMPOSED: Spelling = { weight: 4, write: calls('nfkc'), apply: ofText((text) => text.normalize('NFKC')) };
const HEX: Spelling = {
  weight: 1,
  write: calls('unhex'),
  apply: ofText((text) => (/^(?:[0-9A-Fa-f]{2})+$/.test(text) ? unhex(text) : undefined)),
};
const BASE64: Spelling = {
  weight: 2,
  write: calls('unb64'),
  apply: ofText((text) => (text.length < 6 || /^[0-9a-f]+$/.test(text) ? undefined : unbase64(text))),
};
/** Bytes that a layout decoded may have been hashed as their text. */
const TO_HEX: Spelling = {
  weight: 2,
  write: calls('hex'),
  apply: (value) => utf8([...value].map((byte) => byte.toString(16).padStart(2, '0')).join('')),
};

const OF_PASSWORD = [UTF16, LOWER, UPPER, TRIM, COMPOSED];
const OF_SALT = [HEX, BASE64, TO_HEX, LOWER, UPPER];
const OF_NAME = [LOWER_NAME, UPPER, UTF16];

/** Between others, by how often they are. */
const SEPARATORS: readonly (readonly [string, number])[] = [
  ...([':', '-', '.', '$', '--', '_', '|'] as const).map((text, i) => [text, 2 + (i >> 1)] as const),
  ...([' ', '/', '@', '+', '#', ',', ';', '&', '*', '!'] as const).map((text) => [text, 6] as const),
];

/** How unlikely a column is to be hashed. */
const WEIGHTS: Readonly<Record<string, number>> = { salt: 1, pepper: 1, username: 2, email: 2 };
const OTHER_WEIGHT = 3;

/**
 * Values that are one in all rows are one value. The bytes are those of the first row.
 * @param rows with the fields that the reading gave.
 */
export function listValues(rows: readonly { readonly row: KnownRow; readonly reading: Reading }[]): Part[] {
  const parts: Part[] = [];
  const seen = new Set<string>();
  const add = (
    variable: string,
    text: string,
    weight: number,
    values: readonly (Uint8Array | undefined)[],
    password: boolean,
  ): void => {
    const [first] = values;
    if (first === undefined || first.length === 0 || values.includes(undefined)) return;
    const key = values.map((value) => (value as Uint8Array).join()).join(';');
    if (seen.has(key)) return;
    seen.add(key);
    parts.push({
      ...{ bytes: first, weight, depth: 0, hasPassword: password, separates: false, variable },
      text: () => text,
    });
  };
  const addAll = (
    variable: string,
    weight: number,
    values: readonly (Uint8Array | undefined)[],
    spellings: readonly Spelling[],
    password = false,
  ): void => {
    add(variable, variable, weight, values, password);
    for (const spelling of spellings) {
      const spelled = values.map((value) => (value === undefined ? undefined : spelling.apply(value)));
      add(variable, spelling.write(variable), weight + spelling.weight, spelled, password);
    }
  };
  addAll(
    '$p',
    1,
    rows.map(({ row }) => row.password),
    OF_PASSWORD,
    true,
  );
  const fieldsOf = ({ row, reading }: (typeof rows)[number]) => ({ ...row.fields, ...reading.fields });
  const [firstRow] = rows;
  if (firstRow === undefined) return parts;
  for (const name of Object.keys(fieldsOf(firstRow))) {
    const values = rows.map((one) => fieldsOf(one)[name]);
    addAll(variableText(name), WEIGHTS[name] ?? OTHER_WEIGHT, values, name === 'username' ? OF_NAME : OF_SALT);
  }
  for (const [text, weight] of SEPARATORS) {
    const bytes = utf8(text);
    parts.push({ bytes, weight, depth: 0, hasPassword: false, separates: true, text: () => `'${text}'` });
  }
  return parts;
}

function variableText(name: string): string {
  if (name === 'salt') return '$s';
  return name === 'username' ? '$u' : `$${name}`;
}
