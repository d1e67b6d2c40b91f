/** The options of a verifier: each is known, and each is checked. */
import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../src/index.js';
import { checkOptions, normalizer } from '../../src/login/options.js';
import { DEFAULT_LIMITS } from '../../src/policy.js';

const check = (options: unknown) => checkOptions(options as never);

test.each([
  undefined,
  {},
  { limits: {}, backends: {}, upgradeTo: 'bcrypt', pepper: 'x', hooks: {} },
  { maxQueue: 1, threads: 1, maxMemoryBytes: Number.MAX_SAFE_INTEGER },
  { threads: 1024 },
  { registry: createRegistry([]) },
  { equalize: true },
  { equalize: false },
  { normalize: 'none' },
  { normalize: 'NFC' },
  { normalize: 'NFKC' },
  { hooks: { onVerify() {}, onHash() {}, onUpgrade() {} } },
])('%j are options', (options) => {
  expect(check(options)).toMatchObject(options ?? {});
});

test.each([
  null,
  { unknown: true },
  ...['maxQueue', 'threads', 'maxMemoryBytes'].flatMap((name) =>
    [0, -1, 1.5, Number.NaN, 2 ** 53, '1', null].map((value) => ({ [name]: value })),
  ),
  { threads: 1025 },
  { threads: 1e9 },
  { normalize: 'NFD' },
  { normalize: null },
  { registry: 5 },
  { equalize: 'yes' },
  { equalize: null },
  { hooks: { onVerify: 5 } },
  { hooks: { onHash: null } },
  { hooks: { onUpgrade: 'x' } },
  { hooks: { onLogin() {} } },
])('%j are wrong use', (options) => {
  expect(() => check(options)).toThrow(TypeError);
});

describe('the forms of a password', () => {
  const decomposed = 'e\u0301\ufb01';
  const small = { ...DEFAULT_LIMITS, passwordBytes: decomposed.length };

  test('are the text alone where nothing is asked for, or it has the form', () => {
    for (const form of [undefined, 'none'] as const) expect(normalizer(form, small)(decomposed)).toEqual([decomposed]);
    expect(normalizer('NFC', small)('abc')).toEqual(['abc']);
    expect(normalizer('NFC', small)('\u00e9')).toEqual(['\u00e9']);
  });

  test('begin with the form that is asked for', () => {
    expect(normalizer('NFC', small)(decomposed)).toEqual(['\u00e9\ufb01', decomposed]);
    expect(normalizer('NFKC', small)(decomposed)).toEqual(['\u00e9fi', decomposed]);
  });

  test('are one of bytes and of text over the limit', () => {
    const bytes = new TextEncoder().encode(decomposed);
    expect(normalizer('NFC', DEFAULT_LIMITS)(bytes)).toEqual([bytes]);
    expect(normalizer('NFC', { ...small, passwordBytes: decomposed.length - 1 })(decomposed)).toEqual([decomposed]);
  });
});
