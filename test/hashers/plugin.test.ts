/** A hasher that is written outside the package, and registries of whatever hashers one likes. */
import { describe, expect, test } from 'vitest';
import {
  type AnyHasher,
  clerkHashers,
  createRegistry,
  createVerifier,
  DigestError,
  defineHasher,
  type HasherDefinition,
  md5Salted,
  sha256Salted,
  validate,
  verify,
} from '../../src/index.js';
import { rejection } from '../support/rejection.js';
import { hasherVectors, passwordOf } from '../support/vectors.js';
import { type AcmeParams, acme, acmeDefinition } from './acme.js';

const { password = '', digest } = acmeDefinition.example;
const credential = { passwordHasher: 'acme', passwordDigest: digest };
const registry = createRegistry([...clerkHashers, acme()]);

describe('a hasher of one’s own', () => {
  test('verifies, by the backends that digestry has', async () => {
    await using verifier = createVerifier({ registry });
    expect(await verifier.verify(password, credential)).toMatchObject({ outcome: 'match' });
    expect(await verifier.verify(`${password}!`, credential)).toEqual({ outcome: 'mismatch' });
    const malformed = await verifier.verify(password, { ...credential, passwordDigest: digest.slice(0, -1) });
    expect(malformed).toMatchObject({
      outcome: 'rejected',
      error: { code: 'ERR_MALFORMED', hasher: 'acme', field: 'iterations', offset: 5 },
    });
  });

  test('is named in its errors', () => {
    const error = rejection(() => acme().parse('acme$'));
    expect(error.hasher).toBe('acme');
    // Presentation adds the name.
    expect(error.message).not.toContain('acme:');
  });

  test('is under the limits and has reasons to be replaced, by its cost alone', async () => {
    await using verifier = createVerifier({ registry, limits: { pbkdf2Iterations: 2 } });
    expect(await verifier.verify(password, credential)).toMatchObject({ error: { code: 'ERR_LIMIT', hasher: 'acme' } });
    await using open = createVerifier({ registry });
    const verdict = await open.verify(password, credential);
    expect(verdict.outcome === 'match' ? verdict.rehash.map(({ reason }) => reason) : []).toEqual(['cost']);
  });

  test('is validated and identified with the others', () => {
    expect(validate(credential, { registry })).toMatchObject({ ok: true });
    expect(registry.identify(digest)).toMatchObject([{ hasher: 'acme', certainty: 'certain' }]);
    expect(validate(credential)).toMatchObject({ ok: false, error: { code: 'ERR_UNKNOWN_HASHER' } });
    const misnamed = validate({ passwordHasher: 'bcrypt', passwordDigest: digest }, { registry });
    expect(misnamed).toMatchObject({ ok: false, error: { code: 'ERR_WRONG_HASHER' } });
  });

  test('is unknown to the shared verifier', async () => {
    expect(await verify(password, credential)).toMatchObject({ error: { code: 'ERR_UNKNOWN_HASHER' } });
  });

  test('that fails in derive is a verdict, never a throw', async () => {
    const failing = [
      () => {
        throw new RangeError('sync');
      },
      () => Promise.reject(new RangeError('async')),
      () => Promise.reject('a string'),
      () => new Uint8Array(31),
    ];
    for (const derive of failing) {
      await using verifier = createVerifier({ registry: createRegistry([acme({ derive })]) });
      expect(await verifier.verify(password, credential)).toMatchObject({
        outcome: 'rejected',
        error: { code: 'ERR_BACKEND', hasher: 'acme' },
      });
    }
  });

  test('gets a copy of the password, which is wiped afterwards, and not the caller’s bytes', async () => {
    let kept: Uint8Array | undefined;
    const derive: HasherDefinition<AcmeParams>['derive'] = (bytes, found, kdfs) => {
      kept = bytes;
      return acmeDefinition.derive(bytes, found, kdfs);
    };
    await using verifier = createVerifier({ registry: createRegistry([acme({ derive })]) });
    const given = Buffer.from(password);
    expect(await verifier.verify(given, credential)).toMatchObject({ outcome: 'match' });
    expect(given.toString()).toBe(password);
    expect(kept?.every((byte) => byte === 0)).toBe(true);
    await verifier.verify(password, credential);
    expect(kept?.every((byte) => byte === 0)).toBe(true);
  });

  test('has its copy wiped too where it answers at once, or throws', async () => {
    const seen: Uint8Array[] = [];
    const answers: readonly (() => Uint8Array)[] = [
      () => new Uint8Array(32),
      () => {
        throw new Error('broken');
      },
    ];
    for (const answer of answers) {
      const derive: HasherDefinition<AcmeParams>['derive'] = (bytes) => {
        seen.push(bytes);
        return answer();
      };
      await using verifier = createVerifier({ registry: createRegistry([acme({ derive })]) });
      await verifier.verify(password, credential);
    }
    expect(seen.map((bytes) => bytes.some((byte) => byte !== 0))).toEqual([false, false]);
    expect(seen.map(({ length }) => length)).toEqual([password.length, password.length]);
  });
});

