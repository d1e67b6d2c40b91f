/** What a hasher's file says of itself, of which its page is made, holds for every digest that it reads. */
import { describe, expect, test } from 'vitest';
import { hasherDoc, parseHasherDoc } from '../../docs/site/doc-comment.js';
import { hasherPage, SECTIONS } from '../../docs/site/hasher-page.js';
import { rendered } from '../../docs/site/markdown.js';
import { type AnyHasher, clerkHashers, DigestError } from '../../src/index.js';
import { hasherVectors } from '../support/vectors.js';

describe.each(clerkHashers.map((hasher) => [hasher.name, hasher] as const))('the file of %s', (name, hasher) => {
  const doc = hasherDoc(name);
  const grammar = new RegExp(doc.grammar);

  test('shows its example, shortened if it is long', () => {
    const parts = doc.sample.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    expect(hasher.example.digest).toMatch(new RegExp(`^${parts.join('.+')}$`));
  });

  test('has a call-out for each group of its grammar', () => {
    const groups = doc.grammar.match(/\(\?<\w+>/g) ?? [];
    expect(doc.callouts).toHaveLength(groups.length);
  });

  test('has a grammar that fits each digest it reads, with the parameters in their places', () => {
    const digests = digestsOf(hasher);
    expect(digests.length).toBeGreaterThan(5);
    for (const digest of digests) {
      const groups = grammar.exec(digest)?.groups;
      expect(groups, digest).toBeDefined();
      const { params } = hasher.parse(digest);
      for (const [param, value] of Object.entries(params)) {
        if (groups?.[param] !== undefined)
          expect(groups[param], digest).toBe(String(value).padStart(groups[param].length, '0'));
      }
    }
  });

  test('has a grammar that fits no digest of another hasher', () => {
    // Of those with a signature: what has none may be anything.
    if (hasher.prefixes.length === 0) return;
    const other = clerkHashers.filter(({ prefixes }) => !prefixes.some((prefix) => hasher.prefixes.includes(prefix)));
    expect(other.filter(({ example }) => grammar.test(example.digest)).map((one) => one.name)).toEqual([]);
  });

  test('names parameters of the hasher as typical', () => {
    const params = Object.keys(hasher.parse(hasher.example.digest).params);
    const costly = params.filter(
      (param) => typeof (hasher.parse(hasher.example.digest).params as Record<string, unknown>)[param] === 'number',
    );
    if (costly.length > 0) expect(doc.typical.length).toBeGreaterThan(0);
    for (const set of doc.typical) {
      expect(params).toEqual(expect.arrayContaining(Object.keys(set.params)));
      expect(hasher.cost({ ...hasher.parse(hasher.example.digest).params, ...set.params }).work).toBeGreaterThan(0);
    }
  });

  test('becomes a page with every section, none of them empty', () => {
    const page = hasherPage(hasher);
    const { headings } = rendered(page);
    expect(headings.filter(({ level }) => level === 2).map(({ text }) => text)).toEqual([...SECTIONS]);
    for (const body of page.split(/^## .*$/m).slice(1)) expect(body.trim().length).toBeGreaterThan(3);
    expect(page).not.toMatch(/undefined|NaN|\[object/);
  });
});

function digestsOf(hasher: AnyHasher): string[] {
  const vectors = hasherVectors().find((file) => file.hasher === hasher.name);
  const digests = vectors?.groups.flatMap(({ tests }) => tests.map(({ digest }) => digest)) ?? [];
  return [...new Set([hasher.example.digest, ...digests])].filter((digest) => {
    try {
      hasher.parse(digest);
      return true;
    } catch (error) {
      if (error instanceof DigestError) return false;
      throw error;
    }
  });
}

describe('an incomplete comment', () => {
  const whole = `Title. More.

    sample
    (1)
(1) what it is

Grammar:
    ^(?<hash>.*)$

Algorithm: one.

Written by: somebody.

Typical: cost=10 (somebody)

Traps:
- one`;

  test('is complete without changes', () => {
    expect(parseHasherDoc(whole, 'x.ts')).toEqual({
      title: 'Title.',
      about: 'More.',
      sample: 'sample',
      callouts: ['what it is'],
      grammar: '^(?<hash>.*)$',
      algorithm: 'one.',
      writtenBy: 'somebody.',
      typical: [{ params: { cost: 10 }, who: 'somebody' }],
      traps: ['one'],
    });
  });

  test.each([
    ['Algorithm: one.', 'block "Algorithm:"'],
    ['Written by: somebody.', 'block "Written by:"'],
    ['Grammar:\n    ^(?<hash>.*)$', 'block "Grammar:"'],
    ['Traps:\n- one', 'block "Traps:"'],
    ['(1) what it is', 'call-outs'],
    ['    sample', 'annotated sample'],
    ['cost=10 (somebody)', 'typical parameters', 'ten'],
  ])('such as "%s" is told with its name', (part, message, instead = '') => {
    expect(() => parseHasherDoc(whole.replace(part, instead), 'x.ts')).toThrow(message);
  });
});
