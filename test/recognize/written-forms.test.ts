/** Texts that are remembered of a hasher: which values are written into them, and where salt and hash stand. */
import { Buffer } from 'node:buffer';
import { beforeEach, describe, expect, test } from 'vitest';
import { bcrypt } from '../../src/hashers/index.js';
import { convertValues, makeCredential, unwrapDigest } from '../../src/recognize/systems/contract.js';
import { rememberWritten, writeAlike } from '../../src/recognize/systems/written.js';
import type { AnyHasher, Finding } from '../../src/types.js';

const PARAMS = { iterations: 1000, keylen: 16 };
/** Bytes whose Base64 and hexadecimal are alike in nothing, and which no hasher refuses. */
const SALT = Buffer.from('fb00112233445566778899aabbccddee', 'hex');
const HASH = Buffer.from('fcfdfe0102030405060708090a0b0c0d', 'hex');
const OTHER_SALT = SALT.map((byte) => byte ^ 0x10);
const OTHER_HASH = HASH.map((byte) => byte ^ 0x10);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const unpadded = (bytes: Uint8Array): string => base64(bytes).replaceAll('=', '');

/** What is remembered is of one hasher, by the object. */
let hasher: AnyHasher;
beforeEach(() => {
  hasher = { name: 'own' } as AnyHasher;
});

function remember(write: (salt: Uint8Array, hash: Uint8Array) => string, params: object = PARAMS): void {
  rememberWritten(hasher, params, SALT, HASH, write(SALT, HASH));
}

type Write = (salt: Uint8Array, hash: Uint8Array) => string;
const TEXTS: readonly (readonly [string, Write])[] = [
  ['hexadecimal', (salt, hash) => `own$1000$${hex(salt)}$${hex(hash)}!`],
  ['Base64', (salt, hash) => `own$1000$${base64(salt)}$${base64(hash)}!`],
  ['Base64 without padding', (salt, hash) => `$own$i=1000$${unpadded(salt)}$${unpadded(hash)}`],
  ['hexadecimal and Base64', (salt, hash) => `${hex(salt)}${base64(hash)}`],
  ['Base64 and hexadecimal', (salt, hash) => `own:${base64(salt)}:${hex(hash)}:end`],
];

describe.each(TEXTS)('a text in %s', (_, write) => {
  test('is written with other bytes', () => {
    remember(write);
    expect(writeAlike(hasher, { ...PARAMS }, OTHER_SALT, OTHER_HASH)).toBe(write(OTHER_SALT, OTHER_HASH));
    expect(writeAlike(hasher, { ...PARAMS }, SALT, HASH)).toBe(write(SALT, HASH));
  });
});

describe('nothing is written', () => {
  const write = TEXTS[0]?.[1] as Write;

  test('for a hasher of which nothing is remembered', () => {
    expect(writeAlike(hasher, PARAMS, SALT, HASH)).toBeUndefined();
    remember(write);
    expect(writeAlike({ name: 'own' } as AnyHasher, PARAMS, SALT, HASH)).toBeUndefined();
  });

  test.each<[string, object, Uint8Array, Uint8Array]>([
    ['another value of a parameter', { ...PARAMS, iterations: 1001 }, SALT, HASH],
    ['one parameter more', { ...PARAMS, more: 1 }, SALT, HASH],
    ['one parameter less', { iterations: 1000 }, SALT, HASH],
    ['a shorter salt', PARAMS, SALT.subarray(1), HASH],
    ['a longer hash', PARAMS, SALT, Buffer.concat([HASH, HASH])],
  ])('for %s', (_, params, salt, hash) => {
    remember(write);
    expect(writeAlike(hasher, params, salt, hash)).toBeUndefined();
  });

  test('where salt or hash are too short to be found for certain', () => {
    for (const [salt, hash] of [
      [SALT.subarray(0, 7), HASH],
      [SALT, HASH.subarray(0, 7)],
    ] as const) {
      rememberWritten(hasher, PARAMS, salt, hash, write(salt, hash));
      expect(writeAlike(hasher, PARAMS, salt, hash)).toBeUndefined();
    }
    const [salt, hash] = [SALT.subarray(0, 8), HASH.subarray(0, 8)];
    rememberWritten(hasher, PARAMS, salt, hash, write(salt, hash));
    expect(writeAlike(hasher, PARAMS, salt, hash)).toBe(write(salt, hash));
  });

  test.each<[string, Write]>([
    ['salt', (_, hash) => `own$text$${hex(hash)}`],
    ['hash', (salt) => `own$${hex(salt)}$text`],
    ['salt before the hash', (salt, hash) => `own$${hex(hash)}$${hex(salt)}`],
  ])('where a text has no %s', (_, other) => {
    remember(other);
    expect(writeAlike(hasher, PARAMS, SALT, HASH)).toBeUndefined();
  });

  /** Three digits at the beginning, as of a hash that is encoded twice. */
  test.each(['000', '999', 'aaa', 'fff', 'AAA', 'FFF'])('for a hash that begins as %j', (begin) => {
    remember(write);
    const begun = (text: string) => Buffer.concat([Buffer.from(text), OTHER_HASH.subarray(text.length)]);
    expect(writeAlike(hasher, PARAMS, SALT, begun(begin))).toBeUndefined();
    for (const [i, near] of ['/', ':', '`', 'g', '@', 'G'].entries()) {
      const text = `${begin.slice(0, i % 3)}${near}${begin.slice((i % 3) + 1)}`;
      expect(writeAlike(hasher, PARAMS, SALT, begun(text)), text).toBe(write(SALT, begun(text)));
    }
  });

  test('for a hash whose Base64 begins as hexadecimal does', () => {
    const [, inBase64] = TEXTS[1] as (typeof TEXTS)[number];
    const begun = (text: string) => Buffer.concat([Buffer.from(text, 'base64'), OTHER_HASH]).subarray(0, 16);
    remember(inBase64);
    for (const text of ['09afAF12', 'deadBEEF']) {
      expect(writeAlike(hasher, PARAMS, SALT, begun(text))).toBeUndefined();
    }
    for (const text of ['+9afAF12', '09afAF1+', '09agAF12']) {
      expect(writeAlike(hasher, PARAMS, SALT, begun(text)), text).toBe(inBase64(SALT, begun(text)));
    }
    // In hexadecimal such a hash is like any other.
    const other = { name: 'other' } as AnyHasher;
    rememberWritten(other, PARAMS, SALT, HASH, write(SALT, HASH));
    expect(writeAlike(other, PARAMS, SALT, begun('09afAF12'))).toBe(write(SALT, begun('09afAF12')));
  });
});

