// node sample.mjs
// Writes ../sample/users.csv, the export that `npm start` checks: the users of a site that went through many frameworks.
// Every digest is one of the vectors; the bad rows are bad as exports are.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { GENERATORS_FOLDER, readVectors } from './files.mjs';

/** Sound rows of each hasher; 8 of those that are not named. */
const SOUND = {
  bcrypt: 240,
  pbkdf2_sha256_django: 90,
  phpass: 90,
  argon2id: 70,
  scrypt_firebase: 60,
  md5: 40,
  bcrypt_peppered: 24,
  scrypt_werkzeug: 24,
  sha256_salted: 16,
};
const MISSING = 61;
const UNUSUAL = [
  'HashLength',
  'SaltLength',
  'EmptySalt',
  'Argon2Version16',
  'MissingVersion',
  'SignExtension',
  'Variant2',
  'PepperOver72',
];
const LONGEST_DIGEST = 400;
const FIRST = [
  'Ada',
  'Alan',
  'Barbara',
  'Dennis',
  'Edsger',
  'Frances',
  'Grace',
  'Hedy',
  'Joan',
  'Ken',
  'Lynn',
  'Radia',
];
const LAST = [
  'Allen',
  'Clarke',
  'Conway',
  'Dijkstra',
  'Hopper',
  'Lamarr',
  'Liskov',
  'Lovelace',
  'Perlman',
  'Ritchie',
  'Thompson',
  'Turing',
];

const files = new Map(readVectors('hashers').map((file) => [file.hasher, file]));
const conversions = new Map(readVectors('convert').map((file) => [file.system, file]));

/** Digests of one hasher, each once; those with realistic parameters first. */
function digestsOf(hasher, accept) {
  const tests = files
    .get(hasher)
    .groups.filter(({ options }) => !options)
    .flatMap((group) => group.tests);
  const realistic = (test) => Number(test.flags.includes('RealisticParameters'));
  const chosen = tests.filter((test) => test.digest.length <= LONGEST_DIGEST && accept(test));
  return [...new Set(chosen.sort((a, b) => realistic(b) - realistic(a)).map(({ digest }) => digest))];
}

const isSound = ({ expect, canonical, flags }) =>
  ['match', 'unverifiable'].includes(expect) && canonical !== false && !flags.some((flag) => UNUSUAL.includes(flag));
const sound = (hasher, count = SOUND[hasher] ?? 8) => digestsOf(hasher, isSound).slice(0, count);
const flagged = (hasher, flag, count) =>
  digestsOf(hasher, ({ expect, flags }) => expect === 'match' && flags.includes(flag)).slice(0, count);
const faulty = (hasher, comment) => digestsOf(hasher, (test) => test.comment === comment);
const converted = (system, comment, count) =>
  conversions
    .get(system)
    .groups.flatMap(({ tests }) => tests)
    .filter((test) => test.comment.startsWith(comment))
    .slice(0, count)
    .map(({ text }) => text);

const rows = [];
const add = (hasher, digests) => rows.push(...digests.map((digest) => ({ hasher, digest })));

for (const hasher of files.keys()) add(hasher, sound(hasher));
// Verify, and warn.
add('scrypt_firebase', flagged('scrypt_firebase', 'UrlSafeBase64', 1));
add('phpass', flagged('phpass', 'PhpbbPrefix', 6));
add('md5', flagged('md5', 'UppercaseHex', 2));
add('bcrypt', flagged('bcrypt', 'SignExtension', 2));
add('argon2i', flagged('argon2i', 'Argon2Version16', 3));
// Never verify.
add(
  'bcrypt',
  sound('bcrypt', 9).map((digest) => digest.slice(0, -1)),
);
add('bcrypt', sound('argon2id', 5));
add('bcrypt', converted('django', 'bcrypt,', 6));
add('bcrypt', converted('wordpress', '$wp$', 3));
add('bcrypt', faulty('bcrypt', 'cost 17'));
add('bcrypt', faulty('bcrypt', 'as Postgres prints bytea'));
add('phpass', faulty('phpass', 'newline at the end'));
add('ldap_ssha', faulty('ldap_ssha', 'in double quotes'));
add('pbkdf2_sha256', faulty('pbkdf2_sha256', 'exponent in the iterations'));
add('BCrypt', sound('bcrypt', 4));
// Nobody can log in.
add(
  'pbkdf2_sha256_django',
  Array.from({ length: 11 }, () => '!Y8sXrkVOqEbkDZcCtQWpHhMvBnLaUjFd0R3gT6iK'),
);
add('bcrypt', ['*', '*0', 'NULL']);
add(
  '',
  Array.from({ length: MISSING }, () => ''),
);

// A step that has no common factor with the length goes through all rows and mixes the hashers.
const gcd = (a, b) => (b === 0 ? a : gcd(b, a % b));
let step = Math.floor(rows.length * 0.618);
while (gcd(step, rows.length) !== 1) step++;

const table = rows.map((_, i) => {
  const { hasher, digest } = rows[(i * step) % rows.length];
  const first = FIRST[i % FIRST.length];
  const last = LAST[Math.floor(i / FIRST.length) % LAST.length];
  return {
    id: `user_${String(i + 1).padStart(4, '0')}`,
    first_name: first,
    last_name: last,
    primary_email_address: `${first}.${last}.${i + 1}@example.com`.toLowerCase(),
    password_digest: digest,
    password_hasher: hasher,
  };
});
const lines = Papa.unparse(table, { newline: '\n' });
// An exporter that forgot the quotes around a digest with commas.
const unquoted = `user_${rows.length + 1},Ada,Turing,ada.turing@example.com,${sound('argon2id', 1)[0]},argon2id`;
writeFileSync(join(GENERATORS_FOLDER, '../sample/users.csv'), `${lines}\n${unquoted}\n`);
