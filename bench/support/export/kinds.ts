/**
 * The kinds of rows of a generated export. Each says what a check has to find of it: told here from the formats and the
 * published minima, and never asked of the code that is checked. Digests are of the right form and nobody's.
 */
import type { Pieces } from './random.js';

export type Verdict = 'ok' | 'warned' | 'rejected' | 'disabled' | 'missing';
export type Format = 'csv' | 'ndjson';
/** How the row itself is damaged; the rest of it does not matter then. */
export type RowDamage = 'cut' | 'wide' | 'stray quote' | 'broken' | 'array' | 'text';

export interface RowKind {
  readonly name: string;
  /** Rows of so many in all. */
  readonly weight: number;
  /** What stands in the column of the hasher. */
  readonly written: string;
  digest(row: number): string;
  readonly verdict: Verdict;
  /** To whose rows it counts. */
  readonly hasher: string | null;
  readonly params?: Readonly<Record<string, number | string>>;
  /** `CODE field`, or the code alone. */
  readonly findings: readonly string[];
  /** Whether it is a digest with a salt, sound but for its cost: these are looked at for duplicates. */
  readonly salted: boolean;
  readonly parses: boolean;
  readonly damage?: RowDamage;
  /** The row has one field less, behind its digest. */
  readonly short?: true;
  /** Several rows have the salt of this number. */
  saltGroup?(row: number): number;
  readonly only?: Format;
}

type Detail = Partial<Omit<RowKind, 'name' | 'weight' | 'digest'>>;

const WEAK = 'NOTE_INSECURE';
const UNRECOMMENDED = 'NOTE_LOW_COST';
const ASSUMED = 'NOTE_ASSUMED';
/** Last characters of which the unused bits are zero. */
const ENDS = {
  bcryptSalt: '.Oeu',
  bcryptHash: '.CGKOSWaeimquy26',
  two: 'AQgw',
  four: 'AEIMQUYcgkosw048',
  crypt: './01',
};
const SITE_SALTS = 5;

