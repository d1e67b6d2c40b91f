/** What is read of a row besides the digest: only what its hasher asks for, once, copied, bounded. */
import { describe, expect, test } from 'vitest';
import { readCredential } from '../src/credential.js';
import { DigestError } from '../src/errors.js';
import { defineHasher } from '../src/hashers/define.js';
import { createParsed } from '../src/hashers/parsed.js';
import { hashCost } from '../src/kdf/cost.js';
import { createRegistry } from '../src/registry.js';
import type { Companions, StoredCredential } from '../src/types.js';

const NONE = new Uint8Array(0);
const seen: (Companions | undefined)[] = [];
const salted = defineHasher({
  name: 'salted',
  example: { digest: 'x', salt: 's' },
  companions: [
    { name: 'salt', optional: false },
    { name: 'stretches', optional: true },
  ],
  parse(_digest, companions) {
    seen.push(companions);
    return createParsed({}, NONE, NONE);
  },
  getCompanions: () => ({ salt: 's' }),
  serialize: () => 'x',
  cost: () => hashCost('md5'),
  derive: () => NONE,
});
const plain = defineHasher({ ...salted, name: 'plain', companions: undefined, getCompanions: undefined });
const registry = createRegistry([salted, plain]);
const row = (more: object, passwordHasher = 'salted'): StoredCredential => ({
  passwordHasher,
  passwordDigest: 'x',
  ...more,
});

function errorOf(stored: StoredCredential): DigestError {
  try {
    readCredential(registry, stored, 20);
  } catch (error) {
    if (error instanceof DigestError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('companions of a credential', () => {
  test('are read for the hasher that names them, and nothing else of the row is', () => {
    const read = readCredential(registry, row({ salt: 'abc', username: 'ann', params: { stretches: 10, cost: 4 } }));
    expect(read).toEqual({ passwordHasher: 'salted', passwordDigest: 'x', salt: 'abc', params: { stretches: 10 } });
    const other = readCredential(registry, row({ salt: 'abc' }, 'plain'));
    expect(other).toEqual({ passwordHasher: 'plain', passwordDigest: 'x' });
  });

  test('reach the hasher, and are what a serialized digest is read back with', () => {
    seen.length = 0;
    const parsed = registry.parse(row({ salt: 'abc' }));
    expect(seen[0]).toMatchObject({ salt: 'abc' });
    salted.serialize(parsed as never);
    expect(seen[1]).toEqual({ salt: 's' });
  });

  test('an empty salt is a salt; null and undefined are missing', () => {
    expect(readCredential(registry, row({ salt: '' }))).toHaveProperty('salt', '');
    for (const salt of [null, undefined]) expect(readCredential(registry, row({ salt }))).not.toHaveProperty('salt');
  });

  test('bytes are copied', () => {
    const salt = Uint8Array.of(1, 2, 3);
    const read = readCredential(registry, row({ salt }));
    salt.fill(0);
    expect(read.salt).toEqual(Uint8Array.of(1, 2, 3));
  });

  test('of another type are refused with their name', () => {
    expect(errorOf(row({ salt: 5 }))).toMatchObject({ code: 'ERR_MALFORMED', field: 'salt', hasher: 'salted' });
    expect(errorOf(row({ params: [] }))).toMatchObject({ code: 'ERR_MALFORMED', field: 'params' });
    expect(errorOf(row({ params: { stretches: {} } }))).toMatchObject({ code: 'ERR_MALFORMED', field: 'stretches' });
    expect(errorOf(row({ params: { stretches: Array(65).fill(1) } }))).toMatchObject({ field: 'stretches' });
  });

  test('longer than a digest may be are refused', () => {
    for (const salt of ['x'.repeat(21), new Uint8Array(21)]) {
      expect(errorOf(row({ salt }))).toMatchObject({
        code: 'ERR_LIMIT',
        field: 'salt',
        limit: { param: 'digestChars', max: 20, actual: 21 },
      });
    }
  });

  test('a getter that throws is data', () => {
    const stored = Object.defineProperty(row({}), 'salt', {
      get() {
        throw new Error('no');
      },
    });
    expect(errorOf(stored)).toMatchObject({ code: 'ERR_MALFORMED', field: 'salt' });
  });

  test('no message has a piece of them', () => {
    for (const bad of [{ salt: 's3cret'.repeat(9) }, { params: { stretches: { s3cret: 1 } } }]) {
      expect(JSON.stringify(errorOf(row(bad)))).not.toContain('s3cret');
    }
  });
});
