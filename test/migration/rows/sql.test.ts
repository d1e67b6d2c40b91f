/** Dumps in SQL: those of the real programs, any value in each dialect, and what is damaged. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CheckOptions, check } from '../../../src/migration/index.js';
import type { Row } from '../../../src/migration/row.js';
import { readInBlocks } from '../../support/blocks.js';
import { temporaryFolder } from '../../support/exports.js';
import { runs } from '../../support/properties.js';

const folder = temporaryFolder();
const path = (name: string): string => fileURLToPath(new URL(`../../fixtures/dumps/${name}`, import.meta.url));
const dump = (name: string): Buffer => readFileSync(path(name));
const WHOLE = 1 << 20;

const A = '$2y$10$6V2JgPnQ88fc04h45lDaMuQM57gmuvpDlKgmwWgfeVeTjkXSieJFe';
const B = '$2y$10$4PD66nm13upNaFXXoCkuhObcyHZeu/2oBsvBLGAPyT.ylGYFiiO8i';

function values({ rows }: { readonly rows: readonly Row[] }): readonly (readonly (string | undefined)[])[] {
  return rows.map(({ id, passwordDigest, problem }) => (problem === undefined ? [id, passwordDigest] : [problem.code]));
}

/** Lines on which the rows begin. */
function linesOf({ rows }: { readonly rows: readonly Row[] }): readonly number[] {
  return rows.map(({ line }) => line);
}

describe('a dump of MariaDB', () => {
  const FILES = ['mysqldump', 'mysqldump-hex-blob', 'mysqldump-ansi', 'mysqldump-compact', 'mysqldump-replace'];

  test.each([...FILES, 'mysqldump-latin1'])('%s has its users, with NULL and texts kept apart', (name) => {
    const read = readInBlocks('sql', dump(`${name}.sql`), WHOLE);
    expect(read.problem).toBeUndefined();
    expect(values(read)).toEqual([
      ['1', A],
      ['2', B],
      ['3', ''],
      ['4', ''],
      ['5', 'NULL'],
      ['6', `${B}\n`],
    ]);
    // A row a line, in these dumps: the line numbers are those of grep -n.
    const text = dump(`${name}.sql`).toString('latin1').split('\n');
    expect(linesOf(read).map((line) => text[line - 1]?.match(/\((\d),\s*'[^']/)?.[1])).toEqual([...'123456']);
    expect(read.lines).toBe(text.length - 1);
  });

  test('the id may be any column', () => {
    const read = (idField: string, name = 'mysqldump') =>
      values(readInBlocks('sql', dump(`${name}.sql`), WHOLE, { idField })).map(([id]) => id);
    expect(read('email')).toEqual([
      ...['a@example.com', "o'brien@example.com", 'jürgen@example.com', 'empty@example.com', 'null@example.com'],
      'trim@example.com',
    ]);
    const bio = [
      'plain',
      'two\nlines\r\nand a tab\t, a \\ and "quotes" and \x1a',
      '',
      '',
      '/* no comment */ -- none # none',
    ];
    expect(read('bio').slice(0, 5)).toEqual(bio);
    expect(read('bio', 'mysqldump-ansi').slice(0, 5)).toEqual(bio);
    expect(read('balance')).toEqual(Array(6).fill('-1.50'));
    const avatars = ['ffd8ffe000104a46494600275c0a0d1a00', '', '', "''''", '\\', "\\'"];
    expect(read('avatar')).toEqual(avatars);
    expect(read('avatar', 'mysqldump-hex-blob')).toEqual(avatars);
    expect(read('token')[0]).toBe('0123456789abcdef');
    expect(read('is_admin')).toEqual(read('is_admin', 'mysqldump-hex-blob'));
  });

  test('bytes that are no text are hexadecimal in a column for bytes, and reject the row in another', () => {
    const latin1 = readInBlocks('sql', dump('mysqldump-latin1.sql'), WHOLE, { idField: 'email' });
    expect(values(latin1)[2]).toEqual(['not-utf8']);
    expect(values(latin1)[1]).toEqual(["o'brien@example.com", B]);
  });

  test('columns that the dump does not name are asked for', () => {
    const { problem, rows } = readInBlocks('sql', dump('mysqldump-data-only.sql'), WHOLE);
    expect([problem?.code, rows.length]).toEqual(['no-columns', 0]);
  });

  test('triggers, routines and views are not rows', () => {
    const text = dump('mysqldump.sql').toString('latin1');
    expect(text).toContain('BEGIN INSERT INTO users (email,password,is_admin) VALUES');
    expect(readInBlocks('sql', dump('mysqldump.sql'), WHOLE).rows).toHaveLength(6);
  });

  test('WordPress is found among other tables', () => {
    const read = readInBlocks('sql', dump('mysqldump-wordpress.sql'), WHOLE);
    expect(read.source).toBe('wordpress');
    expect(values(read).map(([id]) => id)).toEqual(['1', '2', '3']);
  });
});

