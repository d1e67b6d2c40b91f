/** Layouts of real formats: read, written again, and what is wrong said with its place. */
import { describe, expect, test } from 'vitest';
import { utf8Text } from '../../src/encoding/bytes.js';
import { encodeHex } from '../../src/encoding/hex.js';
import { DigestError } from '../../src/errors.js';
import {
  compileField,
  compileLayout,
  decimal,
  h64,
  hex,
  type Layout,
  layout,
  mark,
  oneOf,
  text,
  word,
} from '../../src/layout/index.js';
import { LAYOUTS, type LayoutName as Name } from './layouts.js';

const read = (name: Name, digest: string) => compileLayout(LAYOUTS[name]).parse(digest);

function problemOf(name: Name, digest: string): DigestError {
  try {
    read(name, digest);
  } catch (error) {
    if (error instanceof DigestError) return error;
    throw error;
  }
  throw new Error('it parses');
}

const HEX32 = '5f4dcc3b5aa765d61d8327deb882cf99';

const DIGESTS: readonly (readonly [Name, string, Record<string, unknown>, readonly string[]])[] = [
  ['drupal7', '$S$C33783772bRXEx1aCsvY.dqgaaSu76XmVlKrW9Qu8IQlvxHlmzLf', { rounds: 16_384, salt: '33783772' }, []],
  ['bcrypt', '$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG', { variant: '2b', cost: 10 }, []],
  ['ssha256', '{ssha256}OZiz0cnQ5hgyel3Emh7NCbhBRCQ+HVBwYplQunHYnER7TLuV', {}, ['WARN_NONCANONICAL']],
  [
    'sha256Crypt',
    '$5$rounds=5000$toolongsaltstrin$Un/5jzAHMgOGZ5.mWJpuVolil07guHPvOW8mGsh2Ei5',
    { rounds: 5000, roundsWritten: 1, salt: 'toolongsaltstrin' },
    [],
  ],
  [
    'sha256Crypt',
    '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8',
    { rounds: 5000, salt: 'saltstring' },
    [],
  ],
  ['django', 'pbkdf2_sha1$60000$seasalt2$8yMp8SUZ3gDgHFvQ0ZZxuJ2bRz8=', { iterations: 60_000 }, []],
  ['werkzeug', `pbkdf2:sha256$seasalt2$${HEX32}`, { algorithm: 'sha256', iterations: 50_000 }, []],
  ['werkzeug', `pbkdf2:sha256:50000$seasalt2$${HEX32}`, { iterations: 50_000 }, ['WARN_NONCANONICAL']],
  ['werkzeug', `pbkdf2:sha1:1000$seasalt2$${HEX32.toUpperCase()}`, { iterations: 1000 }, ['WARN_NONCANONICAL']],
  ['passlib', '$pbkdf2$1212$OB8.dVhSbmFsWWxhaA$FI8IRjVBW6xPaeuiHbBHcS.bWsw', { algorithm: 'sha1', rounds: 1212 }, []],
  ['md5', HEX32, { hash: HEX32 }, []],
  ['des', 'CCNf8Sbh3HDfQ', { salt: 'CC' }, []],
  ['bsdi', '_J9..K0AyUubDrfOgO4s', { count: 725 }, []],
  ['springScrypt', '$e0801$c2FsdHNhbHQ=$MDEyMzQ1Njc4OWFiY2RlZ2hpamtsbW5v', { ln: 14, r: 8, p: 1 }, []],
  ['sapH', '{x-issha, 1024}MDEyMzQ1Njc4OWFiY2RlZ2hpamtsbW5vcHE=', { rounds: 1024 }, ['WARN_NONCANONICAL']],
  ['drupal', `U$S$${HEX32}`, { prehash: 1 }, []],
  ['drupal', `$S$${HEX32}`, { prehash: 0 }, []],
  ['oscommerce', `${HEX32}:a:`, { salt: 'a:' }, []],
  ['salted', `a$b$${HEX32}`, { salt: 'a$b' }, []],
  ['aix', '{ssha256}06$aJckFGJAB30LTe10$ohUsB7LBPlgclE3hJg9x042DLJvQyxVCX.nZZLEz.g2', { cost: 6 }, []],
  ['cisco8', '$8$TnGX/fE4KGHOVU$pEhnEvxrvaynpi8j4f.EMHr6M.FzU8xnZnBr/tJdFWk', { salt: 'TnGX/fE4KGHOVU' }, []],
  ['lucia', `s2:0123456789abcdef:${HEX32.repeat(4)}`, { s2: 1, salt: '0123456789abcdef' }, []],
  ['lucia', `0123456789abcdef:${HEX32.repeat(4)}`, { s2: 0 }, []],
  ['scryptGem', `400$8$24$${HEX32}$${HEX32}`, { N: 1024, r: 8, p: 36 }, []],
  ['mysql41', `*${HEX32.toUpperCase()}5F4DCC3B`, {}, []],
  ['mysql41', `${HEX32.toUpperCase()}5F4DCC3B`, {}, ['WARN_NONCANONICAL']],
  [
    'ldapPbkdf2',
    '{PBKDF2-SHA512}10000$IlfapjA351LuDSwYC0IQ8Q$saHqQTuYnjJN/tmAndT.8mJt6w',
    { algorithm: 'sha512' },
    ['WARN_NONCANONICAL', 'WARN_NONCANONICAL'],
  ],
  ['phc', '$pbkdf2-sha256$i=1000$c2FsdHNhbHQ$MDEyMzQ1Njc4OWFiY2RlZ2hpams', { i: 1000, l: 32 }, []],
  ['npmPasswordHash', `sha1$${HEX32}$3$${HEX32}`, { iterations: 3 }, []],
  ['npmPasswordHash', `sha1$${HEX32}$${HEX32}`, { iterations: 1 }, []],
  [
    'okta',
    '{"algorithm":"SHA-256","salt":"c2FsdA==","saltOrder":"POSTFIX","value":"XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg="}',
    { order: 'POSTFIX', salt: 'salt' },
    [],
  ],
];

