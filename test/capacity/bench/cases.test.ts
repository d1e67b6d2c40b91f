/** Which cases a selection means, and what is refused before anything is measured. */
import { describe, expect, test } from 'vitest';
import { selectCases } from '../../../src/capacity/bench/cases.js';
import { defaultSets } from '../../../src/capacity/bench/sets.js';
import { backendNames, createSubject, findLanes, likeness } from '../../../src/capacity/bench/subject.js';
import { parameterSet } from '../../../src/capacity/measure/parameter-set.js';
import { findCostlyJob } from '../../../src/capacity/measure/placement.js';
import { clerkHashers, DigestError } from '../../../src/index.js';

/** Code, field and fix of what is thrown. */
function refusal(selection: Parameters<typeof selectCases>[0]): Partial<DigestError> {
  try {
    selectCases(selection);
  } catch (error) {
    if (error instanceof DigestError) return error;
  }
  throw new Error('nothing was refused');
}

test('by default every hasher is measured, with the parameters that systems write', () => {
  const cases = selectCases({});
  expect(new Set(cases.map(({ hasher }) => hasher.name))).toEqual(new Set(clerkHashers.map(({ name }) => name)));
  expect(Object.keys(defaultSets).sort()).toEqual(clerkHashers.map(({ name }) => name).sort());
  const labels = cases.map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  for (const wanted of ['bcrypt cost=10', 'argon2id m=19456,t=2,p=1', 'pbkdf2_sha256_django iterations=1500000']) {
    expect(labels).toContain(wanted);
  }
});

test('parameters go over those of the example, and into the digest', () => {
  const [one] = selectCases({ hashers: ['argon2id'], params: [{ m: 8192, t: 3 }] });
  expect(one?.shape.params).toEqual({ version: 19, m: 8192, t: 3, p: 1 });
  expect(one?.cost).toMatchObject({ work: 8192 * 3, memoryBytes: 8192 * 1024 });
  const [sha1] = selectCases({ hashers: ['pbkdf2_sha1'], params: [{ iterations: 5, keylen: 20 }] });
  expect(sha1?.shape.hash.length).toBe(20);
  const [firebase] = selectCases({ hashers: ['scrypt_firebase'], params: [{ rounds: 8, memCost: 12 }] });
  expect(firebase?.cost.symbols).toEqual({ N: 4096, r: 8, p: 1 });
});

test('a case has the label of its parameter set, as a plan has it', () => {
  const [one] = selectCases({ hashers: ['argon2id'], params: [{ t: 3 }] });
  expect(one?.label).toBe(parameterSet('argon2id', { t: 3 }).label);
  for (const { hasher, label, shape } of selectCases({}).filter((one) => one.hasher.verifiable)) {
    const given = Object.entries(shape.params).filter(([name]) => name !== 'variant' && name !== 'version');
    expect(label).toBe(parameterSet(hasher.name, Object.fromEntries(given)).label);
  }
});

describe('refused', () => {
  test.each([
    [{ hashers: ['bcript'] }, 'ERR_UNKNOWN_HASHER', 'hasher'],
    [{ hashers: ['__proto__'] }, 'ERR_UNKNOWN_HASHER', 'hasher'],
    [{ hashers: ['bcrypt'], params: [{ cost: 17 }] }, 'ERR_LIMIT', 'cost'],
    [{ hashers: ['bcrypt'], params: [{ cost: 99 }] }, 'ERR_MALFORMED', 'cost'],
    [{ hashers: ['bcrypt'], params: [{ cost: 'ten' }] }, 'ERR_MALFORMED', 'cost'],
    [{ hashers: ['bcrypt'], params: [{ variant: '2z' }] }, 'ERR_MALFORMED', 'variant'],
    [{ hashers: ['bcrypt'], params: [{ m: 1 }] }, 'ERR_MALFORMED', 'params'],
    [{ hashers: ['bcrypt'], params: [{ toString: 1 }] }, 'ERR_MALFORMED', 'params'],
    [{ hashers: ['md5'], params: [{ cost: 4 }] }, 'ERR_MALFORMED', 'params'],
    [{ hashers: ['argon2id'], params: [{ m: 2 ** 22 }] }, 'ERR_LIMIT', 'm'],
    [{ hashers: ['scrypt_werkzeug'], params: [{ N: 3 }] }, 'ERR_MALFORMED', 'N'],
    [{ hashers: ['scrypt_werkzeug'], params: [{ N: 2 ** 30 }] }, 'ERR_LIMIT', 'N'],
    [{ hashers: ['phpass'], params: [{ cost: 99 }] }, 'ERR_MALFORMED', 'cost'],
    [{ hashers: ['pbkdf2_sha256'], params: [{ keylen: 4 }] }, 'ERR_MALFORMED', 'hash'],
    [{ hashers: ['pbkdf2_sha256'], params: [{ keylen: 2 ** 40 }] }, 'ERR_MALFORMED', 'keylen'],
    [{ hashers: ['pbkdf2_sha1'], params: [{ keylen: 2 ** 40 }] }, 'ERR_MALFORMED', 'keylen'],
  ] as const)('%j as %s', (selection, code, field) => {
    const error = refusal(selection as Parameters<typeof selectCases>[0]);
    expect([error.code, error.field]).toEqual([code, field]);
  });

  test('with a way out', () => {
    const { fix } = refusal({ hashers: ['bcrypt'], params: [{ m: 1 }] });
    for (const name of ['variant', 'cost']) expect(fix).toContain(name);
    expect(refusal({ hashers: ['bcrypt'], params: [{ cost: 17 }] })).toMatchObject({ limit: { max: 16, actual: 17 } });
  });
});

test('all backends of a hasher are a case each', () => {
  const cases = selectCases({ hashers: ['bcrypt', 'md5'], params: [{}], backend: 'all' });
  expect(cases.map(({ backend }) => backend)).toEqual([...backendNames('bcrypt'), ...backendNames('hash')]);
  expect(backendNames('scrypt', 'portable').length).toBeGreaterThan(1);
});

test('the same derivation is known by what is asked of the KDF', () => {
  const likenesses = selectCases({ hashers: ['bcrypt', 'bcrypt_peppered', 'bcrypt_sha256_django', 'md5'] }).map(
    (one) => {
      const found = findCostlyJob(one.hasher, one.shape);
      return found && likeness(found);
    },
  );
  expect(likenesses[1]).toBe(likenesses[2]);
  expect(likenesses[1]).toBe(likenesses[3]);
  expect(likenesses[0]).not.toBe(likenesses[1]);
  expect(likenesses[4]).toBeUndefined();
});

test('a subject verifies what it derived, with the backend that was asked for', async () => {
  const [one] = selectCases({ hashers: ['scrypt_firebase'], params: [{ rounds: 1, memCost: 10 }] });
  if (one === undefined) throw new Error('no case');
  const found = findCostlyJob(one.hasher, one.shape);
  expect(found && findLanes(found, 'auto').lanes).toBeGreaterThan(1);
  expect(found && findLanes(found, 'scrypt-js')).toEqual({ lanes: 1, stoppable: false });
  const hashes: string[] = [];
  for (const backend of ['auto', 'scrypt-js']) {
    const subject = createSubject(1, backend);
    hashes.push(Buffer.from(await subject.derive(one.hasher, one.shape, 'password')).toString('hex'));
    await subject.close();
  }
  expect(hashes[0]).toMatch(/^(?!0+$)[0-9a-f]+$/);
  expect(hashes[1]).toBe(hashes[0]);
});
