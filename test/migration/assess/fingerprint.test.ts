/** Fingerprints: the same for the same bytes, wherever they are, and another for each change. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createFingerprint,
  fingerprintBytes,
  fingerprintDigest,
  fingerprintSpans,
  fingerprintText,
} from '../../../src/migration/assess/fingerprint.js';
import { layouts } from '../../../src/migration/assess/layouts/index.js';
import { createDigestSpans, type DigestLayout } from '../../../src/migration/assess/layouts/layout.js';
import { BCRYPT } from '../../support/exports.js';
import { anyBytes, anyText, runs } from '../../support/properties.js';

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

function ofBytes(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const into = createFingerprint();
  fingerprintBytes(viewOf(bytes), start, end, into);
  return `${into[0]} ${into[1]}`;
}

test('are of the bytes alone, not of their place', () => {
  fc.assert(
    fc.property(anyBytes(40), anyBytes(9), (bytes, before) => {
      const moved = Uint8Array.from([...before, ...bytes, 7]);
      expect(ofBytes(moved, before.length, before.length + bytes.length)).toBe(ofBytes(bytes));
    }),
    runs(300),
  );
});

test('of a text are those of its UTF-8, also of a long one', () => {
  const check = (text: string) => {
    const into = createFingerprint();
    fingerprintText(text, into);
    expect(`${into[0]} ${into[1]}`).toBe(ofBytes(Buffer.from(text)));
  };
  fc.assert(fc.property(anyText(60), check), runs(300));
  check('é'.repeat(5000));
});

test('change with each byte and with each length, and keep 53 bits', () => {
  const bytes = Uint8Array.from({ length: 23 }, (_, i) => i + 1);
  const seen = new Set([ofBytes(bytes)]);
  for (let i = 0; i < bytes.length; i++) {
    for (const bit of [1, 0x80]) seen.add(ofBytes(bytes.map((byte, at) => (at === i ? byte ^ bit : byte))));
    seen.add(ofBytes(bytes, 0, i));
  }
  expect(seen.size).toBe(1 + 3 * bytes.length);
  const into = createFingerprint();
  fingerprintDigest(bytes, bytes, into);
  expect((into[1] as number) >>> 21).toBe(0);
});

test('know where salt and hash part', () => {
  const of = (salt: number[], hash: number[]) => {
    const into = createFingerprint();
    fingerprintDigest(Uint8Array.from(salt), Uint8Array.from(hash), into);
    return String(into);
  };
  expect(of([1, 2], [3, 4])).not.toBe(of([1, 2, 3], [4]));
});

test.each([23, 40, BCRYPT.length - 1])('refuse a character outside the alphabet at %i', (at) => {
  const read = (text: string): boolean => {
    const bytes = Buffer.from(text);
    const spans = createDigestSpans();
    const layout = layouts.get('bcrypt') as DigestLayout;
    return layout.read(bytes, 0, bytes.length, spans) && fingerprintSpans(viewOf(bytes), spans, createFingerprint());
  };
  expect(read(BCRYPT)).toBe(true);
  for (const character of '!-:@[`{\u007f')
    expect(read(BCRYPT.slice(0, at) + character + BCRYPT.slice(at + 1))).toBe(false);
});

test('of a salt in the Base64 of its hash are those of its bytes, whatever the hash', () => {
  const layout = layouts.get('ldap_ssha') as DigestLayout;
  const read = (hash: Uint8Array, salt: Uint8Array) => {
    const bytes = Buffer.from(`{SSHA}${Buffer.concat([hash, salt]).toString('base64')}`);
    const [spans, into] = [createDigestSpans(), createFingerprint()];
    const isRead = layout.read(bytes, 0, bytes.length, spans) && fingerprintSpans(viewOf(bytes), spans, into);
    return isRead ? { digest: `${into[0]} ${into[1]}`, salt: `${into[2]} ${into[3]}` } : undefined;
  };
  const hashes = fc.uint8Array({ minLength: 20, maxLength: 20 });
  const salts = fc.uint8Array({ minLength: 1, maxLength: 9 });
  const bits = fc.constantFrom(1, 2, 16, 64, 128);
  let taken = 0;
  fc.assert(
    fc.property(hashes, hashes, salts, fc.nat(8), bits, (hash, other, salt, at, bit) => {
      const one = read(hash, salt);
      const two = read(other, salt);
      const changed = read(
        hash,
        salt.map((byte, i) => (i === at % salt.length ? byte ^ bit : byte)),
      );
      if (one === undefined || two === undefined || changed === undefined) return;
      taken++;
      expect(two.salt).toBe(one.salt);
      expect(two.digest === one.digest).toBe(Buffer.from(hash).equals(other));
      expect([changed.salt, changed.digest]).not.toContain(one.salt);
      expect(changed.digest).not.toBe(one.digest);
    }),
    runs(300),
  );
  expect(taken).toBeGreaterThan(100);
});

test('of known bytes are the known ones', async () => {
  const bytes = Uint8Array.from({ length: 70 }, (_, i) => (i * 37 + 11) & 255);
  const lines: string[] = [];
  const add = (what: string, fill: (into: ReturnType<typeof createFingerprint>) => unknown) => {
    const into = createFingerprint();
    const answer = fill(into);
    lines.push(`${what}: ${into.join(' ')}${answer === undefined ? '' : ` ${answer}`}`);
  };
  for (const length of [0, 1, 2, 3, 4, 5, 8, 64])
    add(`${length} bytes`, (into) => fingerprintBytes(viewOf(bytes), 3, 3 + length, into));
  add('a digest', (into) => fingerprintDigest(bytes.subarray(0, 9), bytes.subarray(9, 30), into));
  const long = new Uint8Array(4096).map((_, i) => i & 255);
  add('a digest that fills the room', (into) => fingerprintDigest(bytes.subarray(0, 9), long.subarray(9), into));
  add('a digest longer than the room', (into) => fingerprintDigest(bytes.subarray(0, 9), long, into));
  add('a text', (into) => fingerprintText('naïve', into));
  add('a text that fills the room', (into) => fingerprintText('é'.repeat(1365), into));
  add('a text longer than the room', (into) => fingerprintText('é'.repeat(1366), into));
  for (const [name, text] of [
    ['bcrypt', BCRYPT],
    ['bcrypt', `${BCRYPT.slice(0, -1)}!`],
    ['md5', '0123456789abcdef0123456789abcdef'],
    ['md5_salted', 'sal$0123456789abcdef0123456789abcdef'],
    ['md5_salted', 'sa $0123456789abcdef0123456789abcdef'],
    ['md5_salted', 's $0123456789abcdef0123456789abcdef'],
    ['md5_salted', 'é$0123456789abcdef0123456789abcdef'],
    ['md5_salted', 'salt$0123456789abcdef0123456789abcdeg'],
  ] as const) {
    const spans = createDigestSpans();
    const file = Buffer.from(text);
    expect(layouts.get(name)?.read(file, 0, file.length, spans)).toBe(true);
    add(`${name} ${text}`, (into) => fingerprintSpans(viewOf(file), spans, into));
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('golden/fingerprints.txt');
});
