/** The parameters between the first two "$" of a yescrypt digest: numbers of one to six letters. https://www.openwall.com/yescrypt/ */
import { type DigestError, digestError, malformed } from '../errors.js';
import { crypt64Character, crypt64Value } from './crypt64.js';

export interface YescryptSettings {
  /** 0: scrypt; 1: scrypt with another beginning and end; 182 (0xb6): yescrypt, the only one that is written. */
  readonly flags: number;
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly t: number;
}

/** The mode that is a bit of its own; its flavours are flags over it. */
const RW = 2;
/** Six rounds, four gathers of two numbers, boxes of 12 KiB. */
export const YESCRYPT_FLAGS = 0xb6;
const MOST_LOG = 31;
/** Which of p, t, g and NROM are written. */
const HAS_P = 1;
const HAS_T = 2;
const HAS_G = 4;
const HAS_NROM = 8;
/** A letter up to this one is a whole number; half of the others begin one of two letters, and so on. */
const LAST_ALONE = 47;
const LAST_FIRST = 62;
const LETTER_BITS = 6;

/**
 * The parameters in `text[start, end)`. Each number has one spelling.
 * @throws {DigestError} ERR_MALFORMED, ERR_UNSUPPORTED with `field` and an offset in `text`.
 */
export function decodeYescryptSettings(text: string, start: number, end: number, field: string): YescryptSettings {
  const reader = createReader(text, start, end, field);
  const flavour = reader.read(0);
  const flags = flavour < RW ? flavour : RW + (flavour - RW) * 4;
  const log = reader.read(1);
  const r = reader.read(1);
  const has = reader.isAtEnd() ? 0 : reader.read(1);
  const p = has & HAS_P ? reader.read(2) : 1;
  const t = has & HAS_T ? reader.read(1) : 0;
  if (has > (HAS_P | HAS_T | HAS_G | HAS_NROM)) throw reader.fail('unknown parameter');
  if (has & (HAS_G | HAS_NROM)) {
    throw digestError('ERR_UNSUPPORTED', `${field}: yescrypt with a ROM or with upgraded hashes is not supported`, {
      field,
      offset: start,
      fix: 'let these users set a new password',
    });
  }
  if (!reader.isAtEnd()) throw reader.fail('unexpected characters after the parameters');
  if (log > MOST_LOG) throw reader.fail(`N must be at most 2^${MOST_LOG} (is 2^${log})`);
  const settings = { flags, N: 2 ** log, r, p, t };
  const fault = findYescryptFault(settings);
  if (fault !== undefined) throw reader.fail(fault);
  return settings;
}

/** Why yescrypt has no such parameters, or undefined. */
export function findYescryptFault({ flags, N, r, p, t }: YescryptSettings): string | undefined {
  if (flags !== 0 && flags !== 1 && flags !== YESCRYPT_FLAGS) return `unknown flags ${flags}`;
  if (flags === 0 && t !== 0) return 't must be 0 without flags';
  if (!(Number.isInteger(Math.log2(N)) && N >= 4 && N <= 2 ** MOST_LOG)) return 'N must be a power of 2, at least 4';
  if (r < 1 || p < 1 || r * p >= 2 ** 30) return 'r and p must be at least 1, and their product less than 2^30';
  if (flags === YESCRYPT_FLAGS && Math.floor(N / p) < 4) return 'N must be at least four times p';
  return undefined;
}

export function encodeYescryptSettings({ flags, N, r, p, t }: YescryptSettings): string {
  const flavour = flags < RW ? flags : RW + (flags - RW) / 4;
  const has = (p === 1 ? 0 : HAS_P) | (t === 0 ? 0 : HAS_T);
  const needed = encodeNumber(flavour, 0) + encodeNumber(Math.log2(N), 1) + encodeNumber(r, 1);
  if (has === 0) return needed;
  return needed + encodeNumber(has, 1) + (p === 1 ? '' : encodeNumber(p, 2)) + (t === 0 ? '' : encodeNumber(t, 1));
}

interface Reader {
  /** The next number. */
  read(min: number): number;
  isAtEnd(): boolean;
  fail(problem: string): DigestError;
}

function createReader(text: string, start: number, end: number, field: string): Reader {
  let at = start;
  const fail = (problem: string) => malformed(field, start, `${field}: ${problem}`);

  function readLetter(): number {
    const value = at < end ? crypt64Value(text.charCodeAt(at)) : -1;
    if (value === -1)
      throw malformed(field, at, `${field}: a parameter is cut off or has a character outside ./0-9A-Za-z`);
    at++;
    return value;
  }

  function read(min: number): number {
    const letter = readLetter();
    let value = min;
    let [first, last, more] = [0, LAST_ALONE, 0];
    while (letter > last) {
      value += (last + 1 - first) * 2 ** (LETTER_BITS * more);
      first = last + 1;
      last = first + Math.floor((LAST_FIRST - last) / 2);
      more++;
    }
    value += (letter - first) * 2 ** (LETTER_BITS * more);
    while (more-- > 0) value += readLetter() * 2 ** (LETTER_BITS * more);
    return value;
  }

  return { read, isAtEnd: () => at >= end, fail };
}

function encodeNumber(number: number, min: number): string {
  let rest = number - min;
  let [first, last, more] = [0, LAST_ALONE, 0];
  for (;;) {
    const count = (last + 1 - first) * 2 ** (LETTER_BITS * more);
    if (rest < count) break;
    rest -= count;
    first = last + 1;
    last = first + Math.floor((LAST_FIRST - last) / 2);
    more++;
  }
  let text = crypt64Character(first + Math.floor(rest / 2 ** (LETTER_BITS * more)));
  while (more-- > 0) text += crypt64Character(Math.floor(rest / 2 ** (LETTER_BITS * more)) % 64);
  return text;
}
