/** The suite for authors of hashers: the 22 pass it, and each way to be wrong that it knows is reported. */
import { describe, expect, test } from 'vitest';
import {
  type AnyHasher,
  type ConformanceVector,
  clerkHashers,
  conformance,
  createParsed,
  DigestError,
  type HasherDefinition,
  iteratedHashCost,
  type Parsed,
} from '../../src/index.js';
import { conformance as portableConformance } from '../../src/portable.js';
import { type AcmeParams, acme, acmeDefinition } from '../hashers/acme.js';
import { CODES, hasherVectors, passwordOf, type Vector } from '../support/vectors.js';

/** Each is derived three times. The rest of the vectors is verified on every backend elsewhere. */
const VECTORS_EACH = 24;

const asVector = (vector: Vector): ConformanceVector => ({
  password: passwordOf(vector),
  digest: vector.digest,
  expect: vector.expect === 'match' || vector.expect === 'mismatch' ? vector.expect : CODES[vector.expect],
  ...(vector.canonical === undefined ? {} : { canonical: vector.canonical }),
  ...(vector.params === undefined ? {} : { params: vector.params }),
});

/** Of all flags, some of each; the default order of salt and password. */
function vectorsOf(hasher: AnyHasher): ConformanceVector[] {
  const groups = hasherVectors().find((file) => file.hasher === hasher.name)?.groups ?? [];
  const tests = groups
    .filter(({ options }) => options?.order !== 'password-first')
    .flatMap((group) => group.tests)
    .filter(({ speed }) => speed !== 'slow')
    // Alone in a registry, a hasher cannot say whose the digest is.
    .filter(({ expect }) => expect !== 'wrong-hasher');
  const step = Math.max(1, Math.floor(tests.length / VECTORS_EACH));
  return tests.filter((_, i) => i % step === 0).map(asVector);
}

describe('the 22 hashers', () => {
  test.each(clerkHashers.map((hasher) => [hasher.name, hasher] as const))('%s conforms', async (_name, hasher) => {
    const vectors = vectorsOf(hasher);
    expect(vectors.length).toBeGreaterThan(8);
    const failures = await conformance(hasher, vectors);
    expect(failures.map((failure) => ({ ...failure, vector: vectors[failure.vector] ?? failure.vector }))).toEqual([]);
  });

  test('conform on the portable backends too', async () => {
    const cheap = clerkHashers.filter(({ example, cost, parse }) => cost(parse(example.digest).params).work < 20_000);
    expect(cheap.length).toBeGreaterThan(9);
    for (const hasher of cheap) {
      expect(await portableConformance(hasher, []), hasher.name).toEqual([]);
    }
  });
});

const { password = '', digest } = acmeDefinition.example;
const match: ConformanceVector = { password, digest, expect: 'match' };

/** What the suite says of a hasher that is wrong in one way. */
async function rules(changes: Partial<HasherDefinition<AcmeParams>>, vectors = [match]): Promise<string[]> {
  const failures = await conformance(acme(changes), vectors);
  return [...new Set(failures.map(({ rule }) => rule))];
}

/** The parser with its answer changed. */
const reparsed =
  (change: (found: Parsed<AcmeParams, undefined>, digest: string) => Parsed<AcmeParams, undefined>) =>
  (text: string): Parsed<AcmeParams, undefined> =>
    change(acmeDefinition.parse(text), text);

describe('a hasher that is right', () => {
  test('has no failure', async () => expect(await rules({})).toEqual([]));

  test('has none for vectors of every kind', async () => {
    const wrong = digest.slice(0, -1);
    const vectors: ConformanceVector[] = [
      { ...match, params: { iterations: 3 } },
      { password: 'another', digest, expect: 'mismatch' },
      { password, digest: wrong, expect: 'ERR_MALFORMED' },
      { password, digest: digest.replace('$3$', '$1000000000$'), expect: 'ERR_LIMIT' },
      { password: 'x'.repeat(5000), digest, expect: 'ERR_PASSWORD' },
      { password: new TextEncoder().encode(password), digest, expect: 'match' },
    ];
    expect(await conformance(acme(), vectors)).toEqual([]);
  });
});