describe('a layout', () => {
  test.each(DIGESTS)('reads %s: %s', (name, digest, wanted, warnings) => {
    const found = read(name, digest);
    const values: Record<string, unknown> = { ...found.params };
    for (const [field, value] of Object.entries(found.bytes)) {
      values[field] = field === 'hash' ? encodeHex(value) : utf8Text(value);
    }
    expect(values).toMatchObject(wanted);
    expect([found.salt, found.hash]).toEqual([found.bytes['salt'], found.bytes['hash']]);
    expect(found.warnings.map(({ code }) => code)).toEqual(warnings);
  });

  test.each(DIGESTS)('writes %s again: %s', (name, digest, _, warnings) => {
    const compiled = compileLayout(LAYOUTS[name]);
    const { params, bytes: values } = compiled.parse(digest);
    const printed = compiled.print(params, values);
    if (warnings.includes('WARN_NONCANONICAL')) expect(printed).not.toBe(digest);
    else expect(printed).toBe(digest);
    const again = compiled.parse(printed);
    expect(again.params).toEqual(params);
    expect(again.bytes).toEqual(values);
    expect(again.warnings.map(({ code }) => code)).not.toContain('WARN_NONCANONICAL');
  });

  test.each(DIGESTS)('fits %s and its pattern: %s', (name, digest) => {
    const compiled = compileLayout(LAYOUTS[name]);
    expect(compiled.mayFit(digest)).toBe(true);
    const canonical = compiled.print(compiled.parse(digest).params, compiled.parse(digest).bytes);
    expect(canonical).toMatch(new RegExp(compiled.pattern, 's'));
  });

  test('is data that goes through JSON', () => {
    for (const [name, digest] of DIGESTS) {
      const copy = JSON.parse(JSON.stringify(LAYOUTS[name])) as Layout;
      expect(compileLayout(copy).parse(digest)).toEqual(read(name, digest));
    }
  });

  test('knows its prefixes', () => {
    expect(compileLayout(LAYOUTS.bcrypt).prefixes).toEqual(['$2a$', '$2b$', '$2y$']);
    expect(compileLayout(LAYOUTS.md5).prefixes).toEqual([]);
    expect(compileLayout(LAYOUTS.mysql41).prefixes).toEqual([]);
    expect(compileLayout(LAYOUTS.django).prefixes).toEqual(['pbkdf2_sha1$']);
  });

  test('keeps the bits of a hash that its text has, and no other', () => {
    const { trimHash } = compileLayout(LAYOUTS.drupal7);
    const trimmed = trimHash?.(new Uint8Array(64).fill(255)) ?? new Uint8Array();
    expect(trimmed).toEqual(Uint8Array.from({ length: 33 }, (_, i) => (i < 32 ? 255 : 3)));
  });
});