export function kindsOf({ unique, any, of }: Pieces): readonly RowKind[] {
  const kinds: RowKind[] = [];

  /** A digest of `hasher`, which is sound unless the detail says otherwise. */
  function add(hasher: string, weight: number, digest: (row: number) => string, detail: Detail = {}): void {
    const { findings = [], verdict = verdictOf(findings) } = detail;
    kinds.push({
      ...{ name: `${hasher} ${kinds.length}`, weight, written: hasher, digest, hasher, salted: true, parses: true },
      ...detail,
      ...{ findings, verdict },
    });
  }

  /** A digest that no hasher reads. */
  function reject(
    [code, field]: readonly [code: string, field: string],
    written: string,
    weight: number,
    digest: (row: number) => string,
    hasher: string | null = written,
  ): void {
    add(hasher ?? '', weight, digest, {
      written,
      hasher,
      findings: [`${code} ${field}`],
      salted: false,
      parses: false,
    });
  }

  /** Nothing that could be imported. */
  function empty(verdict: 'disabled' | 'missing', written: string, weight: number, digest: string): void {
    add(written, weight, () => digest, { verdict, hasher: null, salted: false, parses: false });
  }

  const base64 = {
    bytes16: (row: number) => `${unique('base64', 21, row)}${of(ENDS.two)}==`,
    bytes32: () => `${any('base64', 42)}${of(ENDS.four)}=`,
    bytes64: (row: number) => `${unique('base64', 85, row)}${of(ENDS.two)}==`,
  };
  const unpadded = (text: string): string => text.replace(/=+$/, '');

  // bcrypt and what is made of it.
  const bcryptRest = (row: number): string =>
    `${unique('crypt', 21, row)}${of(ENDS.bcryptSalt)}${any('crypt', 30)}${of(ENDS.bcryptHash)}`;
  const bcrypt =
    (variant: string, cost: string) =>
    (row: number): string =>
      `$${variant}$${cost}$${bcryptRest(row)}`;
  const bcryptParams = (variant: string, cost: number) => ({ params: { variant, cost } });
  add('bcrypt', 3000, bcrypt('2b', '10'), bcryptParams('2b', 10));
  add('bcrypt', 1200, bcrypt('2a', '10'), bcryptParams('2a', 10));
  add('bcrypt', 600, bcrypt('2y', '12'), bcryptParams('2y', 12));
  add('bcrypt', 300, bcrypt('2a', '11'), bcryptParams('2a', 11));
  add('bcrypt', 120, bcrypt('2b', '15'), bcryptParams('2b', 15));
  add('bcrypt', 60, bcrypt('2a', '08'), { ...bcryptParams('2a', 8), findings: ['NOTE_LOW_COST cost'] });
  add('bcrypt', 10, bcrypt('2x', '10'), { ...bcryptParams('2x', 10), findings: ['WARN_VARIANT variant'] });
  add('bcrypt', 5, bcrypt('2', '10'), { ...bcryptParams('2', 10), findings: ['WARN_VARIANT variant'] });
  add('bcrypt', 20, bcrypt('2b', '10'), { ...bcryptParams('2b', 10), written: '' });
  const unusedBits = (row: number): string => `$2b$10$${unique('crypt', 21, row)}/${any('crypt', 30)}/`;
  add('bcrypt', 15, unusedBits, {
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
  const pbkdf2 = (iterations: number, keylen: number) => ({ params: { iterations, keylen } });
  const LOW_ITERATIONS = ['NOTE_LOW_COST iterations'];
  const django = (iterations: number) => (row: number) =>
    `pbkdf2_sha256$${iterations}$${unique('word', 22, row)}$${base64.bytes32()}`;
  add('pbkdf2_sha256_django', 700, django(600_000), pbkdf2(600_000, 32));
  add('pbkdf2_sha256_django', 400, django(260_000), { ...pbkdf2(260_000, 32), findings: LOW_ITERATIONS });
  add('pbkdf2_sha256_django', 200, django(1_000_000), pbkdf2(1_000_000, 32));
  add('pbkdf2_sha256', 150, (row) => `pbkdf2_sha256$100000$${base64.bytes16(row)}$${base64.bytes32()}`, {
    ...pbkdf2(100_000, 32),
    findings: LOW_ITERATIONS,
  });
  add('pbkdf2_sha1', 100, (row) => `pbkdf2_sha1$10000$${unique('hex', 32, row)}$${any('hex', 64)}`, {
    ...pbkdf2(10_000, 32),
    findings: LOW_ITERATIONS,
  });
  add(
    'pbkdf2_sha1',
    60,
    (row) => `pbkdf2_sha1$1400000$${unique('hex', 32, row)}$${any('hex', 40)}$20`,
    pbkdf2(1_400_000, 20),
  );
  add(
    'pbkdf2_sha512',
    150,
    (row) => `pbkdf2_sha512$220000$${unique('word', 22, row)}$${any('hex', 128)}`,
    pbkdf2(220_000, 64),
  );
  add(
    'pbkdf2_sha512_hex',
    150,
    (row) => `pbkdf2_sha512_hex$220000$${unique('hex', 32, row)}$${any('hex', 128)}`,
    pbkdf2(220_000, 64),
  );

  // Argon2. Quoted in a CSV, for its commas.
  const argon2 = (type: string, head: string) => (row: number) =>
    `$${type}$${head}$${unpadded(base64.bytes16(row))}$${unpadded(base64.bytes32())}`;
  const argon2Params = (version: number, m: number, t: number, p: number) => ({ params: { version, m, t, p } });
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
  const KEY = 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==';
  const firebase = (memCost: number) => (row: number) =>
    `${base64.bytes64(row)}$${base64.bytes16(row)}$${KEY}$Bw==$8$${memCost}`;
  // OWASP's least sets have five and ten lanes with so little memory.
  const firebaseParams = { params: { rounds: 8, memCost: 14 } };
  const LOW_ROUNDS = 'NOTE_LOW_COST rounds';
  add('scrypt_firebase', 500, firebase(14), { ...firebaseParams, findings: [LOW_ROUNDS] });
  add('scrypt_firebase', 15, (row) => `-_${firebase(14)(row).slice(2)}`, {
    ...firebaseParams,
    findings: ['WARN_NONCANONICAL hash', LOW_ROUNDS],
  });
  const werkzeug = (N: number) => (row: number) => `scrypt:${N}:8:1$${unique('word', 16, row)}$${any('hex', 128)}`;
  add('scrypt_werkzeug', 200, werkzeug(32_768), {
    params: { N: 32_768, r: 8, p: 1 },
    findings: ['NOTE_LOW_COST p'],
  });
  add('scrypt_werkzeug', 50, werkzeug(131_072), { params: { N: 131_072, r: 8, p: 1 } });

  // Chains and plain hashes.
  const phpass = (sign: string) => (row: number) =>
    `$${sign}$B${unique('crypt', 8, row)}${any('crypt', 21)}${of(ENDS.crypt)}`;
  const CHAIN = { params: { cost: 13 }, findings: [UNRECOMMENDED] };
  add('phpass', 600, phpass('P'), CHAIN);
  add('phpass', 40, phpass('H'), { ...CHAIN, findings: ['WARN_NONCANONICAL prefix', UNRECOMMENDED] });
  add('md5_phpass', 40, phpass('P'), { ...CHAIN, findings: [ASSUMED, UNRECOMMENDED] });
  const symfony = (row: number) => `sha512_symfony$5000$${unique('word', 22, row)}$${base64.bytes64(row)}`;
  add('sha512_symfony', 80, symfony, { params: { iterations: 5000 }, findings: [WEAK] });
  const plain = { params: {}, salted: false };
  add('md5', 250, (row) => unique('hex', 32, row), { ...plain, findings: [WEAK] });
  add('md5', 20, (row) => `${unique('hex', 31, row)}a`.toUpperCase(), {
    ...plain,
    findings: ['WARN_NONCANONICAL hash', WEAK],
  });
  add('sha256', 150, (row) => unique('hex', 64, row), { ...plain, findings: [WEAK] });
  add('hmac_sha256_utf16_b64', 30, (row) => `${unique('base64', 42, row)}${of(ENDS.four)}=`, {
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
  const ssha = (row: number) => `{SSHA}${any('base64', 27)}${unique('base64', 10, row)}${of(ENDS.two)}==`;
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
  add('pbkdf2_sha256_django', 5, django(20_000_000), { findings: ['ERR_LIMIT iterations'] });
  add('argon2id', 5, argon2('argon2id', 'v=19$m=2097152,t=1,p=1'), { findings: ['ERR_LIMIT m'] });

  // Damaged digests.
  reject(['ERR_MALFORMED', 'hash'], 'bcrypt', 30, (row) => bcrypt('2b', '10')(row).slice(0, 59));
  reject(['ERR_MALFORMED', 'hash'], 'bcrypt', 10, (row) => `${bcrypt('2b', '10')(row).slice(0, 50)}*234567890`);
  reject(['ERR_MALFORMED', 'digest'], 'bcrypt', 10, (row) => `${bcrypt('2b', '10')(row)} `);
  reject(['ERR_MALFORMED', 'hash'], 'phpass', 10, (row) => phpass('P')(row).slice(0, 33));
  reject(['ERR_MALFORMED', 'hash'], 'sha256', 10, (row) => `${unique('hex', 63, row)}g`);
  reject(['ERR_MALFORMED', 'hash'], 'pbkdf2_sha256_django', 10, (row) => django(600_000)(row).slice(0, -5));
  reject(['ERR_MALFORMED', 'hash'], 'scrypt_werkzeug', 10, (row) => werkzeug(32_768)(row).slice(0, -1));
  reject(
    ['ERR_MALFORMED', 'hash'],
    'argon2id',
    5,
    (row) => `$argon2id$v=19$m=65536,t=3,p=4$${unpadded(base64.bytes16(row))}`,
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
  empty('disabled', 'md5', 10, 'NULL');
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

function verdictOf(findings: readonly string[]): Verdict {
  if (findings.some((finding) => finding.startsWith('ERR_'))) return 'rejected';
  return findings.some((finding) => finding.startsWith('WARN_')) ? 'warned' : 'ok';
}
