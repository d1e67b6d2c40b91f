/** verifyAndUpgrade: which digests are replaced, by what, and that nothing of it makes less of a match. */
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine/engine.js';
import {
  type Credential,
  clerkHashers,
  createRegistry,
  createVerifier,
  defineHasher,
  type Password,
  type Save,
  type UpgradeVerdict,
  type VerifierOptions,
} from '../../src/index.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { createVerifierFor, type Platform } from '../../src/login/verifier.js';
import { exampleOf, password, spied } from './slow.js';

const upgradeTo = { hasher: 'bcrypt', cost: 5 } as const;

/** A row of a table, and its compare-and-swap. */
function row(stored: Credential): { stored: Credential; readonly save: Save; saves: number } {
  const one = {
    stored,
    saves: 0,
    save: async (next: Credential, previous: Credential) => {
      one.saves++;
      if (previous.passwordDigest !== one.stored.passwordDigest) return false;
      one.stored = next;
      return true;
    },
  };
  return one;
}

async function made(options: VerifierOptions, given: Password = password): Promise<Credential> {
  await using verifier = createVerifier(options);
  return await verifier.hash(given);
}

describe('verifyAndUpgrade', () => {
  test.each(['md5', 'sha256', 'ldap_ssha', 'phpass', 'pbkdf2_sha256', 'scrypt_werkzeug'])(
    'replaces %s by the target, once',
    async (name) => {
      await using verifier = createVerifier({ upgradeTo });
      const table = row(exampleOf(name));
      const first = await verifier.verifyAndUpgrade(password, table.stored, table.save);
      expect(first).toMatchObject({ outcome: 'match', upgraded: true });
      expect(first).not.toHaveProperty('upgradeError');
      expect(table.stored.passwordDigest).toMatch(/^\$2b\$05\$/);
      const second = await verifier.verifyAndUpgrade(password, table.stored, table.save);
      expect(second).toEqual({ outcome: 'match', rehash: [], upgraded: false });
      expect(table.saves).toBe(1);
    },
  );

  test('gives save the credential as it was, and nothing else of its row', async () => {
    await using verifier = createVerifier({ upgradeTo });
    const given = { ...exampleOf('md5'), id: 7, password };
    let seen: Credential | undefined;
    await verifier.verifyAndUpgrade(password, given, async (_next, previous) => {
      seen = previous;
      return true;
    });
    expect(seen).toEqual(exampleOf('md5'));
  });

  test('does not hash or save for a mismatch or a rejection', async () => {
    const { registry, derived } = spied('bcrypt');
    await using verifier = createVerifier({ registry, upgradeTo });
    const table = row(exampleOf('md5'));
    expect(await verifier.verifyAndUpgrade('wrong', table.stored, table.save)).toEqual({ outcome: 'mismatch' });
    const cut = { passwordHasher: 'md5', passwordDigest: 'abc' };
    expect(await verifier.verifyAndUpgrade(password, cut, table.save)).toMatchObject({ outcome: 'rejected' });
    expect([derived.length, table.saves]).toEqual([0, 0]);
  });

  test('makes the new digest with low priority, and verifies with the one of the call', async () => {
    const asked: string[] = [];
    const platform: Platform = {
      catalogue: nodeCatalogue,
      registry: createRegistry(clerkHashers),
      engine(bounds) {
        const engine = createEngine({ maxQueue: bounds.maxQueue });
        return {
          ...engine,
          run(order) {
            asked.push(`${order.kdf} ${order.call.priority}`);
            return engine.run(order);
          },
        };
      },
    };
    await using verifier = createVerifierFor(platform, { upgradeTo });
    await verifier.verifyAndUpgrade(password, exampleOf('phpass'), async () => true, { priority: 'high' });
    expect(asked).toEqual(['iteratedHash high', 'bcrypt low']);
  });
});

