/** A layout as data: plain objects, so that it goes through JSON. `grammar.ts` writes them, `compile.ts` reads them. */

/** Items in the order of the text. A string stands for itself. */
export type Layout = readonly Item[];

export type Item =
  | string
  | AnyCase
  | Field
  | PackedField
  | SpecialField
  | Mark
  | Blob
  | Optional
  | OneOf
  | JsonObject
  | Wrapped;

/** What a row's other column holds, too. */
export type Field = BytesField | TextField | NumberField | WordField | FlagField;

/**
 * How text spells bytes.
 * - `hex` and `HEX` read either case, with a warning for the other one; `anyHex` reads either.
 * - `b64` is padded, `b64n` is not, `b64u` has the alphabet of URLs and no padding, `ab64` has "." for "+" and no padding.
 * - `b64any` reads all of these, with a warning where it is not padded Base64.
 * - `h64` has the letters of crypt(3), three bytes little-endian; `h64be` the same letters, three bytes big-endian, letters
 *   from the low end (AIX); `cisco64` the same letters in the bit order of Base64; `des64` is that, 11 letters for 8 bytes.
 */
export type ByteEncoding =
  | 'hex'
  | 'HEX'
  | 'anyHex'
  | 'b64'
  | 'b64n'
  | 'b64u'
  | 'b64any'
  | 'ab64'
  | 'h64'
  | 'h64be'
  | 'cisco64'
  | 'des64'
  | 'bcrypt64';

/** Lengths in bytes. */
export interface ByteLengths {
  /** The only length. */
  readonly bytes?: number;
  /** The only lengths. */
  readonly only?: readonly number[];
  /** Default: 16 for the hash, else 0; an empty field has a warning unless `min` is given as 0. */
  readonly min?: number;
  readonly max?: number;
  /** What most writers write: a shorter one has a warning. */
  readonly usual?: number;
  /** Shorter ones that a known writer writes. */
  readonly known?: readonly number[];
  /** A shorter hash is the beginning of a longer one, as PBKDF2's is. */
  readonly partVerifies?: true;
}

export interface BytesField extends ByteLengths {
  readonly kind: 'bytes';
  readonly field: string;
  readonly as: ByteEncoding;
  /** A parameter that has its length in bytes. */
  readonly count?: string;
  /** Characters: the text is cut there, so that the bits of the last one may be part of a byte. */
  readonly chars?: number;
  /** A hash whose bytes are the text of its hexadecimal. */
  readonly hexText?: true;
}

/** Free text; its bytes are its UTF-8. */
export interface TextField {
  readonly kind: 'text';
  readonly field: string;
  /** In characters (UTF-16 code units). The only length. */
  readonly chars?: number;
  readonly min?: number;
  readonly max?: number;
  /** Characters that it cannot have. */
  readonly not?: string;
  /** The only characters it may have, as ranges: `./0-9A-Za-z`. */
  readonly of?: string;
  /** Bytes where an absent optional has it. */
  readonly default?: string;
  /** Each character is one byte, control characters too: text of a driver that reads bytes as Latin-1. */
  readonly latin1?: true;
  /** Reaches to the last place of what follows it, and may contain that itself. */
  readonly toLast?: true;
}

export interface NumberField {
  readonly kind: 'number';
  readonly field: string;
  /**
   * `h64`: letters of crypt(3), the lowest six bits first. `log2` and `log2h64` write the logarithm: in decimal, or as one
   * of these letters.
   */
  readonly as: 'decimal' | 'hex' | 'HEX' | 'h64' | 'log2' | 'log2h64';
  /** Of the number in the text: of the logarithm where that is written. */
  readonly min?: number;
  readonly max?: number;
  /** Zeros on the left up to N digits; for `h64`, letters. */
  readonly digits?: number;
  /** The value where the text does not have it. */
  readonly default?: number;
  /** A parameter that is 1 where the text has the default: writers write both. */
  readonly explicit?: string;
}

export interface WordField {
  readonly kind: 'word';
  readonly field: string;
  /** What the text has → the value. The first text of a value is the canonical one. May have the empty text. */
  readonly words: Readonly<Record<string, string>>;
  readonly default?: string;
  /** Reads any case, with a warning where it differs. */
  readonly anyCase?: true;
}

/** A text that is there (parameter 1) or not (0). */
export interface FlagField {
  readonly kind: 'flag';
  readonly field: string;
  readonly text: string;
}

/** Numbers of a byte each, the first one highest, as one number in hexadecimal without leading zeros. */
export interface PackedField {
  readonly kind: 'packed';
  readonly fields: readonly string[];
}

/**
 * A run of text with fields of its own that one product writes.
 * - `yescrypt`: flags, N, r, parallelism and t.
 * - `lotus6`: 5 bytes of salt and 74 bits of hash; `lotus8`: 16 bytes of salt, iterations and 8 bytes of hash.
 */
export interface SpecialField {
  readonly kind: 'special';
  readonly as: 'yescrypt' | 'lotus6' | 'lotus8';
}

/** No text: a parameter that says which alternative this is. */
export interface Mark {
  readonly kind: 'mark';
  readonly field: string;
  readonly value: string | number;
}

/** Several fields in one encoded run of bytes. */
export interface Blob {
  readonly kind: 'blob';
  readonly as: ByteEncoding;
  readonly parts: readonly BlobPart[];
}

export type BlobPart =
  | ({ readonly part: 'bytes'; readonly field: string } & ByteLengths)
  | {
      readonly part: 'u8' | 'u32be' | 'u32le';
      readonly field: string;
      readonly min?: number;
      readonly max?: number;
    }
  /** In hexadecimal. */
  | { readonly part: 'constant'; readonly hex: string };

/** There or not. Not written where all its fields have their defaults. */
export interface Optional {
  readonly kind: 'optional';
  readonly layout: Layout;
}

/** The first that fits; the first that can hold what is printed is canonical. */
export interface OneOf {
  readonly kind: 'oneOf';
  readonly layouts: readonly Layout[];
}

/** A literal in any case, with a warning where it differs. */
export interface AnyCase {
  readonly kind: 'anyCase';
  readonly text: string;
}

/** A JSON object, alone in its layout or in an alternative. Other members are not looked at. */
export interface JsonObject {
  readonly kind: 'json';
  readonly members: Readonly<Record<string, JsonMember>>;
}

/** A field, a digest with its own layout, a member that must have this value, or an object of members. */
export type JsonMember = Field | Optional | Layout | { readonly value: string | number | boolean } | JsonObject;

/** Base64 of a text that has a layout, filled up with NUL to a length; alone in its layout. */
export interface Wrapped {
  readonly kind: 'wrapped';
  readonly bytes: number;
  readonly layout: Layout;
}
