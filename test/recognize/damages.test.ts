/** Each recogniser of damage, text by text: what it undoes and where, and what it leaves alone. */
import { describe, expect, test } from 'vitest';
import { clerkHashers } from '../../src/hashers/index.js';
import type { Recogniser } from '../../src/recognize/damage/contract.js';
import * as edges from '../../src/recognize/damage/edges.js';
import * as encoded from '../../src/recognize/damage/encoded.js';
import { isShellRemnant, lost, lostError } from '../../src/recognize/damage/lost.js';
import * as printed from '../../src/recognize/damage/printed.js';
import * as spelling from '../../src/recognize/damage/spelling.js';
import { type Damage, isLooseText, listDamages, undoDamage } from '../../src/recognize/damage.js';
import { listAnswers } from '../support/answers.js';

const exampleOf = (name: string) => clerkHashers.find((hasher) => hasher.name === name)?.example.digest as string;
const HEX = '0123456789abcdef';
const MD5 = HEX.repeat(2);
const BCRYPT = exampleOf('bcrypt');
const PHPASS = exampleOf('phpass');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const hex = (text: string) => Buffer.from(text).toString('hex');
const bytes = (text: string, separator: string) => [...Buffer.from(text)].join(separator);
const pairsOf = (text: string, separator: string) => hex(text).replace(/(..)(?=.)/g, `$1${separator}`);

const EDGES = [
  'abc',
  '\ufeffabc',
  'abc\n',
  '\r\nabc\n',
  ' abc',
  'abc\t',
  ' abc\0',
  '\n\nabc',
  ' \n ',
  '\u007fabc',
  '~abc~',
  '\u00a0abc',
  '\u00a1abc',
  '\u2000abc\u200d',
  '\u1fffabc\u200e',
  '\u200fabc',
  '\u2010abc',
  '\u1680abc\u2060',
  '\u3000abc\u00ad',
  '\u202fabc\u205f',
  '\u2028abc\u2029',
  '\u200babc',
  'a\u200bb\u00adc',
  'a\u202e\u2064b',
  'ab\ncd',
  'ab\r\n cd\nef',
  '\nab',
  'ab cd',
  `${PHPASS}${PHPASS}`,
  `${PHPASS}\n${PHPASS}`,
  `${PHPASS}\r\n${PHPASS}`,
  `${PHPASS}, ${PHPASS}`,
  `${PHPASS}x${PHPASS}`,
  `${PHPASS}${PHPASS.slice(0, -1)}x`,
  `${PHPASS.slice(0, 32)}${PHPASS.slice(0, 32)}`,
  `${MD5}${MD5}`,
  `${MD5}ab$${MD5}ab$`,
  `-${MD5}a$-${MD5}a$`,
  '01234567 89abcdef 01234567 89abcdef',
  '01:23:45:67:89:ab:cd:ef:01:23:45:67:89:ab:cd:ef',
  '01-23-45-67',
  '0 1234567 89abcdef 01234567 89abcdef',
  `${HEX}0 ${HEX}`,
  `$argon2id$v=19$m=8,t=1,p=1$${'a'.repeat(10)} ${'b'.repeat(11)}$${'c'.repeat(43)}`,
  `$argon2id$v=19$m=8,t=1,p=1$${'a'.repeat(11)} ${'b'.repeat(11)}$${'c'.repeat(43)}`,
  `$argon2id$v=19$m=8,t=1,p=1$${'a'.repeat(22)}$${'c'.repeat(21)} ${'d'.repeat(20)} e`,
  `$argon2id$v=19$m=8,t=1,p=1$${'a'.repeat(22)}$${'c'.repeat(20)}  ${'d'.repeat(21)}`,
  `{SSHA}${'c'.repeat(26)} ${'d'.repeat(4)}=`,
  `{SSHA}${'c'.repeat(26)} ${'d'.repeat(5)}==`,
  `{SSHA}${'c'.repeat(26)} ${'d'.repeat(4)}?`,
  `${'c'.repeat(20)} ${'d'.repeat(20)}`,
  `${'c'.repeat(20)} ${'d'.repeat(20)} `,
  `${'a '.repeat(16)}${'d'.repeat(16)}`,
  `${'a '.repeat(17)}${'d'.repeat(13)}`,
  '"abc"',
  "'abc'",
  '`abc`',
  '"',
  '""',
  '"abc\'',
  '“abc”',
  '„abc“',
  '«abc»',
  '(abc)',
  '(abc,)',
  '[abc]',
  '[abc,]',
  '{abc}',
  '<abc>',
  '()',
  '(abc]',
  'abc,',
  'abc;',
  'abc;,;',
  ',;',
  '"abc',
  'abc"',
  "'",
];

