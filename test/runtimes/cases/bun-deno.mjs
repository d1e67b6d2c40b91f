/** Bun and Deno run Node's entry with its threads; Deno without any permission, too. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Skipped } from '../context.mjs';

export const name = 'bun-deno';
export const needs = ['bun', 'deno'];

const DENO = ['run', '--no-prompt', '--node-modules-dir=manual', '--no-check'];
const RUNS = [
  { title: 'Bun', command: 'bun/bin/bun', args: ['run'], native: true },
  { title: 'Deno, all permissions', command: 'deno/deno', args: [...DENO, '--allow-all'], native: true },
  { title: 'Deno, no permissions', command: 'deno/deno', args: DENO, native: false },
];

/** The binary that the package brings for this machine: without install scripts its command does not find it. */
function binary({ env }, command) {
  const [scope, ...path] = command.split('/');
  const folder = join(env, 'node_modules', scope === 'bun' ? '@oven' : '@deno');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const found = names
    .filter((name) => !name.includes('musl'))
    .map((name) => join(folder, name, ...path))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Skipped(`${scope} has no binary for this machine`);
  return found;
}

export async function run(context) {
  const rows = [];
  for (const { title, command, args, native } of RUNS) {
    const file = 'app.mjs';
    const folder = context.project(title.replaceAll(/\W+/g, '-'), {
      [file]: context.program('esm'),
      'package.json': '{ "type": "module" }',
    });
    const path = binary(context, command);
    const done = await context.run(path, [...args, join(folder, file)], { cwd: folder });
    const report = context.reportIn(done);
    rows.push({ name: title, ...context.judge(report, { entry: 'node', threads: true, native, lanes: true }, done) });
  }
  return rows;
}