describe('defineHasher', () => {
  test('freezes the hasher and all that it holds', () => {
    const prefixes = ['acme$'];
    const example = { password, digest };
    const hasher = acme({ prefixes, example });
    for (const part of [hasher, hasher.prefixes, hasher.example]) expect(Object.isFrozen(part)).toBe(true);
    prefixes.push('more$');
    example.digest = 'another';
    expect(hasher.prefixes).toEqual(['acme$']);
    expect(hasher.example.digest).toBe(digest);
  });

  test('has defaults: verifiable, no signature, not insecure, not assumed, no free tail', () => {
    const { prefixes: _, ...bare } = acmeDefinition;
    const flags = { insecure: false, assumed: false, freeTail: false, verifiable: true };
    expect(defineHasher(bare)).toMatchObject({ prefixes: [], ...flags });
  });

  const wrong: readonly (readonly [string, object])[] = [
    ...['', 'A', 'a b', '_a', '-', 'a'.repeat(65), 'a$', 'ä', 'a\n', '__proto__', 1, undefined, null].map(
      (name) => [`the name ${JSON.stringify(name)?.slice(0, 20)}`, { name }] as const,
    ),
    ...['x', [''], [1], {}, null].map(
      (prefixes) => [`the prefixes ${JSON.stringify(prefixes)}`, { prefixes }] as const,
    ),
    ...[undefined, null, {}, { digest: 1 }, 'x'].map(
      (e) => [`the example ${JSON.stringify(e)}`, { example: e }] as const,
    ),
    ...['parse', 'serialize', 'cost', 'derive'].flatMap((name) =>
      [undefined, null, 1].map((value) => [`${name} that is ${value}`, { [name]: value }] as const),
    ),
  ];
  test.each(wrong)('refuses %s with a TypeError that names what is wrong', (_, changes) => {
    const [field = ''] = Object.keys(changes);
    const definition = { ...acmeDefinition, ...changes } as HasherDefinition<AcmeParams>;
    expect(() => defineHasher(definition)).toThrow(TypeError);
    expect(() => defineHasher(definition)).toThrow(new RegExp(`^defineHasher.*${field}`));
  });
});

describe('the 22 hashers', () => {
  test('are frozen, each and together', () => {
    expect(clerkHashers).toHaveLength(22);
    expect(Object.isFrozen(clerkHashers)).toBe(true);
    for (const hasher of clerkHashers) {
      for (const part of [hasher, hasher.prefixes, hasher.example])
        expect(Object.isFrozen(part), hasher.name).toBe(true);
    }
  });

  test('parse without changing what they return afterwards', () => {
    for (const hasher of clerkHashers) {
      const first = hasher.parse(hasher.example.digest);
      const shown = JSON.stringify([first.params, [...first.salt], [...first.hash], first.warnings]);
      first.salt.fill(0);
      first.hash.fill(0);
      const again = hasher.parse(hasher.example.digest);
      expect(JSON.stringify([again.params, [...again.salt], [...again.hash], again.warnings]), hasher.name).toBe(shown);
    }
  });
});

