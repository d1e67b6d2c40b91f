/** digestry verify as users start it: passwords as bytes, at a prompt, in a stream. */
import { describe, expect, test } from 'vitest';
import { codeIn, digestry, shell } from '../support/cli.js';
import { BCRYPT, MD5_OF_PASSWORD } from '../support/exports.js';

const md5 = (digest: string) => ['verify', '--hasher', 'md5', '--digest', digest];

describe('one digest', () => {
  test('0 on a match, 1 on a mismatch, 3 where it is rejected, 2 for wrong usage', async () => {
    const [match, mismatch, rejected, unknown, half, both] = await Promise.all([
      digestry(md5(MD5_OF_PASSWORD), { input: 'password' }),
      digestry(md5(MD5_OF_PASSWORD), { input: 'Password' }),
      digestry(md5(MD5_OF_PASSWORD.slice(1)), { input: 'password' }),
      digestry(['verify', '--hasher', '__proto__', '--digest', MD5_OF_PASSWORD], { input: 'password' }),
      digestry(['verify', '--hasher', 'md5'], { input: 'password' }),
      digestry([...md5(MD5_OF_PASSWORD), '--stdin'], { input: 'password' }),
    ]);
    expect([match, mismatch, rejected, unknown, half, both].map(({ code }) => code)).toEqual([0, 1, 3, 2, 2, 2]);
    expect(match.stdout).toMatch(/^match\n {2}rehash: /);
    expect(mismatch.stdout).toBe('mismatch\n');
    expect(rejected.stdout).toMatch(/^rejected {2}ERR_MALFORMED {2}in hash/);
    expect(codeIn(unknown.stderr)).toBe('ERR_UNKNOWN_HASHER');
    expect(unknown.stdout + half.stdout + both.stdout).toBe('');
  });

  test('shows its hasher, or is refused without --hasher', async () => {
    const [certain, unsure] = await Promise.all([
      digestry(['verify', '--digest', BCRYPT], { input: 'no' }),
      digestry(['verify', '--digest', MD5_OF_PASSWORD], { input: 'password' }),
    ]);
    expect([certain.code, certain.stdout]).toEqual([1, 'mismatch\n']);
    expect([unsure.code, unsure.stdout]).toEqual([2, '']);
    expect(unsure.stderr).toMatch(/--hasher md5/);
  });

  test('is within the default limits, or those of --limit', async () => {
    const costly = BCRYPT.replace('$10$', '$17$');
    const parse = (...flags: string[]) => digestry(['parse', costly, ...flags]);
    const [over, raised] = await Promise.all([parse('--json'), parse('--limit', 'bcryptCost=17')]);
    expect(JSON.parse(over.stdout)).toMatchObject({ error: { code: 'ERR_LIMIT', limit: { max: 16, actual: 17 } } });
    expect([over.code, raised.code]).toEqual([3, 0]);
    const low = [...md5(MD5_OF_PASSWORD), '--limit', 'passwordBytes=3', '--json'];
    expect(JSON.parse((await digestry(low, { input: 'password' })).stdout)).toMatchObject({ outcome: 'rejected' });
  });

  test('--json is the verdict', async () => {
    const [match, rejected] = await Promise.all([
      digestry([...md5(MD5_OF_PASSWORD), '--json'], { input: 'password' }),
      digestry([...md5('xyz'), '--json'], { input: 'password' }),
    ]);
    expect(JSON.parse(match.stdout)).toMatchObject({ outcome: 'match', rehash: [{ reason: 'insecure' }] });
    expect(JSON.parse(rejected.stdout)).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_MALFORMED' } });
    expect(rejected.code).toBe(3);
  });
});

describe('a password from a pipe', () => {
  test('accepts any bytes', async () => {
    const { createHash } = await import('node:crypto');
    const passwords = [Buffer.from([0x70, 0x61, 0xff]), Buffer.from([0]), Buffer.from('\ufeffé'), Buffer.from('')];
    const ended = await Promise.all(
      passwords.map((password) => digestry(md5(createHash('md5').update(password).digest('hex')), { input: password })),
    );
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  });

  test.each([
    ['password\n', 0],
    ['password\r\n', 0],
    ['password\n\n', 1],
    ['password ', 1],
    [' password', 1],
    ['password\r', 1],
  ])('loses one line end and nothing else: %j', async (input, code) => {
    expect((await digestry(md5(MD5_OF_PASSWORD), { input })).code).toBe(code);
  });

  test('that is no password is refused', async () => {
    const [long, longer] = await Promise.all([
      digestry(md5(MD5_OF_PASSWORD), { input: 'x'.repeat(5000) }),
      digestry(md5(MD5_OF_PASSWORD), { input: 'x'.repeat(100_000) }),
    ]);
    expect([long.code, longer.code]).toEqual([3, 2]);
    expect(long.stdout).toMatch(/^rejected {2}ERR_PASSWORD\b/);
  });
});

