/** No error, no finding and no parsed digest, shown in whatever way, gives away eight characters of a secret. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { clerkHashers, DigestError, parse, targets, validate, verify } from '../../src/index.js';
import { hasherVectors, passwordOf, type Vector } from '../support/vectors.js';

/** Shorter pieces are words of messages by chance. */
const WINDOW = 8;
/** No text of ours holds eight characters of it. */
const PASSWORD = 'xQ7~vW2^kZ9|jH4`pL5';
/** Names and signatures of hashers stand in digests and in messages alike. */
const PUBLIC = clerkHashers.flatMap(({ name, prefixes }) => [name, ...prefixes]).join('\n');

/** A secret's pieces, each once. Not those of digits and separators: they are parameters, which messages may name. */
function pieces(secret: string): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at + WINDOW <= secret.length; at++) {
    const piece = secret.slice(at, at + WINDOW);
    if (!PUBLIC.includes(piece.replace(/^[\s"'`]+/, '')) && !/^[\d$:,#=]+$/.test(piece)) found.add(piece);
  }
  return found;
}

/** Every face that an error or a finding shows. */
function faces(thing: unknown): string {
  const shown = [inspect(thing, { depth: 9, showHidden: true, maxArrayLength: null, maxStringLength: null })];
  shown.push(JSON.stringify(thing), String(thing));
  if (thing instanceof Error) shown.push(thing.message, thing.stack ?? '', inspect(thing.cause));
  if (thing instanceof DigestError) shown.push(thing.fix ?? '', thing.hint ?? '', JSON.stringify(thing.toJSON()));
  // Escapes would hide a piece from a search for it.
  return shown.flatMap((text) => [text, text.replaceAll('\\\\', '\\').replaceAll('\\"', '"')]).join('\n');
}

function leak(thing: unknown, ...secrets: readonly string[]): string | undefined {
  if (thing === undefined) return undefined;
  const text = faces(thing);
  for (const secret of secrets) {
    for (const piece of pieces(secret)) if (text.includes(piece)) return `…${piece}… is in ${text.slice(0, 600)}`;
  }
  return undefined;
}

/** Bytes as anything would show them. */
function spellings(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes);
  return [
    ...[buffer.toString('hex'), buffer.toString('base64'), buffer.toString('latin1')],
    ...[buffer.join(','), buffer.join(', '), buffer.toString('hex').replace(/..(?!$)/g, '$& ')],
  ];
}

/** What goes wrong for a credential; undefined where nothing does. */
function errorOf(passwordHasher: string, passwordDigest: string): DigestError | undefined {
  const validation = validate({ passwordHasher, passwordDigest });
  return validation.ok ? undefined : validation.error;
}

const files = hasherVectors();
const testsOf = (hasher: string): readonly Vector[] =>
  files.find((file) => file.hasher === hasher)?.groups.flatMap(({ tests }) => tests) ?? [];
const isNegative = ({ expect }: Vector): boolean => expect !== 'match' && expect !== 'mismatch';

test('the search finds a leak where there is one', () => {
  const [secret] = clerkHashers.map(({ example }) => example.digest);
  const error = new DigestError('ERR_MALFORMED', 'no', { hint: `near ${secret?.slice(-8)}` });
  expect(leak(error, secret ?? '')).toBeDefined();
  expect(
    leak({ hash: Buffer.from('0011223344556677', 'hex') }, ...spellings(Buffer.from('0011223344556677', 'hex'))),
  ).toBeDefined();
  expect(leak(new DigestError('ERR_MALFORMED', 'no'), secret ?? '')).toBeUndefined();
});

describe.each(clerkHashers.map(({ name, example }) => ({ name, example })))('$name', ({ name, example }) => {
  const negative = testsOf(name).filter(isNegative);

  test('gives away nothing of a digest that it refuses', () => {
    const leaks = negative.flatMap(({ tcId, digest }) => {
      const found = leak(errorOf(name, digest), digest);
      return found === undefined ? [] : [`#${tcId} ${found}`];
    });
    expect(negative.length).toBeGreaterThan(9);
    expect(leaks).toEqual([]);
  });

  test('gives away nothing when parse throws', () => {
    const leaks = negative.flatMap(({ digest }) => {
      try {
        parse({ passwordHasher: name, passwordDigest: digest });
        return [];
      } catch (error) {
        return leak(error, digest) ?? [];
      }
    });
    expect(leaks).toEqual([]);
  });

  test('gives away nothing of password and digest when verification is rejected', async () => {
    const leaks: string[] = [];
    for (const vector of negative) {
      // A digest may be sound and its password refused: then that one is what must not be shown.
      const own = passwordOf(vector);
      const password = vector.expect === 'password' ? own : PASSWORD;
      const verdict = await verify(password, { passwordHasher: name, passwordDigest: vector.digest });
      const secret = typeof password === 'string' ? [password] : spellings(password);
      const found = leak(verdict, vector.digest, ...secret);
      if (verdict.outcome !== 'rejected') leaks.push(`#${vector.tcId} is not rejected`);
      if (found !== undefined) leaks.push(`#${vector.tcId} ${found}`);
    }
    expect(leaks).toEqual([]);
  });

  test('gives away nothing of a digest with one character changed, left out or put in', () => {
    const { digest } = example;
    const mutants: string[] = [];
    for (let at = 0; at <= digest.length; at++) {
      const [before, after] = [digest.slice(0, at), digest.slice(at)];
      mutants.push(before, before + after.slice(1));
      for (const put of ['!', '$', '\n', '0', '\u0661', '\ud800'])
        mutants.push(before + put + after, before + put + after.slice(1));
    }
    let refused = 0;
    const leaks = mutants.flatMap((mutant) => {
      const error = errorOf(name, mutant);
      refused += error === undefined ? 0 : 1;
      return leak(error, mutant, digest) ?? [];
    });
    expect(refused).toBeGreaterThan(name === 'awscognito' ? 50 : mutants.length / 4);
    expect(leaks.slice(0, 3)).toEqual([]);
  });

  test('gives away nothing of a digest under the name of another hasher', () => {
    for (const other of clerkHashers) expect(leak(errorOf(other.name, example.digest), example.digest)).toBeUndefined();
  });

  test('gives away nothing in what it finds worth saying of a sound digest', () => {
    const positive = testsOf(name).filter((vector) => !isNegative(vector));
    for (const { digest } of positive) {
      expect(leak(parse({ passwordHasher: name, passwordDigest: digest }).warnings, digest)).toBeUndefined();
    }
    for (const target of [undefined, ...targets]) {
      const credential = { passwordHasher: name, passwordDigest: example.digest };
      const answer = validate(credential, target === undefined ? {} : { target });
      expect(leak(answer.ok ? answer.warnings : answer.error, example.digest)).toBeUndefined();
    }
  });

  test('gives away nothing of what was parsed', () => {
    const positive = testsOf(name).filter((vector) => !isNegative(vector));
    for (const { digest } of [example, ...positive]) {
      const parsed = parse({ passwordHasher: name, passwordDigest: digest });
      const context: unknown = parsed.context;
      const keys = Object.values(context instanceof Uint8Array ? { context } : (context ?? {}));
      const secrets = [parsed.salt, parsed.hash, ...keys].flatMap((one) =>
        one instanceof Uint8Array ? spellings(one) : [String(one)],
      );
      expect(leak(parsed, digest, ...secrets)).toBeUndefined();
      expect(leak({ in: [parsed] }, digest, ...secrets)).toBeUndefined();
    }
  });

  test('gives away nothing where digest and password, or digest and name, are exchanged', async () => {
    const { digest } = example;
    const exchanged = await verify(digest, { passwordHasher: name, passwordDigest: PASSWORD });
    // A format that ends in free text takes nearly anything for its own; none takes this.
    expect(exchanged.outcome).toBe('rejected');
    expect(leak(exchanged, digest, PASSWORD)).toBeUndefined();
    const misnamed = await verify(PASSWORD, { passwordHasher: digest, passwordDigest: name });
    expect(misnamed).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_UNKNOWN_HASHER' } });
    expect(leak(misnamed, digest, PASSWORD)).toBeUndefined();
  });
});