describe('createRegistry', () => {
  test('keeps the order and cannot be changed', () => {
    const own = createRegistry([acme(), ...clerkHashers]);
    expect(own.names).toEqual(['acme', ...clerkHashers.map(({ name }) => name)]);
    for (const part of [own, own.names, own.hashers]) expect(Object.isFrozen(part)).toBe(true);
    const list: AnyHasher[] = [acme()];
    const copied = createRegistry(list);
    list.push(...clerkHashers);
    expect(copied.names).toEqual(['acme']);
  });

  test('accepts any iterable, also an empty one', () => {
    expect(createRegistry(new Set(clerkHashers)).names).toHaveLength(22);
    const none = createRegistry([]);
    expect(none.identify(digest)).toEqual([]);
    expect(() => none.parse(credential)).toThrow(DigestError);
  });

  test('refuses two hashers of one name with a TypeError', () => {
    expect(() => createRegistry([acme(), acme()])).toThrow(TypeError);
    expect(() => createRegistry([...clerkHashers, md5Salted()])).toThrow(/md5_salted/);
  });

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])('does not know %s', (name) => {
    expect(registry.get(name)).toBeUndefined();
    expect(() => registry.parse({ passwordHasher: name, passwordDigest: digest })).toThrow(
      expect.objectContaining({ code: 'ERR_UNKNOWN_HASHER' }),
    );
  });

  test('refuses what is no credential with a TypeError', () => {
    for (const wrong of [undefined, null, 'bcrypt', {}]) {
      expect(() => registry.parse(wrong as typeof credential)).toThrow(TypeError);
    }
  });

  test('takes values of other types for data', () => {
    const codes = [
      { passwordHasher: 'acme' },
      { ...credential, passwordDigest: null },
      { ...credential, passwordHasher: 1 },
      { ...credential, passwordHasher: undefined },
    ].map((wrong) => rejection(() => registry.parse(wrong as typeof credential)).code);
    expect(codes).toEqual(['ERR_DISABLED', 'ERR_DISABLED', 'ERR_MALFORMED', 'ERR_UNKNOWN_HASHER']);
  });
});

describe.each([
  ['md5_salted', md5Salted],
  ['sha256_salted', sha256Salted],
] as const)('%s', (name, salted) => {
  const groups = hasherVectors().find(({ hasher }) => hasher === name)?.groups ?? [];

  test.each(['salt-first', 'password-first'] as const)('hashes %s where the options say so', async (order) => {
    await using right = createVerifier({ registry: createRegistry([salted({ order })]) });
    const other = order === 'salt-first' ? 'password-first' : 'salt-first';
    await using wrong = createVerifier({ registry: createRegistry([salted({ order: other })]) });
    const tests = groups
      .filter(({ options }) => (options?.order ?? 'salt-first') === order)
      .flatMap((group) => group.tests)
      .filter(({ expect }) => expect === 'match');
    expect(tests.length).toBeGreaterThan(9);
    let differ = 0;
    for (const vector of tests) {
      const passwordDigest = vector.digest;
      const own = { passwordHasher: name, passwordDigest };
      expect((await right.verify(passwordOf(vector), own)).outcome).toBe('match');
      // An empty salt or password is the same from both sides.
      if ((await wrong.verify(passwordOf(vector), own)).outcome === 'mismatch') differ++;
    }
    expect(differ).toBeGreaterThan(tests.length / 2);
  });

  test('hashes the salt first where nothing is said, in the table of hashers too', () => {
    const first = salted({ order: 'salt-first' }).example.digest;
    expect(salted().example.digest).toBe(first);
    expect(salted({}).example.digest).toBe(first);
    expect(clerkHashers.find((hasher) => hasher.name === name)?.example.digest).toBe(first);
    expect(salted({ order: 'password-first' }).example.digest).not.toBe(first);
  });

  test('refuses another order with a TypeError', () => {
    for (const order of ['', 'first', 'constructor', '__proto__', null, 1]) {
      expect(() => salted({ order: order as 'salt-first' })).toThrow(TypeError);
    }
  });
});