const LITERALS = [
  `b'abc'`,
  `rb"abc"`,
  `u'abc'`,
  `x'abc'`,
  `N'abc'`,
  `_binary 'abc'`,
  `_binary'abc'`,
  `_utf8'abc'`,
  `_latin1'abc'`,
  `N_latin1'abc'`,
  `_utf8mb4'abc'`,
  `@"abc"`,
  `@'abc'`,
  `$'abc'`,
  `:"abc"`,
  `="abc"`,
  `=""abc""`,
  `b'abc';`,
  `b'abc`,
  `babc`,
  `b'a\\'c'`,
  `b'a\\\\c'`,
  `b'a\\nc'`,
  `b'a;c'`,
  `xb'abc'`,
  `b"""abc"""`,
  'string(3) "abc"',
  'string(4) "abc"',
  'string(3) "a"c',
  'string(3) "a"c"',
  'string(12) "abcdefghijkl"',
  's:3:"abc";',
  's:3:"abc"',
  's:12:"abcdefghijkl";',
  's:5:"a";"c";',
  's:2:"é";',
  'a:1:{s:4:"hash";s:3:"abc";}',
  'a:1:{s:12:"passwordhash";s:5:"a";"c";}',
  'a:2:{s:4:"hash";s:3:"abc";}',
];

const CALLS = [
  'bytes("abc")',
  `bytearray(b'abc')`,
  'new Buffer("abc", "hex")',
  'Buffer.from("abc", "base64")',
  'Buffer.from("abc" , encoding="utf-8" )',
  'BinData(0,"abc")',
  'BinData( 12 , "abc")',
  'Binary(b"abc", 0)',
  'System.Text.Encoding.Unicode.FromBase64("abc");',
  'createFromHexString("abc")',
  'Some(abc)',
  'Some (abc)',
  'xSome(abc)',
  'foo(abc)',
  'Some(abc)x',
  'Some("abc", x)',
  'Some("abc",         12)',
  '[]byte("abc")',
  'Just "abc"',
  'Just  "abc"',
  'Just  abc',
  '[1] "abc"',
  '[1]  "abc"',
  '!!binary abc',
  '!binary  abc',
  '!!python/unicode abc',
  '!binary |\n  abc',
  '!ruby/object abc',
  '$VAR1 = "abc";',
  '$VAR12="abc"',
  '$VAR = "abc"',
  'password: "abc"',
  'password => "abc",',
  'password := "abc"',
  '"password": "abc"',
  `'password'='abc'`,
  'salt: "abc"',
  'user_id: "abc"',
  'userId: "abc"',
  'ID: "abc"',
  'id: "abc"',
  'ids: "abc"',
  'identity: "abc"',
  'valid: "abc"',
  'sessionKey: "abc"',
  '0x: "abc"',
  'password: abc',
  `${'p'.repeat(41)}: "abc"`,
  `${'p'.repeat(42)}: "abc"`,
  '{:ok, "abc"}',
  '{:ok,"abc"}',
  '{:error, "abc"}',
  `'abc'::text`,
  `'abc'::character varying(255)`,
  `'abc'::text[]`,
  `"abc'::text`,
  `'abc'`,
  '<password>abc</password>',
  '<p:password type="x">abc</p:password>',
  '<salt>abc</salt>',
  '<password>abc</hash>',
  '<![CDATA[abc]]>',
  'Optional[abc]',
  'Present[abc]',
  'List[abc]',
  '<<"abc">>',
  '<< "abc"/utf8 >>',
];