const WRONG: readonly (readonly [Name, string, string, number])[] = [
  ['bcrypt', '$3b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG', 'variant', 1],
  ['bcrypt', '$2b$1x$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG', 'cost', 5],
  ['bcrypt', '$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JL', 'hash', 59],
  ['bcrypt', '$2b$10$N9qo8uLOickgx2ZM', 'salt', 23],
  ['django', 'pbkdf2_sha2$1$a$b', 'prefix', 10],
  ['django', 'pbkdf2_sha1$1$a', 'hash', 15],
  ['django', 'pbkdf2_sha1$1x$a$8yMp8SUZ3gDgHFvQ0ZZxuJ2bRz8=', 'iterations', 13],
  ['django', 'pbkdf2_sha1$1$a$8yMp8SUZ3gDgHFvQ0ZZxuJ2bRz8=$x', 'hash', 44],
  ['django', 'pbkdf2_sha1$1$a\nb$8yMp8SUZ3gDgHFvQ0ZZxuJ2bRz8=', 'salt', 15],
  ['md5', HEX32.slice(1), 'hash', 31],
  ['md5', `${HEX32.slice(2)}`, 'hash', 30],
  ['ssha256', '{SSHA256}OZiz0cnQ5hgyel3Emh7NCbhBRCQ+HVBwYplQunHYnEQ=', 'salt', 53],
  ['sha256Crypt', '$5$rounds=10$salt$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8', 'rounds', 10],
  ['sha256Crypt', '$5$saltstringsaltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8', 'salt', 19],
  ['werkzeug', `pbkdf2:sha9:50000$seasalt2$${HEX32}`, 'algorithm', 7],
  ['okta', '{"algorithm":"SHA-256","salt":"c2FsdA==","saltOrder":"POSTFIX","value":"Xo_I"}', 'hash', 74],
  ['okta', '[1]', 'prefix', 0],
];

describe('a layout refuses with field and place', () => {
  test.each(WRONG)('%s: %s', (name, digest, field, offset) => {
    expect(problemOf(name, digest)).toMatchObject({ code: 'ERR_MALFORMED', field, offset });
  });
});

describe('what is wrong', () => {
  const messageOf = (of: Layout, digest: string): Partial<DigestError> => {
    try {
      compileLayout(of).parse(digest);
    } catch (error) {
      if (error instanceof DigestError) return error;
      throw error;
    }
    throw new Error('it parses');
  };
  const packed = layout`$P$${text('salt', { chars: 8, of: 'a-z' })}${h64('hash', 16)}`;

  test('is a cut where fields of known lengths end a digest', () => {
    const whole = '$P$abcdefgh0123456789012345678901';
    expect(messageOf(packed, whole.slice(0, -1))).toMatchObject({ field: 'hash', offset: 32, subcode: 'cut-off' });
    expect(messageOf(packed, whole.slice(0, 7))).toMatchObject({ field: 'salt', offset: 7, subcode: 'cut-off' });
    expect(messageOf(packed, '$P$abc!ef')).toMatchObject({ field: 'salt', offset: 6, subcode: undefined });
    expect(messageOf(packed, `${whole}.`)).toMatchObject({ field: 'hash', offset: whole.length });
  });

  test('is every beginning, where a digest has none of them', () => {
    const either = oneOf(layout`$P$${hex('hash', 16)}`, layout`$H$${hex('hash', 16)}`);
    const { field, offset, message } = messageOf(either, `$X$${HEX32}`);
    expect([field, offset]).toEqual(['prefix', 0]);
    expect(message).toContain('"$P$" or "$H$"');
  });

  test('is never a part of the digest', () => {
    for (const mutant of [
      'pbkdf2_sha1$1$SECRET$8yMp8SUZ',
      'pbkdf2_sha1$x$SECRET$8yMp',
      'pbkdf2_sha1$1$SECRET\n$8yMp8S==',
    ]) {
      const { message, fix = '', hint = '' } = problemOf('django', mutant);
      expect(message + fix + hint).not.toMatch(/SECRET|8yMp/);
    }
  });
});

describe('the end of a field', () => {
  test('is after a word that contains the separator', () => {
    const words = layout`${word('scheme', { '2|$argon2id': 'id', '2|$argon2i': 'i' })}$${hex('hash', 16)}`;
    expect(compileLayout(words).parse(`2|$argon2id$${HEX32}`).params).toEqual({ scheme: 'id' });
    expect(compileLayout(words).parse(`2|$argon2i$${HEX32}`).params).toEqual({ scheme: 'i' });
  });

  test('is at once for a mark', () => {
    const marked = compileLayout(layout`{X}${mark('scheme', 'x')}$${decimal('n')}`);
    expect(marked.parse('{X}$1').params).toEqual({ scheme: 'x', n: 1 });
    expect(marked.mayFit('{X}y$1')).toBe(false);
    expect(() => marked.parse('{X}y$1')).toThrow(DigestError);
  });

  test('of free text before another field is an error of the layout', () => {
    expect(() => compileLayout([text('salt'), text('other')])).toThrow(TypeError);
  });
});

test('a field alone keeps the blanks and quotes at its edges', () => {
  expect(compileField(text('salt')).parse(' a"').bytes['salt']).toHaveLength(3);
  expect(compileField(text('salt')).parse(' a"').warnings).toEqual([]);
  expect(() => compileLayout(layout`$x$${text('salt')}`).parse('$x$a ')).toThrow(DigestError);
});

test('a parameter may have the length of a field', () => {
  expect(compileLayout([{ ...hex('hash'), count: 'keylen' }]).parse(HEX32).params).toEqual({ keylen: 16 });
});
