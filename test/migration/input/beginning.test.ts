/** Exports that begin with much that is no row: the work is bounded, and what is wrong is named. */
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { InputProblem } from '../../../src/files/input-problem.js';
import { check } from '../../../src/migration/index.js';
import type { Row } from '../../../src/migration/row.js';
import type { Block, BlockReader } from '../../../src/migration/rows/block.js';
import type { Bind } from '../../../src/migration/rows/contract.js';
import { csvBlocks } from '../../../src/migration/rows/csv.js';
import { streamBlocks } from '../../../src/migration/rows/stream.js';
import { MD5_OF_PASSWORD, temporaryFolder } from '../../support/exports.js';

const folder = temporaryFolder();
const ROWS = `1,${MD5_OF_PASSWORD}\n`;
const HEAD = 'id,password_hash\n';

interface Work {
  readonly rows: readonly Row[];
  /** Headers that were tried. */
  readonly bound: number;
  /** Bytes of all blocks that were scanned. */
  readonly scanned: number;
  readonly error: unknown;
}

async function workOn(text: string): Promise<Work> {
  let bound = 0;
  let scanned = 0;
  const bind: Bind = (names) => {
    bound++;
    if (!names.some((name) => name.endsWith('password_hash'))) throw new InputProblem('no-digest-field', 'no digest');
    return {
      source: 'test',
      digestFields: ['password_hash'],
      extract: (field) => ({
        id: field('id') ?? '',
        passwordHasher: undefined,
        passwordDigest: field('password_hash'),
      }),
    };
  };
  const reader = csvBlocks(bind);
  const counting: BlockReader = Object.create(reader, {
    scan: {
      value(block: Block) {
        scanned += block.length;
        return reader.scan(block);
      },
    },
    deliver: { value: (sink: Parameters<BlockReader['deliver']>[0]) => reader.deliver(sink) },
  });
  const rows: Row[] = [];
  let error: unknown;
  try {
    for await (const _ of streamBlocks(Readable.from([text]), counting, {
      take({ readText }) {
        const row = readText();
        if (row !== undefined) rows.push(row);
      },
      takeRow: (row) => rows.push(row),
    }));
    reader.end();
  } catch (thrown) {
    error = thrown;
  }
  return { rows, bound, scanned, error };
}

describe('comments before the header', () => {
  test.each([
    ['short ones', '#\n'],
    ['with commas', '# a, b\n'],
    ['with quotes', '# "a" b\n'],
  ])('%s: as many are tried as headers, however many there are', async (_, comment) => {
    const [some, many] = await Promise.all([
      workOn(comment.repeat(20_000) + HEAD + ROWS),
      workOn(comment.repeat(40_000) + HEAD + ROWS),
    ]);
    for (const { rows, bound, error } of [some, many]) {
      expect(error).toBeUndefined();
      expect(rows).toHaveLength(1);
      expect(bound).toBeLessThan(150);
    }
    expect(many.bound).toBe(some.bound);
  });

  test('the header may be one of them: the first, or the last of many', async () => {
    const comments = '# x\n'.repeat(5000);
    expect((await workOn(`#${HEAD}${ROWS}`)).rows).toHaveLength(1);
    expect((await workOn(`${comments}#${HEAD}${ROWS}`)).rows).toHaveLength(1);
  });

  test('more of them than a record may have end it with what they are', async () => {
    const { error, scanned } = await workOn('# a comment\n'.repeat(500_000));
    expect(error).toBeInstanceOf(InputProblem);
    expect(scanned).toBeLessThan(40e6);
  });
});

describe('white space', () => {
  const input = async (content: string) =>
    (await check([await folder.write('blank', content)], { hasher: 'md5' })).input;

  test.each([
    ['lines', '\n'],
    ['lines of spaces', '  \n'],
    ['lines of CRLF', '\r\n'],
    ['one long line', ' '],
  ])('%s before the header is passed over, megabytes of it', async (_, blank) => {
    const before = blank.repeat(3_000_000 / blank.length);
    const { problem, rows } = await input(`${before}\n${HEAD}${ROWS}`);
    expect(problem).toBeUndefined();
    expect(rows).toBe(1);
  });

  test('before JSON is passed over, and its lines count', async () => {
    const { problem, rows } = await input(`${'\n'.repeat(1_500_000)}[{"id":"1","password_hash":"${MD5_OF_PASSWORD}"}]`);
    expect(problem).toBeUndefined();
    expect(rows).toBe(1);
    expect((await input(`${'\n'.repeat(1_000_000)}[{"id":1}?`)).problem?.line).toBe(1_000_001);
  });

  test('alone is said to be that, and an empty file to be empty', async () => {
    const [blank, empty] = [await input(' \n'.repeat(1_500_000)), await input('')];
    expect(blank.problem?.code).toBe('empty');
    expect(empty.problem?.code).toBe('empty');
  });

  test('is scanned once: twice as much is twice the work', async () => {
    const [once, twice] = await Promise.all([
      workOn('\n'.repeat(2_000_000) + HEAD + ROWS),
      workOn('\n'.repeat(4_000_000) + HEAD + ROWS),
    ]);
    expect(once.error ?? twice.error).toBeUndefined();
    expect(twice.scanned).toBeLessThan(2.1 * once.scanned);
    expect(twice.scanned).toBeLessThan(3 * 4_000_000);
  });
});

describe('a record without end', () => {
  test.each([
    ['a quote that is never closed', `${HEAD}1,"`, 'y'],
    ['a first line', 'x', 'x'],
    ['a row', `${HEAD}1,`, 'y'],
  ])('%s is refused after a bounded part of it', async (_, begin, more) => {
    const [some, much] = await Promise.all([workOn(begin + more.repeat(10e6)), workOn(begin + more.repeat(20e6))]);
    for (const { error } of [some, much]) expect(error).toBeInstanceOf(InputProblem);
    expect(much.scanned).toBe(some.scanned);
  });

  test('a hundred thousand columns are read, the header once', async () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',');
    const { rows, bound, error } = await workOn(
      `id,password_hash,${names}\n${`1,x${','.repeat(100_000)}\n`.repeat(3)}`,
    );
    expect(error).toBeUndefined();
    expect([rows.length, bound]).toEqual([3, 1]);
  });
});
