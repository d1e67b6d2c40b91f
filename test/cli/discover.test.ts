/** digestry discover: known passwords from stdin, and what is found. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { digestry } from '../support/cli.js';

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');
const found = (stdout: string) => JSON.parse(stdout).found;

describe('digestry discover', () => {
  test('finds the scheme of one row', async () => {
    // OpenCart's, as in John the Ripper's documentation.
    const digest = 'c15552d8ef39cc5ac827e3d6548621e24c161334';
    const args = ['discover', '--digest', digest, '--salt', 'eb3dfe5d9', '--json'];
    const { code, stdout, stderr } = await digestry(args, { input: 'openwall\n' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(found(stdout)).toMatchObject({ recipe: 'sha1($s.sha1($s.sha1($p)))' });
    expect(stdout).not.toContain('openwall');
  });

  test('finds the scheme of several rows with other columns', async () => {
    const row = (password: string, mail: string) =>
      JSON.stringify({ password, digest: sha1(`${mail}:${sha1(password)}`), mail, id: 7 });
    const input = [row('pass word', 'ann@example.com'), row('secret', 'bob@example.com')].join('\n');
    const { code, stdout } = await digestry(['discover', '--stdin', '--json'], { input });
    expect(code).toBe(0);
    expect(found(stdout)).toMatchObject({ recipe: "sha1($mail.':'.sha1($p))", hashers: [] });
  });

  test('says that it found nothing', async () => {
    const digest = createHash('sha256').update('another').digest('hex');
    const args = ['discover', '--digest', digest, '--budget', '0.2', '--threads', '1'];
    const { code, stdout } = await digestry(args, { input: 'password' });
    expect(code).toBe(1);
    expect(stdout).toContain('not found');
  });

  test.each([
    [['discover'], ''],
    [['discover', '--stdin', '--digest', 'a'], ''],
    [['discover', '--stdin'], ''],
    [['discover', '--stdin'], '{"digest":"a"}'],
    [['discover', '--stdin'], '[]'],
    [['discover', '--digest', 'a', '--column', 'mail'], 'p'],
    [['discover', '--digest', 'a', '--budget', '-1'], 'p'],
    [['discover', '--digest', 'a', '--threads', 'many'], 'p'],
    [['discover', '--digest', 'a', '--pepper-file', 'no-such-file'], 'p'],
  ])('%j is wrong use', async (args, input) => {
    const { code, stdout } = await digestry(args, { input });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