describe('a vector that is wrong', () => {
  test.each([
    [{ ...match, expect: 'mismatch' }, 'verifies as mismatch', 'match'],
    [{ ...match, password: 'another' }, 'verifies as match', 'mismatch'],
    [{ ...match, digest: `${digest}x` }, 'verifies as match', 'ERR_MALFORMED'],
    [{ ...match, expect: 'ERR_LIMIT' }, 'verifies as ERR_LIMIT', 'match'],
    [{ ...match, params: { iterations: 4 } }, 'parses iterations as 4', '3'],
    [{ ...match, params: { rounds: 3 } }, 'parses rounds as 3', 'undefined'],
    [{ ...match, canonical: false }, 'is not canonical', 'the opposite'],
  ] as const)('is reported by its index, the rule and what was found: %o', async (vector, rule, found) => {
    const failures = await conformance(acme(), [match, vector]);
    expect(failures).toContainEqual({ vector: 1, rule, found });
    expect(failures.filter((failure) => failure.vector !== 1)).toEqual([]);
  });

  test('is told apart from an example that is wrong', async () => {
    const example = { password: 'another', digest };
    expect(await conformance(acme({ example }), [])).toEqual([
      { vector: -1, rule: 'verifies as match', found: 'mismatch' },
    ]);
  });
});

const COST_RULE = 'cost is of numbers from 0, with its demands';

