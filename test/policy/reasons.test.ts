/** Policy by itself, on costs and hashers made for it: bounds, minima, notes and reasons, each at its edge. */
import { describe, expect, test } from 'vitest';
import { digestError } from '../../src/errors.js';
import { argon2Cost, bcryptCost, hashCost, iteratedHashCost, pbkdf2Cost, scryptCost } from '../../src/kdf/cost.js';
import { OWASP_PBKDF2 } from '../../src/owasp.js';
import {
  DEFAULT_LIMITS,
  limitsFrom,
  overLimit,
  placed,
  rehashReasons,
  strengthNotes,
  type Wanted,
} from '../../src/policy.js';
import type { AnyHasher, Cost, Limits, Parsed } from '../../src/types.js';

const FIELDS = { memory: 'ln', work: 'p' };
const scrypt = (N: number, r: number, p: number): Cost => scryptCost({ N, r, p }, FIELDS);
const argon2 = (m: number, t: number, p = 1): Cost => argon2Cost({ m, t, p });
const chain = (rounds: number): Cost =>
  iteratedHashCost('md5', rounds, { limit: 'phpassIterations', field: 'cost', param: 'iterations', value: rounds });

function hasher(changes: Partial<AnyHasher> = {}): AnyHasher {
  return { name: 'made', verifiable: true, insecure: false, assumed: false, ...changes } as AnyHasher;
}

function parsedWith(...codes: readonly string[]): Parsed {
  return { warnings: codes.map((code) => ({ code, severity: 'warning', message: `about ${code}` })) } as never;
}

describe('the default limits', () => {
  test('are these, and frozen', () => {
    expect(DEFAULT_LIMITS).toEqual({
      digestChars: 4096,
      passwordBytes: 4096,
      bcryptCost: 16,
      pbkdf2Iterations: 10_000_000,
      pbkdf2Work: 20_000_000,
      scryptMemoryBytes: 268_435_456,
      scryptWork: 16_777_216,
      argon2MemoryBytes: 1_073_741_824,
      argon2Passes: 64,
      argon2Lanes: 64,
      phpassIterations: 2 ** 24,
      symfonyIterations: 10_000_000,
      hashIterations: 10_000_000,
      cryptRounds: 10_000_000,
    });
    expect(Object.isFrozen(DEFAULT_LIMITS)).toBe(true);
  });

  test('are kept where nothing is given, and where a limit is given as undefined', () => {
    expect(limitsFrom(undefined)).toBe(DEFAULT_LIMITS);
    expect(limitsFrom({})).toEqual(DEFAULT_LIMITS);
    expect(limitsFrom({ bcryptCost: undefined })).toEqual(DEFAULT_LIMITS);
  });

  test('give way to those that are given, zero and infinity included, and stay as they are', () => {
    expect(limitsFrom({ bcryptCost: 0, argon2Lanes: Number.POSITIVE_INFINITY })).toEqual({
      ...DEFAULT_LIMITS,
      bcryptCost: 0,
      argon2Lanes: Number.POSITIVE_INFINITY,
    });
    expect(DEFAULT_LIMITS.bcryptCost).toBe(16);
  });

  test.each([
    ['a negative number', -1],
    ['NaN', Number.NaN],
    ['a string', '16'],
    ['null', null],
    ['a bigint', 1n],
  ])('refuse %s with a TypeError', (_, value) => {
    expect(() => limitsFrom({ bcryptCost: value as number })).toThrow(TypeError);
    expect(() => limitsFrom({ bcryptCost: value as number })).toThrow(/bcryptCost/);
  });

  test('refuse an unknown name with a TypeError', () => {
    expect(() => limitsFrom({ bcryptCosts: 1 } as never)).toThrow(/^limits.*bcryptCosts/s);
  });
});

