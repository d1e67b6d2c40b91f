/** A field of a layout, ready to be read: what text it takes, what it gives, how it is written. */
import type { Finding, Params } from '../types.js';
import type { LayoutMatch } from './compiled.js';
import { NO_WARNINGS } from './findings.js';

/**
 * What parsing collects. Salt and hash have fields of their own: a store by a variable name costs as much as to decode a
 * short field.
 */
export class Found implements LayoutMatch {
  readonly params: Record<string, number | string> = {};
  salt: Uint8Array | undefined = undefined;
  hash: Uint8Array | undefined = undefined;
  others: Record<string, Uint8Array> | undefined = undefined;
  warnings: readonly Finding[] = NO_WARNINGS;

  /** A new record each time. */
  get bytes(): Readonly<Record<string, Uint8Array>> {
    const bytes: Record<string, Uint8Array> = {};
    if (this.salt !== undefined) bytes['salt'] = this.salt;
    if (this.hash !== undefined) bytes['hash'] = this.hash;
    return this.others === undefined ? bytes : Object.assign(bytes, this.others);
  }
}

/** Values to print. */
export interface Values {
  readonly params: Params;
  readonly bytes: Readonly<Record<string, Uint8Array>>;
}

export interface Slot {
  /** The names of its fields; several in a blob. */
  readonly fields: readonly string[];
  /** What an error about its place names. */
  readonly label: string;
  /** Characters: equal where the field has one length only. */
  readonly minChars: number;
  readonly maxChars: number;
  /** Whether a character can be part of it: how far it reaches where no literal follows. */
  accepts(codeUnit: number): boolean;
  /** Whether `text[start, end)` may be it, by its length and characters: cheap, and never throws. */
  fits(text: string, start: number, end: number): boolean;
  /** @throws {DigestError} */
  read(text: string, start: number, end: number, found: Found): void;
  /** Where an optional part is absent. */
  readAbsent(found: Found): void;
  /** Whether all its values are the defaults. */
  isDefault(values: Values): boolean;
  /**
   * Undefined where the values are not of this slot.
   * @throws {DigestError} where they are, and of a length that it does not take.
   */
  write(values: Values): string | undefined;
  /** A piece of a regular expression. */
  readonly pattern: string;
  /** Whether it may contain anything: then the end of a digest cannot show that it was cut off. */
  readonly free: boolean;
  /** Reaches to the last place of the literal after it. */
  readonly toLast: boolean;
  /** Where it is in the sequence, as far as it matters: at an open edge quotes and blanks are suspicious. */
  edge?: 'start' | 'end';
  /** The bytes of a derived hash that the text can hold, where it cannot hold all. */
  readonly trim?: (derived: Uint8Array) => Uint8Array;
  /** Its text is there or not, whatever follows. */
  readonly isFlag?: true;
  /** Small texts that it can be, for prefixes. */
  readonly choices?: readonly string[];
}

export function setBytes(found: Found, field: string, value: Uint8Array): void {
  if (field === 'hash') found.hash = value;
  else if (field === 'salt') found.salt = value;
  else {
    found.others ??= {};
    found.others[field] = value;
  }
}

export function warn(found: Found, finding: Finding): void {
  found.warnings = [...found.warnings, finding];
}

/** Nearly all digests have no findings: then nothing is made. */
export function warnAll(found: Found, findings: readonly Finding[]): void {
  if (findings.length > 0) found.warnings = [...found.warnings, ...findings];
}

export function quantifier(min: number, max: number): string {
  if (min === max) return `{${min}}`;
  if (max !== Number.POSITIVE_INFINITY) return `{${min},${max}}`;
  return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
}

export function acceptsAll(accepts: (unit: number) => boolean, text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!accepts(text.charCodeAt(i))) return false;
  return true;
}

export function escapeClass(characters: string, ranges = false): string {
  return characters.replace(ranges ? /[\\\]^]/g : /[\\\]^-]/g, '\\$&').replace(/\n/g, '\\n');
}

export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
