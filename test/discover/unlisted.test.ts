/** Schemes that stand in no table: 200 random expressions, up to three hash functions one in the other. */
import { expect, test } from 'vitest';
import { discoverHere } from '../../src/discover/discover.js';
import { utf8 } from '../../src/encoding/bytes.js';
import { encodeHex } from '../../src/encoding/hex.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { createInProcessExecutor } from '../../src/kdf/in-process.js';
import { selectBackends } from '../../src/kdf/select.js';
import { compileRecipe, parseRecipe } from '../../src/recipe/index.js';

const kdfs = selectBackends(nodeCatalogue, {}, createInProcessExecutor(Number.POSITIVE_INFINITY)).kdfs();

const EXPRESSIONS = 200;
const USERS = [
  { password: 'Tr0ub4dor&3', salt: 'x7Kq2mPz', username: 'Alice', pepper: 'one for the Site' },
  { password: 'correct horse', salt: 'Lw9vB3nD', username: 'BobSmith', pepper: 'one for the Site' },
  { password: 'Battery!staple', salt: 'Gh5jR8tY', username: 'Carol', pepper: 'one for the Site' },
] as const;

/** mulberry32: the same numbers in each run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const random = createRandom(13);
const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;
const HASHES = ['md5', 'sha1', 'sha256', 'sha512'];
const INNER = ['md5', 'sha1', 'sha256', 'md5', 'sha1', 'md5_raw', 'sha1_raw', 'MD5'];
/** A weight of 10 takes half a minute: of three hash functions, the inner ones are in small hexadecimal. */
const INNERMOST = ['md5', 'sha1', 'sha256'];
const VALUES = ['$s', '$s', '$pepper', '$u', '$p'];

function shuffle(parts: string[]): string[] {
  for (let i = parts.length - 1; i > 0; i--) {
    const j = random(i + 1);
    [parts[i], parts[j]] = [parts[j] as string, parts[i] as string];
  }
  return parts;
}

/** A hash of values, and of another hash where it is deeper. Two values in the outer one, one in each other. */
function expression(depth: number, outer: boolean, names: readonly string[]): string {
  const inner =
    depth === 1 ? '$p' : expression(depth - 1, false, depth === 3 ? INNERMOST : names === HASHES ? INNER : names);
  const most = outer && depth < 3 ? 2 : 1;
  const least = outer && depth === 1 ? 1 : 0;
  // Each expression has the user name in one spelling, and not within a hash.
  const name = random(2) === 0 ? 'lc($u)' : '$u';
  const more = Array.from({ length: least + random(most - least + 1) }, () => {
    const value = pick(VALUES);
    return value !== '$u' ? value : outer ? name : '$s';
  });
  const separator = outer && depth < 3 && more.length === 1 && random(4) === 0 ? ".':'." : '.';
  return `${pick(names)}(${shuffle([inner, ...more]).join(separator)})`;
}

async function hashOf(recipe: string, user: (typeof USERS)[number]): Promise<string> {
  const bytes = { salt: utf8(user.salt), username: utf8(user.username), pepper: utf8(user.pepper) };
  const input = { password: utf8(user.password), bytes, params: {}, hashBytes: 0 };
  return encodeHex(await compileRecipe(parseRecipe(recipe)).derive(input, kdfs));
}

const wanted = Array.from({ length: EXPRESSIONS }, (_, i) => parseRecipe(expression(1 + (i % 3), true, HASHES)).text);

test('are of all depths', () => {
  expect(new Set(wanted).size).toBeGreaterThan(EXPRESSIONS * 0.8);
  expect(wanted.filter((text) => text.split('(').length > 3).length).toBeGreaterThan(50);
});

test.each(wanted)('%s is found from two known passwords', async (recipe) => {
  const [first, second, third] = USERS;
  const known = await Promise.all(
    [first, second].map(async ({ pepper, ...user }) => ({
      ...{ ...user, digest: await hashOf(recipe, { ...user, pepper } as (typeof USERS)[number]) },
      // Who knows of no site secret gives none.
      ...(recipe.includes('$pepper') && { pepper }),
    })),
  );
  const { found } = await discoverHere({ known, budgetMs: 600_000 }, { hashers: [], kdfs });
  // Another spelling of the same derivation is as good: it holds for a password that the search did not see.
  expect(await hashOf(found?.recipe ?? '', third)).toBe(await hashOf(recipe, third));
});