describe('overLimit', () => {
  const limits: Limits = { ...DEFAULT_LIMITS, bcryptCost: 12, argon2MemoryBytes: 1024 * 1024, scryptMemoryBytes: 1024 };

  test('accepts a demand at its limit and refuses one above', () => {
    expect(overLimit('made', bcryptCost({ cost: 12 }), limits)).toBeUndefined();
    expect(overLimit('made', bcryptCost({ cost: 13 }), limits)).toMatchObject({
      code: 'ERR_LIMIT',
      hasher: 'made',
      field: 'cost',
      limit: { param: 'cost', max: 12, actual: 13 },
    });
  });

  test('counts a demand in its own unit', () => {
    expect(overLimit('made', argon2(1024, 1), limits)).toBeUndefined();
    expect(overLimit('made', argon2(1025, 1), limits)).toMatchObject({
      field: 'm',
      limit: { param: 'm', max: 1024, actual: 1025 },
    });
  });

  test('reports the first demand that is over', () => {
    const cost = pbkdf2Cost('sha1', 20_000_000, 40);
    expect(overLimit('made', cost, limits)).toMatchObject({ limit: { param: 'iterations', actual: 20_000_000 } });
    expect(overLimit('made', pbkdf2Cost('sha1', 10_000_000, 60), limits)).toMatchObject({
      field: 'iterations',
      limit: { param: 'work', max: 20_000_000, actual: 30_000_000 },
    });
  });

  test('says in the message what was asked, by whom and what the limit is, and in the fix which limit it is', () => {
    const error = overLimit('made', bcryptCost({ cost: 13 }), limits);
    expect(error?.message).toMatch(/\d/);
    expect(error?.fix).toMatch(/\blimits\.bcryptCost\b/);
    const memory = overLimit(undefined, scrypt(16, 1, 1), limits);
    expect(memory?.message).toMatch(/\d/);
    const steps = overLimit('made', pbkdf2Cost('sha1', 10_000_000, 60), limits);
    expect(steps?.message).toMatch(/\d/);
  });

  test('names a parameter without a unit as it is', () => {
    const demand = { limit: 'phpassIterations', field: 'rounds', param: 'iterations', value: 2 ** 30 } as const;
    expect(overLimit('made', iteratedHashCost('md5', 2 ** 30, demand), limits)?.message).toMatch(/\d/);
  });

  test('names no hasher for a job that a plug-in asks for', () => {
    const error = overLimit(undefined, scrypt(16, 1, 1), limits);
    expect(error).toMatchObject({ code: 'ERR_LIMIT', field: 'ln', limit: { param: 'memoryBytes', max: 1024 } });
    expect(error?.hasher).toBeUndefined();
  });

  test('accepts a cost without demands', () => {
    expect(overLimit('made', hashCost('md5'), limits)).toBeUndefined();
  });
});

describe('placed', () => {
  const locating = hasher({ locate: (digest, field) => (field === 'cost' ? digest.length : 99) });

  test('adds where the field of an error is', () => {
    const error = digestError('ERR_LIMIT', 'over', { field: 'cost' });
    expect(placed(error, locating, '12345')).toMatchObject({ code: 'ERR_LIMIT', field: 'cost', offset: 5 });
  });

  test('leaves an offset as it is', () => {
    const error = digestError('ERR_LIMIT', 'over', { field: 'cost', offset: 2 });
    expect(placed(error, locating, '12345')).toMatchObject({ field: 'cost', offset: 2 });
  });

  test('leaves an error without a field as it is', () => {
    const error = digestError('ERR_LIMIT', 'over');
    expect(placed(error, locating, '12345').offset).toBeUndefined();
  });

  test('adds no offset where the hasher cannot locate', () => {
    const error = digestError('ERR_LIMIT', 'over', { field: 'cost' });
    expect(placed(error, hasher(), '12345').offset).toBeUndefined();
  });
});

interface Edge {
  readonly what: string;
  readonly enough: Cost;
  readonly low: Cost;
  readonly is: { readonly param: string; readonly actual: number; readonly wanted: number };
  readonly field: string;
}

