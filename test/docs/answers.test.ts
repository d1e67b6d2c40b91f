/** The logins of the examples answer each code of an error as docs/verify-at-login.md says. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../support/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'digestry-answers-'));

/** A digestry whose verdicts are those of the password: the code of an error, or an outcome. */
const STUB = `
const verdict = async (password) =>
  password.startsWith('ERR_')
    ? { outcome: 'rejected', error: Object.assign(new Error(), { code: password }) }
    : { outcome: password, rehash: [] };
export const createVerifier = () => ({ verifyAndUpgrade: verdict, verifyUnknownUser: verdict, verifyAny: verdict });
export const identify = () => [];`;

const PROGRAM = `
import { login } from './login.js';
import { DigestryDriver } from './digestry_driver.js';
console.error = () => {};
const driver = new DigestryDriver();
const answers = {};
for (const password of process.argv.slice(2)) {
  const { status } = await login({ email: 'ada@example.com', password });
  const adonis = await driver.verify('', password).then((match) => (match ? 200 : 401), ({ code }) => code);
  answers[password] = { status, adonis };
}
console.log(JSON.stringify(answers));`;

const codes = [...readFileSync(`${ROOT}src/errors.ts`, 'utf8').matchAll(/^ {2}\| '(ERR_\w+)'/gm)].map(
  ([, code = '']) => code,
);

/** The first number of the answer to each code of the table. */
const table = new Map<string, number>(
  [...readFileSync(`${ROOT}docs/verify-at-login.md`, 'utf8').matchAll(/^\| (`ERR_[^|]+) \| (\d+)/gm)].flatMap(
    ([, words = '', status]) => [...words.matchAll(/ERR_\w+/g)].map(([code]) => [code, Number(status)] as const),
  ),
);

beforeAll(() => {
  mkdirSync(join(folder, 'node_modules/digestry'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'node_modules/digestry/package.json'), '{ "type": "module", "exports": "./index.js" }');
  writeFileSync(join(folder, 'node_modules/digestry/index.js'), STUB);
  for (const file of ['express/login.js', 'express/users.js', 'adonisjs/digestry_driver.js']) {
    cpSync(`${ROOT}examples/${file}`, join(folder, file.replace(/^.*\//, '')));
  }
  writeFileSync(join(folder, 'program.js'), PROGRAM);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('each code has the status of the table, and all others 401', () => {
  expect(codes.length).toBeGreaterThan(10);
  expect(Object.fromEntries(table)).toEqual({ ERR_QUEUE_FULL: 503, ERR_CLOSED: 503, ERR_BACKEND: 500 });
  const output = execFileSync(process.execPath, ['program.js', 'match', 'mismatch', ...codes], { cwd: folder });
  const answers = JSON.parse(String(output));
  const expected = codes.map((code) => {
    const status = table.get(code) ?? 401;
    return [code, { status, adonis: status === 401 ? 401 : code }];
  });
  const certain = { match: { status: 200, adonis: 200 }, mismatch: { status: 401, adonis: 401 } };
  expect(answers).toEqual({ ...certain, ...Object.fromEntries(expected) });
});
