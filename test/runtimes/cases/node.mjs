/** Plain Node of each supported major: `import` and `require()`, with the native package and without. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';

export const name = 'node';
export const needs = ['@node-rs/argon2'];

export async function run(context) {
  const rows = [];
  for (const major of ['20', '22', '24']) {
    for (const format of ['esm', 'cjs']) {
      const file = format === 'esm' ? 'app.mjs' : 'app.cjs';
      const folder = context.project(`node-${major}-${format}`, { [file]: context.program(format) });
      const { cwd, caught } = context.strangers(folder);
      const done = await context.run(context.node(major), [join(folder, file)], { cwd });
      const expected = { entry: 'node', threads: true, native: true };
      rows.push({
        name: `Node ${major} ${format}`,
        ...context.judge(context.reportIn(done), expected, { ...done, caught: caught() }),
      });
    }
  }
  // As it is where optional packages are not installed.
  const bare = context.elsewhere('node-bare', { 'app.mjs': context.program('esm') });
  cpSync(join(context.env, 'node_modules/digestry'), join(bare, 'node_modules/digestry'), { recursive: true });
  const done = await context.run(process.execPath, [join(bare, 'app.mjs')], { cwd: bare });
  const expected = { entry: 'node', threads: true, native: false, lanes: true };
  rows.push({ name: 'Node, nothing else installed', ...context.judge(context.reportIn(done), expected, done) });
  return rows;
}