const JSONS = [
  '"a\\u0062c"',
  '"abc"',
  '["abc"]',
  '["abc","d"]',
  '[1]',
  '{"hash":"abc"}',
  '{"salt":"abc"}',
  '{"hash":1}',
  '{"hash":"abc","x":"d"}',
  '{}',
  '[]',
  'null',
  '{"String":"abc","Valid":true}',
  '{"String":"abc","Valid":false}',
  '{"String":1,"Valid":true}',
  `{"type":"Buffer","data":[${bytes(MD5, ',')}]}`,
  `{"type":"Blob","data":[${bytes(MD5, ',')}]}`,
  '{"type":"Buffer","data":1}',
  `{"$binary":"${base64(MD5)}"}`,
  `{"$binary":{"base64":"${base64(MD5)}","subType":"00"}}`,
  '{"$binary":1}',
  '{"$binary":"?"}',
  `[${bytes(MD5, ',')}]`,
  `[${bytes(MD5.slice(0, 16), ',')}]`,
  `[${bytes(MD5.slice(0, 15), ',')}]`,
  `[256,${bytes(MD5, ',')}]`,
  `[-1,${bytes(MD5, ',')}]`,
  `[1.5,${bytes(MD5, ',')}]`,
  `["1",${bytes(MD5, ',')}]`,
  `[${Array.from({ length: 16 }, () => 255).join()}]`,
  `[${Array.from({ length: 17 }, () => 255).join()}]`,
  JSON.stringify(Object.fromEntries([...Buffer.from(MD5)].map((byte, i) => [i, byte]))),
  JSON.stringify(Object.fromEntries([...Buffer.from(MD5)].map((byte, i) => [i + 1, byte]))),
];

const BYTES = [
  `<Buffer ${pairsOf(MD5, ' ')}>`,
  `Uint8Array(32) [ ${bytes(MD5, ', ')} ]`,
  `new Uint8Array([${bytes(MD5, ',')}])`,
  `Uint8Array.from([${bytes(MD5, ',')}])`,
  `[]byte{${bytes(MD5, ', ')}}`,
  `array('B', [${bytes(MD5, ', ')}])`,
  `[${bytes(MD5, ' ')}]`,
  bytes(MD5, ','),
  `${bytes(MD5, ',')},`,
  bytes(MD5, ' , '),
  bytes(MD5.slice(0, 16), ','),
  bytes(MD5.slice(0, 15), ','),
  bytes(MD5, ';'),
  `1000,${bytes(MD5, ',')}`,
  `<<${bytes(MD5, ',')}>>`,
  pairsOf(MD5, ' '),
  pairsOf(MD5, ':'),
  pairsOf(MD5.slice(0, 16), '-'),
  pairsOf(MD5.slice(0, 15), '-'),
  `0x${pairsOf(MD5, ', 0x')}`,
  `(${bytes(MD5, ',')})`,
  `({${bytes(MD5, ',')}})`,
];

const SCHEMES = [
  '{crypt}$x',
  '{crypt}x',
  '{bcrypt}$2b$x',
  '{BLF-CRYPT}$2y$x',
  '{bcrypt}$2z$x',
  '{argon2}$argon2id$x',
  '{argon2}argon2id$x',
  '{argon2i}$argon2i$x',
  '{argon2i}$argon2id$x',
  '{argon2id}$argon2id$x',
  '{phpass}$P$x',
  '{pbkdf2-sha1}$pbkdf2-sha1$x',
  '{PBKDF2_HMAC_SHA1}pbkdf2_sha1$x',
  '{pbkdf2sha256}pbkdf2:sha256$x',
  '{pbkdf2-hmac-sha-256}$pbkdf2-sha256$x',
  '{pbkdf2-sha512}$pbkdf2-sha512$x',
  '{pbkdf2}pbkdf2_x',
  '{scrypt}scrypt:x',
  '{md5}$md5$x',
  '{sha-256}sha256$x',
  '{sha512}sha512_x',
  '{sha512}sha512x',
  '{other}$x',
  '{crypt} $x',
  `{argon2}${base64(exampleOf('argon2id'))}`,
  `{argon2}${base64(BCRYPT)}`,
  `{argon2}${base64(`$argon2${'x'.repeat(20)}`)}`,
  `{argon2}J${'?'.repeat(50)}`,
  `{${'c'.repeat(41)}}$x`,
];

