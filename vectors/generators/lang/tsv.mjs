// Makes groups of what a program of another language prints: node tsv.mjs FILE COMMAND…, where COMMAND reads passwords
// and prints "hasher TAB product TAB version TAB licence TAB id TAB digest TAB with" lines (see Jvm.java).
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const IDS = ['typical', 'empty', 'one', 'len64', 'len73', 'nfc', 'nfd', 'emoji', 'spaces', 'separators'];
const table = JSON.parse(readFileSync(new URL('../passwords.json', import.meta.url), 'utf8'));
const passwords = new Map(
  IDS.map((id) => {
    const { comment, flag, utf8, repeat } = table.find((row) => row.id === id);
    const text = utf8 ?? repeat.text.repeat(repeat.bytes).slice(0, repeat.bytes);
    return [id, { id, comment, flags: flag ? [flag] : [], password: { utf8: text } }];
  }),
);

const [file, command, ...options] = process.argv.slice(2);
const input = [...passwords]
  .map(([id, { password }]) => `${id}\t${Buffer.from(password.utf8).toString('hex')}\n`)
  .join('');
const output = execFileSync(command, options, {
  input,
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
  stdio: ['pipe', 'pipe', 'inherit'],
});
const groups = new Map();
for (const line of output.split('\n').filter(Boolean)) {
  const [hasher, name, version, license, id, digest, more = ''] = line.split('\t');
  const key = [hasher, name, version].join('\t');
  const source = { name, version, path: `vectors/generators/lang/${file}`, license, method: 'generated' };
  if (digest === '') continue;
  if (!groups.has(key)) groups.set(key, { hasher, source, tests: [] });
  const test = { ...passwords.get(id), digest, expect: 'match' };
  if (more) test.with = JSON.parse(more);
  groups.get(key).tests.push(test);
}
for (const group of groups.values()) process.stdout.write(`${JSON.stringify(group)}\n`);
