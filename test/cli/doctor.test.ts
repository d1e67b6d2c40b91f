/** digestry doctor as users start it. */
import { expect, test } from 'vitest';
import { digestry } from '../support/cli.js';

test('says which backend of each KDF is used, in 80 columns', async () => {
  const [plain, json] = await Promise.all([digestry(['doctor']), digestry(['doctor', '--json'])]);
  expect([plain.code, json.code, plain.stderr, json.stderr]).toEqual([0, 0, '', '']);
  for (const line of plain.stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  const { node, backends } = JSON.parse(json.stdout);
  expect(node).toBe(process.version);
  const used = backends.filter(({ state }: { state: string }) => state === 'used');
  expect(used.map(({ kdf }: { kdf: string }) => kdf).sort()).toEqual([
    'argon2',
    'bcrypt',
    'crypt',
    'hash',
    'iteratedHash',
    'pbkdf2',
    'scrypt',
  ]);
  for (const { name } of used) expect(plain.stdout).toContain(name);
});