describe('a dump of PostgreSQL', () => {
  const FILES = [
    'pg_dump',
    'pg_dump-data-only',
    'pg_dump-inserts',
    'pg_dump-column-inserts',
    'pg_dump-rows-per-insert',
  ];
  const ids = [1, 2, 3, 4, 5, 6].map((n) => `00000000-0000-4000-8000-00000000000${n}`);

  test.each(FILES)('%s has its users, with NULL and texts kept apart', (name) => {
    const file = dump(`${name}.sql`);
    const read = readInBlocks('sql', file, WHOLE);
    expect(read.problem).toBeUndefined();
    expect(read.source).toBe('supabase');
    const [a, b] = [A, B].map((one) => one.replace('$2y$', '$2a$'));
    expect(values(read)).toEqual([a, b, '', '', 'NULL', `${b}\n`].map((digest, i) => [ids[i], digest]));
    const text = file.toString().split('\n');
    expect(linesOf(read).map((line) => text[line - 1]?.includes(`000-00000000000`))).toEqual(Array(6).fill(true));
    expect(read.lines).toBe(text.length - 1);
  });

  test.each(FILES)('%s: the id may be any column', (name) => {
    const read = (idField: string) =>
      values(readInBlocks('sql', dump(`${name}.sql`), WHOLE, { idField })).map(([id]) => id);
    expect(read('email')[1]).toBe("o'brien@example.com");
    expect(read('email')[3]).toBe('jürgen@example.com');
    expect(read('Display Name')).toEqual(['plain', 'two\nlines\r\n\ttab \\ back \b\fv', '', '\\N', '\\.', 'x']);
    expect(read('raw_user_meta_data')[0]).toBe('{"a": "it\'s \\"q\\" \\\\ "}');
    expect(read('tags').slice(0, 3)).toEqual(['{a,"b c",NULL}', '{}', "{x'y}"]);
    expect(read('flags').slice(0, 2)).toEqual(['101', '']);
    expect(read('avatar')[0]).toBe('\\x00ff0a27');
  });
});

describe('a dump of SQLite', () => {
  test.each(['sqlite-dump', 'sqlite-dump-table', 'sqlite-mode-insert'])('%s has its users', (name) => {
    const read = readInBlocks('sql', dump(`${name}.sql`), WHOLE, { idField: 'username' });
    expect(read.problem).toBeUndefined();
    expect(read.source).toBe('django');
    const hash = '2Cz5sGjUFCLsgx1kvyp3KH7kXB4WvBJVH0Rb4O+iQXo=';
    const [salt, another] = ['pbkdf2_sha256$260000$c2FsdHNhbHQ$', 'pbkdf2_sha256$260000$c2FsdHNhbHR$'];
    expect(read.rows.map(({ id, passwordDigest, error }) => [id, error?.code ?? passwordDigest])).toEqual([
      ['a', salt + hash],
      ["o'brien", another + hash],
      ['jürgen', 'ERR_DISABLED'],
      ['empty', ''],
      ['null', 'NULL'],
      ['trim', `${another + hash}\n`],
    ]);
  });

  test("texts with line ends are calls of SQLite's replace", () => {
    const read = readInBlocks('sql', dump('sqlite-dump.sql'), WHOLE, { idField: 'bio' });
    expect(values(read)[1]?.[0]).toBe('two\nlines\r\nand \\n a backslash');
    expect(values(read)[4]?.[0]).toBe("it's");
  });
});

