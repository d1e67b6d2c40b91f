/** What a row is, whole: each row as it stands, with repairs, and with repairs for targets. */
import { expect, test } from 'vitest';
import { digestError } from '../../../src/errors.js';
import { clerkHashers, createRegistry, DEFAULT_LIMITS, defineHasher } from '../../../src/index.js';
import { type AssessmentRules, createClassifier, isSpelling } from '../../../src/migration/assess/classify.js';
import type { Row } from '../../../src/migration/row.js';
import { readSystem } from '../../../src/recognize/systems/index.js';
import { findTarget } from '../../../src/targets/index.js';
import { BCRYPT, MD5_OF_PASSWORD } from '../../support/exports.js';

const registry = createRegistry(clerkHashers);
const exampleOf = (name: string) => registry.get(name)?.example.digest as string;
const DOUBT = { code: 'ERR_PREHASH', field: 'pepper', message: 'a message', fix: 'a fix' } as const;
const WARNING = { code: 'WARN_ROW', severity: 'warning', message: 'one' } as const;
const NOTE = { code: 'NOTE_CONVERTED', subcode: 'drupal-7-s', severity: 'note', message: 'converted' } as const;
const disabled = (text: string) => digestError('ERR_DISABLED', text, { field: 'account' });
const broken = digestError('ERR_MALFORMED', 'broken', { hasher: 'md5', field: 'hash', offset: 3, fix: 'do this' });
const twofold = `${'ab'.repeat(16)}:${'cd'.repeat(64)}`;

const ROWS: Readonly<Record<string, Partial<Row>>> = {
  'a record that could not be read': { problem: { code: 'no-dn' }, passwordDigest: BCRYPT },
  'a value that is no text': {
    notText: { subcode: 'list', message: 'a list', fix: 'export text' },
    passwordDigest: BCRYPT,
  },
  'no digest': {},
  'an empty digest': { passwordDigest: '' },
  'no digest and no id': { id: '' },
  'a mark': { passwordDigest: '!' },
  'a mark under a hasher': { passwordHasher: 'bcrypt', passwordDigest: '!' },
  'a mark under a name that is none': { passwordHasher: 'nonesuch', passwordDigest: '!' },
  'a disabled account': { error: disabled('blocked') },
  'a disabled account with a digest': { error: disabled('blocked'), passwordDigest: BCRYPT },
  'an error of the source': { error: broken },
  'an error of the source without a hasher': { error: digestError('ERR_MALFORMED', 'broken') },
  'an error of the source, and a text that can be repaired': { error: broken, passwordDigest: `"${BCRYPT}"` },
  'an error of the source, and a text that cannot': { error: broken, passwordDigest: '?' },
  'a sound digest': { passwordHasher: 'bcrypt', passwordDigest: BCRYPT },
  'a sound digest without a hasher': { passwordDigest: BCRYPT },
  'a sound digest without an id': { id: '', passwordDigest: BCRYPT },
  'a weak one': { passwordHasher: 'bcrypt', passwordDigest: BCRYPT.replace('$10$', '$04$') },
  'one over the limits': { passwordHasher: 'bcrypt', passwordDigest: BCRYPT.replace('$10$', '$31$') },
  'one of another case': { passwordHasher: 'md5', passwordDigest: MD5_OF_PASSWORD.toUpperCase() },
  'one that a target spells otherwise': { passwordHasher: 'bcrypt', passwordDigest: BCRYPT.replace('$2b$', '$2y$') },
  'one with spare bits': { passwordHasher: 'bcrypt', passwordDigest: `${BCRYPT.slice(0, 28)}/${BCRYPT.slice(29)}` },
  'one in quotes': { passwordHasher: 'bcrypt', passwordDigest: `"${BCRYPT}"` },
  'one in quotes without a hasher': { passwordDigest: `"${BCRYPT}"` },
  'one in quotes over the limits': { passwordHasher: 'bcrypt', passwordDigest: `"${BCRYPT.replace('$10$', '$31$')}"` },
  'one cut off': { passwordHasher: 'bcrypt', passwordDigest: BCRYPT.slice(0, -1) },
  'one under another hasher': { passwordHasher: 'md5', passwordDigest: BCRYPT },
  'one under a name in other letters': { passwordHasher: 'BCrypt', passwordDigest: BCRYPT },
  'one under a name that is none': { passwordHasher: 'nonesuch', passwordDigest: BCRYPT },
  'what several hashers read': { passwordDigest: MD5_OF_PASSWORD },
  'what is ambiguous': { passwordDigest: exampleOf('pbkdf2_sha256') },
  'what no hasher reads': { passwordDigest: 'nonsense' },
  'one of another system': { passwordDigest: `{bcrypt}${BCRYPT}` },
  'one of another system under its name': { passwordHasher: 'spring', passwordDigest: `{bcrypt}${BCRYPT}` },
  'one that two systems write': { passwordDigest: twofold },
  'one that two systems write, under a name': { passwordHasher: 'better-auth', passwordDigest: twofold },
  'one of a system that no hasher holds': { passwordDigest: '$6$salt$abc' },
  'one that another system verifies': { passwordHasher: 'awscognito', passwordDigest: exampleOf('awscognito') },
  'findings of the source': { passwordDigest: BCRYPT, findings: [WARNING, NOTE] },
  'a note of the source': { passwordDigest: BCRYPT, findings: [NOTE] },
  'a finding of a rejected digest': { passwordHasher: 'bcrypt', passwordDigest: 'nonsense', findings: [WARNING] },
  'a finding of a mark': { passwordDigest: '!', findings: [WARNING] },
  'a doubt of all': { passwordDigest: BCRYPT, doubts: [{ ...DOUBT, of: 'all', subcode: 'smf-2-1' }] },
  'a weak one in quotes': { passwordHasher: 'bcrypt', passwordDigest: `"${BCRYPT.replace('$10$', '$04$')}"` },
  'one over the limits that a target spells otherwise': {
    passwordHasher: 'bcrypt',
    passwordDigest: BCRYPT.replace('$2b$10$', '$2y$31$'),
  },
  'a doubt of a rejected digest': {
    passwordHasher: 'bcrypt',
    passwordDigest: 'nonsense',
    doubts: [{ ...DOUBT, of: 'all' }],
  },
  'a doubt of others, then of this hasher': {
    passwordDigest: BCRYPT,
    doubts: [
      { ...DOUBT, of: ['md5'], field: 'other' },
      { ...DOUBT, of: ['bcrypt'] },
    ],
    findings: [WARNING],
  },
  'one longer than the limits': { passwordHasher: 'bcrypt', passwordDigest: BCRYPT.padEnd(2000, 'x') },
  'a phpass digest of phpBB': { passwordHasher: 'phpass', passwordDigest: `$H$${exampleOf('phpass').slice(3)}` },
  'a scrypt that a target writes otherwise': {
    passwordHasher: 'scrypt_firebase',
    passwordDigest: exampleOf('scrypt_firebase'),
  },
  'an argon2id': { passwordHasher: 'argon2id', passwordDigest: exampleOf('argon2id') },
  'a salted SHA-1': { passwordHasher: 'ldap_ssha', passwordDigest: exampleOf('ldap_ssha') },
};

