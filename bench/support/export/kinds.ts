/**
 * The kinds of rows of a generated export. Each says what a check has to find of it: told here from the formats and the
 * published minima, and never asked of the code that is checked. Digests are of the right form and nobody's.
 */
import type { Format } from '../../../src/reports/check-report.js';
import { digestsOf, FIREBASE_KEY } from './digests.js';
import { kindList, type RowDamage, type RowKind } from './kind-list.js';
import { argon2Params, bcryptParams, pbkdf2Params } from './params.js';
import type { Pieces } from './random.js';

const WEAK = 'NOTE_INSECURE';
const UNRECOMMENDED = 'NOTE_LOW_COST';
const ASSUMED = 'NOTE_ASSUMED';
const SITE_SALTS = 5;

export function kindsOf(pieces: Pieces): readonly RowKind[] {
  const { unique, any } = pieces;
  const { kinds, add, reject, empty } = kindList();
  const digests = digestsOf(pieces);
  const { bytes16, bytes32, bytes64, bcrypt, argon2, pbkdf2Django, werkzeug, phpass, ssha } = digests;

  // bcrypt and what is made of it.
  add('bcrypt', 3000, bcrypt('2b', '10'), bcryptParams('2b', 10));
  add('bcrypt', 1200, bcrypt('2a', '10'), bcryptParams('2a', 10));
  add('bcrypt', 600, bcrypt('2y', '12'), bcryptParams('2y', 12));
  add('bcrypt', 300, bcrypt('2a', '11'), bcryptParams('2a', 11));
  add('bcrypt', 120, bcrypt('2b', '15'), bcryptParams('2b', 15));
  add('bcrypt', 60, bcrypt('2a', '08'), { ...bcryptParams('2a', 8), findings: ['NOTE_LOW_COST cost'] });
  add('bcrypt', 10, bcrypt('2x', '10'), { ...bcryptParams('2x', 10), findings: ['WARN_VARIANT variant'] });
  add('bcrypt', 5, bcrypt('2', '10'), { ...bcryptParams('2', 10), findings: ['WARN_VARIANT variant'] });
  add('bcrypt', 20, bcrypt('2b', '10'), { ...bcryptParams('2b', 10), written: '' });
  add('bcrypt', 15, digests.unusedBits, {
    ...bcryptParams('2b', 10),
    findings: ['WARN_NONCANONICAL salt', 'WARN_NONCANONICAL hash'],
  });
  add('bcrypt_peppered', 150, (row) => `${bcrypt('2a', '12')(row)}$a pepper, with $igns`, bcryptParams('2a', 12));
  add('bcrypt_peppered', 20, (row) => `${bcrypt('2a', '11')(row)}$${'long'.repeat(20)}`, {
    ...bcryptParams('2a', 11),
    findings: ['NOTE_PEPPER_TRUNCATED pepper'],
  });
  add('bcrypt_sha256_django', 150, (row) => `bcrypt_sha256$${bcrypt('2b', '12')(row)}`, bcryptParams('2b', 12));

  // PBKDF2.
  const LOW_ITERATIONS = ['NOTE_LOW_COST iterations'];
  add('pbkdf2_sha256_django', 700, pbkdf2Django(600_000), pbkdf2Params(600_000, 32));
  add('pbkdf2_sha256_django', 400, pbkdf2Django(260_000), { ...pbkdf2Params(260_000, 32), findings: LOW_ITERATIONS });
  add('pbkdf2_sha256_django', 200, pbkdf2Django(1_000_000), pbkdf2Params(1_000_000, 32));
  add('pbkdf2_sha256', 150, (row) => `pbkdf2_sha256$100000$${bytes16(row)}$${bytes32(row)}`, {
    ...pbkdf2Params(100_000, 32),
    findings: LOW_ITERATIONS,
  });
  add('pbkdf2_sha1', 100, (row) => `pbkdf2_sha1$10000$${unique('hex', 32, row)}$${any('hex', 64)}`, {
    ...pbkdf2Params(10_000, 32),
    findings: LOW_ITERATIONS,
  });
  add(
    'pbkdf2_sha1',
    60,
    (row) => `pbkdf2_sha1$1400000$${unique('hex', 32, row)}$${any('hex', 40)}$20`,
    pbkdf2Params(1_400_000, 20),
  );
  add(
    'pbkdf2_sha512',
    150,
    (row) => `pbkdf2_sha512$220000$${unique('word', 22, row)}$${any('hex', 128)}`,
    pbkdf2Params(220_000, 64),
  );
  add(
    'pbkdf2_sha512_hex',
    150,
    (row) => `pbkdf2_sha512_hex$220000$${unique('hex', 32, row)}$${any('hex', 128)}`,
    pbkdf2Params(220_000, 64),
  );

  // Argon2. Quoted in a CSV, for its commas.
  add('argon2id', 800, argon2('argon2id', 'v=19$m=65536,t=3,p=4'), argon2Params(19, 65_536, 3, 4));
  add('argon2id', 200, argon2('argon2id', 'v=19$m=19456,t=2,p=1'), argon2Params(19, 19_456, 2, 1));
  add('argon2id', 30, argon2('argon2id', 'v=19$m=4096,t=3,p=1'), {
    ...argon2Params(19, 4096, 3, 1),
    findings: ['NOTE_LOW_COST m'],
  });
  add('argon2id', 20, argon2('argon2id', 'v=19$t=3,m=65536,p=4'), {
    ...argon2Params(19, 65_536, 3, 4),
    findings: ['WARN_NONCANONICAL params'],
  });
  add('argon2i', 100, argon2('argon2i', 'v=19$m=65536,t=4,p=1'), argon2Params(19, 65_536, 4, 1));
  add('argon2i', 20, argon2('argon2i', 'm=65536,t=4,p=1'), {
    ...argon2Params(16, 65_536, 4, 1),
    findings: ['WARN_VERSION v', 'WARN_NONCANONICAL v'],
  });

  // scrypt.
  const firebase = (memCost: number) => (row: number) =>
    `${bytes64(row)}$${bytes16(row)}$${FIREBASE_KEY}$Bw==$8$${memCost}`;
  // OWASP's least sets have five and ten lanes with so little memory.
  const firebaseParams = { params: { rounds: 8, memCost: 14 } };
  const LOW_ROUNDS = 'NOTE_LOW_COST rounds';
  add('scrypt_firebase', 500, firebase(14), { ...firebaseParams, findings: [LOW_ROUNDS] });
  add('scrypt_firebase', 15, (row) => `-_${firebase(14)(row).slice(2)}`, {
    ...firebaseParams,
    findings: ['WARN_NONCANONICAL hash', LOW_ROUNDS],
  });
  add('scrypt_werkzeug', 200, werkzeug(32_768), {
    params: { N: 32_768, r: 8, p: 1 },
    findings: ['NOTE_LOW_COST p'],
  });
  add('scrypt_werkzeug', 50, werkzeug(131_072), { params: { N: 131_072, r: 8, p: 1 } });

  // Chains and plain hashes.
  const CHAIN = { params: { cost: 13 }, findings: [UNRECOMMENDED] };
  add('phpass', 600, phpass('P'), CHAIN);
  add('phpass', 40, phpass('H'), { ...CHAIN, findings: ['WARN_NONCANONICAL prefix', UNRECOMMENDED] });
  add('md5_phpass', 40, phpass('P'), { ...CHAIN, findings: [ASSUMED, UNRECOMMENDED] });
  const symfony = (row: number) => `sha512_symfony$5000$${unique('word', 22, row)}$${bytes64(row)}`;
  add('sha512_symfony', 80, symfony, { params: { iterations: 5000 }, findings: [WEAK] });
  const plain = { params: {}, salted: false };
  add('md5', 250, (row) => unique('hex', 32, row), { ...plain, findings: [WEAK] });
  add('md5', 20, (row) => `${unique('hex', 31, row)}a`.toUpperCase(), {
    ...plain,
    findings: ['WARN_NONCANONICAL hash', WEAK],
  });
  add('sha256', 150, (row) => unique('hex', 64, row), { ...plain, findings: [WEAK] });
  add('hmac_sha256_utf16_b64', 30, digests.hmacUtf16, {
    ...plain,
    findings: [ASSUMED, UNRECOMMENDED],
  });
  add('md5_salted', 80, (row) => `${unique('word', 8, row)}$${any('hex', 32)}`, { params: {}, findings: [WEAK] });
  add('sha256_salted', 80, (row) => `${unique('word', 8, row)}$${any('hex', 64)}`, { params: {}, findings: [WEAK] });
  // One salt for a whole site, of which there are a few.
  add('sha256_salted', 20, (row) => `site-salt-${row % SITE_SALTS}$${unique('hex', 64, row)}`, {
    params: {},
    findings: [WEAK],
    saltGroup: (row) => row % SITE_SALTS,
  });
  add('ldap_ssha', 120, ssha, { params: {}, findings: [UNRECOMMENDED] });
  add('ldap_ssha', 10, (row) => ssha(row).replace('{SSHA}', '{ssha}'), {
    params: {},
    findings: ['WARN_NONCANONICAL scheme', UNRECOMMENDED],
  });
  add('awscognito', 60, (row) => `awscognito#eu-west-1_Ab12Cd34E#client#user${row}@example.com`, {
    ...plain,
    findings: ['NOTE_UNVERIFIABLE'],
  });

  // Over a limit: read, and refused by its cost.
  add('bcrypt', 5, bcrypt('2b', '17'), { findings: ['ERR_LIMIT cost'] });
  add('pbkdf2_sha256_django', 5, pbkdf2Django(20_000_000), { findings: ['ERR_LIMIT iterations'] });
  add('argon2id', 5, argon2('argon2id', 'v=19$m=2097152,t=1,p=1'), { findings: ['ERR_LIMIT m'] });

  // Damaged digests.
  reject(['ERR_MALFORMED', 'hash'], 'bcrypt', 30, (row) => bcrypt('2b', '10')(row).slice(0, 59));
  reject(['ERR_MALFORMED', 'hash'], 'bcrypt', 10, (row) => `${bcrypt('2b', '10')(row).slice(0, 50)}*234567890`);
  reject(['ERR_MALFORMED', 'digest'], 'bcrypt', 10, (row) => `${bcrypt('2b', '10')(row)} `);
  reject(['ERR_MALFORMED', 'hash'], 'phpass', 10, (row) => phpass('P')(row).slice(0, 33));
  reject(['ERR_MALFORMED', 'hash'], 'sha256', 10, (row) => `${unique('hex', 63, row)}g`);
  reject(['ERR_MALFORMED', 'hash'], 'pbkdf2_sha256_django', 10, (row) => pbkdf2Django(600_000)(row).slice(0, -5));
  reject(['ERR_MALFORMED', 'hash'], 'scrypt_werkzeug', 10, (row) => werkzeug(32_768)(row).slice(0, -1));
  reject(
    ['ERR_MALFORMED', 'hash'],
    'argon2id',
    5,
    (row) => `$argon2id$v=19$m=65536,t=3,p=4$${bytes16(row).replace('==', '')}`,
  );
  reject(['ERR_WRONG_HASHER', 'digest'], 'md5', 15, bcrypt('2a', '10'));
  reject(['ERR_WRONG_HASHER', 'digest'], 'bcrypt', 15, argon2('argon2id', 'v=19$m=65536,t=3,p=4'));
  reject(['ERR_UNSUPPORTED', 'digest'], 'bcrypt', 5, (row) => `$6$${unique('crypt', 16, row)}$${any('crypt', 86)}`);

  // Names that are no hasher's.
  const NAMELESS = ['ERR_UNKNOWN_HASHER', 'passwordHasher'] as const;
  reject(NAMELESS, 'BCrypt', 15, bcrypt('2b', '10'), 'unknown');
  reject(NAMELESS, 'constructor', 5, (row) => unique('hex', 32, row), 'unknown');
  // No text in UTF-8 begins so: nothing else can be read into it.
  reject(NAMELESS, '', 10, (row) => `ff${unique('hex', 30, row)}`, 'unknown');

  // Nobody's password.
  empty('missing', 'bcrypt', 300, '');
  empty('missing', '', 200, '');
  empty('disabled', 'bcrypt', 30, '!');
  empty('disabled', 'pbkdf2_sha256_django', 30, '!m7Xk2QvLr9sTbYc4WnEaZp1FhGjUdKo6iRx3HqV8');
  empty('disabled', '', 15, '*');
  empty('missing', 'md5', 10, 'NULL');
  empty('disabled', 'crypt', 5, 'x');

  // Rows that are none.
  const unreadable = (damage: RowDamage, only: Format, digest = bcrypt('2b', '10')): void =>
    add('bcrypt', 4, digest, { findings: ['ERR_ROW row'], hasher: null, salted: false, parses: false, damage, only });
  unreadable('cut', 'csv');
  unreadable('wide', 'csv', argon2('argon2id', 'v=19$m=65536,t=3,p=4'));
  unreadable('stray quote', 'csv');
  unreadable('broken', 'ndjson');
  unreadable('array', 'ndjson');
  unreadable('text', 'ndjson');
  add('bcrypt', 10, bcrypt('2b', '10'), {
    ...bcryptParams('2b', 10),
    findings: ['WARN_ROW row'],
    short: true,
    only: 'csv',
  });
  return kinds;
}
