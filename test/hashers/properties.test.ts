/** What holds for every hasher and any digest: both ways round, every damage told, nothing thrown without a code. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnyHasher, clerkHashers, DigestError, type HasherName, type Parsed, validate } from '../../src/index.js';
import { anyText, LOOKALIKES, runs } from '../support/properties.js';
import { attempt } from '../support/rejection.js';
import { hasherVectors } from '../support/vectors.js';
import { parsedValues } from './parsed-values.js';

const files = hasherVectors();
const all = clerkHashers.map((hasher) => ({ name: hasher.name as HasherName, hasher }));

/** The fields that two readings of one digest have in common; `warnings` are of the spelling. */
function meaning({ params, salt, hash, context }: Parsed): unknown {
  return { params, salt: Buffer.from(salt), hash: Buffer.from(hash), context };
}

/** @returns the digests of vectors that the hasher reads, each once, at most so many. */
function soundDigests({ name, example }: AnyHasher, atMost: number): string[] {
  const file = files.find(({ hasher }) => hasher === name);
  const tests = file?.groups.flatMap(({ tests }) => tests) ?? [];
  const sound = tests.filter(({ expect }) => expect === 'match').map(({ digest }) => digest);
  const step = Math.max(1, Math.floor(sound.length / atMost));
  return [...new Set([example.digest, ...sound.filter((_, i) => i % step === 0)])];
}

/** Refused with code, name, field and a place in the digest; or read, and then in a way that stays as it is. */
function checkReading(hasher: AnyHasher, digest: string): void {
  const found = attempt(() => hasher.parse(digest));
  if (found instanceof DigestError) {
    const { code, field, offset } = found;
    const place = `${JSON.stringify(digest)}: ${code} ${field} ${offset}`;
    expect(found.hasher, place).toBe(hasher.name);
    expect(['ERR_MALFORMED', 'ERR_UNSUPPORTED', 'ERR_WRONG_HASHER'], place).toContain(code);
    expect(field, place).toMatch(/^[A-Za-z0-9]+$/);
    expect(Number.isInteger(offset) && offset !== undefined && offset >= 0 && offset <= digest.length, place).toBe(
      true,
    );
    return;
  }
  const written = hasher.serialize(found);
  const again = hasher.parse(written);
  expect(meaning(again)).toEqual(meaning(found));
  expect(hasher.serialize(again)).toBe(written);
  const { work, memoryBytes, demands } = hasher.cost(found.params);
  for (const number of [work, memoryBytes, ...demands.map(({ value }) => value)])
    expect(number).toBeGreaterThanOrEqual(0);
  // It says so where the digest is not as it would be written, and only there.
  expect(
    found.warnings.some(({ code }) => code === 'WARN_NONCANONICAL'),
    digest,
  ).toBe(written !== digest);
}

/** One character left out, put in, doubled, changed, or exchanged with the next. */
function* mutants(digest: string): Generator<string> {
  for (let at = 0; at <= digest.length; at++) {
    const [before, here, after] = [digest.slice(0, at), digest.slice(at, at + 1), digest.slice(at + 1)];
    yield before;
    yield before + after;
    yield before + here + here + after;
    yield before + after.slice(0, 1) + here + after.slice(1);
    const code = here.charCodeAt(0);
    for (const other of [code ^ 1, code ^ 0x20, code + 1, code - 1]) {
      if (here !== '') yield before + String.fromCharCode(other) + after;
    }
    for (const put of ['$', '=', '0', '9', 'a', '\0', '\n', '\ufeff', '\ud800', '%', '+']) {
      yield before + put + after;
      yield before + put + here + after;
    }
  }
}

