/** What a digest is taken through: each rule yields what breaks it. */
import { utf8 } from '../encoding/bytes.js';
import { DigestError } from '../errors.js';
import { createParsed } from '../hashers/index.js';
import { tryParse } from '../recognize/identify.js';
import type { AnyHasher, Parsed } from '../types.js';

export interface Broken {
  readonly rule: string;
  readonly found: string;
}

export const ERROR_RULE = 'an error has code, field and offset';

/** What is missing from an error of `parse`. */
export function errorFlaw(error: unknown): string | undefined {
  if (!(error instanceof DigestError) || error.code === 'ERR_BACKEND') return 'it threw something else';
  return error.field === undefined || error.offset === undefined ? `${error.code} without them` : undefined;
}

export function* costFailures(hasher: AnyHasher, parsed: Parsed): Generator<Broken> {
  const rule = 'cost is of numbers from 0, with its demands';
  try {
    const { work, memoryBytes, demands } = hasher.cost(parsed.params);
    const numbers = [work, memoryBytes, ...demands.map(({ value }) => value)];
    if (!numbers.every((number) => number >= 0)) yield { rule, found: numbers.join(', ') };
  } catch {
    yield { rule, found: 'it threw' };
  }
}

export function* spellingFailures(
  hasher: AnyHasher,
  digest: string,
  parsed: Parsed,
  canonical: boolean,
): Generator<Broken> {
  const rule = 'what serialize writes parses the same';
  let written: string;
  try {
    written = hasher.serialize(parsed);
  } catch {
    yield { rule, found: 'serialize threw' };
    return;
  }
  const isCanonical = written === digest;
  if (isCanonical !== canonical) yield { rule: `is ${canonical ? '' : 'not '}canonical`, found: 'the opposite' };
  const warned = parsed.warnings.some(({ code }) => code === 'WARN_NONCANONICAL');
  if (warned === isCanonical) {
    yield { rule: 'warns of another spelling, and of nothing else', found: `warned: ${warned}` };
  }
  const again = tryParse(hasher, written);
  if (again === undefined || !sameDigest(parsed, again)) yield { rule, found: 'it does not' };
}

/** Values of salts and hashes that a format may be unable to hold: its separators, a NUL, no text, nothing, too much. */
function nastyValues(): Uint8Array[] {
  const texts = ['', '$', ':', 'a$b', '#{}', '\0', '\n', ' x ', '!', '\u00e9', 'x'.repeat(5000)];
  return [...texts.map(utf8), new Uint8Array([0xff, 0xfe])];
}

/** A digest of values that the format cannot hold would lock its user out, or let another one in. */
export function* nastyFailures(hasher: AnyHasher, found: Parsed): Generator<Broken> {
  const rule = 'serialize refuses with a code what it cannot write';
  for (const bytes of nastyValues()) {
    for (const changed of [{ salt: bytes }, { hash: bytes }]) {
      try {
        const { params, salt, hash, warnings, context } = found;
        hasher.serialize(createParsed(params, changed.salt ?? salt, changed.hash ?? hash, warnings, context));
      } catch (error) {
        if (error instanceof DigestError && error.code !== 'ERR_BACKEND') continue;
        yield { rule, found: 'it failed' };
      }
    }
  }
}

/**
 * A digest that was cut off must not pass for a whole one: each proper prefix gives a coded error or a warning, unless it
 * says the same in fewer characters. Formats that end in free text cannot detect this, and say so by `freeTail`; nor can a
 * digest of an unusual length, which is usual where it is cut, nor one of a hash that may have any length.
 */
export function* prefixFailures(hasher: AnyHasher, digest: string, parsed: Parsed): Generator<Broken> {
  const tells = !hasher.freeTail && !parsed.warnings.some(({ code }) => code === 'WARN_LENGTH');
  for (let length = 0; length < digest.length; length++) {
    const place = `at ${length} of ${digest.length} characters`;
    try {
      const cut = hasher.parse(digest.slice(0, length));
      if (!tells || cut.warnings.length > 0 || sameDigest(parsed, cut) || isShorterOutput(hasher, cut, parsed))
        continue;
      yield { rule: 'a cut-off digest gives an error or a warning', found: `neither ${place}` };
    } catch (error) {
      const flaw = errorFlaw(error);
      if (flaw !== undefined) yield { rule: ERROR_RULE, found: `${flaw}, ${place}` };
    }
  }
}

/** These derive any number of bytes and say none: cut to a length that writers write, a hash is like any other. */
const ANY_LENGTH: readonly string[] = ['pbkdf2', 'argon2'];

function isShorterOutput(hasher: AnyHasher, cut: Parsed, whole: Parsed): boolean {
  if (!ANY_LENGTH.includes(hasher.cost(cut.params).kdf) || !sameBytes(cut.salt, whole.salt)) return false;
  return sameBytes(cut.hash, whole.hash.subarray(0, cut.hash.length));
}

/** The bytes that parse returns are not shared: wiping them must not change the next answer. */
export function* ownershipFailures(hasher: AnyHasher, digest: string, parsed: Parsed): Generator<Broken> {
  const before = { ...parsed, salt: Uint8Array.from(parsed.salt), hash: Uint8Array.from(parsed.hash) };
  const wiped = hasher.parse(digest);
  wiped.salt.fill(0xa5);
  wiped.hash.fill(0xa5);
  if (!sameDigest(before, hasher.parse(digest))) yield { rule: 'parse gives bytes of their own', found: 'shared ones' };
}

function sameDigest(a: Parsed, b: Parsed): boolean {
  return (
    sameBytes(a.salt, b.salt) && sameBytes(a.hash, b.hash) && JSON.stringify(a.params) === JSON.stringify(b.params)
  );
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