const RULES: Readonly<Record<string, Partial<AssessmentRules>>> = {
  'as it stands': {},
  repaired: { repairs: true },
  'for node-bcrypt': { repairs: true, target: findTarget('node-bcrypt') },
  'for node-bcrypt, as it stands': { target: findTarget('node-bcrypt') },
  'for auth0': { repairs: true, target: findTarget('auth0') },
};

/** Without sentences, whose wording may change. */
function outcomesOf(row: Partial<Row>): string[] {
  const lines: string[] = [];
  let last = '';
  for (const [name, rules] of Object.entries(RULES)) {
    const classify = createClassifier(registry, { limits: DEFAULT_LIMITS, ...rules });
    const { read, findings, ...outcome } = classify({
      ...{ line: 1, id: 'u1', passwordHasher: undefined, passwordDigest: undefined },
      ...row,
    });
    const { rejection } = outcome;
    const text = JSON.stringify({
      ...outcome,
      findings: findings.map(({ severity, kind, fix }) => [severity, kind, ...(fix === null ? [] : ['with a fix'])]),
      ...(rejection && { rejection: { ...rejection, fix: rejection.fix === null ? null : 'a fix' } }),
      ...(read && { read: [read.hasher.name, read.text] }),
    });
    lines.push(`  ${name}: ${text === last ? 'the same' : text}`);
    last = text;
  }
  return lines;
}

test('each row has the outcome of the golden file', async () => {
  const paragraphs = Object.entries(ROWS).map(([what, row]) => `${[what, ...outcomesOf(row)].join('\n')}\n`);
  await expect(paragraphs.join('\n')).toMatchFileSnapshot('golden/outcomes.txt');
});

test('a row without a hasher gets the name of the matching one, or a request to name it', () => {
  const classify = createClassifier(registry, { limits: DEFAULT_LIMITS });
  const said = (passwordDigest: string) => {
    const { findings } = classify({ line: 1, id: 'u1', passwordHasher: undefined, passwordDigest });
    return `${findings[0]?.message}; ${findings[0]?.fix}`;
  };
  expect(said(`{bcrypt}${BCRYPT}`)).toContain(readSystem(`{bcrypt}${BCRYPT}`)?.title);
  expect(said(MD5_OF_PASSWORD)).toMatch(/^no hasher is named, and the digest .*--hasher/s);
  expect(said(twofold)).toMatch(/^no hasher is named/);
});

test('a fault of a hasher is thrown', () => {
  const faulty = defineHasher({
    ...(registry.get('md5') as NonNullable<ReturnType<typeof registry.get>>),
    name: 'faulty',
  } as never);
  const own = createRegistry([faulty]);
  const throwing = {
    ...own,
    parse() {
      throw new RangeError('broken');
    },
  };
  const classify = createClassifier(throwing, { limits: DEFAULT_LIMITS });
  const row = { line: 1, id: 'u1', passwordHasher: 'faulty', passwordDigest: MD5_OF_PASSWORD };
  expect(() => classify(row)).toThrow(RangeError);
});

test('only another spelling goes away when a digest is written canonically', () => {
  expect(isSpelling({ code: 'WARN_NONCANONICAL', severity: 'note', message: '' })).toBe(true);
  expect(isSpelling({ code: 'WARN_QUOTE', severity: 'note', message: '' })).toBe(false);
});