describe('a match stays a match', () => {
  const upgraded = async (save: Save, given: Password = password): Promise<UpgradeVerdict> => {
    await using verifier = createVerifier({ upgradeTo });
    return await verifier.verifyAndUpgrade(given, await md5Of(given), save);
  };
  async function md5Of(given: Password): Promise<Credential> {
    const { createHash } = await import('node:crypto');
    return { passwordHasher: 'md5', passwordDigest: createHash('md5').update(given).digest('hex') };
  }

  test('when somebody else has replaced the digest meanwhile', async () => {
    const verdict = await upgraded(async () => false);
    expect(verdict).toMatchObject({ outcome: 'match', upgraded: false });
    expect(verdict).not.toHaveProperty('upgradeError');
  });

  test.each([1, 0, undefined, null, 'true', {}, []])('when save answers %j, and that is reported', async (answer) => {
    const outcomes: string[] = [];
    await using verifier = createVerifier({ upgradeTo, hooks: { onUpgrade: ({ outcome }) => outcomes.push(outcome) } });
    for (const save of [() => answer, async () => answer]) {
      const verdict = await verifier.verifyAndUpgrade(password, await md5Of(password), save as never);
      expect(verdict).toMatchObject({ outcome: 'match', upgraded: false });
      expect(verdict).toHaveProperty('upgradeError', expect.any(TypeError));
    }
    expect(outcomes).toEqual(['save-failed', 'save-failed']);
    expect(verifier.stats().upgrades).toMatchObject({ 'save-failed': 2, conflict: 0 });
  });

  test('when save rejects, or throws', async () => {
    const upgradeError = new Error('no connection');
    expect(await upgraded(() => Promise.reject(upgradeError))).toMatchObject({ upgraded: false, upgradeError });
    const thrown = await upgraded(() => {
      throw upgradeError;
    });
    expect(thrown).toMatchObject({ outcome: 'match', upgraded: false, upgradeError });
  });

  test('when bcrypt cannot hold the password', async () => {
    const verdict = await upgraded(async () => true, 'a'.repeat(73));
    expect(verdict).toMatchObject({ outcome: 'match', upgraded: false, upgradeError: { code: 'ERR_PASSWORD' } });
  });

  test('when the memory budget, the queue or the signal refuses the new hash', async () => {
    await using verifier = createVerifier({ upgradeTo, maxMemoryBytes: 1 });
    const refused = await verifier.verifyAndUpgrade(password, exampleOf('md5'), async () => true);
    expect(refused).toMatchObject({ outcome: 'match', upgraded: false, upgradeError: { code: 'ERR_LIMIT' } });

    await using aborting = createVerifier({ upgradeTo });
    const controller = new AbortController();
    const pending = aborting.verifyAndUpgrade(password, exampleOf('md5'), async () => true, {
      signal: controller.signal,
    });
    controller.abort();
    expect(await pending).toMatchObject({ outcome: 'match', upgraded: false, upgradeError: { code: 'ERR_ABORTED' } });
  });

  test('when the verifier is closed meanwhile', async () => {
    const verifier = createVerifier({ upgradeTo });
    const pending = verifier.verifyAndUpgrade(password, exampleOf('md5'), async () => true);
    await verifier.close();
    expect(await pending).toMatchObject({ outcome: 'match', upgraded: false, upgradeError: { code: 'ERR_CLOSED' } });
    expect(await verifier.verifyAndUpgrade(password, exampleOf('md5'), async () => true)).toMatchObject({
      outcome: 'rejected',
      error: { code: 'ERR_CLOSED' },
    });
  });

  test('when the hasher of the target fails', async () => {
    const registry = createRegistry(
      clerkHashers.map((one) =>
        one.name === 'bcrypt'
          ? defineHasher<object, unknown>({ ...one, derive: () => Promise.reject(new Error(`about ${password}`)) })
          : one,
      ),
    );
    await using verifier = createVerifier({ registry, upgradeTo });
    const verdict = await verifier.verifyAndUpgrade(password, exampleOf('md5'), async () => true);
    expect(verdict).toMatchObject({ outcome: 'match', upgraded: false, upgradeError: { code: 'ERR_BACKEND' } });
  });

  test('and needs the caller’s bytes no more once it was called', async () => {
    await using verifier = createVerifier({ upgradeTo });
    const bytes = new TextEncoder().encode(password);
    const table = row(exampleOf('phpass'));
    const pending = verifier.verifyAndUpgrade(bytes, table.stored, table.save);
    bytes.fill(0);
    expect(await pending).toMatchObject({ outcome: 'match', upgraded: true });
    expect((await verifier.verify(password, table.stored)).outcome).toBe('match');
  });

  test('but wrong use is a TypeError', async () => {
    await using verifier = createVerifier({ upgradeTo });
    await expect(verifier.verifyAndUpgrade(password, exampleOf('md5'), undefined as never)).rejects.toThrow(TypeError);
    await expect(verifier.verifyAndUpgrade(5 as never, exampleOf('md5'), async () => true)).rejects.toThrow(TypeError);
    await expect(verifier.verifyAndUpgrade(password, null as never, async () => true)).rejects.toThrow(TypeError);
  });
});