const EDGES: readonly Edge[] = [
  {
    what: 'bcrypt',
    enough: bcryptCost({ cost: 10 }),
    low: bcryptCost({ cost: 9 }),
    is: { param: 'cost', actual: 9, wanted: 10 },
    field: 'cost',
  },
  ...(['sha1', 'sha256', 'sha512'] as const).map((prf) => {
    // OWASP changes these from year to year.
    const wanted = OWASP_PBKDF2[prf];
    return {
      what: `pbkdf2 ${prf}`,
      enough: pbkdf2Cost(prf, wanted, 20),
      low: pbkdf2Cost(prf, wanted - 1, 20),
      is: { param: 'iterations', actual: wanted - 1, wanted },
      field: 'iterations',
    };
  }),
  ...(
    [
      [47_104, 1],
      [19_456, 2],
      [12_288, 3],
      [9_216, 4],
      [7_168, 5],
      [7_168, 6],
    ] as const
  ).map(([m, t]) => ({
    what: `argon2 t=${t}`,
    enough: argon2(m, t),
    low: argon2(m - 1, t),
    is: { param: 'm', actual: m - 1, wanted: m },
    field: 'm',
  })),
  {
    what: 'scrypt memory',
    enough: scrypt(2 ** 13, 8, 10),
    low: scrypt(2 ** 12, 8, 100),
    is: { param: 'N·r', actual: 32_768, wanted: 65_536 },
    field: 'ln',
  },
  {
    what: 'scrypt work',
    enough: scrypt(2 ** 14, 8, 5),
    low: scrypt(2 ** 13, 8, 9),
    is: { param: 'N·r·p', actual: 589_824, wanted: 655_360 },
    field: 'p',
  },
];

describe.each(EDGES)('the published minimum of $what', ({ enough, low, is, field }) => {
  test('is enough', () => {
    expect(strengthNotes(hasher(), enough)).toEqual([]);
    expect(rehashReasons(hasher(), parsedWith(), enough)).toEqual([]);
  });

  test('gives a note and a reason where it is missed', () => {
    const says = new RegExp(`^${is.param} .*\\b${is.wanted}$`);
    expect(strengthNotes(hasher(), low)).toMatchObject([
      { code: 'NOTE_LOW_COST', severity: 'note', field, message: expect.stringMatching(says) },
    ]);
    expect(rehashReasons(hasher(), parsedWith(), low)).toMatchObject([
      { reason: 'cost', ...is, message: expect.stringMatching(says) },
    ]);
  });
});

describe('a plug-in’s cost that lacks a symbol', () => {
  test.each(['bcrypt', 'pbkdf2', 'argon2'] as const)('claims nothing of %s', (kdf) => {
    const cost: Cost = { kdf, algorithm: 'sha256', symbols: {}, work: 1, memoryBytes: 0, demands: [] };
    expect(strengthNotes(hasher(), cost)).toEqual([]);
  });

  test('is low for scrypt without demands, and named by its parameter', () => {
    const cost: Cost = { kdf: 'scrypt', symbols: {}, work: 1, memoryBytes: 0, demands: [] };
    expect(strengthNotes(hasher(), cost)).toMatchObject([{ code: 'NOTE_LOW_COST', field: 'N·r' }]);
    expect(rehashReasons(hasher(), parsedWith(), cost)).toMatchObject([{ param: 'N·r', actual: 0 }]);
  });

  test('has no minimum for an unknown PRF, and for Argon2 without a pass', () => {
    expect(strengthNotes(hasher(), { ...pbkdf2Cost('sha1', 1, 20), algorithm: 'sha3' })).toEqual([]);
    expect(strengthNotes(hasher(), { ...argon2(1, 1), symbols: { m: 1 } })).toEqual([]);
  });
});

describe('strengthNotes', () => {
  test('say that a hasher is insecure, and then not that it is unrecommended', () => {
    expect(strengthNotes(hasher({ insecure: true }), hashCost('md5'))).toMatchObject([
      { code: 'NOTE_INSECURE', severity: 'note' },
    ]);
  });

  test('say that a form is assumed, and how to be sure', () => {
    expect(strengthNotes(hasher({ assumed: true }), bcryptCost({ cost: 12 }))).toMatchObject([
      { code: 'NOTE_ASSUMED', severity: 'note', fix: expect.any(String) },
    ]);
  });

  test.each([
    ['an iterated hash', chain(8192)],
    ['a salted hash', hashCost('sha256', 1)],
  ])('say that %s is not recommended', (_, cost) => {
    const notes = strengthNotes(hasher(), cost);
    expect(notes).toMatchObject([{ code: 'NOTE_LOW_COST', severity: 'note' }]);
    expect(notes[0]?.field).toBeUndefined();
  });

  test('have a message, and a fix where there is one', () => {
    const notes = strengthNotes(hasher({ insecure: true, assumed: true }), hashCost('md5'));
    expect(notes.map(({ message }) => message !== '')).toEqual([true, true]);
    expect(notes[1]?.fix).not.toBe('');
    expect(strengthNotes(hasher(), chain(8192))[0]?.message).not.toBe('');
  });

  test('say nothing of a hasher that computes nothing', () => {
    expect(strengthNotes(hasher({ verifiable: false } as object), hashCost('sha256', 0))).toEqual([]);
  });
});

