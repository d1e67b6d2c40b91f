/**
 * digestry check of what exports are like on a bad day. It ends with 2 where the input cannot be read to its end: with the
 * place, what to do, and the report of the rows before that; no output is left.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { appendFile, chmod, mkdir, open, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type CheckReport, check } from '../../src/migration/index.js';
import { BIN, codeIn, digestry, type Ended, ROOT, shell } from '../support/cli.js';
import { BCRYPT, ndjsonOf, temporaryFolder } from '../support/exports.js';

const folder = temporaryFolder();
let number = 0;
/** A folder of its own for each test, so that what is left in it can be told. */
async function own(): Promise<string> {
  const name = folder.path(String(++number));
  await mkdir(name);
  return name;
}

const HEAD = 'id,passwordHasher,passwordDigest\n';
const row = (id: string): string => `${id},bcrypt,${BCRYPT}\n`;
const CSV = HEAD + row('u1') + row('u2');
const MANY = HEAD + Array.from({ length: 5000 }, (_, i) => row(`u${i}`)).join('');
const USERS = ['u1', 'u2'].map((id) => ({ id, passwordHasher: 'bcrypt', passwordDigest: BCRYPT }));
const NDJSON = ndjsonOf(USERS);
const ARRAY = `[\n${NDJSON.trim().replace('\n', ',\n')}\n]`;
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le');
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

interface Told {
  readonly code: string;
  readonly line?: number;
  readonly byteOffset?: number;
  /** Rows that are reported. */
  readonly rows: number;
  /** More rows may be read: what of the last piece could be decompressed. */
  readonly orMore?: true;
}

describe('input that cannot be read to its end', () => {
  test.each<[string, string | Buffer, Told]>([
    ['NULs first', `\0\0\0${CSV}`, { code: 'other-file-kind', line: 1, byteOffset: 0, rows: 0 }],
    ['a NUL in the header', CSV.replace(',', ',\0'), { code: 'other-file-kind', byteOffset: 3, rows: 0 }],
    ['NULs alone', Buffer.alloc(100_000), { code: 'other-file-kind', byteOffset: 0, rows: 0 }],
    [
      'Latin-1 after many rows',
      Buffer.concat([Buffer.from(MANY), latin1('caf\xe9,md5,x\n')]),
      { code: 'not-text', line: 5002, byteOffset: MANY.length + 3, rows: 5000 },
    ],
    [
      'half a character at the end',
      Buffer.concat([Buffer.from(CSV), Buffer.from('é').subarray(0, 1)]),
      { code: 'cut-off', line: 4, byteOffset: CSV.length, rows: 2 },
    ],
    [
      'half a code unit of UTF-16 at the end',
      Buffer.concat([utf16le(`\ufeff${CSV}`), Buffer.from('x')]),
      { code: 'cut-off', line: 4, byteOffset: 2 * CSV.length + 2, rows: 2 },
    ],
    [
      'a quote that is never closed, before many rows',
      `${CSV}u3,"bcrypt\n${MANY}`,
      { code: 'unclosed-quote', line: 4, rows: 2 },
    ],
    [
      'a JSON array that is cut off',
      ARRAY.slice(0, -10),
      { code: 'cut-off', line: 3, byteOffset: ARRAY.length - 10, rows: 1 },
    ],
    ['one without its bracket', ARRAY.slice(0, -1), { code: 'cut-off', line: 4, rows: 2 }],
    [
      'garbage behind a JSON array',
      `${ARRAY}\n\n\n  junk`,
      { code: 'not-json', line: 7, byteOffset: ARRAY.length + 5, rows: 2 },
    ],
    [
      'a bracket too much behind a JSON array',
      `${ARRAY}\n]`,
      { code: 'not-json', line: 5, byteOffset: ARRAY.length + 1, rows: 2 },
    ],
    [
      'no comma between records',
      ARRAY.replace(',\n', '\n'),
      { code: 'not-json', line: 3, byteOffset: ARRAY.indexOf(',\n') + 1, rows: 1 },
    ],
    ['gzip that is cut off', gzipSync(MANY).subarray(0, -9), { code: 'cut-off', rows: 4900, orMore: true }],
    [
      'gzip with another sum',
      Buffer.concat([gzipSync(MANY).subarray(0, -8), Buffer.alloc(4), gzipSync(MANY).subarray(-4)]),
      { code: 'damaged', rows: 4700, orMore: true },
    ],
    [
      'gzip with garbage behind',
      Buffer.concat([gzipSync(MANY), Buffer.from('<html>')]),
      { code: 'damaged', rows: 4700, orMore: true },
    ],
    ['a header of gzip alone', gzipSync(MANY).subarray(0, 10), { code: 'cut-off', rows: 0 }],
  ])('%s', async (_, content, { code: problem, rows, orMore, ...place }) => {
    const at = await own();
    await writeFile(`${at}/in`, content);
    const outputs = ['--out', `${at}/out`, '--rejects', `${at}/rejects`];
    const { code, stdout, stderr } = await digestry(['check', `${at}/in`, ...outputs, '--json', '--exit-zero']);
    expect(code, stderr).toBe(2);
    expect(await readdir(at)).toEqual(['in']);
    const said = stderr.replace(/\s+/g, ' ');
    expect(codeIn(stderr)).toBe(problem);
    expect(stderr).toMatch(/^ {2}fix: /m);
    expect(stderr).not.toContain('\0');
    const { input, totals } = JSON.parse(stdout) as CheckReport;
    expect(input.problem).toMatchObject({ ...place, code: problem, file: `${at}/in` });
    if (orMore) expect(totals.ok).toBeGreaterThanOrEqual(rows);
    else expect(totals.ok).toBe(rows);
    if (rows > 0) expect(said).toContain(` ${totals.rows.toLocaleString('en-US')} row`);
    for (const value of Object.values(place)) expect(said).toContain(` ${value.toLocaleString('en-US')}`);
  });

  test('a folder', async () => {
    const { code, stderr } = await digestry(['check', await own()]);
    expect([code, codeIn(stderr)]).toEqual([2, 'is-folder']);
  });
});

