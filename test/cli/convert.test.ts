/** digestry convert as users start it. */
import { expect, test } from 'vitest';
import { digestry, shell } from '../support/cli.js';
import { BCRYPT } from '../support/exports.js';
import { conversionVectors } from '../support/vectors.js';

test('prints a credential a line, null where there is none, and then ends with 1', async () => {
  const [one, none, many] = await Promise.all([
    digestry(['convert', `bcrypt$${BCRYPT}`]),
    digestry(['convert', 'nothing']),
    digestry(['convert', '--json'], { input: `nothing\nbcrypt$${BCRYPT}\n` }),
  ]);
  const credential = `{"passwordHasher":"bcrypt","passwordDigest":"${BCRYPT}"}\n`;
  expect(one).toEqual({ code: 0, stdout: credential, stderr: '' });
  expect(none).toMatchObject({ code: 1, stdout: 'null\n' });
  expect(none.stderr).toMatch(/^digestry: (?!digest)/);
  expect(many).toMatchObject({ code: 1, stdout: `null\n${credential}` });
  expect(many.stderr).toMatch(/^digestry: digest 1: /);
});

test('converts the example of its help', async () => {
  const { stdout } = await digestry(['convert', '--help']);
  const examples = stdout.match(/^ {2}digestry convert .+$/gm) ?? [];
  expect(examples).toHaveLength(1);
  expect(await shell(examples.join('\n'))).toMatchObject({ code: 0, stderr: '' });
});

test('says on stderr what to know about passwords there', async () => {
  // Better Auth normalises passwords before it hashes them.
  const digest = `${'a'.repeat(32)}:${'b'.repeat(128)}`;
  const [converted, identified] = await Promise.all([
    digestry(['convert', '--system', 'better-auth', digest]),
    digestry(['identify', digest]),
  ]);
  expect(converted.code).toBe(0);
  expect(JSON.parse(converted.stdout)).toMatchObject({ passwordHasher: 'scrypt_werkzeug' });
  expect(converted.stderr).toMatch(/^digestry: warning: .*NFKC/);
  expect(identified.stdout).toContain('NFKC');
  expect(converted.stderr).not.toContain('aaaa');
});

test('asks which system wrote what two systems write alike', async () => {
  const digest = `${'a'.repeat(32)}:${'b'.repeat(128)}`;
  const [none, node, misspelt] = await Promise.all([
    digestry(['convert', digest]),
    digestry(['convert', '--system', 'node-scrypt', digest]),
    digestry(['convert', '--system', 'node', digest]),
  ]);
  expect(none).toMatchObject({ code: 1, stdout: 'null\n' });
  expect(JSON.parse(node.stdout).passwordDigest).toMatch(/^scrypt:16384:8:1\$/);
  expect(misspelt.code).toBe(2);
});

test('converts as the vectors of every system say', async () => {
  const vectors = conversionVectors()
    .flatMap(({ groups }) => groups.flatMap(({ tests }) => tests))
    .filter(({ text }) => !/[\r\n]/.test(text));
  const { stdout } = await digestry(['convert'], { input: vectors.map(({ text }) => `${text}\n`).join('') });
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(vectors.length);
  expect(lines).toEqual(
    vectors.map(({ expect, text, passwordHasher, passwordDigest }) =>
      expect === 'converts' && !/^[0-9a-f]{32}:[0-9a-f]{128}$/.test(text) ? { passwordHasher, passwordDigest } : null,
    ),
  );
});
