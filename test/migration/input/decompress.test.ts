/** Compressed exports: frames and members one after the other, and what is damaged. */
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { InputProblem } from '../../../src/files/input-problem.js';
import { type CheckReport, check } from '../../../src/migration/index.js';
import { unzstd } from '../../../src/migration/input/unzstd.js';
import { temporaryFolder } from '../../support/exports.js';

const folder = temporaryFolder();
const path = (name: string): string => fileURLToPath(new URL(`../../fixtures/compressed/${name}`, import.meta.url));
const file = (name: string): Buffer => readFileSync(path(name));

test.each(['users.csv.zst', 'two-frames.csv.zst', 'two-members.csv.gz'])('%s is read whole', async (name) => {
  const { totals, input } = await check([path(name)]);
  expect([input.problem, totals.rows, totals.ok]).toEqual([undefined, 300, 300]);
});

async function inflated(
  bytes: Buffer,
  size: number,
): Promise<{ readonly text: string; readonly code: string | undefined }> {
  const pieces: Buffer[] = [];
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  let code: string | undefined;
  try {
    for await (const piece of unzstd(bytes.subarray(0, 64), chunks())) pieces.push(piece);
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    code = error.code;
  }
  return { text: Buffer.concat(pieces).toString(), code };
}

describe('zstd in JavaScript', () => {
  test('gives the same for chunks of any size', async () => {
    const whole = await inflated(file('users.csv.zst'), 1 << 20);
    expect(whole.text.split('\n')).toHaveLength(302);
    for (const size of [1, 7, 100, 1023, 1025]) {
      expect(await inflated(file('users.csv.zst'), size)).toEqual(whole);
      expect(await inflated(file('two-frames.csv.zst'), size)).toEqual(whole);
    }
  });

  test('reports data that is cut off or damaged', async () => {
    const whole = file('two-frames.csv.zst');
    for (let end = 6; end < whole.length; end += 97) {
      expect((await inflated(whole.subarray(0, end), 512)).code).toMatch(/^(?:cut-off|damaged)$/);
    }
    for (let at = 6; at < whole.length; at += 59) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] as number) ^ 0x5a;
      const { text, code } = await inflated(damaged, 512);
      if (code === undefined) expect(text.length).toBeGreaterThan(0);
      else expect(code).toMatch(/^(?:cut-off|damaged|too-large)$/);
    }
  });

  test('checks the checksum of each frame', async () => {
    const one = file('users.csv.zst');
    for (const end of [one.length, 2 * one.length]) {
      const other = Buffer.concat([one, one]);
      other[end - 1] = (other[end - 1] as number) ^ 1;
      expect((await inflated(other, 512)).code).toBe('damaged');
    }
  });

  test('passes over frames of other data, wherever these are', async () => {
    const whole = file('users.csv.zst');
    const { text } = await inflated(whole, 512);
    const skipped = (length: number) =>
      Buffer.concat([Buffer.from([0x5a, 0x2a, 0x4d, 0x18, length & 255, length >> 8, 0, 0]), Buffer.alloc(length, 7)]);
    for (const length of [0, 1, 9, 10, 3000]) {
      for (const size of [3, 512, 1 << 20]) {
        const bytes = Buffer.concat([skipped(length), whole, skipped(length), skipped(length), whole, skipped(length)]);
        expect(await inflated(bytes, size)).toEqual({ text: text + text, code: undefined });
        expect((await inflated(bytes.subarray(0, -1), size)).code).toBe('cut-off');
      }
    }
  });

  test.each([
    ['nothing in a frame', '28b52ffd2000010000', ''],
    ['a frame of one byte as it is', '28b52ffd200109000061', 'a'],
    ['a frame of one byte repeated', '28b52ffd2005' + '2b0000' + '61', 'aaaaa'],
    ['a window and a checksum', '28b52ffd0458' + '190000' + '616263' + '990977ad', 'abc'],
  ])('reads %s', async (_, hex, text) => {
    for (const size of [1, 4, 100]) {
      expect(await inflated(Buffer.from(hex, 'hex'), size)).toEqual({ text, code: undefined });
      expect(await inflated(Buffer.from(hex + hex, 'hex'), size)).toEqual({ text: text + text, code: undefined });
      expect((await inflated(Buffer.from(hex.slice(0, -2), 'hex'), size)).code).toBe('cut-off');
      expect((await inflated(Buffer.from(`${hex}00000000`, 'hex'), size)).code).toBe('damaged');
    }
  });

  test('takes no window of gigabytes', async () => {
    expect((await inflated(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0xa8, 1, 0, 0]), 9)).code).toBe('too-large');
    const segment = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    expect((await inflated(segment, 20)).code).toBe('too-large');
  });

  test('ends where a line is too long, whatever it holds', async () => {
    const report = await check([path('long-line.zst')]);
    expect(report.input.problem?.code).toMatch(/^(?:record-too-long|no-digest-field|header-too-long)$/);
  });
});