describe('input that is odd, and whole', () => {
  test.each<[string, string | Buffer]>([
    ['CRLF', CSV.replaceAll('\n', '\r\n')],
    ['CR', CSV.replaceAll('\n', '\r')],
    ['CRLF after a header with LF', CSV.replaceAll('\n', '\r\n').replace('\r\n', '\n')],
    ['NDJSON with CRLF', NDJSON.replaceAll('\n', '\r\n')],
    ['objects with CR', NDJSON.replaceAll('\n', '\r')],
    ['a byte order mark', `\ufeff${CSV}`],
    ['two of them', `\ufeff\ufeff${CSV}`],
    ['one before NDJSON', `\ufeff${NDJSON}`],
    ['UTF-16LE', utf16le(`\ufeff${CSV}`)],
    ['UTF-16BE', utf16be(`\ufeff${CSV}`)],
    ['UTF-16LE without a mark', utf16le(CSV)],
    ['UTF-16BE without a mark', utf16be(CSV)],
    ['NDJSON in UTF-16LE', utf16le(NDJSON)],
    ['JSON in UTF-16BE', utf16be(ARRAY)],
    ['gzip of UTF-16LE', gzipSync(utf16le(CSV))],
    ['gzip in two members', Buffer.concat([gzipSync(HEAD + row('u1')), gzipSync(row('u2'))])],
    ['gzip with NULs behind, as tapes have', Buffer.concat([gzipSync(CSV), Buffer.alloc(512)])],
  ])('%s', async (_, content) => {
    const stdin = Readable.from([Buffer.from(content)]);
    for (const report of [await check([await folder.write('odd', content)]), await check(['-'], { stdin })]) {
      expect(report.input.problem).toBeUndefined();
      expect(report.totals).toMatchObject({ rows: 2, ok: 2 });
    }
  });

  test('reports NULs after the header row by row, and reads the other rows', async () => {
    const file = await folder.write(
      'nul.csv',
      `${CSV}u3,bcrypt,${BCRYPT.replace('N', '\0')}\n${row('u4')}${'\0'.repeat(4096)}`,
    );
    const { code, stdout } = await digestry(['check', file, '--json']);
    const { totals, findings } = JSON.parse(stdout) as CheckReport;
    expect(code).toBe(1);
    expect(totals).toMatchObject({ ok: 3, rejected: 2 });
    expect(findings.filter(({ severity }) => severity === 'error').map(({ examples }) => examples[0]?.line)).toEqual(
      expect.arrayContaining([4, 6]),
    );
  });
});

describe('input without end', () => {
  const GIBIBYTE = 2 ** 30;
  const PIECE = Buffer.alloc(2 ** 20, 'a');

  /** The beginning, and then a gibibyte of letters, as long as it is taken. */
  async function endless(beginning: string): Promise<Ended & { readonly sent: number }> {
    const child = spawn(process.execPath, [BIN, 'check', '-', '--json'], { cwd: ROOT });
    let [stdout, stderr, sent, taken] = ['', '', 0, true];
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    const closed = once(child, 'close');
    const stop = () => (taken = false);
    child.stdin.on('error', stop);
    child.on('close', stop);
    child.stdin.write(beginning);
    while (taken && sent < GIBIBYTE) {
      sent += PIECE.length;
      if (!child.stdin.write(PIECE)) await Promise.race([once(child.stdin, 'drain').catch(stop), closed]);
    }
    child.stdin.end();
    const [code] = await closed;
    return { code, stdout, stderr, sent };
  }

  test.each([
    ['a row of CSV', HEAD + row('u1'), 'record-too-long', 2 + 1, 1],
    ['a quoted value of CSV', `${HEAD + row('u1')}u2,bcrypt,"`, 'unclosed-quote', 3, 1],
    ['a header', '', 'record-too-long', 1, 0],
    ['a line of NDJSON', `${NDJSON}{"id":"`, 'record-too-long', 3, 2],
    ['a record of a JSON array', `[${NDJSON.split('\n')[0]},\n{"id":"`, 'record-too-long', 2, 1],
  ])('%s is refused soon, in bounded memory', async (_, beginning, problem, line, rows) => {
    const { code, stdout, stderr, sent } = await endless(beginning);
    expect(code).toBe(2);
    const { input, totals, timing } = JSON.parse(stdout) as CheckReport;
    expect(input.problem).toMatchObject({ code: problem, line });
    expect(totals.ok).toBe(rows);
    expect(codeIn(stderr)).toBe(problem);
    expect(sent).toBeLessThan(GIBIBYTE / 4);
    expect(timing.peakRssBytes).toBeLessThan(400 * 2 ** 20);
  });

  test('a gibibyte in a megabyte of gzip is refused as soon', async () => {
    const member = gzipSync(Buffer.alloc(64 * 2 ** 20, 'a'));
    const bomb = await folder.write('bomb.gz', Buffer.concat(Array.from({ length: 16 }, () => member)));
    const { code, stdout } = await digestry(['check', bomb, '--json']);
    expect(code).toBe(2);
    const { input, timing } = JSON.parse(stdout) as CheckReport;
    expect(input.problem).toMatchObject({ code: 'record-too-long', line: 1 });
    expect(timing.peakRssBytes).toBeLessThan(400 * 2 ** 20);
  });
});

