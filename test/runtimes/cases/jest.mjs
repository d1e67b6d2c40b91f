/** Jest as it comes (CommonJS), with TypeScript, with Babel, with jsdom, and with its fake timers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const name = 'jest';
export const needs = ['jest', 'ts-jest', 'babel-jest', 'jest-environment-jsdom'];

/** A test whose only assertion is that it got a report: what it says is judged outside. */
function testCode(context, load, file) {
  return `${load}
const { writeFileSync } = require('node:fs');
${context.probeSource}
test('digestry', async () => {
  const report = await probe(digestry, ${JSON.stringify(context.credentials)});
  writeFileSync(${JSON.stringify(file)}, JSON.stringify(report));
}, 100_000);\n`;
}

const FAKE_TIMERS = `const digestry = require('digestry');
test('a verification ends under fake timers', async () => {
  jest.useFakeTimers();
  const credential = (name, digest) => ({ passwordHasher: name, passwordDigest: digest });
  for (const [name, digest] of Object.entries(CREDENTIALS)) {
    const verdict = await digestry.verify('correct horse battery staple', credential(name, digest));
    expect([name, verdict.outcome]).toEqual([name, 'match']);
  }
}, 60_000);\n`;

const NODE = { entry: 'node', threads: true };
const PORTABLE = { entry: 'portable', lanes: true };

function kinds(context) {
  const required = "const digestry = require('digestry');";
  const imported = "import * as digestry from 'digestry';";
  const plain = (file) => ({ 'a.test.js': testCode(context, required, file) });
  return {
    'Jest, default': [NODE, plain, {}],
    'Jest, babel-jest': [
      NODE,
      (file) => ({
        'a.test.js': testCode(context, imported, file),
        'babel.config.js': "module.exports = { presets: [require.resolve('@babel/preset-env')] };\n",
      }),
      {},
    ],
    'Jest, ts-jest': [
      NODE,
      (file) => ({
        'a.test.ts': `// @ts-nocheck\n${testCode(context, imported, file)}`,
        'b.test.ts': TYPED,
        'tsconfig.json': JSON.stringify({
          compilerOptions: {
            module: 'commonjs',
            esModuleInterop: true,
            strict: true,
            target: 'es2022',
            ignoreDeprecations: '5.0',
          },
        }),
      }),
      { preset: 'ts-jest' },
    ],
    'Jest, jsdom': [PORTABLE, plain, { testEnvironment: 'jsdom' }],
    'Jest, fake timers': [
      undefined,
      () => ({ 'a.test.js': `const CREDENTIALS = ${JSON.stringify(context.credentials)};\n${FAKE_TIMERS}` }),
      {},
    ],
    'Jest, jsdom and fake timers': [
      undefined,
      () => ({ 'a.test.js': `const CREDENTIALS = ${JSON.stringify(context.credentials)};\n${FAKE_TIMERS}` }),
      { testEnvironment: 'jsdom' },
    ],
  };
}

/** Compiled by ts-jest with the old resolution: \`main\` and \`types\`. */
const TYPED = `import { expect, test } from '@jest/globals';
import { type Verdict, verify } from 'digestry';
import { parse } from 'digestry/portable';
test('types', async () => {
  const verdict: Verdict = await verify('password', { passwordHasher: 'md5', passwordDigest: '5f4dcc3b5aa765d61d8327deb882cf99' });
  expect(verdict.outcome).toBe('match');
  expect(typeof parse).toBe('function');
});\n`;

export async function run(context) {
  const rows = [];
  for (const [title, [expected, files, config]] of Object.entries(kinds(context))) {
    const slug = title.replaceAll(/\W+/g, '-').toLowerCase();
    const report = join(context.work, `${slug}.json`);
    const folder = context.project(slug, {
      ...files(report),
      'package.json': JSON.stringify({ private: true, jest: { rootDir: '.', ...config } }),
    });
    try {
      const args = [
        context.bin('jest/bin/jest.js'),
        '--ci',
        '--runInBand',
        '--watchman=false',
        '--cacheDirectory',
        join(context.work, slug),
      ];
      await context.run(process.execPath, args, { cwd: folder });
      rows.push({ name: title, ...(expected && context.judge(JSON.parse(readFileSync(report, 'utf8')), expected)) });
    } catch (error) {
      rows.push({ name: title, state: 'FAILED', note: error.message.slice(0, 2500) });
    }
  }
  return rows;
}