describe('a hasher', () => {
  const writeWith =
    (iterations: number): Write =>
    (salt, hash) =>
      `own$${iterations}$${hex(salt)}$${hex(hash)}`;

  test('has up to 32 texts, each for its parameters', () => {
    for (let i = 0; i < 33; i++) remember(writeWith(i), { iterations: i });
    for (let i = 0; i < 32; i++) {
      expect(writeAlike(hasher, { iterations: i }, OTHER_SALT, OTHER_HASH)).toBe(writeWith(i)(OTHER_SALT, OTHER_HASH));
    }
    expect(writeAlike(hasher, { iterations: 32 }, SALT, HASH)).toBeUndefined();
  });

  test('keeps the parameters that it was written with', () => {
    const params = { iterations: 1000 };
    remember(writeWith(1000), params);
    params.iterations = 2000;
    expect(writeAlike(hasher, { iterations: 1000 }, SALT, HASH)).toBe(writeWith(1000)(SALT, HASH));
    expect(writeAlike(hasher, params, SALT, HASH)).toBeUndefined();
  });

  test('has a salt at its first place, and a hash at its last', () => {
    const twice: Write = (salt, hash) => `${hex(hash)}$${hex(salt)}$${hex(salt)}$${hex(hash)}`;
    remember(twice);
    const written = writeAlike(hasher, PARAMS, OTHER_SALT, OTHER_HASH);
    expect(written).toBe(`${hex(HASH)}$${hex(OTHER_SALT)}$${hex(SALT)}$${hex(OTHER_HASH)}`);
  });
});

describe('a credential of values', () => {
  /** A hasher that counts what it writes. */
  function counting(): { readonly hasher: AnyHasher; readonly warnings: unknown[] } {
    const warnings: unknown[] = [];
    const serialize = ({ salt, hash, warnings: own }: { salt: Uint8Array; hash: Uint8Array; warnings: unknown }) => {
      warnings.push(own);
      return `own$${hex(salt)}$${hex(hash)}`;
    };
    return { hasher: { name: 'own', serialize } as unknown as AnyHasher, warnings };
  }

  test('is written by its hasher once, and alike for other bytes', () => {
    const { hasher, warnings } = counting();
    const first = makeCredential(hasher, { params: PARAMS, salt: SALT, hash: HASH });
    const second = makeCredential(hasher, { params: PARAMS, salt: OTHER_SALT, hash: OTHER_HASH });
    expect(first).toEqual({ passwordHasher: 'own', passwordDigest: `own$${hex(SALT)}$${hex(HASH)}` });
    expect(second).toEqual({ passwordHasher: 'own', passwordDigest: `own$${hex(OTHER_SALT)}$${hex(OTHER_HASH)}` });
    expect(warnings).toEqual([[]]);
  });

  test('is written by its hasher each time where more than the values decides', () => {
    const { hasher, warnings } = counting();
    for (const context of ['a key', 'a key', undefined, 'a key']) {
      makeCredential(hasher, { params: PARAMS, salt: SALT, hash: HASH, context });
    }
    expect(warnings).toHaveLength(4);
  });

  test('has a title', () => {
    const values = { params: PARAMS, salt: SALT, hash: HASH };
    expect(convertValues('one system', counting().hasher, values)).toEqual({
      title: 'one system',
      credential: { passwordHasher: 'own', passwordDigest: `own$${hex(SALT)}$${hex(HASH)}` },
    });
  });
});

describe('a digest without its wrapping', () => {
  const warning = (code: Finding['code']): Finding => ({ code, severity: 'warning', message: 'one' });
  const reading = (...codes: readonly Finding['code'][]): AnyHasher =>
    ({ name: 'own', parse: () => ({ warnings: codes.map(warning) }), serialize: () => 'canonical' }) as never;

  test.each([
    [[], 'as it is'],
    [['WARN_EMPTY'], 'as it is'],
    [['WARN_NONCANONICAL'], 'canonical'],
    [['WARN_EMPTY', 'WARN_NONCANONICAL'], 'canonical'],
  ] as const)('with the warnings %j is %s', (codes, expected) => {
    expect(unwrapDigest('one system', reading(...codes), 'as it is')).toEqual({
      title: 'one system',
      credential: { passwordHasher: 'own', passwordDigest: expected },
    });
  });

  test('is refused where no digest is left', () => {
    expect(() => unwrapDigest('one system', bcrypt, '')).toThrow(expect.objectContaining({ code: 'ERR_MALFORMED' }));
  });
});
