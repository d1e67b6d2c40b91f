/** What a layout gives once it is compiled. */
import type { Finding, Params } from '../types.js';

export interface LayoutMatch {
  readonly params: Params;
  readonly salt?: Uint8Array | undefined;
  readonly hash?: Uint8Array | undefined;
  /** These and others, by their names. */
  readonly bytes: Readonly<Record<string, Uint8Array>>;
  readonly warnings: readonly Finding[];
}

/** A field in a digest that has the layout's shape: `text[start, end)`. */
export interface FieldSpan {
  /** Several in an encoded run. */
  readonly fields: readonly string[];
  readonly start: number;
  readonly end: number;
}

export interface CompiledLayout {
  /** Literal beginnings; empty where a digest may begin with a field. */
  readonly prefixes: readonly string[];
  readonly fields: readonly string[];
  /** The last field is free text. */
  readonly freeTail: boolean;
  /** The source of a regular expression, for documentation. */
  readonly pattern: string;
  /** @throws {DigestError} ERR_MALFORMED with field and offset. */
  parse(text: string): LayoutMatch;
  /**
   * The canonical text.
   * @throws {DigestError} ERR_MALFORMED where a value is missing or cannot be written.
   */
  print(params: Params, bytes: Readonly<Record<string, Uint8Array>>): string;
  /** Where `field` begins in a digest that parses. */
  locate(text: string, field: string): number | undefined;
  /** Whether `text` has the shape, by its literals, its characters and lengths. Cheap; never throws. */
  mayFit(text: string): boolean;
  /** The places of the fields that are there; undefined where the text does not have the shape. */
  spans(text: string): readonly FieldSpan[] | undefined;
  /** The bytes of a derived hash that the text can hold, where it holds less than all bits of them. */
  readonly trimHash: ((derived: Uint8Array) => Uint8Array) | undefined;
}
