/** Candidates of a text that is damaged: those of the text without it, as conversions, and how certain they are. */
import { describe, expect, test } from 'vitest';
import { digestError } from '../../src/errors.js';
import { clerkHashers } from '../../src/hashers/index.js';
import { identifyUndamaged } from '../../src/recognize/identify-damaged.js';
import type { AnyHasher, Finding } from '../../src/types.js';

const exampleOf = (name: string) => clerkHashers.find((hasher) => hasher.name === name)?.example.digest as string;
const BCRYPT = exampleOf('bcrypt');
const LOOSE: Finding = { code: 'WARN_QUOTE', severity: 'warning', message: 'a quote' };

/** A hasher that reads these texts only. */
function reading(name: string, texts: Readonly<Record<string, readonly Finding[]>>): AnyHasher {
  return {
    ...(clerkHashers[0] as AnyHasher),
    ...{ name, prefixes: [`${name}$`], assumed: false },
    parse(digest) {
      const warnings = texts[digest];
      if (warnings === undefined) throw digestError('ERR_MALFORMED', 'another text', { field: 'digest' });
      return { params: {}, salt: new Uint8Array(), hash: new Uint8Array(), warnings, context: undefined };
    },
  };
}

const brief = (all: readonly AnyHasher[], text: string) =>
  identifyUndamaged(all, text).map(({ hasher, certainty, convertible }) => [
    hasher,
    certainty,
    convertible?.passwordHasher,
    convertible?.passwordDigest,
  ]);

test('a sound digest has its candidates, and what none reads has none', () => {
  expect(brief(clerkHashers, BCRYPT)).toEqual([['bcrypt', 'certain', undefined, undefined]]);
  expect(identifyUndamaged(clerkHashers, 'correct horse')).toEqual([]);
  expect(identifyUndamaged(clerkHashers, '"correct horse"')).toEqual([]);
});

test('a damaged digest has those of the text without it, which say so', () => {
  const [found, ...others] = identifyUndamaged(clerkHashers, `"${BCRYPT}"`);
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    ...{ hasher: 'bcrypt', certainty: 'certain', findings: [] },
    convertible: { passwordHasher: 'bcrypt', passwordDigest: BCRYPT },
  });
  const [sound] = identifyUndamaged(clerkHashers, BCRYPT);
  expect(found?.reason).toMatch(/^quotes around the digest; .*: /);
  expect(found?.reason.endsWith(sound?.reason as string)).toBe(true);
});

test('several candidates stay several', () => {
  const digest = exampleOf('phpass');
  expect(brief(clerkHashers, `"${digest}"`)).toEqual([
    ['phpass', 'certain', 'phpass', digest],
    ['md5_phpass', 'possible', 'md5_phpass', digest],
  ]);
});

test('the digest of another system is converted', () => {
  expect(brief(clerkHashers, `"{bcrypt}${BCRYPT}"`)).toEqual([['bcrypt', 'certain', 'bcrypt', BCRYPT]]);
});

describe('a candidate is possible only', () => {
  test('where as few damages, undone in another way, give another digest', () => {
    const both = reading('f', { f$a: [], 'f$a ': [] });
    expect(brief([both], 'f$a \n')).toEqual([['f', 'possible', 'f', 'f$a ']]);
    expect(brief([reading('f', { f$a: [] })], 'f$a \n')).toEqual([['f', 'certain', 'f', 'f$a']]);
    expect(brief([reading('f', { 'f$a ': [] })], 'f$a \n')).toEqual([['f', 'certain', 'f', 'f$a ']]);
  });

  test('where its text may have more of the damage in it', () => {
    expect(brief([reading('f', { f$a: [LOOSE] })], '"f$a"')).toEqual([['f', 'possible', 'f', 'f$a']]);
    const other: Finding = { ...LOOSE, code: 'WARN_LENGTH' };
    expect(brief([reading('f', { f$a: [other] })], '"f$a"')).toEqual([['f', 'certain', 'f', 'f$a']]);
    expect(brief([reading('f', { f$a: [other, LOOSE] })], '"f$a"')).toEqual([['f', 'possible', 'f', 'f$a']]);
  });

  test('not where two ways give one digest', () => {
    expect(brief([reading('g', {}), reading('f', { f$a: [] })], '"f$a"\n')).toEqual([['f', 'certain', 'f', 'f$a']]);
  });

  test('by what its own hasher says of the text', () => {
    const all = [{ ...reading('g', { f$a: [LOOSE] }), prefixes: ['g$'] }, reading('f', { f$a: [] })];
    expect(brief(all, '"f$a"')).toEqual([['f', 'certain', 'f', 'f$a']]);
    const others = [reading('g', {}), reading('f', { f$a: [LOOSE] })];
    expect(brief(others, '"f$a"')).toEqual([['f', 'possible', 'f', 'f$a']]);
  });
});