describe('rehashReasons without a wanted hasher', () => {
  const strong = bcryptCost({ cost: 12 });

  test('begin with an insecure hasher, which is not called unrecommended as well', () => {
    const reasons = rehashReasons(hasher({ insecure: true }), parsedWith(), hashCost('md5'));
    expect(reasons.map(({ reason }) => reason)).toEqual(['insecure']);
  });

  test('have a hasher that is not recommended', () => {
    expect(rehashReasons(hasher(), parsedWith(), chain(8192)).map(({ reason }) => reason)).toEqual(['hasher']);
  });

  test('name the hasher', () => {
    const of = (changes: Partial<AnyHasher>, cost: Cost) => rehashReasons(hasher(changes), parsedWith(), cost);
    expect(of({ insecure: true }, hashCost('md5'))[0]?.message).toMatch(/^made /);
    expect(of({}, chain(8192))[0]?.message).toMatch(/^made /);
  });

  test.each([
    ['WARN_VARIANT', ['variant']],
    ['WARN_VERSION', ['variant']],
    ['WARN_NONCANONICAL', ['non-canonical']],
    ['WARN_SALT', []],
  ])('turn the warning %s into %j', (code, wanted) => {
    const reasons = rehashReasons(hasher(), parsedWith(code), strong);
    expect(reasons.map(({ reason }) => reason)).toEqual(wanted);
    for (const { message } of reasons) expect(message).toBe(`about ${code}`);
  });

  test('end with those that the verification found', () => {
    const more = [{ reason: 'truncated', message: 'found' }] as const;
    const reasons = rehashReasons(hasher(), parsedWith('WARN_VERSION'), strong, undefined, more as never);
    expect(reasons.map(({ reason }) => reason)).toEqual(['variant', 'truncated']);
  });
});