const ENCODED = [
  `\\x${hex(MD5)}`,
  `\\\\x${hex(MD5)}`,
  `0x${hex('abc')}`,
  `0X${hex('abc')}`,
  hex('abc'),
  hex('abc\n'),
  hex('abc\r\n'),
  hex('a\tc'),
  hex('abc\0'),
  hex('abé'),
  hex('\u001fabc'),
  '0xff00ff00',
  '\\x',
  `\\x${'ff'.repeat(16)}`,
  `\\x${'ff'.repeat(20)}`,
  `\\x${'ff'.repeat(21)}`,
  `\\x${hex('abc\0\0')}`,
  'ff'.repeat(16),
  base64(MD5),
  base64(`${MD5}a`),
  base64(`${MD5}a`).replaceAll('=', ''),
  base64(MD5.slice(0, 31)),
  base64(MD5.slice(0, 30)),
  base64(`${MD5}\t`),
  base64(`${MD5}>>>???`).replaceAll('+', '-').replaceAll('/', '_'),
  `${'_'.repeat(42)}==`,
  Buffer.alloc(16, 1).toString('base64'),
  Buffer.alloc(16, 255).toString('base64').replaceAll('/', '_'),
  'ABCDabcd0123+/wxABCDaZ==',
  'ABCDabcd0123+/wxABCDaQ=',
  '%24abc',
  'a%2Fb%2fc',
  '%24$',
  '%ff',
  '%2',
  'a=24b',
  'a=2Fb=\nc',
  'a=\r\nb',
  'a=2fb',
  'a=24b=',
  'a&amp;b',
  '&quot;&apos;&lt;&gt;&nbsp;&dollar;&equals;&plus;&sol;&period;&comma;&colon;&lowbar;&lbrace;&lcub;&rbrace;&rcub;&num;',
  '&#36;a&#x24;b&#X2f;',
  '&#1114111;',
  '&#1114112;',
  '&unknown;',
  '&a;',
  'a&amp;b&unknown;',
  'a\\u0024b',
  'a\\u{24}b',
  'a\\u{10ffff}b',
  'a\\u{110000}b',
  'a\\x24b',
  'a\\044b',
  'a\\u24b',
  'a\\$b\\/c',
  'a\\=b',
  'a\\nb',
  '$$2b$$10$$abc',
  '$$2b$$10$abc',
  '$$abc',
  '$$$$2b$$10',
  `$10$${'a'.repeat(53)}`,
  `b$10$${'a'.repeat(53)}`,
  `$1$${'a'.repeat(53)}`,
  `b$10$${'a'.repeat(52)}`,
  `c$10$${'a'.repeat(53)}`,
];

const hash = Buffer.alloc(32, 0xfb);
const url = hash.toString('base64url');
const SPELLINGS = [
  `pbkdf2_sha256$1000$salt$${url}`,
  `pbkdf2_sha256$1000$salt$${url}=`,
  `pbkdf2_sha256$1000$salt$${hash.toString('base64').replaceAll('=', '')}`,
  `pbkdf2_sha256$1000$salt$${hash.toString('base64')}`,
  `pbkdf2_sha256$1000$sa-t$${hash.toString('base64')}`,
  `pbkdf2_sha256$1000$saltA$${hash.toString('base64')}`,
  `$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$${url}`,
  `$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ=$${hash.toString('base64')}`,
  `$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$${hash.toString('base64').replaceAll('=', '')}`,
  `$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$${url.slice(0, -1)}`,
  `$2id$c2FsdHNhbHQ=$${url}`,
  `$arg$c2FsdHNhbHQ=$${url}`,
  `$argo$c2FsdHNhbHQ=$${url}`,
  `{SSHA}${Buffer.alloc(24, 0xfb).toString('base64url')}`,
  `{SSHA}${Buffer.alloc(28, 0xfb).toString('base64url')}`,
  `{SSHA}${Buffer.alloc(29, 0xfb).toString('base64url')}`,
  `{SSHA}$${Buffer.alloc(28, 0xfb).toString('base64url')}`,
  Buffer.alloc(32, 0xfb).toString('base64url'),
  `x$123456789$${url}`,
  `x$1234567890$${url}`,
  `x$12345678901$${url}`,
  `x$?$${url}`,
  `pbkdf2_sha256$1000$salt$${base64(hash.toString('hex'))}`,
  `pbkdf2_sha256$1000$salt$${base64(hash.toString('hex').toUpperCase())}`,
  `$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$${base64(hash.toString('hex'))}`,
  `sha256$salt$${hex(MD5)}`,
  `sha256$salt$${hex('0123abcd')}`,
  `sha256$salt$${hex('0123abc')}`,
  `sha256$salt$${hex('0123abcg')}`,
  `sha256$salt$${base64('0123456789abcdef01234')}`,
  `sha256$salt$${base64('0123456789abcdef0123')}`,
  `sha256$salt$${base64('0123456789abcdef01234567x')}`,
  hex(MD5),
  `sha256$salt$${hex(MD5)}$`,
];

