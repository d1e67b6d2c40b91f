/** CSV: quoting, line ends, line numbers, headers, and what is no CSV. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../support/properties.js';
import { cut, readText } from '../../support/reading.js';

const HEADER = 'id,password_hasher,password_digest';
const brief = async (text: string | readonly string[], options = {}) => {
  const { rows, problem } = await readText('csv', text, options);
  return {
    rows: rows.map(({ line, id, passwordHasher, passwordDigest, problem }) =>
      problem === undefined ? [line, id, passwordHasher, passwordDigest] : [line, problem],
    ),
    problem,
  };
};

describe('rows and their physical lines', () => {
  test('a quoted field may hold delimiters, quotes and line ends', async () => {
    const { rows } = await brief(`${HEADER}\n"a\n""b"",",md5,"x,y"\nc,md5,z\n`);
    expect(rows).toEqual([
      [2, 'a\n"b",', 'md5', 'x,y'],
      [4, 'c', 'md5', 'z'],
    ]);
  });

  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('%s ends lines, also within quotes, with and without one at the end', async (_, newline) => {
    const lines = [HEADER, '1,bcrypt,"a', 'b"', '2,md5,c', '"3",md5,"d"'];
    for (const end of ['', newline]) {
      const { rows } = await brief(lines.join(newline) + end);
      expect(rows).toEqual([
        [2, '1', 'bcrypt', `a${newline}b`],
        [4, '2', 'md5', 'c'],
        [5, '3', 'md5', 'd'],
      ]);
    }
  });

  test('an LF within quotes does not make a file of CRs one of LFs', async () => {
    const { rows } = await brief(`${HEADER}\r1,md5,"a\nb"\r2,md5,c\r`);
    expect(rows).toEqual([
      [2, '1', 'md5', 'a\nb'],
      [4, '2', 'md5', 'c'],
    ]);
  });

  test('a line end in the header does not either', async () => {
    const { rows } = await brief(`password_digest,"a\nb",id\r\nx,y,1\r\n`);
    expect(rows).toEqual([[3, '1', undefined, 'x']]);
  });

  test.each(['sep=;', '"sep=;"', 'sep=;\r', '\ufeffsep=;'])(
    'the line %j names the delimiter, and is no row',
    async (first) => {
      const { rows } = await brief(`${first}\n${HEADER.replaceAll(',', ';')}\n1;md5;a,b,c,d\n`);
      expect(rows).toEqual([[3, '1', 'md5', 'a,b,c,d']]);
    },
  );

  test('blank lines, and comments before the header, are no rows, and count as lines', async () => {
    const { rows } = await brief(`# exported\n\n# by, Clerk\n${HEADER}\n\n1,md5,a\n\n2,md5,b\n`);
    expect(rows.map(([line]) => line)).toEqual([6, 8]);
  });

  test('an id may begin as a comment does', async () => {
    const { rows } = await brief(`# exported\n${HEADER}\n#1,md5,a\n# 2,md5,b\n`);
    expect(rows.map(([, id]) => id)).toEqual(['#1', '# 2']);
  });

  test.each([[';'], ['\t'], ['|']])('detects the delimiter %j from the header', async (delimiter) => {
    const { rows } = await brief(`id${delimiter}password_digest\n1${delimiter}a,b\n`);
    expect(rows).toEqual([[2, '1', undefined, 'a,b']]);
  });

  test('however the text is cut into pieces, the rows are the same', async () => {
    const text = `${HEADER}\r\n1,bcrypt,"a\r\n""b"""\r\n2,"m""d5",c\r\n\r\n"3", md5,"d"\r\n4,md5\r\n5,"x"y,z\r\n6,"md5",é😀\r\n`;
    const whole = await brief(text);
    expect(whole.rows).toHaveLength(5);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 6 }), async (places) => {
        expect(await brief(cut(text, places))).toEqual(whole);
      }),
      runs(300),
    );
  });
});

describe('rows that cannot be read are counted, and the next ones are read', () => {
  test('too few and too many fields', async () => {
    const { rows } = await brief(`${HEADER}\n1,md5\n2,argon2id,$v=19$m=1,t=2,p=3$x\n3,md5,c\n`);
    expect(rows).toEqual([
      [2, { code: 'too-few-fields', format: 'csv', fields: 2, expected: 3 }],
      [3, { code: 'too-many-fields', format: 'csv', fields: 5, expected: 3 }],
      [4, '3', 'md5', 'c'],
    ]);
  });

  test('text after a closing quote', async () => {
    const { rows } = await brief(`${HEADER}\n"1"x,md5,c\n2,md5,"d"\n3,md5,e\n`);
    expect(rows[0]).toEqual([2, { code: 'text-after-quote' }]);
    expect(rows.at(-1)).toEqual([4, '3', 'md5', 'e']);
  });
});

describe('a problem of the whole file', () => {
  test('a quote that is never closed, with its line; the rows before it are read', async () => {
    const { rows, problem } = await brief(`${HEADER}\n1,md5,a\n2,md5,"b\n3,md5,c\n`);
    expect(rows).toEqual([[2, '1', 'md5', 'a']]);
    expect(problem).toMatchObject({ line: 3, code: 'unclosed-quote' });
  });

  test('a row without end is refused before it fills memory', async () => {
    const piece = 'x'.repeat(1024 * 1024);
    const pieces = [`${HEADER}\n1,md5,`, ...Array.from({ length: 8 }, () => piece)];
    expect((await brief(pieces)).problem).toMatchObject({ line: 2, code: 'record-too-long' });
    pieces[0] += '"';
    expect((await brief(pieces)).problem).toMatchObject({ line: 2, code: 'unclosed-quote' });
  });

  test('a header of which no column is known is not repeated: it may be the first user', async () => {
    const { problem } = await brief('42,secret-digest,jane@example.com\n43,x,y\n');
    expect(`${problem?.message} ${problem?.fix}`).not.toMatch(/secret|jane|42/);
    expect(problem).toMatchObject({ line: 1, code: 'no-digest-field' });
  });

  test('of a header, only names that are known are listed', async () => {
    const { problem } = await brief('id,secret,email\n', { digestField: 'nope' });
    expect(problem?.fix?.match(/\b(?:id|secret|email)\b/g)).toEqual(['id', 'email']);
    expect(`${problem?.message} ${problem?.fix}`).not.toContain('secret');
  });

  test.each([
    ['id,password_digest,x,password_digest', ['password_digest'], '--digest-field'],
    ['passwordHasher,passwordHasher,passwordDigest', ['passwordHasher'], '--hasher-field'],
    ['id,id,password_digest', ['id'], '--id-field'],
    ['passwordDigest,password_digest', ['passwordDigest', 'password_digest'], '--digest-field'],
    ['password_hash,encrypted_password', ['password_hash', 'encrypted_password'], '--digest-field'],
  ])('two columns for one purpose: %s', async (header, named, flag) => {
    const { rows, problem } = await brief(`${header}\n1,2,3,4\n`);
    expect(rows).toEqual([]);
    expect(problem?.line).toBe(1);
    for (const name of named) expect(problem?.message).toMatch(new RegExp(`\\b${name}\\b`));
    expect(problem?.fix).toContain(flag);
  });

  test('a flag settles which of two columns is meant', async () => {
    const { rows } = await brief('passwordDigest,password_digest\na,b\n', { digestField: 'password_digest' });
    expect(rows).toEqual([[2, '', undefined, 'b']]);
  });

  test('a more telling name is taken, and no row borrows from the other column', async () => {
    const { rows } = await brief('id,hash,password_digest\n1,a,b\n2,c,\n');
    expect(rows).toEqual([
      [2, '1', undefined, 'b'],
      [3, '2', undefined, ''],
    ]);
  });
});

test('names of Object.prototype are columns like any other', async () => {
  const { rows } = await brief('__proto__,constructor,password_digest\na,b,c\n', { idField: '__proto__' });
  expect(rows).toEqual([[2, 'a', undefined, 'c']]);
});
