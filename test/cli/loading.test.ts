/** Which chunks of dist a command loads. No timing: what is not loaded costs nothing. */
import { describe, expect, test } from 'vitest';
import { digestry } from '../support/cli.js';

/** Prints the URL of each module that Node loads, on stderr. */
const RECORDER = `data:text/javascript,${encodeURIComponent(`
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(\`
    import { writeSync } from 'node:fs';
    export async function load(url, context, next) {
      if (url.startsWith('file:')) writeSync(2, 'loaded ' + url + '\\\\n');
      return next(url, context);
    }
  \`));
`)}`;

async function chunksOf(...args: string[]): Promise<string[]> {
  const { stderr } = await digestry(args, { nodeArgs: ['--import', RECORDER] });
  const loaded = stderr.matchAll(/^loaded file:.*\/dist\/cli\/(?:chunks\/)?([\w/-]+)\.js$/gm);
  return [...loaded].map(([, name]) => name as string).sort();
}

/** Chunks of the program itself: commander, problems, the terminal. */
const PROGRAM = ['main', 'problem', 'terminal'];
/** Each has the code of one command. */
const COMMANDS = [
  ...['check', 'report', 'verify', 'identify', 'parse', 'convert', 'discover', 'hashers'],
  ...['bench', 'plan', 'calibrate', 'doctor', 'completion'],
];
const commandChunks = COMMANDS.map((name) => `commands/${name}`);
/** Files are read and written, threads run, logins are measured, charts are drawn. */
const HEAVY = ['verifier', 'login-cost', 'bench-page', 'make-page', 'section', 'library'];

describe('the chunks that are loaded', () => {
  test.each([[['--help']], [['--version']], [['chekc']], [[]]])(
    'by digestry %s are those of the program',
    async (args) => {
      const chunks = await chunksOf(...args);
      expect(chunks).toEqual(expect.arrayContaining(PROGRAM));
      expect(chunks.filter((name) => commandChunks.includes(name) || HEAVY.includes(name))).toEqual([]);
      expect(chunks.length).toBeLessThanOrEqual(12);
    },
  );

  test.each(COMMANDS.filter((name) => name !== 'completion'))('by %s --help are of no other command', async (name) => {
    const chunks = await chunksOf(name, '--help');
    expect(chunks.filter((chunk) => commandChunks.includes(chunk))).toEqual([`commands/${name}`]);
    // Charts are loaded for a page.
    expect(chunks.filter((chunk) => ['bench-page', 'make-page', 'section'].includes(chunk))).toEqual([]);
  });

  test('by identify, parse, convert and hashers: formats, and nothing that reads files or derives keys', async () => {
    const digest = '5f4dcc3b5aa765d61d8327deb882cf99';
    const runs = [['identify', digest], ['parse', digest], ['convert', digest], ['hashers']];
    for (const chunks of await Promise.all(runs.map((args) => chunksOf(...args)))) {
      expect(chunks.filter((name) => HEAVY.includes(name) && name !== 'library')).toEqual([]);
    }
  });

  test('by help of a command are those of the command', async () => {
    expect(await chunksOf('help', 'identify')).toEqual(await chunksOf('identify', '--help'));
  });

  test('for completion are those of all commands', async () => {
    const chunks = await chunksOf('completion', 'bash');
    expect(commandChunks.filter((name) => !chunks.includes(name))).toEqual([]);
  });

  test('HEAVY names chunks that are there', async () => {
    const page = await chunksOf('check', 'vectors/sample/users.csv', '--report', '-');
    const plan = await chunksOf('plan', '--mix', 'md5', '--logins-per-second', '1');
    expect(HEAVY.filter((name) => !page.includes(name) && !plan.includes(name))).toEqual(['bench-page']);
  });
});
