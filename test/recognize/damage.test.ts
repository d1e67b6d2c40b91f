/** Every damage on every hasher's digest: told with its place and its remedy, and undone by repair(). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clerkHashers } from '../../src/index.js';
import { listDamages } from '../../src/recognize/damage.js';
import { convert, identify, parse, repair, validate } from '../support/clerk.js';
import { anyText, runs } from '../support/properties.js';
import { rejection } from '../support/rejection.js';
import { shown } from '../support/secrets.js';

interface Harm {
  readonly what: string;
  readonly harm: (digest: string) => string;
  readonly offset: (digest: string) => number;
  /** Digests that it leaves as they are, or as no recogniser can tell. */
  readonly spares?: (digest: string) => boolean;
}

const start = () => 0;
const end = (digest: string) => digest.length;
const hex = (digest: string) => Buffer.from(digest).toString('hex');
const withoutDollar = (digest: string) => !digest.includes('$');

const HARMS: readonly Harm[] = [
  {
    what: 'a line feed',
    harm: (digest) => `${digest}\n`,
    offset: end,
  },
  {
    what: 'a Windows line end',
    harm: (digest) => `${digest}\r\n`,
    offset: end,
  },
  {
    what: 'spaces around',
    harm: (digest) => `  ${digest}\t`,
    offset: start,
  },
  {
    what: 'a no-break space before',
    harm: (digest) => `\u00a0${digest}`,
    offset: start,
  },
  {
    what: 'a byte order mark',
    harm: (digest) => `\ufeff${digest}`,
    offset: start,
  },
  {
    what: 'double quotes',
    harm: (digest) => `"${digest}"`,
    offset: start,
  },
  {
    what: 'single quotes',
    harm: (digest) => `'${digest}'`,
    offset: start,
  },
  {
    what: 'bytea',
    harm: (digest) => `\\x${hex(digest)}`,
    offset: start,
  },
  {
    what: 'bytea of COPY',
    harm: (digest) => `\\\\x${hex(digest)}`,
    offset: start,
  },
  {
    what: "MySQL's hexadecimal",
    harm: (digest) => `0x${hex(digest).toUpperCase()}`,
    offset: start,
  },
  {
    what: 'Base64 once more',
    harm: (digest) => Buffer.from(digest).toString('base64'),
    offset: start,
  },
  {
    what: 'URL encoding',
    harm: (digest) => encodeURIComponent(digest),
    offset: (digest) => encodeURIComponent(digest).indexOf('%'),
    spares: (digest) => encodeURIComponent(digest) === digest,
  },
  {
    what: 'backslashes',
    harm: (digest) => digest.replaceAll('$', '\\$'),
    offset: (digest) => digest.indexOf('$'),
    spares: withoutDollar,
  },
  {
    what: 'dollars of Docker Compose',
    harm: (digest) => digest.replaceAll('$', '$$$$'),
    offset: (digest) => digest.indexOf('$') + 1,
    spares: (digest) => digest.split('$').length < 3,
  },
  {
    what: 'a byte order mark, quotes and a line end',
    harm: (digest) => `\ufeff"${digest}\n"`,
    offset: start,
  },
];

/** A free tail takes what is behind it for a part of itself, and a text salt what is in front. */
function isTaken(hasher: string, harmed: string): boolean {
  return validate({ passwordHasher: hasher, passwordDigest: harmed }).ok;
}

describe.each(HARMS)('$what', ({ harm, offset, spares }) => {
  for (const { name, example } of clerkHashers) {
    const { digest } = example;
    const harmed = harm(digest);
    if (spares?.(digest) || isTaken(name, harmed)) continue;

    test(`on a digest of ${name} is told and undone`, () => {
      const credential = { passwordHasher: name, passwordDigest: harmed };
      const error = rejection(() => parse(credential));
      expect(error).toMatchObject({
        code: 'ERR_MALFORMED',
        hasher: name,
        field: 'digest',
        suggestion: { repair: true },
        offset: offset(digest),
      });
      expect(shown(harmed, error)).toEqual([]);
      expect(repair(credential)).toEqual({ passwordHasher: name, passwordDigest: digest });
    });
  }
});

test('only a text salt takes a damage for a part of itself', () => {
  const taken = HARMS.flatMap(({ what, harm, spares }) =>
    clerkHashers
      .filter(({ name, example }) => !spares?.(example.digest) && isTaken(name, harm(example.digest)))
      .map(({ name }) => `${name}: ${what}`),
  );
  expect(taken).toEqual(['md5_salted: backslashes', 'sha256_salted: backslashes']);
});

