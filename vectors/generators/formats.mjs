// Reading and writing ../formats/NAME.json, the vectors of the formats as data: numbering, notes, and wrong passwords.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERATORS_FOLDER } from './files.mjs';

const FOLDER = join(GENERATORS_FOLDER, '..', 'formats');
/** So many wrong passwords has a file at least. */
const MISMATCHES = 3;

/** The committed groups, each with the name of its format, and without what `writeFormats` derives. */
export function readFormats() {
  if (!existsSync(FOLDER)) return [];
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return names.sort().flatMap((name) => {
    const { hasher, groups } = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
    return groups.map(({ source, tests }) => ({ hasher, source, tests: tests.filter((test) => !isDerived(test)) }));
  });
}

const isDerived = ({ flags }) => flags.includes('Derived');

/** One more byte in front: what cuts passwords off at 8 or 72 bytes, or takes them in capitals, still sees it. */
function withWrongPassword(test) {
  const { password, flags: _, ...rest } = test;
  const wrong = password.hex === undefined ? { utf8: `#${password.utf8}` } : { hex: `23${password.hex}` };
  return {
    ...rest,
    comment: 'another password',
    flags: ['Derived', 'WrongPassword'],
    password: wrong,
    expect: 'mismatch',
    canonical: undefined,
  };
}

/** One wrong password a group, from its first test, and more where the groups are few. */
function mismatches(group, groups) {
  const each = Math.ceil(MISMATCHES / groups.length);
  return group.tests.filter(({ expect }) => expect === 'match').slice(0, each).map(withWrongPassword);
}

function numbered(groups) {
  let tcId = 0;
  return groups.map((group) => ({
    source: group.source,
    tests: [...group.tests, ...mismatches(group, groups)].map((test) => {
      const { comment, flags, password, with: companions, digest, expect, error, canonical, params, speed } = test;
      return { tcId: ++tcId, comment, flags, password, with: companions, digest, expect, error, canonical, params, speed };
    }),
  }));
}

/** Neighbours of the same source become one group. */
function merged(groups) {
  const out = [];
  for (const { source, tests } of groups) {
    const same = out.find((group) => JSON.stringify(group.source) === JSON.stringify(source));
    if (same) same.tests.push(...tests);
    else out.push({ source, tests: [...tests] });
  }
  return out;
}

/** @param groups of any formats, in the order in which a file has them */
export function writeFormats(groups) {
  mkdirSync(FOLDER, { recursive: true });
  const notes = JSON.parse(readFileSync(join(GENERATORS_FOLDER, 'flags.json'), 'utf8'));
  for (const hasher of new Set(groups.map((group) => group.hasher))) {
    const made = numbered(merged(groups.filter((group) => group.hasher === hasher)));
    const used = [...new Set(made.flatMap(({ tests }) => tests.flatMap(({ flags }) => flags)))].sort();
    const missing = used.filter((flag) => !notes[flag]);
    if (missing.length) throw new Error(`${hasher}: flags without a note: ${missing.join(', ')}`);
    const ofUsed = Object.fromEntries(used.map((flag) => [flag, notes[flag]]));
    const file = { $schema: '../schema.json', hasher, notes: ofUsed, groups: made };
    writeFileSync(join(FOLDER, `${hasher}.json`), `${JSON.stringify(file, null, 2)}\n`);
  }
}
