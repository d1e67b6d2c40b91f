/** Forms of rows: which rows share what is remembered of one, and that none is lost when others are met. */
import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import type { DigestSpans } from '../../../src/migration/assess/layouts/index.js';
import { MISSING } from '../../../src/migration/assess/outcome.js';
import { RowMemory } from '../../../src/migration/assess/row-memory.js';
import type { Doubt, Row } from '../../../src/migration/row.js';
import type { Finding } from '../../../src/types.js';

/** As `key.salt.hash`, somewhere in the bytes. */
function digest(text: string, at = 0): { readonly bytes: Uint8Array; readonly spans: DigestSpans } {
  const [key = '', salt = '', hash = ''] = text.split('.');
  const saltStart = at + key.length;
  const hashStart = saltStart + salt.length;
  const bytes = Buffer.from(`${'#'.repeat(at)}${key}${salt}${hash}`);
  const spans = { keyStart: at, keyEnd: saltStart, salt: saltStart, saltEnd: hashStart };
  return { bytes, spans: { ...spans, hash: hashStart, hashEnd: bytes.length } as DigestSpans };
}

const FINDINGS: readonly Finding[] = Object.freeze([{ code: 'WARN_EMPTY', severity: 'warning', message: 'one' }]);
const DOUBT: Doubt = { code: 'ERR_PREHASH', of: 'all', field: 'salt', message: 'a salt', fix: 'find out' };
const SECOND: Doubt = { ...DOUBT, field: 'client' };
const DOUBTS: readonly Doubt[] = [DOUBT, SECOND];
const ROW: Row = { line: 1, id: 'u', passwordHasher: 'md5', passwordDigest: 'x', findings: FINDINGS, doubts: DOUBTS };

function remember(memory: RowMemory, text: string, number: number, row: Row = ROW): void {
  const { bytes, spans } = digest(text);
  memory.add({ ...memory.describe(row, bytes, spans), number, isRead: true, outcome: MISSING });
}

function find(memory: RowMemory, text: string, row: Partial<Row> = {}, at = 0): number | undefined {
  const { bytes, spans } = digest(text, at);
  return memory.find({ ...ROW, ...row }, bytes, spans)?.number;
}

describe('a remembered row', () => {
  const memory = new RowMemory();
  remember(memory, '$2b$.salt.hash', 1);

  test.each([
    ['other salts and hashes', '$2b$.tlas.shah', {}, 0],
    ['another place in the bytes', '$2b$.salt.hash', {}, 7],
    ['another id and line', '$2b$.salt.hash', { id: 'v', line: 9 }, 0],
    ['equal doubts in another list', '$2b$.salt.hash', { doubts: [...DOUBTS] }, 0],
  ])('stands for %s', (_, text, row, at) => expect(find(memory, text, row, at)).toBe(1));

  test.each<[string, string, Partial<Row>]>([
    ['another key', '$2a$.salt.hash', {}],
    ['another first byte of the key', '_2b$.salt.hash', {}],
    ['another last byte of the key', '$2b_.salt.hash', {}],
    ['a longer key', '$2b$$.salt.hash', {}],
    ['a shorter key', '$2b.salt.hash', {}],
    ['a longer salt', '$2b$.salts.hash', {}],
    ['a longer hash', '$2b$.salt.hashs', {}],
    ['a salt and a hash of exchanged lengths', '$2b$.sal.thash', {}],
    ['another hasher', '$2b$.salt.hash', { passwordHasher: 'sha256' }],
    ['no hasher', '$2b$.salt.hash', { passwordHasher: undefined }],
    ['equal findings of another list', '$2b$.salt.hash', { findings: [...FINDINGS] }],
    ['no findings', '$2b$.salt.hash', { findings: undefined }],
    ['no id', '$2b$.salt.hash', { id: '' }],
    ['no doubts', '$2b$.salt.hash', { doubts: undefined }],
    ['an empty list of doubts', '$2b$.salt.hash', { doubts: [] }],
    ['another first doubt', '$2b$.salt.hash', { doubts: [{ ...DOUBT }, SECOND] }],
    ['another second doubt', '$2b$.salt.hash', { doubts: [DOUBT, { ...SECOND }] }],
    ['one more doubt', '$2b$.salt.hash', { doubts: [DOUBT, SECOND, DOUBT] }],
  ])('does not stand for %s', (_, text, row) => expect(find(memory, text, row)).toBeUndefined());

  test('without doubts, id and findings stands for those without', () => {
    const bare: Row = { line: 1, id: '', passwordHasher: undefined, passwordDigest: 'x' };
    const other = new RowMemory();
    remember(other, 'k.s.h', 2, bare);
    const absent = { findings: undefined, doubts: undefined, passwordHasher: undefined };
    expect(find(other, 'k.s.h', { ...absent, id: '' })).toBe(2);
    expect(find(other, 'k.s.h', { ...absent, id: 'u' })).toBeUndefined();
    expect(find(other, 'k.s.h', { ...absent, id: '', doubts: [DOUBT] })).toBeUndefined();
    expect(find(other, 'k.s.h', { ...absent, id: '', findings: FINDINGS })).toBeUndefined();
  });

  test('keeps its key when the bytes are filled again', () => {
    const one = new RowMemory();
    const { bytes, spans } = digest('key.salt.hash');
    one.add({ ...one.describe(ROW, bytes, spans), number: 3, isRead: true, outcome: MISSING });
    bytes.fill(0);
    expect(find(one, 'key.salt.hash')).toBe(3);
  });

  test('stays when others are met', () => {
    const all = new RowMemory();
    const keys = ['a', 'b', 'c', 'd', 'e'];
    for (const [i, key] of keys.entries()) remember(all, `${key}.s.h`, i);
    for (const order of ['edcba', 'abcde', 'ceacd', 'eeebb', 'abcde']) {
      for (const key of order) expect(find(all, `${key}.s.h`)).toBe(keys.indexOf(key));
    }
  });
});

test('a memory is full with 64', () => {
  const memory = new RowMemory();
  for (let i = 0; i < 63; i++) remember(memory, `${i}.s.h`, i);
  expect(memory.isFull).toBe(false);
  remember(memory, '63.s.h', 63);
  expect(memory.isFull).toBe(true);
  expect(find(memory, '63.s.h')).toBe(63);
});