describe('what a shell eats', () => {
  const digest = clerkHashers.find(({ name }) => name === 'bcrypt')?.example.digest as string;

  test.each([
    ['$2b', digest.slice(3)],
    ['$2', digest.slice(2)],
  ])('%s is put back', (_, passwordDigest) => {
    const credential = { passwordHasher: 'bcrypt', passwordDigest };
    expect(rejection(() => parse(credential))).toMatchObject({
      code: 'ERR_MALFORMED',
      offset: 0,
      suggestion: { repair: true },
    });
    expect(repair(credential)).toEqual({ passwordHasher: 'bcrypt', passwordDigest: digest });
  });

  test('with the salt cannot be put back, and is said', () => {
    const credential = { passwordHasher: 'bcrypt', passwordDigest: `b0${digest.slice(digest.indexOf('/'))}` };
    expect(rejection(() => parse(credential))).toMatchObject({ suggestion: undefined, hint: expect.any(String) });
    expect(repair(credential)).toBeUndefined();
  });
});

describe('a damaged text of something else', () => {
  test('names the hasher that it is without the damage', () => {
    const passwordDigest = `"${clerkHashers.find(({ name }) => name === 'argon2id')?.example.digest}"`;
    expect(rejection(() => parse({ passwordHasher: 'bcrypt', passwordDigest }))).toMatchObject({
      code: 'ERR_MALFORMED',
      suggestion: { repair: true },
      hint: expect.stringContaining('argon2id'),
    });
    expect(repair({ passwordHasher: 'bcrypt', passwordDigest })?.passwordHasher).toBe('argon2id');
  });

  test('names the system that it is without the damage', () => {
    const passwordDigest = ' $1$dXc3I7Rw$ctlgjDdWJLMT.qwHsWhXR1';
    expect(rejection(() => parse({ passwordHasher: 'bcrypt', passwordDigest })).hint).toContain('MD5-crypt $1$');
  });

  test.each(['"NULL"', ' ', '\n', '""', '!\n', 'NULL\r\n', '\ufeff'])('%j is a disabled account', (passwordDigest) => {
    expect(rejection(() => parse({ passwordHasher: 'bcrypt', passwordDigest })).code).toBe('ERR_DISABLED');
  });
});

test.each([' ', '\t', '\u00a0', '\ufeff', ' \n'])('free text has no blank at its edge: %j', (blank) => {
  for (const name of ['bcrypt_peppered', 'md5_salted', 'sha256_salted', 'awscognito']) {
    const digest = clerkHashers.find((one) => one.name === name)?.example.digest as string;
    const passwordDigest = name.endsWith('salted') ? blank + digest : digest + blank;
    const credential = { passwordHasher: name, passwordDigest };
    expect(rejection(() => parse(credential))).toMatchObject({ code: 'ERR_MALFORMED', fix: expect.any(String) });
    expect(repair(credential)).toEqual({ passwordHasher: name, passwordDigest: digest });
  }
});

test('reports a quote on one side only', () => {
  for (const { name, example } of clerkHashers.filter(
    ({ freeTail, name: one }) => !freeTail && !one.endsWith('salted'),
  )) {
    for (const passwordDigest of [`"${example.digest}`, `${example.digest}"`]) {
      const error = rejection(() => parse({ passwordHasher: name, passwordDigest }));
      expect(error).toMatchObject({ code: 'ERR_MALFORMED', suggestion: { repair: true } });
    }
  }
});

test('white space inside stays: nothing says that it was not there', () => {
  expect(listDamages(`a${' '.repeat(4000)}b`)).toEqual([]);
});

test('four damages are undone, and a fifth is not guessed at', () => {
  const digest = clerkHashers.find(({ name }) => name === 'bcrypt')?.example.digest as string;
  const quoted = (times: number) => {
    let text = digest;
    for (let i = 0; i < times; i++) text = `"${text}"`;
    return { passwordHasher: 'bcrypt', passwordDigest: text };
  };
  expect(repair(quoted(4))?.passwordDigest).toBe(digest);
  expect(repair(quoted(5))).toBeUndefined();
});

test('no text has more readings than damages can be combined, and each differs from the text', () => {
  fc.assert(
    fc.property(fc.oneof(anyText(200), fc.stringMatching(/^["'` \n\\$%247Bx]{0,60}$/)), (text) => {
      const found = listDamages(text);
      const digests = found.map(({ digest }) => digest);
      expect(new Set(digests).size).toBe(digests.length);
      expect(digests).not.toContain(text);
      for (const { offset } of found) expect(offset >= 0 && offset <= text.length).toBe(true);
    }),
    runs(500),
  );
});

test('a damaged text is identified and converted as the digest that it was', () => {
  for (const { name, example } of clerkHashers.filter(({ prefixes, assumed }) => prefixes.length > 0 && !assumed)) {
    const text = `"${example.digest}"`;
    const [best] = identify(text);
    expect(best).toMatchObject({ convertible: { passwordDigest: example.digest } });
    const isAlone = best?.certainty === 'certain';
    expect(convert(text)).toEqual(isAlone ? { passwordHasher: name, passwordDigest: example.digest } : undefined);
  }
});