describe('a password at a terminal', () => {
  const command = (digest: string) => `digestry verify --hasher md5 --digest ${digest}`;
  /** util-linux's script gives it a terminal; the keys come when the prompt is there. */
  const typed = (keys: string, digest = MD5_OF_PASSWORD) =>
    shell(
      `export -f digestry; (while ! grep -q 'Password: ' "$SEEN" 2>/dev/null; do sleep 0.05; done; printf '${keys}'; sleep 0.3) |
         script -qefc "bash -c '${command(digest)}'" "$SEEN" > /dev/null; code=$?; cat "$SEEN"; rm -f "$SEEN"; exit $code`,
      { env: { SEEN: `/tmp/digestry-typed-${process.pid}-${Math.random()}`, SHELL: '/bin/bash' } },
    );

  test('is asked for and not shown', async () => {
    const { code, stdout } = await typed('password\\r');
    expect(stdout).toContain('Password: ');
    expect(stdout).toContain('match');
    expect(stdout.split('Password: ')[1]).not.toContain('password');
    expect(code).toBe(0);
  });

  test('may be corrected while it is typed', async () => {
    expect((await typed('passwoXX\\177\\177rd\\r')).code).toBe(0);
  });

  test('is missing after Ctrl-C and Ctrl-D', async () => {
    for (const keys of ['pass\\003', '\\004']) {
      const { code, stdout } = await typed(keys);
      expect(code).toBe(2);
      expect(stdout).toMatch(/^digestry: /m);
    }
  });
});

describe('--stdin', () => {
  const line = (id: number, password: string, passwordDigest = MD5_OF_PASSWORD) =>
    JSON.stringify({ id, password, passwordHasher: 'md5', passwordDigest });

  test('answers each line, in order, and ends with the highest code', async () => {
    const lines = [
      line(1, 'password'),
      '',
      line(2, 'no'),
      'nothing',
      '[]',
      line(3, 'password', 'x'),
      line(4, 'password'),
    ];
    const { code, stdout, stderr } = await digestry(['verify', '--stdin'], { input: `${lines.join('\r\n')}\n` });
    const verdicts = stdout
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(verdicts.map(({ outcome }) => outcome)).toEqual([
      'match',
      'mismatch',
      'rejected',
      'rejected',
      'rejected',
      'match',
    ]);
    expect(verdicts.map(({ id }) => id)).toEqual([1, 2, undefined, undefined, 3, 4]);
    expect(verdicts[2].error.message).toContain('line 4');
    expect(code).toBe(3);
    expect(stderr).toBe('');
  });

  test('takes null for a user without a password', async () => {
    const rows = [
      { id: 1, password: 'x', passwordHasher: 'md5', passwordDigest: null },
      { id: 2, password: 'x', passwordHasher: null, passwordDigest: null },
    ];
    const input = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    const { code, stdout } = await digestry(['verify', '--stdin'], { input });
    expect(code).toBe(3);
    const verdicts = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(verdicts).toMatchObject([1, 2].map((id) => ({ id, outcome: 'rejected', error: { code: 'ERR_DISABLED' } })));
  });

  test('takes line separators of Unicode within a password for characters', async () => {
    const { createHash } = await import('node:crypto');
    const password = 'a\u2028b\u2029c\u0085';
    const digest = createHash('md5').update(password).digest('hex');
    const { code, stdout } = await digestry(['verify', '--stdin'], { input: line(1, password, digest) });
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  test('ends with 1 on mismatches, with 0 on nothing, with 2 on what is no text', async () => {
    const ended = await Promise.all([
      digestry(['verify', '--stdin'], { input: line(1, 'no') }),
      digestry(['verify', '--stdin'], { input: '' }),
      digestry(['verify', '--stdin'], { input: Buffer.from([0x7b, 0xff, 0x0a]) }),
    ]);
    expect(ended.map(({ code }) => code)).toEqual([1, 0, 2]);
    expect(codeIn(ended[2]?.stderr ?? '')).toBe('not-text');
  });
});
