/** Vitest, where it leaves packages to Node and where it transforms them, on Node and on jsdom. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const name = 'vitest';
export const needs = ['vitest', 'jsdom'];

const KINDS = {
  'Vitest, node': [{ entry: 'node', threads: true }, { environment: 'node' }],
  'Vitest, jsdom': [{}, { environment: 'jsdom' }],
  'Vitest, jsdom, inlined': [{}, { environment: 'jsdom', server: { deps: { inline: true } } }],
};

export async function run(context) {
  const rows = [];
  for (const [title, [expected, test]] of Object.entries(KINDS)) {
    const slug = title.replaceAll(/\W+/g, '-').toLowerCase();
    const report = join(context.work, `${slug}.json`);
    const folder = context.project(slug, {
      'package.json': '{ "private": true, "type": "module" }',
      'vitest.config.js': `export default ${JSON.stringify({ test: { ...test, testTimeout: 100_000 } })};\n`,
      'a.test.js': `import * as digestry from 'digestry';
import { writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
${context.probeSource}
test('digestry', async () => {
  const report = await probe(digestry, ${JSON.stringify(context.credentials)});
  writeFileSync(${JSON.stringify(report)}, JSON.stringify(report));
});
test('fake timers', async () => {
  vi.useFakeTimers();
  for (const [passwordHasher, passwordDigest] of Object.entries(${JSON.stringify(context.credentials)})) {
    const verdict = await digestry.verify('correct horse battery staple', { passwordHasher, passwordDigest });
    expect([passwordHasher, verdict.outcome]).toEqual([passwordHasher, 'match']);
  }
});\n`,
    });
    try {
      await context.run(process.execPath, [context.bin('vitest/vitest.mjs'), 'run'], { cwd: folder });
      rows.push({ name: title, ...context.judge(JSON.parse(readFileSync(report, 'utf8')), expected) });
    } catch (error) {
      rows.push({ name: title, state: 'FAILED', note: error.message.slice(0, 2500) });
    }
  }
  return rows;
}