describe('rehashReasons against a wanted hasher', () => {
  const wanted = (name: string, cost: Cost): Wanted => ({ hasher: name, cost });
  const kinds = (of: AnyHasher, cost: Cost, against: Wanted, ...codes: string[]): readonly string[] =>
    rehashReasons(of, parsedWith(...codes), cost, against).map(({ reason }) => reason);

  test('are none where the digest is as wanted', () => {
    expect(kinds(hasher(), bcryptCost({ cost: 12 }), wanted('made', bcryptCost({ cost: 12 })))).toEqual([]);
  });

  test('are none where the digest is stronger, in spite of a warning', () => {
    expect(kinds(hasher(), bcryptCost({ cost: 13 }), wanted('made', bcryptCost({ cost: 12 })), 'WARN_VERSION')).toEqual(
      [],
    );
  });

  test('have the cost of a weaker digest, in work', () => {
    const reasons = rehashReasons(
      hasher(),
      parsedWith(),
      bcryptCost({ cost: 11 }),
      wanted('made', bcryptCost({ cost: 12 })),
    );
    expect(reasons).toMatchObject([{ reason: 'cost', param: 'work', actual: 2048, wanted: 4096 }]);
  });

  test('have the cost once, where the published minimum says it already', () => {
    expect(
      rehashReasons(hasher(), parsedWith(), bcryptCost({ cost: 9 }), wanted('made', bcryptCost({ cost: 12 }))),
    ).toMatchObject([{ reason: 'cost', param: 'cost', actual: 9, wanted: 10 }]);
  });

  test('drop the cost where the wanted digest would have the same', () => {
    const low = bcryptCost({ cost: 9 });
    expect(kinds(hasher(), low, wanted('made', low), 'WARN_VERSION')).toEqual(['variant']);
  });

  test('have another hasher of the same strength', () => {
    const cost = bcryptCost({ cost: 12 });
    const reasons = rehashReasons(hasher(), parsedWith(), cost, wanted('other', cost));
    expect(reasons.map(({ reason }) => reason)).toEqual(['hasher']);
  });

  test('have another hasher once', () => {
    expect(kinds(hasher(), chain(8192), wanted('other', bcryptCost({ cost: 12 })))).toEqual(['hasher']);
  });

  test('have both cost and hasher where both differ', () => {
    expect(kinds(hasher(), bcryptCost({ cost: 9 }), wanted('other', argon2(19_456, 2)))).toEqual(['cost', 'hasher']);
  });

  const ORDER: readonly (readonly [string, Cost])[] = [
    ['argon2', argon2(19_456, 2)],
    ['scrypt', scrypt(2 ** 17, 8, 1)],
    ['bcrypt', bcryptCost({ cost: 12 })],
    ['pbkdf2', pbkdf2Cost('sha256', 1_000_000, 32)],
  ];
  test('follow the order of preference: no sound digest moves to a KDF further down', () => {
    for (const [from, [name, cost]] of ORDER.entries()) {
      for (const [to, [other, target]] of ORDER.entries()) {
        if (from === to) continue;
        expect(kinds(hasher({ name }), cost, wanted(other, target)), `${name} to ${other}`).toEqual(
          to < from ? ['hasher'] : [],
        );
      }
    }
  });

  test('let a weak digest move to a KDF further down', () => {
    expect(kinds(hasher(), argon2(1024, 1), wanted('other', bcryptCost({ cost: 12 })))).toEqual(['cost', 'hasher']);
    expect(kinds(hasher({ insecure: true }), chain(1), wanted('other', hashCost('sha256', 2)))).toEqual([
      'insecure',
      'hasher',
    ]);
  });

  test('do not move a sound digest of a preferred KDF for a warning alone', () => {
    expect(kinds(hasher(), argon2(19_456, 2), wanted('other', bcryptCost({ cost: 12 })), 'WARN_VERSION')).toEqual([]);
  });

  test.each([
    ['more work in less memory', argon2(19_456, 5), argon2(47_104, 1)],
    ['less work in more memory', argon2(47_104, 1), argon2(19_456, 5)],
  ])('of Argon2 with %s are none of cost', (_, cost, target) => {
    expect(kinds(hasher(), cost, wanted('made', target))).toEqual([]);
    expect(kinds(hasher(), cost, wanted('other', target))).toEqual(['hasher']);
  });

  test.each([
    ['equal work in more memory', argon2(40_000, 2), argon2(20_000, 4), []],
    ['equal work in less memory', argon2(20_000, 4), argon2(40_000, 2), ['cost']],
  ])('of Argon2 with %s are %j', (_, cost, target, expected) => {
    expect(kinds(hasher(), cost, wanted('made', target))).toEqual(expected);
  });

  test('are none for more memory and the same work, in spite of a warning', () => {
    expect(kinds(hasher(), argon2(40_000, 2), wanted('made', argon2(20_000, 4)), 'WARN_VERSION')).toEqual([]);
  });

  test('have the cost of a digest whose hasher now derives by a preferred KDF', () => {
    expect(kinds(hasher(), pbkdf2Cost('sha256', 1_000_000, 32), wanted('made', argon2(19_456, 2)))).toEqual(['cost']);
  });

  test.each([
    ['an iterated hash', chain(2 ** 20)],
    ['a plain hash', hashCost('sha256', 2)],
  ])('never move a sound digest to %s', (_, target) => {
    for (const [name, cost] of ORDER) expect(kinds(hasher({ name }), cost, wanted('other', target)), name).toEqual([]);
  });

  test('say what is wanted', () => {
    const strong = bcryptCost({ cost: 12 });
    const other = rehashReasons(hasher(), parsedWith(), strong, wanted('other', strong));
    expect(other[0]?.message).toMatch(/\bother$/);
    const less = rehashReasons(hasher(), parsedWith(), bcryptCost({ cost: 11 }), wanted('made', strong));
    expect(less[0]?.message).not.toBe('');
  });

  test('of PBKDF2 compare time and not iterations', () => {
    const sha512 = pbkdf2Cost('sha512', 500_000, 64);
    const sha256 = pbkdf2Cost('sha256', 1_000_000, 32);
    expect(kinds(hasher(), sha512, wanted('other', sha256))).toEqual([]);
    expect(kinds(hasher(), sha256, wanted('other', sha512))).toEqual(['hasher']);
  });
});
