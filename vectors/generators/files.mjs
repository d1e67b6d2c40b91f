// Reading and writing the vector files: numbering, notes, and what can be read off a digest.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const GENERATORS_FOLDER = dirname(fileURLToPath(import.meta.url));
const VECTORS = dirname(GENERATORS_FOLDER);
const CRYPT64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const isGenerated = (group) => group.source.method === 'generated';

/** @param kind the folder, `hashers` or `convert` */
export function readVectors(kind) {
  const folder = join(VECTORS, kind);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

const write = (kind, name, content) =>
  writeFileSync(join(VECTORS, kind, `${name}.json`), `${JSON.stringify(content, null, 2)}\n`);

const bcrypt = {
  pattern: /^(?:bcrypt_sha256\$)?\$(?<variant>2[abxy]?)\$(?<cost>\d\d)\$/,
  slow: ({ cost }) => cost >= 11,
};
const pbkdf2 = { pattern: /^[^$]+\$(?<iterations>\d+)\$/, slow: ({ iterations }) => iterations >= 50000 };
const phpass = { pattern: /^\$.\$(?<count>.)/, slow: ({ cost }) => cost >= 16 };
const argon2 = {
  pattern: /^\$argon2id?\$(?:v=(?<version>\d+)\$)?m=(?<m>\d+),t=(?<t>\d+),p=(?<p>\d+)\$/,
  slow: ({ m, t }) => m * t >= 16384,
};
/** Where a digest says its parameters, and from where they take over 100 ms without native code. */
const READINGS = {
  argon2i: argon2,
  argon2id: argon2,
  bcrypt,
  bcrypt_peppered: bcrypt,
  bcrypt_sha256_django: bcrypt,
  md5_phpass: phpass,
  pbkdf2_sha1: {
    ...pbkdf2,
    pattern: /^pbkdf2_sha1\$(?<iterations>\d+)\$[^$]*\$[0-9A-Fa-f]*(?:\$(?<keylen>\d+))?$/,
  },
  pbkdf2_sha256: pbkdf2,
  pbkdf2_sha256_django: pbkdf2,
  pbkdf2_sha512: pbkdf2,
  pbkdf2_sha512_hex: pbkdf2,
  phpass,
  scrypt_firebase: {
    pattern: /\$(?<rounds>\d+)\$(?<memCost>\d+)$/,
    slow: ({ rounds, memCost }) => rounds * 2 ** memCost >= 65536,
  },
  scrypt_werkzeug: { pattern: /^scrypt:(?<N>\d+):(?<r>\d+):(?<p>\d+)\$/, slow: ({ N, r }) => N * r >= 65536 },
  sha512_symfony: pbkdf2,
};
const DEFAULTS = { version: '16', keylen: '32' };

function readParams(hasher, digest) {
  const found = READINGS[hasher]?.pattern.exec(digest)?.groups;
  if (!found) return undefined;
  return Object.fromEntries(
    Object.entries(found).map(([name, text = DEFAULTS[name]]) => {
      if (name === 'variant') return [name, text];
      return name === 'count' ? ['cost', CRYPT64.indexOf(text)] : [name, Number(text)];
    }),
  );
}

function hasherTest(hasher, test, tcId) {
  const { comment, flags, password, digest, expect, error, canonical } = test;
  const derives = expect === 'match' || expect === 'mismatch';
  const read = derives ? readParams(hasher, digest) : undefined;
  const slow = derives && read && READINGS[hasher].slow(read);
  const params = test.params ?? (expect === 'match' ? read : undefined);
  const speed = test.speed ?? (slow ? 'slow' : undefined);
  return { tcId, comment, flags, password, digest, expect, error, canonical, params, speed };
}

/** Neighbours of the same source and options become one group, and the tests count up from 1. */
function numbered(groups, testOf) {
  const merged = [];
  const sameAs = (group) => JSON.stringify([group.source, group.options]);
  for (const { source, options, tests } of groups) {
    const last = merged.at(-1);
    if (last && sameAs(last) === sameAs({ source, options })) last.tests.push(...tests);
    else merged.push({ source, options, tests: [...tests] });
  }
  let tcId = 0;
  for (const group of merged) group.tests = group.tests.map((test) => testOf(test, ++tcId));
  return merged;
}

/** @param notes explanations to choose from; the file gets those of the flags in it */
export function writeHasher(hasher, groups, notes) {
  const made = numbered(groups, (test, tcId) => hasherTest(hasher, test, tcId));
  const used = [...new Set(made.flatMap(({ tests }) => tests.flatMap(({ flags }) => flags)))].sort();
  const missing = used.filter((flag) => !notes[flag]);
  if (missing.length) throw new Error(`${hasher}: flags without a note: ${missing.join(', ')}`);
  const ofUsed = Object.fromEntries(used.map((flag) => [flag, notes[flag]]));
  write('hashers', hasher, { $schema: '../schema.json', hasher, notes: ofUsed, groups: made });
}

export function writeConvert(system, groups) {
  const made = numbered(groups, (test, tcId) => {
    const { comment, password, text, expect, passwordHasher, passwordDigest } = test;
    return { tcId, comment, password, text, expect, passwordHasher, passwordDigest };
  });
  write('convert', system, { $schema: '../schema-convert.json', system, groups: made });
}