const LOST = [
  '<memory at 0x7f1c2D>',
  '<foo.Bar object at 0x7f1c>',
  '<Foo at 0x7f>',
  '#<User:0x00007f id=1>',
  '#<Foo::Bar>',
  '[B@1a2b3c',
  '[C@1a',
  '[D@1a',
  '[object Object]',
  '[object Uint8Array]',
  'Promise { <pending> }',
  'System.Byte[]',
  'System.String',
  'byte[]',
  'Array',
  'Object',
  'Resource id #12',
  '24 32 ... 10 more bytes>',
  '24 32 ... 1 more byte >)',
  '[ 1, 2, ... 12 more items ]',
  '[ 1, 2, ... 1 more item ]',
  '12 more',
  'ObjectId("0123456789abcdef01234567")',
  'ObjectId(0123456789abcdef01234567)',
  '#NAME?',
  '#REF!',
  '###',
  '##',
  '1.23E+12',
  '-1,23e-1',
  '1.5E5',
  '12.5E5',
  'REDACTED',
  '[FILTERED]',
  '<redacted>',
  '[REDACTED by x]',
  'HIDDENx',
];

const groups = {
  edges: EDGES,
  literals: LITERALS,
  calls: CALLS,
  json: JSONS,
  bytes: BYTES,
  schemes: SCHEMES,
  encoded: ENCODED,
  spelling: SPELLINGS,
};
const recognisers = Object.entries({ ...edges, ...encoded, ...printed, ...spelling })
  .filter(([name]) => name !== 'decoded' && name !== 'decodeDigest')
  .map(([name, recognise]) => [name, recognise as Recogniser] as const);
const places = Object.fromEntries(
  recognisers.map(([name, recognise]) => [
    name,
    (text: string) => {
      const damage = recognise(text);
      return damage && [damage.name, damage.offset, damage.digest];
    },
  ]),
);

test.each(Object.entries(groups))('%s are undone where the golden file has it', async (name, texts) => {
  await expect(listAnswers(texts, places)).toMatchFileSnapshot(`golden/damage-${name}.txt`);
});

test('each damage has the problem and the fix of the golden file', async () => {
  const found = Object.values(groups).flatMap((texts) =>
    texts.flatMap((text) => recognisers.flatMap(([, recognise]) => recognise(text) ?? [])),
  );
  const lines = new Set(found.map(({ name, problem, fix }) => `${name}: ${problem}\n  fix: ${fix}\n`));
  await expect([...lines].sort().join('')).toMatchFileSnapshot('golden/damage-messages.txt');
});

describe('what was printed in the place of a digest', () => {
  test('is named', async () => {
    await expect(listAnswers(LOST, { lost })).toMatchFileSnapshot('golden/damage-lost.txt');
  });

  test('is not looked for in a long text', () => {
    expect(lost('#'.repeat(1024))).toBeDefined();
    expect(lost('#'.repeat(1025))).toBeUndefined();
  });

  test('is an error with its name as the subcode', () => {
    expect(lostError('[B@1a2b3c', 'bcrypt')).toMatchObject({
      code: 'ERR_MALFORMED',
      hasher: 'bcrypt',
      field: 'digest',
      subcode: 'java-array',
      offset: 0,
      fix: 'export new String(bytes)',
      message: expect.stringContaining('Java'),
    });
    expect(lostError('abc', 'bcrypt')).toBeUndefined();
  });

  test.each([
    [`b1.${'a'.repeat(20)}`, true],
    [`y1/${'a'.repeat(56)}`, true],
    [`b1.${'a'.repeat(19)}`, false],
    [`b1.${'a'.repeat(57)}`, false],
    [`c1.${'a'.repeat(20)}`, false],
    [`bx.${'a'.repeat(20)}`, false],
    [`b1a${'a'.repeat(20)}`, false],
    [`xb1.${'a'.repeat(20)}`, false],
    [`b1.${'a'.repeat(20)}!`, false],
  ])('what a shell left of bcrypt: %s, %s', (text, expected) => {
    expect(isShellRemnant(text)).toBe(expected);
  });
});

const named = (text: string) => listDamages(text).map(({ name, digest, depth }) => [name, digest, depth]);