test.each(['users.csv.zst', 'two-frames.csv.zst', 'two-members.csv.gz'])(
  'what follows %s is reported',
  async (name) => {
    const bytes = Buffer.concat([file(name), Buffer.from('and more, which is not compressed')]);
    expect(await problemsOf(bytes, `more-${name}`)).toEqual(['damaged', 'damaged']);
  },
);

/** Of a file, and of a pipe that gives it in two pieces. */
async function problemsOf(bytes: Buffer, name: string): Promise<readonly (string | undefined)[]> {
  const stdin = Readable.from([bytes.subarray(0, -30), bytes.subarray(-30)]);
  const reports = [await check([await folder.write(name, bytes)]), await check(['-'], { stdin })];
  return reports.map(({ input }) => input.problem?.code);
}

test.each(['users.csv.zst', 'two-frames.csv.zst'])('%s is refused where it is damaged or cut off', async (name) => {
  const whole = file(name);
  const damaged = Buffer.from(whole);
  damaged[whole.length >> 1] = (damaged[whole.length >> 1] as number) ^ 0x5a;
  expect(await problemsOf(damaged, `damaged-${name}`)).toEqual(['damaged', 'damaged']);
  expect(await problemsOf(whole.subarray(0, -3), `cut-${name}`)).toEqual(['cut-off', 'cut-off']);
});

describe('gzip of megabytes', () => {
  const csv = Buffer.from(
    `id,password_hasher,password_digest\n${Array.from({ length: 120_000 }, (_, i) => `${i},md5,${String(i * 7919).padStart(32, '0')}\n`).join('')}`,
  );
  const packed = gzipSync(csv, { level: 1 });

  /** A last step may have been lost. */
  function expectAlike(file: CheckReport, pipe: CheckReport, code: string): void {
    expect([file.input.problem?.code, pipe.input.problem?.code]).toEqual([code, code]);
    const [ofFile = 0, ofPipe = 0] = [file, pipe].map(({ input }) => input.problem?.byteOffset);
    expect(Math.abs(ofFile - ofPipe)).toBeLessThanOrEqual(16 * 1024);
  }

  test('is read whole', async () => {
    const { totals, input } = await check([await folder.write('large.gz', packed)]);
    expect([input.problem, totals.rows]).toEqual([undefined, 120_000]);
  });

  test.each([0.3, 0.5, 0.9])(
    'damaged after a share of %d: a file has the rows before that, as a pipe has',
    async (share) => {
      const damaged = Buffer.from(packed);
      damaged.fill(0xff, Math.floor(share * packed.length), Math.floor(share * packed.length) + 64);
      const file = await check([await folder.write(`damaged-${share}.gz`, damaged)]);
      const pipe = await check(['-'], { stdin: Readable.from([damaged]) });
      expectAlike(file, pipe, 'damaged');
      expect(file.totals.rows).toBeGreaterThan((share - 0.1) * 120_000);
    },
  );

  test('cut off, too', async () => {
    const cut = packed.subarray(0, packed.length >> 1);
    const file = await check([await folder.write('cut.gz', cut)]);
    const pipe = await check(['-'], { stdin: Readable.from([cut]) });
    expectAlike(file, pipe, 'cut-off');
  });
});
