/** Runs of text that only one product writes, each with fields of its own. */
import { type Alphabet, alphabet, encode64, findDigit, NOT_IN_ALPHABET } from '../encoding/alphabet.js';
import { latin1 } from '../encoding/bytes.js';
import { decodeYescryptSettings, encodeYescryptSettings } from '../encoding/yescrypt-settings.js';
import { malformed } from '../errors.js';
import { acceptsAll, type Slot, setBytes, type Values } from './slot.js';
import type { SpecialField } from './types.js';

export function specialSlot({ as }: SpecialField): Slot {
  return SLOTS[as]();
}

const SLOTS: Readonly<Record<SpecialField['as'], () => Slot>> = {
  yescrypt: yescryptSlot,
  lotus6: () => lotusSlot({ letters: 19, hashBytes: 10, iterations: false }),
  lotus8: () => lotusSlot({ letters: 48, hashBytes: 8, iterations: true }),
};

const YESCRYPT_FIELDS = ['flags', 'N', 'r', 'parallelism', 't'] as const;
const MAX_SETTINGS = 36;

/** The parameters of a yescrypt digest, numbers of one to six letters. */
function yescryptSlot(): Slot {
  const isLetter = (unit: number): boolean => findDigit(CRYPT, unit) !== NOT_IN_ALPHABET;
  return {
    fields: YESCRYPT_FIELDS,
    label: 'N',
    minChars: 3,
    maxChars: MAX_SETTINGS,
    accepts: isLetter,
    fits: (text, start, end) =>
      end - start >= 3 && end - start <= MAX_SETTINGS && acceptsAll(isLetter, text, start, end),
    read(text, start, end, found) {
      const { p, ...others } = decodeYescryptSettings(text, start, end, 'N');
      Object.assign(found.params, others, { parallelism: p });
    },
    readAbsent() {},
    isDefault: ({ params }) => YESCRYPT_FIELDS.every((field) => params[field] === undefined),
    write({ params }) {
      const [flags, N, r, p, t] = YESCRYPT_FIELDS.map((field) => params[field]);
      if (![flags, N, r, p, t].every((value) => typeof value === 'number')) return undefined;
      return encodeYescryptSettings({ flags, N, r, p, t } as Parameters<typeof encodeYescryptSettings>[0]);
    },
    pattern: `[./0-9A-Za-z]{3,${MAX_SETTINGS}}`,
    free: false,
    toLast: false,
  };
}

const CRYPT: Alphabet = alphabet('./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
const LOTUS: Alphabet = alphabet('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/');
const LETTER_BITS = 6;
const ITERATION_DIGITS = 10;
/** What release 8 writes after the iterations. */
const VERSION = '02';

interface LotusForm {
  readonly letters: number;
  /** The last of them may be there in part. */
  readonly hashBytes: number;
  readonly iterations: boolean;
}

/** Salt, iterations in decimals and hash in one run of Domino's Base64, cut at a letter. */
function lotusSlot({ letters, hashBytes, iterations }: LotusForm): Slot {
  const saltBytes = iterations ? 16 : 5;
  const accepts = (unit: number): boolean => findDigit(LOTUS, unit) !== NOT_IN_ALPHABET;
  const spare = (letters * LETTER_BITS) % 8;
  const lastMask = spare === 0 ? 0xff : 0xff & (0xff << (8 - spare));

  function decode(text: string, start: number): Uint8Array {
    const bytes = new Uint8Array(Math.ceil((letters * LETTER_BITS) / 8));
    for (let i = 0; i < letters; i++) {
      const value = findDigit(LOTUS, text.charCodeAt(start + i));
      if (value === NOT_IN_ALPHABET) {
        throw malformed('hash', start + i, `hash: character at offset ${start + i} is not in the alphabet 0-9A-Za-z+/`);
      }
      const at = i * LETTER_BITS;
      const word = value << (16 - LETTER_BITS - (at % 8));
      bytes[at >> 3] = (bytes[at >> 3] as number) | (word >> 8);
      if ((word & 0xff) !== 0) bytes[(at >> 3) + 1] = (bytes[(at >> 3) + 1] as number) | (word & 0xff);
    }
    return bytes;
  }

  function readIterations(bytes: Uint8Array, start: number): number {
    const digits = String.fromCharCode(...bytes);
    if (/^\d{10}02$/.test(digits) && Number(digits.slice(0, ITERATION_DIGITS)) > 0) {
      return Number(digits.slice(0, ITERATION_DIGITS));
    }
    throw malformed('iterations', start, 'iterations must be ten decimal digits and "02" after the salt');
  }

  function write({ params, bytes }: Values): string | undefined {
    const { salt, hash } = bytes;
    if (salt?.length !== saltBytes || hash?.length !== hashBytes) return undefined;
    const count = params['iterations'];
    if (iterations && (typeof count !== 'number' || !(count > 0 && count < 10 ** ITERATION_DIGITS))) return undefined;
    const middle = iterations ? latin1(String(count).padStart(ITERATION_DIGITS, '0') + VERSION) : new Uint8Array();
    return encode64(LOTUS, Uint8Array.of(...salt, ...middle, ...hash)).slice(0, letters);
  }

  return {
    fields: iterations ? ['salt', 'iterations', 'hash'] : ['salt', 'hash'],
    label: 'hash',
    minChars: letters,
    maxChars: letters,
    accepts,
    fits: (text, start, end) => end - start === letters && acceptsAll(accepts, text, start, end),
    read(text, start, end, found) {
      if (end - start !== letters) {
        throw malformed(
          'hash',
          Math.min(end, start + letters),
          `digest must have ${letters} letters (has ${end - start})`,
        );
      }
      const bytes = decode(text, start);
      setBytes(found, 'salt', bytes.slice(0, saltBytes));
      if (iterations) found.params['iterations'] = readIterations(bytes.subarray(saltBytes, -hashBytes), start);
      setBytes(found, 'hash', bytes.slice(-hashBytes));
    },
    readAbsent() {},
    isDefault: ({ bytes }) => bytes['hash'] === undefined,
    write,
    pattern: `[0-9A-Za-z+/]{${letters}}`,
    free: false,
    toLast: false,
    ...(spare !== 0 && {
      trim(derived: Uint8Array): Uint8Array {
        const kept = derived.slice(0, hashBytes);
        kept[hashBytes - 1] = (kept[hashBytes - 1] as number) & lastMask;
        return kept;
      },
    }),
  };
}