describe('damages', () => {
  test('are listed one by one, then one under the other, and a stray quote alone and last', () => {
    expect(named('abc')).toEqual([]);
    expect(named('"abc"\n')).toEqual([
      ['line-break-after', '"abc"', undefined],
      ['line-break-after+quotes', 'abc', 2],
      ['stray-quote-before', 'abc"\n', 5],
    ]);
    expect(named('"abc')).toEqual([['stray-quote-before', 'abc', 5]]);
  });

  test('under another keep the place of the outer one and name both', () => {
    const [, both] = listDamages('abc";\n');
    expect(both).toMatchObject({ name: 'line-break-after+semicolon', digest: 'abc"', offset: 5, depth: 2 });
    const [outer] = listDamages('abc";\n');
    const [inner] = listDamages('abc";');
    expect(both?.problem).toBe(`${outer?.problem}, then ${inner?.problem}`);
    expect(both?.fix).toBe(`${outer?.fix}, then ${inner?.fix}`);
  });

  test('nest four deep, no deeper', () => {
    const depths = (text: string) => listDamages(text).map(({ digest, depth = 1 }) => [digest, depth]);
    expect(depths('([<"abc">])')).toContainEqual(['abc', 4]);
    expect(depths('({[<"abc">]})').some(([digest]) => digest === 'abc')).toBe(false);
  });

  test('are at most 64 readings', () => {
    const text = `%24&amp;=24\\x24\\$ \u200b\n${'"'.repeat(2)}a,;`;
    const many = [`"('${text}')"`, `[[[["${text}"]]]]`, `b"${text}" ${text}`].map((one) => listDamages(one).length);
    expect(Math.max(...many)).toBeLessThanOrEqual(65);
    expect(new Set(listDamages(`"('${text}')"`).map(({ digest }) => digest)).size).toBe(
      listDamages(`"('${text}')"`).length,
    );
  });
});

describe('undoing', () => {
  const damage = (digest: string, depth?: number): Damage => ({
    name: digest,
    digest,
    offset: 0,
    problem: '',
    fix: '',
    ...(depth === undefined ? {} : { depth }),
  });
  const undo = (found: readonly Damage[], values: Readonly<Record<string, number>>) => {
    const undone = undoDamage(
      found,
      (digest) => values[digest],
      (a, b) => a === b,
    );
    return undone && [undone.damage.name, undone.value, undone.isDoubtful];
  };

  test('takes the first that can be read', () => {
    expect(undo([], {})).toBeUndefined();
    expect(undo([damage('a')], {})).toBeUndefined();
    expect(undo([damage('a'), damage('b')], { b: 1 })).toEqual(['b', 1, false]);
    expect(undo([damage('a', 2)], { a: 1 })).toEqual(['a', 1, false]);
  });

  test('is doubtful where as few damages give another value', () => {
    expect(undo([damage('a'), damage('b')], { a: 1, b: 1 })).toEqual(['a', 1, false]);
    expect(undo([damage('a'), damage('b')], { a: 1, b: 2 })).toEqual(['a', 1, true]);
    expect(undo([damage('a'), damage('b', 1)], { a: 1, b: 2 })).toEqual(['a', 1, true]);
    expect(undo([damage('a', 2), damage('b', 2)], { a: 1, b: 2 })).toEqual(['a', 1, true]);
  });

  test('is not made doubtful by more damages', () => {
    expect(undo([damage('a'), damage('b', 2)], { a: 1, b: 2 })).toEqual(['a', 1, false]);
    expect(undo([damage('a', 2), damage('b', 3)], { a: 1, b: 2 })).toEqual(['a', 1, false]);
  });
});

test('only a quote is loose text', () => {
  const finding = (code: string) => ({ code, severity: 'warning', message: '' }) as Parameters<typeof isLooseText>[0];
  expect(isLooseText(finding('WARN_QUOTE'))).toBe(true);
  expect(isLooseText(finding('WARN_PASSWORD_FORM'))).toBe(false);
});

test('bytes are text, or a hash by its length', () => {
  expect(encoded.decodeDigest(Buffer.from('abc\0'))).toBe('abc');
  expect(encoded.decodeDigest(Buffer.alloc(32, 255))).toBe('ff'.repeat(32));
  expect(encoded.decodeDigest(Buffer.alloc(64, 255))).toBe('ff'.repeat(64));
  expect(encoded.decodeDigest(Buffer.alloc(33, 255))).toBeUndefined();
  expect(encoded.decoded('?')).toBeUndefined();
  expect(() => encoded.decoded({ endsWith: () => true, length: 4 } as never)).toThrow(TypeError);
});
