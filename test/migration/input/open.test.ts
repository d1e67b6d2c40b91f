/** Files opened once: what is read at any place, what only as chunks, and which bytes are of a shard. */
import { readSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openInput } from '../../../src/migration/input/open.js';
import { measureRanges } from '../../../src/migration/input/ranges.js';
import { decodeText, openText } from '../../../src/migration/input/text.js';
import { BCRYPT, csvOf, temporaryFolder } from '../../support/exports.js';

const folder = temporaryFolder();
const TEXT = csvOf([{ id: '1', password: BCRYPT }]);
const noStdin = Readable.from([]);

describe('an input', () => {
  test('that is a plain file is read at any place, after its beginning was streamed', async () => {
    const input = await openInput(await folder.write('plain.csv', TEXT), noStdin);
    const { encoding, chunks } = await openText(input.chunks);
    expect(String((await chunks.next()).value)).toBe(TEXT);
    const plain = input.takePlain();
    const bytes = Buffer.alloc(4);
    expect(readSync(plain?.fd as number, bytes, 0, 4, 3)).toBe(4);
    expect({ encoding, bytes: bytes.toString() }).toEqual({
      encoding: { name: 'utf-8', markBytes: 0 },
      bytes: TEXT.slice(3, 7),
    });
    input.close();
  });

  test('stays open after an abort, for those who read it at any place', async () => {
    const controller = new AbortController();
    const input = await openInput(await folder.write('aborted.csv', TEXT), noStdin, controller.signal);
    const plain = input.takePlain();
    controller.abort();
    await new Promise((resolve) => setImmediate(resolve));
    expect(readSync(plain?.fd as number, Buffer.alloc(4), 0, 4, 0)).toBe(4);
    input.close();
  });

  test('that is compressed or stdin has chunks only', async () => {
    const file = await folder.write('users.csv.gz', '');
    await writeFile(file, gzipSync(TEXT));
    const compressed = await openInput(file, noStdin);
    const piped = await openInput('-', Readable.from([Buffer.from(TEXT)]));
    for (const input of [compressed, piped]) {
      let text = '';
      for await (const piece of decodeText(input.chunks)) text += piece;
      expect({ plain: input.takePlain(), text }).toEqual({ plain: undefined, text: TEXT });
      input.close();
    }
  });
});

test.each([
  ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`), { name: 'utf-8', markBytes: 3 }],
  ['UTF-16', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), { name: 'utf-16le', markBytes: 2 }],
  ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le'), { name: 'utf-16le', markBytes: 0 }],
])('detects %s once, however it comes', async (_, bytes, encoding) => {
  for (const step of [1, 7, bytes.length]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) =>
      bytes.subarray(i * step, (i + 1) * step),
    );
    const decoded = await openText(Readable.from(pieces));
    let text = '';
    for await (const piece of decoded.chunks) text += piece;
    expect({ encoding: decoded.encoding, text }).toEqual({ encoding, text: TEXT });
  }
});

describe('ranges', () => {
  test('of all shards together are all bytes of all files, once', async () => {
    const files = [await folder.write('a.csv', 'x'.repeat(100)), await folder.write('b.csv', 'x'.repeat(31))];
    const shards = await Promise.all([0, 1, 2].map((index) => measureRanges(files, { index, of: 3 })));
    for (const [file, size] of [100, 31].entries()) {
      let at = 0;
      for (const { ranges } of shards) {
        const range = ranges[file];
        if (range === undefined || range.start >= range.end) continue;
        expect(range.start).toBe(at);
        at = range.end;
      }
      expect(at).toBe(size);
    }
    expect(shards.reduce((sum, { totalBytes = 0 }) => sum + totalBytes, 0)).toBe(131);
  });

  test('of stdin have no total', async () => {
    expect(await measureRanges(['-'], undefined)).toEqual({
      ranges: [{ start: 0, end: Number.POSITIVE_INFINITY }],
      totalBytes: undefined,
    });
  });

  test.each([
    { index: 2, of: 2 },
    { index: -1, of: 2 },
    { index: 0, of: 0 },
  ])('are refused of shard $index of $of', async (shard) => {
    await expect(measureRanges(['-'], shard)).rejects.toThrow(TypeError);
  });
});
