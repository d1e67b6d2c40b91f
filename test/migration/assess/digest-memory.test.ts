/** Remembered digests: which rows of bytes share the outcome of one, and that none is lost when others are met. */
import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { DigestMemory, isEqual } from '../../../src/migration/assess/digest-memory.js';
import type { DigestSpans } from '../../../src/migration/assess/layouts/index.js';
import { MISSING } from '../../../src/migration/assess/outcome.js';
import type { RowSpans } from '../../../src/migration/rows/index.js';

/** As `hasher.key.salt.hash`, somewhere in the bytes. */
function place(text: string, at = 0) {
  const [hasher = '', key = '', salt = '', hash = ''] = text.split('.');
  const bytes = Buffer.from(`${'#'.repeat(at)}${hasher}${key}${salt}${hash}#`);
  const keyStart = at + hasher.length;
  const keyEnd = keyStart + key.length;
  const saltEnd = keyEnd + salt.length;
  const spans = { bytes, hasher: at, hasherEnd: keyStart } as RowSpans;
  const digest = { keyStart, keyEnd, salt: keyEnd, saltEnd, hash: saltEnd, hashEnd: saltEnd + hash.length };
  return { spans, digest: digest as DigestSpans };
}

function remember(memory: DigestMemory, text: string, number: number): Buffer<ArrayBuffer> {
  const [hasher = '', key = '', salt = '', hash = ''] = text.split('.');
  const name = Buffer.from(hasher);
  const lengths = { saltChars: salt.length, hashChars: hash.length };
  memory.add({ number, outcome: MISSING, hasher: name, key: Buffer.from(key), isHex: false, ...lengths });
  return name;
}

/** @param name as the row before had it: another object by default. */
function find(memory: DigestMemory, text: string, { at = 0, name = Buffer.from('a name') } = {}): number | undefined {
  const { spans, digest } = place(text, at);
  return memory.find(spans, digest, name)?.number;
}

describe('a remembered digest', () => {
  const memory = new DigestMemory();
  remember(memory, 'bcrypt.$2b$.salt.hash', 1);

  test.each([
    ['the same', 'bcrypt.$2b$.salt.hash', 0],
    ['another salt and hash', 'bcrypt.$2b$.tlas.shah', 0],
    ['another place', 'bcrypt.$2b$.salt.hash', 9],
  ])('stands for %s', (_, text, at) => expect(find(memory, text, { at })).toBe(1));

  test.each([
    ['another first byte of the key', 'bcrypt._2b$.salt.hash'],
    ['another last byte of the key', 'bcrypt.$2b_.salt.hash'],
    ['a shorter key', 'bcrypt.$2b.salt.hash'],
    ['a longer key', 'bcrypt.$2b$1.salt.hash'],
    ['a longer salt', 'bcrypt.$2b$.salts.hash'],
    ['a shorter salt', 'bcrypt.$2b$.sal.hash'],
    ['a longer hash', 'bcrypt.$2b$.salt.hashs'],
    ['a salt and a hash of exchanged lengths', 'bcrypt.$2b$.sal.thash'],
    ['another hasher', 'bcrypr.$2b$.salt.hash'],
    ['a hasher with another first byte', 'Bcrypt.$2b$.salt.hash'],
    ['a hasher with a shorter name', 'bcryp.$2b$.salt.hash'],
    ['a hasher with a longer name', 'bcrypts.$2b$.salt.hash'],
    ['no hasher', '.$2b$.salt.hash'],
  ])('does not stand for %s', (_, text) => expect(find(memory, text)).toBeUndefined());

  test('stands for a name that is the same object without a look at its bytes', () => {
    const own = new DigestMemory();
    const name = remember(own, 'md5.key.salt.hash', 2);
    expect(find(own, 'sha.key.salt.hash', { name })).toBe(2);
    expect(find(own, 'sha.key.salt.hash')).toBeUndefined();
  });

  test('without a hasher stands for rows that name none', () => {
    const own = new DigestMemory();
    remember(own, '.key.salt.hash', 3);
    expect(find(own, '.key.salt.hash')).toBe(3);
    expect(find(own, 'md5.key.salt.hash')).toBeUndefined();
  });

  test('stays when others are met', () => {
    const all = new DigestMemory();
    const keys = ['a', 'b', 'c', 'd', 'e'];
    for (const [i, key] of keys.entries()) remember(all, `md5.${key}.s.h`, i);
    for (const order of ['edcba', 'abcde', 'ceacd', 'eeebb', 'abcde']) {
      for (const key of order) expect(find(all, `md5.${key}.s.h`)).toBe(keys.indexOf(key));
    }
  });
});

test('a memory is empty at first, and full with 64', () => {
  const memory = new DigestMemory();
  expect(find(memory, 'md5.key.salt.hash')).toBeUndefined();
  for (let i = 0; i < 63; i++) remember(memory, `md5.${i}.s.h`, i);
  expect(memory.isFull).toBe(false);
  remember(memory, 'md5.63.s.h', 63);
  expect(memory.isFull).toBe(true);
  expect(find(memory, 'md5.63.s.h')).toBe(63);
});

test('bytes are compared to the first and to the last', () => {
  const known = Buffer.from('abc');
  expect(isEqual(known, Buffer.from('xabcx'), 1)).toBe(true);
  for (const other of ['Xbc', 'aXc', 'abX']) expect(isEqual(known, Buffer.from(other), 0), other).toBe(false);
  expect(isEqual(known, Buffer.from('ab'), 0)).toBe(false);
  expect(isEqual(Buffer.from(''), Buffer.from('ab'), 1)).toBe(true);
});