describe.each(all)('$name', ({ name, hasher }) => {
  test('reads what it writes, of any value that it has', () => {
    fc.assert(
      fc.property(parsedValues[name], (value) => {
        const digest = hasher.serialize(value);
        const found = hasher.parse(digest);
        expect(meaning(found)).toEqual(meaning(value));
        expect(hasher.serialize(found)).toBe(digest);
        expect(found.warnings.map(({ code }) => code)).not.toContain('WARN_NONCANONICAL');
      }),
      runs(300),
    );
  });

  test('writes different values differently', () => {
    fc.assert(
      fc.property(parsedValues[name], parsedValues[name], (a, b) => {
        const same = JSON.stringify(meaning(a)) === JSON.stringify(meaning(b));
        expect(hasher.serialize(a) === hasher.serialize(b)).toBe(same);
      }),
      runs(100),
    );
  });

  test('tells every damage of one character by code, field and offset, or reads it as it would write it', () => {
    for (const mutant of mutants(hasher.example.digest)) checkReading(hasher, mutant);
  });

  test('tells several damages of any sound digest', () => {
    const digest = fc.constantFrom(...soundDigests(hasher, 60));
    const piece = fc.oneof(
      anyText(3),
      fc.constantFrom(...LOOKALIKES),
      fc.constantFrom('$', ':', '=', ',', '#', '{', '}'),
    );
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(4), piece), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(digest, edits, (sound, list) => {
        let text = sound;
        for (const [place, length, put] of list) {
          const at = place % (text.length + 1);
          text = text.slice(0, at) + put + text.slice(at + length);
        }
        checkReading(hasher, text);
      }),
      runs(1500),
    );
  });

  test('reads any text or refuses it with a code', () => {
    const signature = fc.constantFrom('', ...hasher.prefixes);
    fc.assert(
      fc.property(signature, anyText(120), (prefix, text) => checkReading(hasher, prefix + text)),
      runs(1000),
    );
  });

  /** PBKDF2 and Argon2 give any number of bytes: cut to a length that a writer writes, a hash is like any other. */
  function isShorterOutput(found: Parsed, whole: Parsed): boolean {
    if (!['pbkdf2', 'argon2'].includes(hasher.cost(found.params).kdf)) return false;
    const part = whole.hash.subarray(0, found.hash.length);
    return Buffer.compare(part, found.hash) === 0 && Buffer.compare(whole.salt, found.salt) === 0;
  }

  test('takes no cut-off digest for a whole one', () => {
    for (const digest of soundDigests(hasher, 40)) {
      const whole = hasher.parse(digest);
      // One of unusual length is told as that when it is whole; cut to the usual length it is like any other.
      if (whole.warnings.some(({ code }) => code === 'WARN_LENGTH')) continue;
      for (let length = 0; length < digest.length; length++) {
        const prefix = digest.slice(0, length);
        const found = attempt(() => hasher.parse(prefix));
        if (found instanceof DigestError) {
          expect(found.field, prefix).toBeDefined();
          expect(found.offset, prefix).toBeLessThanOrEqual(prefix.length);
          continue;
        }
        const told = hasher.freeTail || found.warnings.length > 0 || isShorterOutput(found, whole);
        if (!told) expect(meaning(found), prefix).toEqual(meaning(whole));
      }
    }
  });

  test('is validated the same: an error with a code, and a place in the digest where it has one', () => {
    const digest = fc.constantFrom(...soundDigests(hasher, 40));
    const cut = fc.tuple(digest, fc.nat(), fc.constantFrom('', '\n', ' ', '"', '$', 'x', '\u0661', '\ud800'));
    fc.assert(
      fc.property(cut, ([sound, place, put]) => {
        const at = place % (sound.length + 1);
        const passwordDigest = sound.slice(0, at) + put + sound.slice(at + 1);
        const answer = validate({ passwordHasher: name, passwordDigest });
        if (answer.ok) return;
        expect(answer.error.code).toMatch(/^ERR_(?:MALFORMED|WRONG_HASHER|UNSUPPORTED|DISABLED|LIMIT)$/);
        expect(answer.error.hasher).toBe(name);
        expect(answer.error.field).toBeDefined();
        const { offset } = answer.error;
        expect(offset === undefined || (offset >= 0 && offset <= passwordDigest.length)).toBe(true);
      }),
      runs(300),
    );
  });
});
