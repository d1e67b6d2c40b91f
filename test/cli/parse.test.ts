/** digestry parse as users start it. */
import { expect, test } from 'vitest';
import { clerkHashers, identify } from '../../src/index.js';
import { digestry } from '../support/cli.js';
import { BCRYPT, MD5_OF_PASSWORD } from '../support/exports.js';

test('shows parameters, lengths, cost and warnings; 3 where a digest is rejected', async () => {
  const [bcrypt, variant, md5, unnamed, wrong] = await Promise.all([
    digestry(['parse', BCRYPT]),
    digestry(['parse', BCRYPT.replace('$2b$', '$2x$')]),
    digestry(['parse', '--hasher', 'md5', MD5_OF_PASSWORD]),
    digestry(['parse', MD5_OF_PASSWORD]),
    digestry(['parse', '--hasher', 'argon2id', BCRYPT]),
  ]);
  expect(unnamed).toMatchObject({ stdout: md5.stdout, stderr: expect.stringMatching(/^digestry: .*\bmd5\b/) });
  const texts = { bcrypt, variant, md5, wrong };
  const blocks = Object.entries(texts).map(([name, { stdout }]) => `${name}\n${stdout}`);
  await expect(blocks.join('\n')).toMatchFileSnapshot('parse.golden');
  expect([bcrypt, variant, md5, unnamed, wrong].map(({ code }) => code)).toEqual([0, 0, 0, 0, 3]);
});

test('a doubt about one of several digests has its number', async () => {
  const { stdout, stderr } = await digestry(['parse'], { input: `${BCRYPT}\n${MD5_OF_PASSWORD}\n` });
  expect(stdout).toMatch(/^1 {2}bcrypt [\s\S]*^2 {2}md5\b/m);
  expect(stderr).toMatch(/^digestry: digest 2: .*\bmd5\b/);
  expect(stderr.match(/^digestry: /gm)).toHaveLength(1);
});

test('--json is an object a line', async () => {
  const { code, stdout } = await digestry(['parse', '--json'], { input: `${BCRYPT}\nnothing\n` });
  const [good, bad] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(good).toMatchObject({ hasher: 'bcrypt', params: { variant: '2b', cost: 10 }, saltBytes: 16, hashBytes: 23 });
  expect(bad).toMatchObject({ error: { code: 'ERR_UNKNOWN_HASHER' } });
  expect(code).toBe(3);
});

test('reads the example of every hasher whose digests tell it', async () => {
  const telling = clerkHashers.filter(({ name, example }) => {
    const [best] = identify(example.digest);
    return best?.certainty === 'certain' && best.hasher === name;
  });
  const { code, stdout } = await digestry(['parse', '--json'], {
    input: telling.map(({ example }) => example.digest).join('\n'),
  });
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(telling.length).toBeGreaterThan(8);
  expect(lines).toMatchObject(telling.map(({ name }) => ({ hasher: name, canonical: true })));
  expect(code).toBe(0);
});
