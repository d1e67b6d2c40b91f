/** Argon2 by WebAssembly against the reference C code, @node-rs/argon2 and @noble/hashes. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Argon2Job } from '../../src/jobs.js';
import type { Argon2Inputs } from '../../src/kdf/argon2/hash.js';
import { laneArgon2 } from '../../src/kdf/argon2/lanes.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { exhaust } from '../../src/kdf/lanes.js';
import { WasmMemoryPool } from '../../src/kernels/memory-pool.js';
import { loadedBackends, loadedLanes, NO_PAUSE } from '../support/loaded-backends.js';
import { isZero } from '../support/memory-pools.js';
import { kdfVectors } from '../support/vectors.js';

const lanes = await loadedLanes(laneArgon2());
const others = await loadedBackends(nodeCatalogue, 'argon2');
const TYPES = ['argon2i', 'argon2id'] as const;
const VERSIONS = [16, 19] as const;
const VARIANTS = TYPES.flatMap((type) => VERSIONS.map((version) => ({ type, version })));
/** Around the block of BLAKE2b and the most that a password has. */
const LENGTHS = [0, 1, 8, 63, 64, 65, 127, 128, 129, 4096];

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes as Uint8Array).toString('hex');
const pick = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T;
const derive = (job: Argon2Inputs): string => hex(exhaust(lanes.deriveMany([job]))[0]);

function job(variant: Pick<Argon2Job, 'type' | 'version'>, costs: Partial<Argon2Job> = {}): Argon2Job {
  return { ...variant, password: randomBytes(12), salt: randomBytes(16), m: 64, t: 2, p: 1, dkLen: 32, ...costs };
}

async function expectAgreement(one: Argon2Job, names: (name: string) => boolean = () => true): Promise<void> {
  const title = `${one.type} v=${one.version} m=${one.m} t=${one.t} p=${one.p} dkLen=${one.dkLen}`;
  const asked = others.filter((backend) => names(backend.name) && backend.unsupported?.(one) === undefined);
  expect(asked.length).toBeGreaterThan(0);
  const found = derive(one);
  for (const backend of asked) {
    expect(hex(await backend.derive(one, NO_PAUSE)), `${title}, ${backend.name}`).toBe(found);
  }
}

describe.each(kdfVectors().filter(({ name }) => name.startsWith('argon2')))('$name', ({ tests }) => {
  const some = tests.filter(({ inputs: { m, t } }) => Number(m) * Number(t) <= 2 ** 17);
  test.each(some)('#$tcId $comment', ({ inputs, output }) => {
    const bytes = (name: string): Buffer => Buffer.from(String(inputs[name] ?? ''), 'hex');
    const found = derive({
      type: inputs['type'] as Argon2Job['type'],
      version: inputs['version'] as Argon2Job['version'],
      password: bytes('password'),
      salt: bytes('salt'),
      secret: bytes('secret'),
      associatedData: bytes('ad'),
      m: Number(inputs['m']),
      t: Number(inputs['t']),
      p: Number(inputs['p']),
      dkLen: Number(inputs['tagLength']),
    });
    expect(found).toBe(output);
  });
});

describe.each(VARIANTS)('$type, version $version', (variant) => {
  test('agrees with native code on random inputs', async () => {
    for (let round = 0; round < 250; round++) {
      const p = pick([1, 1, 2, 3, 4, 7]);
      const m = 8 * p + Math.floor(Math.random() * 300);
      const dkLen = pick([4, 16, 31, 32, 33, 63, 64, 65, 96, 97, 128, 200]);
      const [password, salt] = [randomBytes(pick(LENGTHS)), randomBytes(pick([8, 16, 17, 64, 200]))];
      const one = job(variant, { m, t: pick([1, 2, 3, 4]), p, dkLen, password, salt });
      await expectAgreement(one, (name) => name !== '@noble/hashes');
    }
  });

  test.each(LENGTHS)('a password of %i bytes agrees with every other backend', async (length) => {
    await expectAgreement(job(variant, { password: randomBytes(length), p: 2 }));
  });

  test.each([
    // Segments longer than one block of addresses, than one slice, and neither a multiple of them.
    { m: 4 * 128, t: 2, p: 1 },
    { m: 4 * 129, t: 2, p: 1 },
    { m: 4 * 1024 + 3, t: 3, p: 1 },
    { m: 4 * 1500, t: 2, p: 1 },
    { m: 9000, t: 2, p: 2 },
    { m: 8 * 60, t: 1, p: 60 },
  ])('m=$m t=$t p=$p', async (costs) => {
    await expectAgreement(job(variant, costs), (name) => name !== '@noble/hashes');
  });

  test('a job leaves zeros', async () => {
    const pool = new WasmMemoryPool();
    const mine = await loadedLanes(laneArgon2(pool));
    exhaust(mine.deriveMany([job(variant, { m: 2048, t: 1 })]));
    expect(isZero(pool, 3 * 2 ** 20)).toBe(true);
  });

  test('an abandoned job leaves zeros, and the next is right', async () => {
    const pool = new WasmMemoryPool();
    const mine = await loadedLanes(laneArgon2(pool));
    for (const slices of [0, 1, 2, 5]) {
      const abandoned = mine.deriveMany([job(variant, { m: 4096, t: 2 })]);
      for (let slice = 0; slice < slices; slice++) expect(abandoned.next().done).toBe(false);
      abandoned.return([]);
      exhaust(abandoned);
      expect(isZero(pool, 5 * 2 ** 20)).toBe(true);
      const next = job(variant);
      expect(hex(exhaust(mine.deriveMany([next]))[0])).toBe(derive(next));
    }
    await expectAgreement(job(variant));
  });
});

test('an empty salt is no error', () => {
  expect(derive(job({ type: 'argon2id', version: 19 }, { salt: new Uint8Array() }))).toHaveLength(64);
});

test('derivations that take turns do not disturb each other', () => {
  const jobs = VARIANTS.map((variant) => job(variant, { m: 4096, t: 2 }));
  const expected = jobs.map(derive);
  const running = jobs.map((one) => lanes.deriveMany([one]));
  const found: string[] = [];
  while (found.filter(Boolean).length < jobs.length) {
    for (const [index, slices] of running.entries()) {
      const { done, value } = slices.next();
      if (done && value !== undefined) found[index] = hex(value[0]);
    }
  }
  expect(found).toEqual(expected);
});

describe('memory', () => {
  const one = job({ type: 'argon2id', version: 19 }, { m: 65_536 });

  test('is reported before it is allocated', () => {
    expect(lanes.memoryBytes?.([one])).toBe(64 * 2 ** 20 + 4096);
  });

  test('over 4 GiB is refused', () => {
    expect(lanes.unsupported?.({ ...one, m: 2 ** 22 })).toContain('4 GiB');
    expect(lanes.unsupported?.(one)).toBeUndefined();
  });
});