describe('a file that another program writes to while it is read', () => {
  /** Its ready rows go to a pipe that is read slowly, so that most of the file is not read yet when it changes. */
  async function changedMeanwhile(change: (file: string) => Promise<void>): Promise<Ended> {
    const at = await own();
    const [file, pipe] = [`${at}/in.csv`, `${at}/pipe`];
    await writeFile(file, HEAD + Array.from({ length: 150_000 }, (_, i) => row(`u${i}`)).join(''));
    execFileSync('mkfifo', [pipe]);
    const ended = digestry(['check', file, '--out', pipe, '--json']);
    const reader = createReadStream(pipe);
    await once(reader, 'readable');
    await change(file);
    for await (const _ of reader);
    return ended;
  }

  test.each([
    ['grew', (file: string) => appendFile(file, row('late').repeat(10)), 150_000],
    ['was cut off', (file: string) => truncate(file, 75_000 * row('u12345').length), 70_000],
  ] as const)('%s', async (_, change, rows) => {
    const { code, stdout, stderr } = await changedMeanwhile(change);
    expect(code, stderr).toBe(2);
    expect(codeIn(stderr)).toBe('changed');
    const { input, totals } = JSON.parse(stdout) as CheckReport;
    expect(input.problem?.byteOffset).toBeGreaterThan(0);
    expect(totals.ok).toBeGreaterThanOrEqual(rows);
  });

  test('goes away before its turn', async () => {
    const at = await own();
    execFileSync('mkfifo', [`${at}/first`]);
    await writeFile(`${at}/second.csv`, CSV);
    const ended = digestry(['check', `${at}/first`, `${at}/second.csv`, '--out', `${at}/out`, '--json']);
    const pipe = await open(`${at}/first`, 'w');
    await rm(`${at}/second.csv`);
    await pipe.writeFile(CSV);
    await pipe.close();
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(2);
    expect(codeIn(stderr)).toBe('not-found');
    const { input, totals } = JSON.parse(stdout) as CheckReport;
    expect(input.problem).toMatchObject({ code: 'not-found', file: `${at}/second.csv` });
    expect(totals.ok).toBe(2);
    expect(await readdir(at)).toEqual(['first']);
  });
});

test('a named pipe is an input like another', async () => {
  const at = await own();
  execFileSync('mkfifo', [`${at}/pipe`]);
  const { code, stdout } = await shell(`printf '%s' "$EXPORT" > ${at}/pipe & digestry check ${at}/pipe --json`, {
    env: { EXPORT: CSV },
  });
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as CheckReport).totals).toMatchObject({ rows: 2, ok: 2 });
});

describe('nowhere to write to', () => {
  test('a folder that is read-only', async () => {
    const at = await own();
    await writeFile(`${at}/in.csv`, CSV);
    // Modes do not bind root; nobody makes files in /sys.
    const readOnly = process.getuid?.() === 0 ? '/sys' : at;
    await chmod(at, 0o555);
    try {
      const { code, stdout, stderr } = await digestry(['check', `${at}/in.csv`, '--out', `${readOnly}/out.ndjson`]);
      expect([code, stdout]).toEqual([2, '']);
      expect(['no-permission', 'read-only']).toContain(codeIn(stderr));
    } finally {
      await chmod(at, 0o755);
    }
    expect(await readdir(at)).toEqual(['in.csv']);
  });

  test('a full disk for the report, as text and as JSON', async () => {
    const file = await folder.write('fine.csv', CSV);
    for (const flags of ['', '--json']) {
      const { code, stderr } = await shell(`digestry check ${file} ${flags} > /dev/full`);
      expect([code, codeIn(stderr)]).toEqual([2, 'no-space']);
    }
  });
});
