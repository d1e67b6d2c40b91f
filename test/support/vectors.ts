/** The vector files, read and typed. */
import { readdirSync, readFileSync } from 'node:fs';
import type { CompanionParams, Companions } from '../../src/types.js';

export interface VectorSource {
  readonly name: string;
  readonly version: string;
  readonly path: string;
  readonly license: string;
  readonly method?: 'copied' | 'generated';
}

export interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly flags: readonly string[];
  readonly password: { readonly utf8: string } | { readonly hex: string };
  readonly digest: string;
  readonly with?: VectorCompanions;
  readonly expect: 'match' | 'mismatch' | Rejection;
  readonly error?: { readonly field?: string; readonly offset?: number };
  readonly canonical?: boolean;
  readonly params?: Readonly<Record<string, number | string>>;
  readonly speed?: 'fast' | 'slow';
}

/** Of other columns of the row. */
export interface VectorCompanions {
  readonly salt?: string | { readonly hex: string };
  readonly username?: string | { readonly hex: string };
  readonly pepper?: string | { readonly hex: string };
  readonly params?: CompanionParams;
}

export type Rejection = keyof typeof CODES;

/** What `expect` means as an error code. */
export const CODES = {
  malformed: 'ERR_MALFORMED',
  'wrong-hasher': 'ERR_WRONG_HASHER',
  unsupported: 'ERR_UNSUPPORTED',
  disabled: 'ERR_DISABLED',
  limit: 'ERR_LIMIT',
  password: 'ERR_PASSWORD',
  unverifiable: 'ERR_UNVERIFIABLE',
} as const;

export interface VectorGroup {
  readonly source: VectorSource;
  readonly options?: { readonly order: 'salt-first' | 'password-first' };
  readonly tests: readonly Vector[];
}

export interface VectorFile {
  readonly hasher: string;
  readonly notes: Readonly<Record<string, string>>;
  readonly groups: readonly VectorGroup[];
}

export interface ConversionFile {
  readonly system: string;
  readonly groups: readonly { readonly source: VectorSource; readonly tests: readonly Conversion[] }[];
}

export interface Conversion {
  readonly tcId: number;
  readonly comment: string;
  readonly password?: string;
  readonly text: string;
  readonly expect: 'converts' | 'none';
  readonly passwordHasher?: string;
  readonly passwordDigest?: string;
}

export interface KdfFile {
  readonly name: string;
  readonly source: VectorSource;
  readonly tests: readonly {
    readonly tcId: number;
    readonly comment: string;
    readonly inputs: Readonly<Record<string, string | number>>;
    readonly output: string;
  }[];
}

const ROOT = new URL('../../vectors/', import.meta.url);

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, ROOT), 'utf8'));
}

function readAll<T>(folder: string): T[] {
  return readdirSync(new URL(folder, ROOT))
    .sort()
    .map((file) => readJson(`${folder}/${file}`) as T);
}

export const hasherVectors = (): VectorFile[] => readAll('hashers');
export const formatVectors = (): VectorFile[] => readAll('formats');
export const conversionVectors = (): ConversionFile[] => readAll('convert');

export function kdfVectors(): KdfFile[] {
  return readdirSync(new URL('kdf', ROOT))
    .sort()
    .map((file) => ({ ...(readJson(`kdf/${file}`) as KdfFile), name: file.replace('.json', '') }));
}

/** As the API takes it: text where the vector is text. */
export function passwordOf({ password }: Pick<Vector, 'password'>): string | Uint8Array {
  return 'utf8' in password ? password.utf8 : Buffer.from(password.hex, 'hex');
}

/** As the API takes them. */
export function companionsOf({ with: given = {} }: Pick<Vector, 'with'>): Companions {
  const bytes = (value: VectorCompanions['salt']) =>
    typeof value === 'object' ? new Uint8Array(Buffer.from(value.hex, 'hex')) : value;
  return { ...given, salt: bytes(given.salt), username: bytes(given.username), pepper: bytes(given.pepper) };
}