describe('a hasher is reported', () => {
  test('where serialize is not the inverse of parse', async () => {
    const serialize: HasherDefinition<AcmeParams>['serialize'] = (found) =>
      acmeDefinition.serialize(found).toUpperCase();
    expect(await rules({ serialize })).toContain('what serialize writes parses the same');
  });

  test('where serialize loses a parameter', async () => {
    const serialize: HasherDefinition<AcmeParams>['serialize'] = (found) =>
      acmeDefinition.serialize({ ...found, params: { iterations: 4 } });
    expect(await rules({ serialize })).toContain('what serialize writes parses the same');
  });

  test('where parse reads another spelling and does not warn', async () => {
    const parse = (text: string) => acmeDefinition.parse(text.toLowerCase());
    const upper = digest.toUpperCase();
    expect(await rules({ parse }, [{ password, digest: upper, expect: 'match', canonical: false }])).toEqual([
      'warns of another spelling, and of nothing else',
    ]);
  });

  test('where parse warns of a spelling that is canonical', async () => {
    const warning = { code: 'WARN_NONCANONICAL', severity: 'warning', message: 'no' } as const;
    const parse = reparsed(({ params, salt, hash }) => createParsed(params, salt, hash, [warning]));
    expect(await rules({ parse })).toContain('warns of another spelling, and of nothing else');
  });

  test.each([
    ['without demands', () => ({ work: 1, memoryBytes: 0 })],
    [
      'a throw',
      () => {
        throw new RangeError('no');
      },
    ],
  ])('where the cost is %s, and nothing is thrown on', async (_, cost) => {
    const rulesBroken = await rules({ cost: cost as unknown as HasherDefinition<AcmeParams>['cost'] });
    expect(rulesBroken).toEqual(['verifies as match', COST_RULE, 'another password is a mismatch']);
  });

  test('where serialize throws', async () => {
    const serialize = () => {
      throw new RangeError('no');
    };
    expect(await rules({ serialize })).toContain('what serialize writes parses the same');
  });

  test('where parse gives nothing', async () => {
    const parse = () => undefined as unknown as Parsed<AcmeParams, undefined>;
    expect(await rules({ parse })).toContain('an error has code, field and offset');
  });

  test('where parse gives text in the place of bytes', async () => {
    const parse = reparsed(({ params, salt }) => createParsed(params, salt, 'text' as unknown as Uint8Array));
    expect(await rules({ parse })).toContain('an error has code, field and offset');
  });

  test('where parse gives bytes that it keeps', async () => {
    const kept = new Map<string, ReturnType<typeof acmeDefinition.parse>>();
    const parse = (text: string) => {
      const found = kept.get(text) ?? acmeDefinition.parse(text);
      kept.set(text, found);
      return found;
    };
    expect(await rules({ parse })).toContain('parse gives bytes of their own');
  });

  test('where derive changes the password', async () => {
    const derive: HasherDefinition<AcmeParams>['derive'] = async (bytes, found, kdfs) => {
      const hash = await acmeDefinition.derive(Uint8Array.from(bytes), found, kdfs);
      bytes.fill(0);
      return hash;
    };
    expect(await rules({ derive })).toEqual(['derive leaves the password as it is']);
  });

  test.each([
    ['NaN', { work: Number.NaN }],
    ['negative', { work: -1 }],
    ['of negative memory', { memoryBytes: -1 }],
    ['missing', { work: undefined as unknown as number }],
  ])('where the cost is %s', async (_, part) => {
    const cost = (params: AcmeParams) => ({ ...acmeDefinition.cost(params), ...part });
    expect(await rules({ cost })).toContain(COST_RULE);
  });

  test.each([
    ['too few bytes', () => new Uint8Array(31)],
    ['too many bytes', () => new Uint8Array(33)],
    ['no bytes', () => new Uint8Array(0)],
    [
      'a throw',
      () => {
        throw new RangeError('no');
      },
    ],
    ['a promise that is rejected', () => Promise.reject(new RangeError('no'))],
  ] as const)('where derive gives %s', async (_, derive) => {
    expect(await rules({ derive })).toContain('verifies as match');
  });

  test('where derive does not look at the password', async () => {
    const derive: HasherDefinition<AcmeParams>['derive'] = (_, { hash }) => Uint8Array.from(hash);
    expect(await rules({ derive })).toEqual(['another password is a mismatch']);
  });

  test('where derive does not look at the end of the password and the vectors do', async () => {
    const derive: HasherDefinition<AcmeParams>['derive'] = (bytes, found, kdfs) =>
      acmeDefinition.derive(bytes.subarray(0, 28), found, kdfs);
    expect(await rules({ derive })).toEqual([]);
    expect(await rules({ derive }, [{ password: `${password}!`, digest, expect: 'mismatch' }])).toEqual([
      'verifies as mismatch',
    ]);
  });

  test('where derive writes into what was parsed', async () => {
    const derive: HasherDefinition<AcmeParams>['derive'] = async (bytes, found, kdfs) => {
      const derived = await acmeDefinition.derive(bytes, found, kdfs);
      found.hash.set(derived);
      return derived;
    };
    expect(await rules({ derive })).toEqual(['another password is a mismatch']);
  });

  test('where parse reads a digest that was cut off', async () => {
    const parse = (text: string) => acmeDefinition.parse(text.length === digest.length - 2 ? `${text}00` : text);
    expect(await rules({ parse })).toEqual(['a cut-off digest gives an error or a warning']);
    expect(await rules({ parse, freeTail: true })).toEqual([]);
  });

  test('where verifiable and the example disagree', async () => {
    const rule = 'the example has a password where the hasher is verifiable, and none elsewhere';
    expect(await rules({ example: { digest } })).toContain(rule);
    expect(await rules({ verifiable: false })).toContain(rule);
    const derive = () => {
      throw new DigestError('ERR_UNVERIFIABLE', 'no');
    };
    expect(await rules({ verifiable: false, example: { digest }, derive }, [])).toEqual([]);
  });

  test.each([
    ['an error without a code', () => new RangeError('no')],
    ['an error without a field', () => new DigestError('ERR_MALFORMED', 'no', { offset: 0 })],
    ['an error without an offset', () => new DigestError('ERR_MALFORMED', 'no', { field: 'hash' })],
  ])('where parse refuses a cut-off digest by %s', async (_, failure) => {
    const parse = (text: string) => {
      if (text.length < digest.length) throw failure();
      return acmeDefinition.parse(text);
    };
    expect(await rules({ parse })).toContain('an error has code, field and offset');
  });

  test('where its cost is over the limits', async () => {
    const cost = ({ iterations }: AcmeParams) =>
      iteratedHashCost('md5', iterations, {
        limit: 'phpassIterations',
        field: 'iterations',
        param: 'iterations',
        value: 2 ** 25,
      });
    expect(await rules({ cost })).toContain('verifies as match');
  });
});