describe('blocks of every size give the rows of the whole file:', () => {
  const FILES = ['mysqldump', 'mysqldump-hex-blob', 'mysqldump-wordpress', 'pg_dump', 'pg_dump-inserts', 'sqlite-dump'];
  test.each(FILES)('%s', (name) => {
    const file = dump(`${name}.sql`);
    const whole = readInBlocks('sql', file, WHOLE);
    for (let size = 1; size < 200; size += size < 40 ? 1 : 13) {
      const read = readInBlocks('sql', file, size);
      expect([size, read.rows, read.lines, read.problem]).toEqual([size, whole.rows, whole.lines, undefined]);
    }
  });
});

interface Dialect {
  readonly name: string;
  readonly head: string;
  readonly foot?: string;
  readonly quote: (name: string) => string;
  /** Texts that a program may write for this value. */
  readonly write: readonly ((value: string) => string)[];
}

const standard = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const mysql = (value: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what mysqldump escapes
  `'${value.replace(/[\0\n\r\x1a'"\\]/g, (one) => `\\${{ '\0': '0', '\n': 'n', '\r': 'r', '\x1a': 'Z' }[one] ?? one}`)}'`;
const hex = (value: string): string => Buffer.from(value).toString('hex');
// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text has
const printable = (value: string): boolean => !/[\0-\x08\x0e-\x1f\x7f]/.test(value);

const DIALECTS: readonly Dialect[] = [
  {
    ...{ name: 'MySQL', head: '-- MySQL dump 10.13\n/*!40101 SET NAMES utf8mb4 */;\n', quote: (name) => `\`${name}\`` },
    write: [
      mysql,
      (value) => `_utf8mb4 ${mysql(value)}`,
      (value) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`,
      (value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '""')}"`,
      (value) => (value === '' || !printable(value) ? mysql(value) : `0x${hex(value).toUpperCase()}`),
      (value) => (printable(value) ? `_binary X'${hex(value)}'` : mysql(value)),
    ],
  },
  {
    ...{
      name: 'PostgreSQL',
      head: '--\n-- PostgreSQL database dump\n--\n',
      foot: '-- PostgreSQL database dump complete\n',
      quote: (name) => `"${name}"`,
    },
    write: [
      standard,
      (value) => `E'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\011')}'`,
      (value) => `${standard(value)}::text`,
      (value) => `CAST(${standard(value)} AS character varying(255))`,
    ],
  },
  {
    ...{ name: 'SQLite', head: 'PRAGMA foreign_keys=OFF;\n', quote: (name) => name },
    write: [
      standard,
      (value) =>
        value.includes('\n') && !value.includes('\\n')
          ? `replace(${standard(value.replaceAll('\n', '\\n'))},'\\n',char(10))`
          : standard(value),
      (value) => `unistr(${standard(value.replaceAll('\\', '\\\\').replaceAll('\n', '\\u000a'))})`,
    ],
  },
];

const nasty = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...'\'"\\`;,()-/*#$\n\r\t\0 aN\x1a%_') },
      fc.constantFrom(
        "');",
        "'),('",
        '*/',
        '/*',
        '--',
        '$$',
        "\\'",
        "''",
        'NULL',
        'ü',
        '😀',
        "INSERT INTO users VALUES ('x'",
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const blank = fc.constantFrom('', '', ' ', '\n', '\r\n', ' /* it\'s; a "comment" */ ', "\n-- a comment; (it's)\n");

describe('any value is read as it was written:', () => {
  test.each(DIALECTS)('$name', ({ head, foot = '', quote, write }) => {
    const row = fc.record({
      id: nasty,
      digest: fc.option(nasty, { nil: undefined }),
      other: nasty,
      how: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
      blanks: fc.array(blank, { minLength: 6, maxLength: 6 }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(row, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
        fc.nat(),
        (statements, n) => {
          const one = (value: string, how: number): string =>
            (write[how % write.length] as Dialect['write'][number])(value);
          const columns = `(${['id', 'other', 'password_hash'].map(quote).join(', ')})`;
          const inserts = statements.map((rows) => {
            const texts = rows.map(({ id, digest, other, how, blanks }) => {
              const [a, b, c, d, e, f] = blanks;
              const [x = 0, y = 0, z = 0] = how;
              return `${a}(${b}${one(id, x)}${c},${d}${one(other, y)},${e}${digest === undefined ? 'NULL' : one(digest, z)}${f})`;
            });
            return `INSERT INTO ${quote('users')} ${columns} VALUES ${texts.join(',')};\n`;
          });
          const noise = `CREATE TABLE ${quote('log')} (id int, note text DEFAULT 'x;y');\nINSERT INTO ${quote('log')} VALUES (1,${one("it's; ');", n)});\n`;
          const file = Buffer.from(`${head}${noise}${inserts.join(noise)}${foot}`);
          const expected = statements.flat().map(({ id, digest }) => [id, digest ?? '']);
          const whole = readInBlocks('sql', file, WHOLE);
          expect(whole.problem).toBeUndefined();
          expect(values(whole)).toEqual(expected);
          const size = 1 + (n % 997);
          expect(readInBlocks('sql', file, size)).toEqual(whole);
          expect(readInBlocks('sql', file, size, {}, { turns: true })).toEqual(whole);
        },
      ),
      runs(60),
    );
  });

  test("PostgreSQL's COPY", () => {
    const escaped = (value: string): string =>
      value.replace(
        /[\\\n\r\t\b\f\v]/g,
        (one) => `\\${{ '\n': 'n', '\r': 'r', '\t': 't', '\b': 'b', '\f': 'f', '\v': 'v' }[one] ?? one}`,
      );
    const row = fc.record({ id: nasty, other: nasty, digest: fc.option(nasty, { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), fc.nat(), (rows, n) => {
        const lines = rows.map(
          ({ id, other, digest }) =>
            `${escaped(id)}\t${escaped(other)}\t${digest === undefined ? '\\N' : escaped(digest)}\n`,
        );
        const copies = ['a', 'users', 'z'].map((table) => {
          const columns = table === 'users' ? 'id, "an other", password_hash' : 'x, y, z';
          return `COPY public.${table} (${columns}) FROM stdin;\n${lines.join('')}\\.\n\n`;
        });
        const file = Buffer.from(copies.join(''));
        const whole = readInBlocks('sql', file, WHOLE);
        expect(whole.problem).toBeUndefined();
        expect(values(whole)).toEqual(rows.map(({ id, digest }) => [id, digest ?? '']));
        const size = 1 + (n % 61);
        expect(readInBlocks('sql', file, size)).toEqual(whole);
        expect(readInBlocks('sql', file, size, {}, { turns: true })).toEqual(whole);
      }),
      runs(60),
    );
  });
});

const USERS =
  "CREATE TABLE users (id int, email text, password_hash text);\nINSERT INTO users VALUES (1,'a',NULL),\n(2,'b','x');\n";

function readSql(text: string, options: Parameters<typeof readInBlocks>[3] = {}) {
  return readInBlocks('sql', Buffer.from(text), WHOLE, options);
}

describe('the table', () => {
  const ADMINS = "INSERT INTO admins (id, password_hash) VALUES (9,'z');\n";

  test('is the one with a column for digests', () => {
    const log = "CREATE TABLE log (id int, note text);\nINSERT INTO log VALUES (1,'x');\n";
    expect(values(readSql(log + USERS + log))).toEqual([
      ['1', ''],
      ['2', 'x'],
    ]);
  });

  test('has to be named where two could be it, and can be', () => {
    const { problem, rows } = readSql(`${USERS}INSERT INTO members (id, password_hash) VALUES (9,'z');\n`);
    expect([problem?.code, rows.length]).toEqual(['ambiguous-table', 2]);
    for (const name of ['users', 'members']) expect(problem?.message).toContain(name);
    expect(values(readSql(USERS + ADMINS, { table: 'admins' }))).toEqual([['9', 'z']]);
    expect(values(readSql(USERS + ADMINS, { table: 'Users' }))).toHaveLength(2);
  });

  test('is the one named like users, not one after it that is not', () => {
    const other = "INSERT INTO settings (id, password) VALUES (9,'z');\n";
    expect(values(readSql(USERS + other))).toHaveLength(2);
    expect(readSql(other + USERS).problem?.code).toBe('ambiguous-table');
  });

  test('is not one of old passwords, unless it is named', () => {
    const history = "INSERT INTO password_history (id, password_hash) VALUES (9,'z');\n";
    expect(values(readSql(history + USERS))).toHaveLength(2);
    expect(values(readSql(history + USERS, { table: 'password_history' }))).toEqual([['9', 'z']]);
  });

  test('is named with its schema', () => {
    const text =
      "INSERT INTO a.users (id, password_hash) VALUES (1,'x');\nINSERT INTO b.users (id, password_hash) VALUES (2,'y');\n";
    expect(values(readSql(text, { table: 'b.users' }))).toEqual([['2', 'y']]);
    expect(readSql(text, { table: 'users' }).problem?.code).toBe('ambiguous-table');
  });

  test('that is not there is reported with those that are', () => {
    const { problem } = readSql(USERS, { table: 'people' });
    expect(problem?.code).toBe('no-table');
    expect(problem?.fix).toContain('users');
  });

  test('without a digest is reported', () => {
    const { problem } = readSql("INSERT INTO users (id, email) VALUES (1,'a');\nINSERT INTO items (id) VALUES (1);\n");
    expect(problem?.code).toBe('no-digest-field');
    for (const name of ['users', 'items']) expect(problem?.fix).toContain(name);
  });

  test('may list its columns in another order in each statement', () => {
    const more = "INSERT INTO users (password_hash, id) VALUES ('y', 3);\n";
    expect(values(readSql(USERS + more + USERS))).toEqual([
      ...[
        ['1', ''],
        ['2', 'x'],
        ['3', 'y'],
      ],
      ...[
        ['1', ''],
        ['2', 'x'],
      ],
    ]);
  });

  test('may leave computed columns out', () => {
    const table =
      'CREATE TABLE users (id int, low text GENERATED ALWAYS AS (lower(id)) STORED, n int GENERATED BY DEFAULT AS IDENTITY, password_hash text);\n';
    expect(values(readSql(`${table}INSERT INTO users VALUES (1,2,'x');\n`))).toEqual([['1', 'x']]);
    expect(values(readSql(`${table}INSERT INTO users VALUES (1,'l',2,'x');\n`))).toEqual([['1', 'x']]);
  });
});

describe('of what is damaged', () => {
  test.each(['mysqldump.sql', 'pg_dump.sql', 'pg_dump-inserts.sql', 'sqlite-dump.sql'])(
    '%s cut off anywhere has the rows before that',
    (name) => {
      const file = dump(name);
      const whole = values(readInBlocks('sql', file, WHOLE));
      let problems = 0;
      for (let end = 1; end < file.length; end += 11) {
        const { rows, problem } = readInBlocks('sql', file.subarray(0, end), WHOLE);
        expect(values({ rows })).toEqual(whole.slice(0, rows.length));
        if (problem !== undefined) problems++;
        else expect([0, whole.length]).toContain(rows.length);
      }
      expect(problems).toBeGreaterThan(file.length / 20);
    },
  );

  test('pg_dump --inserts cut off between two statements lacks its last comment', () => {
    const file = dump('pg_dump-inserts.sql');
    const end = file.lastIndexOf('INSERT INTO');
    const { rows, problem } = readInBlocks('sql', file.subarray(0, end), WHOLE);
    expect(rows.length).toBeGreaterThan(0);
    expect(problem).toMatchObject({ code: 'cut-off', byteOffset: end });
    // The first of two dumps is cut off, too.
    expect(readInBlocks('sql', Buffer.concat([file, file.subarray(0, end)]), 1 << 10).problem?.code).toBe('cut-off');
    expect(readInBlocks('sql', Buffer.concat([file, file]), 1 << 10).problem).toBeUndefined();
  });

  test('a dump of a damaged SQLite database, which takes itself back, is not whole', () => {
    const text = dump('sqlite-dump.sql').toString('latin1');
    const { rows, problem } = readSql(text.replace(/COMMIT;\s*$/, 'ROLLBACK; -- due to errors\n'));
    expect(rows.length).toBeGreaterThan(0);
    expect(problem?.code).toBe('cut-off');
  });

  test('a text without end is reported with the line on which it begins', () => {
    const { rows, problem } = readSql(`${USERS}INSERT INTO users VALUES (3,'c',NULL),\n(4,'d\nand so on\n`);
    expect(rows).toHaveLength(3);
    expect(problem).toMatchObject({ code: 'unclosed-quote', line: 5 });
  });

  test('so is one in another table', () => {
    const { rows, problem } = readSql(`${USERS}INSERT INTO log VALUES (1);\n\nINSERT INTO log VALUES (3,'c\n\n`);
    expect(rows).toHaveLength(2);
    expect(problem).toMatchObject({ code: 'unclosed-quote', line: 6 });
  });

  test('a quote that is not escaped ends the reading where the text is not SQL any more', () => {
    const text = `${USERS}INSERT INTO users VALUES (3,'c',NULL),\n(4,'it's','x'),\n(5,'e','y');\n`;
    const { rows, problem } = readSql(text);
    expect(rows).toHaveLength(3);
    expect(problem).toMatchObject({ code: 'not-sql', line: 5, byteOffset: text.indexOf("s','x'") });
  });

  test('a row with too few or too many values is rejected, not the dump', () => {
    expect(values(readSql(`${USERS}INSERT INTO users VALUES (3),(4,'d','y'),(5,6,7,8),();\n`)).slice(2)).toEqual([
      ...[['too-few-fields'], ['4', 'y'], ['too-many-fields'], ['too-few-fields']],
    ]);
  });

  test('an expression for a value that is needed rejects the row, elsewhere it does not matter', () => {
    const text = `${USERS}INSERT INTO users VALUES (uuid(),'c','x'),(4,lower('D') || ';)','y'),(5,now(),MD5('secret'));\n`;
    const { rows } = readSql(text);
    expect(values({ rows }).slice(2)).toEqual([['expression'], ['4', 'y'], ['expression']]);
  });

  test('rows of megabytes are rejected, and those after them are read', async () => {
    const blob = `'${'x'.repeat(5 * 2 ** 20)}'`;
    const text = `${USERS}INSERT INTO users VALUES (3,${blob},'x'),(4,'d','y');\nINSERT INTO log VALUES (1,${blob},2);\n${USERS}`;
    const { rows, problem } = readSql(text);
    expect(problem).toBeUndefined();
    const expected = [['1', ''], ['2', 'x'], ['row-too-long'], ['4', 'y'], ['1', ''], ['2', 'x']];
    expect(values({ rows })).toEqual(expected);
    const file = await folder.write('long.sql', text);
    const report = await check([file]);
    expect(report.totals).toMatchObject({ rows: 6, missing: 2, disabled: 2, rejected: 2 });
    const small = readInBlocks('sql', Buffer.from(text), 1 << 20);
    expect(values(small)).toEqual(expected);
    expect(small.lines).toBe(8);
  });

  test('a comment without end is reported', () => {
    expect(readSql(`${USERS}/* ${'x'.repeat(100)}`).problem?.code).toBe('cut-off');
    const long = Buffer.from(`${USERS}/* ${'x'.repeat(5 * 2 ** 20)}`);
    expect(readInBlocks('sql', long, 1 << 20).problem).toMatchObject({ code: 'record-too-long', line: 4 });
  });
});

describe('what else a dump has is passed over:', () => {
  test.each([
    [
      'a routine of MySQL',
      "DELIMITER ;;\nCREATE PROCEDURE p() BEGIN INSERT INTO users VALUES (7,'p','it''s'); END ;;\nDELIMITER ;\n",
    ],
    [
      'a trigger of SQLite',
      "CREATE TRIGGER t AFTER INSERT ON log BEGIN INSERT INTO users VALUES (7,CASE WHEN 1 THEN 'a;' END,'x'); SELECT 1; END;\n",
    ],
    [
      'a function of PostgreSQL',
      "CREATE FUNCTION f() RETURNS int AS $x$ it's INSERT INTO users VALUES (7,'a','b'); $$ $x$ LANGUAGE sql;\n",
    ],
    [
      'a body of standard SQL',
      "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC INSERT INTO users VALUES (7,'a','b'); SELECT 2; END;\n",
    ],
    ['a view', "CREATE VIEW v AS SELECT 'a;' FROM users;\n"],
    ['an insert of a query', "INSERT INTO users SELECT * FROM old WHERE name = 'it''s;';\n"],
    ['commands of psql', "\\restrict it's\n\\connect shop\n"],
    ['comments', "-- it's; INSERT INTO users VALUES (7,'a','b');\n/* it's\n; */\n"],
    ['an empty statement', ';;;\n'],
    ['a COPY as CSV', 'COPY users (id, email, password_hash) FROM stdin WITH (FORMAT csv);\n7,a,b\n\\.\n'],
  ])('%s', (_, text) => {
    expect(values(readSql(USERS + text + USERS))).toHaveLength(4);
    const read = readInBlocks('sql', Buffer.from(USERS + text + USERS), 3);
    expect([values(read).length, read.problem]).toEqual([4, undefined]);
  });

  test('what follows the rows of an INSERT', () => {
    for (const end of [
      'ON CONFLICT DO NOTHING',
      "ON DUPLICATE KEY UPDATE email = VALUES(email), n = ';'",
      'RETURNING id',
    ]) {
      expect(values(readSql(`${USERS.replace(/;\n$/, '')}\n${end};\n${USERS}`))).toHaveLength(4);
    }
  });

  test('what MySQL executes in a comment is read', () => {
    const text = `/*!40101 SET NAMES utf8 */;\n/*!50503 INSERT INTO users (id,password_hash) VALUES (1,'x') */;\n`;
    expect(values(readSql(text))).toEqual([['1', 'x']]);
  });
});

describe('a file', () => {
  async function totals(file: string, options?: CheckOptions) {
    const { input, totals } = await check([file], options);
    return [input.format, input.problem?.code, totals.rows, totals.ok, totals.disabled, totals.missing];
  }
  const EXPECTED = ['sql', undefined, 6, 2, 0, 3];

  test.each(['mysqldump.sql', 'pg_dump.sql'])('%s is recognised, compressed or not', async (name) => {
    expect(await totals(path(name))).toEqual(EXPECTED);
    expect(await totals(await folder.write(`${name}.gz`, gzipSync(dump(name))))).toEqual(EXPECTED);
  });

  test('after a byte order mark, in UTF-16, and with CRLF', async () => {
    const text = dump('pg_dump.sql').toString();
    expect(await totals(await folder.write('bom.sql', `\ufeff${text}`))).toEqual(EXPECTED);
    expect(await totals(await folder.write('16.sql', Buffer.from(`\ufeff${text}`, 'utf16le')))).toEqual(EXPECTED);
    expect(await totals(await folder.write('crlf.sql', text.replaceAll('\n', '\r\n')))).toEqual(EXPECTED);
  });

  test('in shards has each row once', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `(${i},'${'e'.repeat(20)}${i}','${A}')`);
    const inserts = Array.from(
      { length: 6 },
      (_, i) => `INSERT INTO users VALUES ${rows.slice(10_000 * i, 10_000 * (i + 1)).join(',')};\n`,
    );
    const file = await folder.write('large.sql', USERS.slice(0, USERS.indexOf('\n') + 1) + inserts.join(''));
    const parts = await Promise.all([0, 1, 2].map((index) => check([file], { shard: { index, of: 3 } })));
    const counts = parts.map(({ totals }) => totals.rows);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(counts.reduce((sum, one) => sum + one)).toBe(60_000);
    expect((await check([file], { threads: 2 })).totals).toMatchObject({ rows: 60_000, ok: 60_000 });
  });

  test('of another kind is none', async () => {
    for (const text of [
      'set,id,password_hash\nx,1,y\n',
      'insert,password_hash,id\nx,y,z\n',
      '--,id,password_hash\na,b,c\n',
    ]) {
      expect((await totals(await folder.write('set.csv', text)))[0]).toBe('csv');
    }
  });

  test('names the table in the reason', async () => {
    const { input } = await check([path('mysqldump-wordpress.sql')]);
    expect(input.sourceReason).toContain('table wp_users');
  });
});