describe('a digest is replaced', () => {
  const from = async (stored: VerifierOptions['upgradeTo'], to: VerifierOptions['upgradeTo']) => {
    const table = row(await made({ upgradeTo: stored ?? 'bcrypt' }));
    await using verifier = createVerifier({ upgradeTo: to ?? 'bcrypt' });
    const verdict = await verifier.verifyAndUpgrade(password, table.stored, table.save);
    return verdict.outcome === 'match' && verdict.upgraded;
  };
  const bcrypt = (cost: number) => ({ hasher: 'bcrypt', cost }) as const;
  const argon2id = (m: number, t = 1) => ({ hasher: 'argon2id', m, t, p: 1 }) as const;
  const pbkdf2 = (iterations: number) => ({ hasher: 'pbkdf2_sha256_django', iterations }) as const;

  test('where it has less work than the target', async () => {
    expect(await from(bcrypt(5), bcrypt(6))).toBe(true);
    expect(await from(argon2id(64), argon2id(128))).toBe(true);
    expect(await from(pbkdf2(600_000), pbkdf2(600_001))).toBe(true);
  });

  test('never where it has more, also under a published minimum', async () => {
    expect(await from(bcrypt(7), bcrypt(6))).toBe(false);
    expect(await from(argon2id(128), argon2id(64))).toBe(false);
    expect(await from(pbkdf2(11), pbkdf2(10))).toBe(false);
  });

  test('never where it is the target already, also under a published minimum', async () => {
    expect(await from(bcrypt(5), bcrypt(5))).toBe(false);
    expect(await from(pbkdf2(10), pbkdf2(10))).toBe(false);
  });

  test('by a hasher that is preferred to its own', async () => {
    expect(await from(pbkdf2(600_000), bcrypt(10))).toBe(true);
    expect(await from(bcrypt(10), argon2id(64))).toBe(true);
  });

  test('by one that is not only where it is under a published minimum itself', async () => {
    expect(await from(argon2id(19_456, 2), bcrypt(10))).toBe(false);
    expect(await from(argon2id(64), bcrypt(10))).toBe(true);
  });

  test('keeps a digest of its hasher in the variant $2a$ or $2y$', async () => {
    const { passwordHasher, passwordDigest } = await made({ upgradeTo: bcrypt(5) });
    await using verifier = createVerifier({ upgradeTo: bcrypt(5) });
    for (const variant of ['$2a$', '$2y$']) {
      const table = row({ passwordHasher, passwordDigest: passwordDigest.replace('$2b$', variant) });
      const verdict = await verifier.verifyAndUpgrade(password, table.stored, table.save);
      expect(verdict).toEqual({ outcome: 'match', rehash: [], upgraded: false });
    }
  });
});

test('verify tells what a target that was asked for would replace, and without one what is under a minimum', async () => {
  const stored = await made({ upgradeTo: { hasher: 'bcrypt', cost: 10 } });
  await using twelve = createVerifier({ upgradeTo: 'bcrypt' });
  expect(await twelve.verify(password, stored)).toMatchObject({
    rehash: [{ reason: 'cost', param: 'work', actual: 2 ** 10, wanted: 2 ** 12 }],
  });
  await using nothing = createVerifier();
  expect(await nothing.verify(password, stored)).toEqual({ outcome: 'match', rehash: [] });
});
