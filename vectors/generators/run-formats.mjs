// node run-formats.mjs GENERATOR...       runs generators of this folder and puts their groups into ../formats
// node run-formats.mjs --groups FILE...   takes groups from FILE, one JSON object a line: those that others published
// A group replaces the groups of the same source in the file of its format. Generators that run a product which is not
// packaged read its folder from an environment variable: see each script.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { GENERATORS_FOLDER } from './files.mjs';

const FORMATS = join(dirname(GENERATORS_FOLDER), 'formats');
const COMMANDS = {
  '.php': ['php', '-d', 'display_errors=stderr', '-d', 'error_reporting=8191'],
  '.pl': ['perl'],
  '.py': ['/usr/bin/python3', '-W', 'ignore'],
  '.rb': ['ruby'],
  '.mjs': ['node'],
};
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const flags = readJson(join(GENERATORS_FOLDER, 'flags.json'));

function run(generator) {
  const [program, ...options] = COMMANDS[extname(generator)];
  return execFileSync(program, [...options, join(GENERATORS_FOLDER, generator)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

const bytesOf = ({ utf8, hex }) => (utf8 === undefined ? Buffer.from(hex, 'hex') : Buffer.from(utf8, 'utf8'));

function passwordOf(bytes) {
  const utf8 = bytes.toString('utf8');
  return Buffer.from(utf8, 'utf8').equals(bytes) ? { utf8 } : { hex: bytes.toString('hex') };
}

const COMPANIONS = { salt: 'WrongSalt', username: 'WrongUserName', pepper: 'WrongPepper' };

/** Digests of a product with a password, and once with each companion, that are not theirs. */
function mismatches(tests) {
  const matches = tests.filter(({ expect }) => expect === 'match');
  const wrong = (test, password, flag, comment, companions = test.with) => ({
    comment,
    flags: ['Derived', flag],
    password,
    digest: test.digest,
    expect: 'mismatch',
    ...(companions && { with: companions }),
  });
  const made = matches.slice(0, 3).map((test) => {
    const password = passwordOf(Buffer.concat([Buffer.from('x'), bytesOf(test.password)]));
    return wrong(test, password, 'WrongPassword', 'another password');
  });
  const [first] = matches;
  for (const [name, flag] of Object.entries(COMPANIONS)) {
    const value = first?.with?.[name];
    if (typeof value !== 'string' || value === '') continue;
    made.push(
      wrong(first, first.password, flag, `another ${name}`, {
        ...first.with,
        [name]: `${value.startsWith('a') ? 'b' : 'a'}${value.slice(1)}`,
      }),
    );
  }
  return made;
}

function testOf(test, tcId) {
  const { comment, flags, password, digest, expect, error, canonical, params, speed } = test;
  return { tcId, comment, flags, password, digest, with: test.with, expect, error, canonical, params, speed };
}

function write(hasher, groups) {
  const path = join(FORMATS, `${hasher}.json`);
  const before = existsSync(path) ? readJson(path).groups : [];
  const replaced = new Set(groups.map(({ source }) => JSON.stringify([source.name, source.path])));
  const kept = before.filter(({ source }) => !replaced.has(JSON.stringify([source.name, source.path])));
  let tcId = 0;
  const made = [
    ...kept,
    ...groups.map(({ source, tests }) => ({
      source,
      tests: [...tests, ...(source.method === 'generated' ? mismatches(tests) : [])],
    })),
  ]
    .sort((a, b) => a.source.method.localeCompare(b.source.method))
    .map(({ source, tests }) => ({ source, tests: tests.map((test) => testOf(test, ++tcId)) }));
  const used = [...new Set(made.flatMap(({ tests }) => tests.flatMap((test) => test.flags)))].sort();
  const missing = used.filter((flag) => !flags[flag]);
  if (missing.length) throw new Error(`${hasher}: flags without a note: ${missing.join(', ')}`);
  const notes = Object.fromEntries(used.map((flag) => [flag, flags[flag]]));
  const content = { $schema: '../schema.json', hasher, notes, groups: made };
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}

const { values, positionals } = parseArgs({ options: { groups: { type: 'boolean' } }, allowPositionals: true });
const lines = positionals.flatMap((name) => (values.groups ? readFileSync(name, 'utf8') : run(name)).split('\n'));
const read = lines.filter(Boolean).map((line) => JSON.parse(line));
for (const hasher of new Set(read.map((group) => group.hasher))) {
  write(
    hasher,
    read.filter((group) => group.hasher === hasher),
  );
}
