/** Other systems' digests, text by text: which systems read it, as what, and what each refuses. */
import { expect, test } from 'vitest';
import { DigestError } from '../../src/errors.js';
import { clerkHashers } from '../../src/hashers/index.js';
import { MAX_DIGEST_CHARS } from '../../src/recognize/bounds.js';
import {
  checkedSystem,
  isSystemName,
  mayBeSystem,
  readAs,
  readSystem,
  type SystemName,
  systemNames,
  systems,
} from '../../src/recognize/systems/index.js';
import { listAnswers } from '../support/answers.js';
import { conversionVectors } from '../support/vectors.js';

const exampleOf = (name: string) => clerkHashers.find((hasher) => hasher.name === name)?.example.digest as string;
const base64 = (length: number) => Buffer.alloc(length, 7).toString('base64');
const BCRYPT = exampleOf('bcrypt');
const HEX = '0123456789abcdef';
const MD5 = HEX.repeat(2);

/** Version 3 of ASP.NET Identity with any numbers in its header. */
function aspnet(prf: number, iterations: number, saltBytes: number, length: number): string {
  const bytes = Buffer.alloc(length, 9);
  bytes.writeUInt8(1, 0);
  [prf, iterations, saltBytes].forEach((value, i) => {
    bytes.writeUInt32BE(value, 1 + 4 * i);
  });
  return bytes.toString('base64');
}

function keycloak(data: object, secret: object = {}): string {
  const secretData = JSON.stringify({ value: base64(32), salt: base64(16), ...secret });
  return JSON.stringify({ secretData, credentialData: JSON.stringify(data) });
}
const argon2 = { type: ['id'], version: ['1.3'], memory: ['7168'], parallelism: ['1'] };
const keycloakArgon2 = (parameters: object) =>
  keycloak({ algorithm: 'argon2', hashIterations: 5, additionalParameters: { ...argon2, ...parameters } });

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  aspnet: [
    aspnet(2, 1, 16, 45),
    aspnet(2, 1, 16, 44),
    aspnet(0, 1, 17, 46),
    aspnet(1, 1, 17, 45),
    aspnet(3, 1, 16, 48),
    aspnet(1, 0, 16, 48),
    aspnet(1, 1, 15, 48),
    aspnet(1, 1, 19, 48),
    aspnet(1, 1, 20, 48),
    Buffer.alloc(48, 0).toString('base64'),
    Buffer.alloc(51, 0).toString('base64'),
    `${base64(48).replace(/^./, 'A')}`,
    `A?${aspnet(1, 1, 16, 48).slice(2)}`,
    `A${aspnet(1, 1, 16, 49).slice(1, -2)}A=`,
  ],
  atlassian: [`{pkcs5s2}${base64(48)}`, `{PKCS5S2}${base64(47)}`, '{PKCS5S2}?'],
  'better-auth': [
    `${MD5}:${MD5.repeat(4)}`,
    `s2:${MD5}:${MD5.repeat(4)}`,
    `s2:abcdefghij012345:${MD5.repeat(4)}`,
    `abcdefghij012345:${MD5.repeat(4)}`,
    `abcdefghij01234:${MD5.repeat(4)}`,
    `${MD5.toUpperCase()}:${MD5.repeat(4)}`,
    `:${MD5.repeat(4)}`,
    `${MD5}${MD5.repeat(4)}`,
  ],
  django: [
    `bcrypt$${BCRYPT}`,
    'bcrypt$',
    `argon2${exampleOf('argon2id')}`,
    `argon2${exampleOf('argon2i')}`,
    'argon2$argon2d$x',
    `scrypt$16384$salt$8$1$${base64(64)}`,
    `scrypt$16384$salt$8$5$${base64(64)}`,
    `scrypt$x$salt$8$1$${base64(64)}`,
    `scrypt$16384$sa\u200blt$8$1$${base64(64)}`,
    'scrypt$16384$salt$8$1',
    `pbkdf2_sha1$260000$salt$${base64(20)}`,
    `pbkdf2_sha1$260000$$${base64(20)}`,
    `pbkdf2_sha1$0$salt$${base64(20)}`,
    `md5$$${MD5}`,
    `md5$salt$${MD5}`,
    'md5$salt$0',
    `sha1$salt$${'0a'.repeat(20)}`,
    `sha1$$${'0a'.repeat(20)}`,
    'crypt$$abc',
  ],
  firebase: [
    '$fbscrypt$',
    `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=${base64(64)}`,
    `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=${base64(64)}$${base64(10)}`,
    `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=${base64(64)}$${base64(10)}$${base64(64)}`,
    `$fbscrypt$v=2,n=14,r=8,p=1,ss=Bw==,sk=${base64(64)}$${base64(10)}$${base64(64)}`,
    `$fbscrypt$v=1,n=14,r=8,p=2,ss=Bw==,sk=${base64(64)}$${base64(10)}$${base64(64)}`,
    `$fbscrypt$v=1,n=14,r=8,p=1,sk=${base64(64)}$${base64(10)}$${base64(64)}`,
    `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==$${base64(10)}$${base64(64)}`,
    `$fbscrypt$v=1,r=8,p=1,ss=Bw==,sk=${base64(64)}$${base64(10)}$${base64(64)}`,
    `$fbscrypt$v=1,n=14,p=1,ss=Bw==,sk=${base64(64)}$${base64(10)}$${base64(64)}`,
    `$fbscrypt$v=1,n=1x,r=8,p=1,ss=Bw==,sk=${base64(64)}$${base64(10)}$${base64(64)}`,
    `$firescrypt$ln=14,r=8,p=1$${base64(10)}$${base64(64)}$Bw==$${base64(64)}`,
    `$firescrypt$ln=14,r=8,p=1$${base64(10)}$${base64(64)}$Bw==`,
    `$firebase-scrypt$hash=${base64(64)}$salt=${base64(10)}$sk=${base64(64)}$ss=Bw==$r=8$m=14`,
    `$firebase-scrypt$hash=${base64(64)}$sk=${base64(64)}$ss=Bw==$r=8$m=14`,
    `$firebase-scrypt$salt=${base64(10)}$sk=${base64(64)}$ss=Bw==$r=8$m=14`,
    `$firebase-scrypt$v=1$r=8,m=14,ss=Bw,sk=${base64(64)}$${base64(10)}$${base64(64)}`,
    `$firebase-scrypt$v=1$r=8,m=14,ss=Bw,sk=${base64(64)}$${base64(10).replaceAll('=', '')}$${base64(64)}`,
    `$firebase-scrypt$v=1$r=8,m=14,=x,ss=Bw,sk=${base64(64)}$${base64(10)}$${base64(64)}`,
  ],
  keycloak: [
    keycloak({ algorithm: 'pbkdf2', hashIterations: 27_500 }),
    keycloak({ algorithm: 'pbkdf2-sha1', hashIterations: 27_500 }),
    keycloak({ algorithm: 'pbkdf2-sha256', hashIterations: 27_500 }),
    keycloak({ algorithm: 'pbkdf2-sha512', hashIterations: 27_500 }, { value: base64(64) }),
    keycloak({ algorithm: 'pbkdf2-sha256', hashIterations: 27_500 }, { salt: '__SALT__' }),
    keycloak({ algorithm: 'pbkdf2-sha256', hashIterations: 27_500 }, { salt: null }),
    keycloak({ algorithm: 'pbkdf2-sha256', hashIterations: 27_500 }, { salt: 'x' }),
    keycloak({ algorithm: 'pbkdf2-sha256', hashIterations: 27_500 }, { value: 1 }),
    keycloak({ algorithm: 'pbkdf2-sha256', hashIterations: 0 }),
    keycloak({ algorithm: 'pbkdf2-sha256', hashIterations: 1.5 }),
    keycloak({ algorithm: 'pbkdf2-sha256', hashIterations: '27500' }),
    keycloak({ algorithm: 'pbkdf2-sha256' }),
    keycloak({ algorithm: 1, hashIterations: 1 }),
    keycloak({ algorithm: 'bcrypt', hashIterations: 10 }, { value: BCRYPT }),
    keycloak({ algorithm: 'BCrypt-x', hashIterations: -1 }, { value: BCRYPT }),
    keycloak({ algorithm: 'x-bcrypt', hashIterations: 1 }, { value: BCRYPT }),
    keycloak({ algorithm: 'sha256', hashIterations: 1 }),
    keycloakArgon2({}),
    keycloakArgon2({ type: 'i', version: '1.0' }),
    keycloakArgon2({ type: ['d'] }),
    keycloakArgon2({ version: ['1.4'] }),
    keycloakArgon2({ memory: ['x'] }),
    keycloakArgon2({ memory: ['7'] }),
    keycloakArgon2({ parallelism: [1] }),
    keycloak({ algorithm: 'argon2', hashIterations: 5 }),
    JSON.stringify({ secretData: { value: base64(32) }, credentialData: { algorithm: 'pbkdf2', hashIterations: 1 } }),
    JSON.stringify({ secretData: '[]', credentialData: '{}' }),
    JSON.stringify({ secretData: '{}', credentialData: 'x' }),
    JSON.stringify({ text: 'secretData' }),
    '{"secretData":',
    '["secretData"]',
  ],
  ldap: [
    `{CRYPT}${BCRYPT}`,
    `{bcrypt}${BCRYPT}`,
    `{BLF-CRYPT}${BCRYPT}`,
    '{CRYPT}$6$salt$abc',
    '{CRYPT}$2x',
    `{ARGON2}${exampleOf('argon2i')}`,
    `{ARGON2}${exampleOf('argon2id')}`,
    `{ARGON2I}${exampleOf('argon2i')}`,
    `{ARGON2ID}${exampleOf('argon2id')}`,
    `{ARGON2ID}${exampleOf('argon2i')}`,
    `{md5}${base64(16)}`,
    `{MD5}${base64(15)}`,
    `{MD5}${MD5}?`,
    ...['SHA', 'SMD5', 'SHA256', 'SHA512', 'SSHA256', 'SSHA384', 'SSHA512', 'SHA384'].map((one) => `{${one}}abc`),
    `{x}${BCRYPT}`,
  ],
  named: [
    '$wp$2y$10$abc',
    '$S$Cabc',
    'U$S$Cabc',
    `U${exampleOf('phpass')}`,
    `U$H$${exampleOf('phpass').slice(3)}`,
    'U$P$x',
    '$2a\\H$abc',
    '$2y\\P$abc',
    `${Buffer.alloc(16, 1).toString('base64')}${Buffer.alloc(32, 1).toString('base64')}`,
    `*${'2A'.repeat(20)}`,
    ...['1', '5', '6', 'y', 'gy', '7', 'sha1', 'apr1', 'md5', '3', '2'].map((id) => `$${id}$salt$abc`),
    '$md5,rounds=1$salt$abc',
  ],
  passlib: [
    `$pbkdf2$131000$${'ab'.repeat(11)}$${'ab'.repeat(13)}c`,
    `$pbkdf2-sha256$29000$x9h7j/Ge8x6DMEao1VqrdQ$kra3R1wEnY8mPdDWOpTqOTINaAmZvRMcYd8u5OBQP9A`,
    `$pbkdf2-sha256$29000$x9h7j/Ge8x6DMEao1VqrdQ$kra3R1wEnY8mPdDWOpTqOTINaAmZvRMcYd8u5OBQP+A`,
    `$pbkdf2-sha256$29000$x9h7j+Ge8x6DMEao1VqrdQ$kra3R1wEnY8mPdDWOpTqOTINaAmZvRMcYd8u5OBQP.A`,
    `$pbkdf2-sha256$29000$x9h7j/Ge8x6DMEao1VqrdQ$kra3`,
    '$pbkdf2-sha256$x$x9h7j/Ge8x6DMEao1VqrdQ$kra3',
    '$pbkdf2-sha256$1$x9h7j/Ge8x6DMEao1VqrdQ',
    `{PBKDF2}1212$OB.dtnSEXZK8U5cgxU/GYQ$y5LKPOplRmok7CZp/aqVDVg8zGI`,
    `{pbkdf2-SHA256}29000$x9h7j/Ge8x6DMEao1VqrdQ$kra3R1wEnY8mPdDWOpTqOTINaAmZvRMcYd8u5OBQP9A`,
    `$pbkdf2-sha512$20000$${HEX}$${MD5.repeat(4)}`,
    `$pbkdf2-sha512$20000$0$${MD5.repeat(4)}`,
    '$bcrypt-sha256$v=2,t=2b,r=12$abc$abc',
    '$p5k2$2710$abc$abc',
    '$pbkdf2$a=1',
    '$pbkdf2$v=12$a=1',
    '$pbkdf2$v=12$1',
    '$pbkdf2$v=x$a=1',
  ],
  phc: [
    '$pbkdf2-sha256$i=216000,l=32$Y0JQSUhNcVZKUVBq$OVur66V8LRGQVMrcUznEJMrdIJvCe7JfNXTVzzyEQVE',
    '$pbkdf2-sha256$i=216000$Y0JQSUhNcVZKUVBq$OVur66V8LRGQVMrcUznEJMrdIJvCe7JfNXTVzzyEQVE',
    '$pbkdf2-sha256$v=1$i=216000$Y0JQSUhNcVZKUVBq$OVur66V8LRGQVMrcUznEJMrdIJvCe7JfNXTVzzyEQVE',
    '$pbkdf2-sha256$v=12$i=216000$Y0JQSUhNcVZKUVBq$OVur66V8LRGQVMrcUznEJMrdIJvCe7JfNXTVzzyEQVE',
    '$pbkdf2-sha256$i=216000,l=31$Y0JQSUhNcVZKUVBq$OVur66V8LRGQVMrcUznEJMrdIJvCe7JfNXTVzzyEQVE',
    '$pbkdf2-sha256$i=216000,x=31$Y0JQSUhNcVZKUVBq$OVur66V8LRGQVMrcUznEJMrdIJvCe7JfNXTVzzyEQVE',
    '$pbkdf2-sha256$l=32$Y0JQSUhNcVZKUVBq$OVur66V8LRGQVMrcUznEJMrdIJvCe7JfNXTVzzyEQVE',
    '$pbkdf2-sha256$i=x$Y0JQSUhNcVZKUVBq$OVur66V8LRGQVMrcUznEJMrdIJvCe7JfNXTVzzyEQVE',
    '$pbkdf2-sha1$i=10000,l=20$wJuJqLoUFsdXa8k3sFhRlA$XMGVWTbeKf4Xd+CGiuEZde8x7QA',
    '$pbkdf2$i=10000,l=20$wJuJqLoUFsdXa8k3sFhRlA$XMGVWTbeKf4Xd+CGiuEZde8x7QA',
    '$pbkdf2$f=SHA1,w=600000,l=20$wJuJqLoUFsdXa8k3sFhRlA$XMGVWTbeKf4Xd+CGiuEZde8x7QA',
    '$pbkdf2$f=SHA256,w=600000,l=32$Y0JQSUhNcVZKUVBq$OVur66V8LRGQVMrcUznEJMrdIJvCe7JfNXTVzzyEQVE',
    `$pbkdf2$f=SHA512,w=600000,l=64$Y0JQSUhNcVZKUVBq$${base64(64).replaceAll('=', '')}`,
    '$pbkdf2$f=SHA384,w=600000,l=32$Y0JQSUhNcVZKUVBq$OVur66V8LRGQVMrcUznEJMrdIJvCe7JfNXTVzzyEQVE',
    '$scrypt$ln=16,r=8,p=1$abc$abc',
    '$pbkdf2-sha384$i=1$abc$abc',
  ],
  spring: [
    `{bcrypt}${BCRYPT}`,
    `{BCRYPT}${BCRYPT}`,
    `{argon2}${exampleOf('argon2i')}`,
    `{argon2@SpringSecurity_v5_8}${exampleOf('argon2id')}`,
    `{ldap}${exampleOf('ldap_ssha')}`,
    `{ldap}{SHA}${base64(20)}`,
    `{pbkdf2}${'5d'.repeat(28)}`,
    `{pbkdf2@SpringSecurity_v5_8}${'5d'.repeat(48)}`,
    '{pbkdf2}5x',
    `{MD5}${MD5}`,
    `{MD5}${MD5.toUpperCase()}`,
    `{MD5}{salt}${MD5}`,
    `{MD5}${MD5}!`,
    `{SHA-256}${MD5.repeat(2)}`,
    `{SHA-256}${MD5}`,
    '{noop}secret12',
    '{NOOP}secret12',
    '{scrypt}$e0801$abc$abc',
    '{SCRYPT}$e0801$abc$abc',
    '{scrypt@SpringSecurity_v5_8}abc',
    '{sha256}abc',
    '{SHA-1}abc',
    '{MD4}abc',
    '{md4}abc',
    '{x y}abc',
  ],
  werkzeug: [
    `pbkdf2:sha256:1000$salt$${'0a'.repeat(32)}`,
    `pbkdf2:sha1:1000$salt$${'0a'.repeat(20)}`,
    `pbkdf2:sha512:1000$salt$${'0a'.repeat(64)}`,
    `pbkdf2:sha256:1000$salt$${'0a'.repeat(31)}`,
    `pbkdf2:sha256$salt$${'0a'.repeat(32)}`,
    `pbkdf2:sha224:1000$salt$${'0a'.repeat(28)}`,
    `pbkdf2:$salt$0a`,
    `pbkdf2:sha256:x$salt$${'0a'.repeat(32)}`,
    `pbkdf2:sha256:1000$salt$${'0x'.repeat(32)}`,
    'pbkdf2:sha256:1000$salt',
    `$scrypt:32768:8:1$salt$${base64(64)}`,
    `scrypt:32768:8:1$salt$${base64(64)}`,
    `$scrypt:32768:8:1$salt$${'0a'.repeat(64)}`,
    `scrypt:32768:8:1$salt$${'0a'.repeat(64)}`,
    `$scrypt:32768:8:1$$${base64(64)}`,
    `$scrypt:32767:8:1$salt$${base64(64)}`,
    `$scrypt:16:16:12$salt$${base64(64)}`,
    `$scrypt:1073741824:8:1$salt$${base64(64)}`,
    `sha256$salt$${'0a'.repeat(32)}`,
    `sha1$salt$0a`,
    'sha512$$0a',
    'sha224$salt$0a',
  ],
};
const vectors = conversionVectors().flatMap(({ groups }) => groups.map(({ tests }) => tests[0]?.text ?? ''));

test.each(Object.entries({ ...TEXTS, vectors }))(
  'digests of %s are read as its golden file has it',
  async (name, texts) => {
    const own = Object.fromEntries(systems.map(({ system, read }) => [system, read]));
    await expect(listAnswers(texts, own)).toMatchFileSnapshot(`golden/systems-${name}.txt`);
  },
);

const texts = Object.values(TEXTS).flat();

test('the first system of the table that has an answer gives it, and damage is an answer', () => {
  for (const text of texts) {
    const first = systems.find(({ read }) => answers(read, text));
    expect(readSystem(text)?.system ?? readSystem(text)?.title, text).toBe(
      readSystem(text)?.damaged ? first?.title : first?.system,
    );
  }
  expect(readSystem('{PKCS5S2}?')).toEqual({ title: 'Atlassian', damaged: true, reason: expect.any(String) });
});

test('a text over the bound is of no system', () => {
  const longest = '$wp$2'.padEnd(MAX_DIGEST_CHARS, '0');
  expect(readSystem(longest)?.system).toBe('wordpress');
  expect(readSystem(`${longest}0`)).toBeUndefined();
  const data = { algorithm: 'pbkdf2-sha256', hashIterations: 1, padding: '' };
  data.padding = 'x'.repeat(MAX_DIGEST_CHARS - keycloak(data).length);
  expect(readAs('keycloak', keycloak(data))?.system).toBe('keycloak');
  data.padding += 'x';
  expect(readAs('keycloak', keycloak(data))).toBeUndefined();
  expect(readAs('wordpress', longest)).toBeUndefined();
});

test('names of systems are those of the table and one more, sorted', () => {
  expect(systemNames).toEqual([...systems.map(({ system }) => system), 'node-scrypt'].sort());
  expect(systemNames).toHaveLength(20);
  for (const name of systemNames) {
    expect(isSystemName(name)).toBe(true);
    expect(checkedSystem(name as SystemName)).toBe(name);
  }
  expect(isSystemName('md5')).toBe(false);
  expect(checkedSystem(undefined)).toBeUndefined();
});

test.each([
  ['sprnig', 'convert: unknown system (received "sprnig"); did you mean spring?'],
  ['xxxxxxxx', `convert: unknown system (received "xxxxxxxx"); known systems: ${systemNames.join(', ')}`],
  [5, `convert: unknown system (received a number); known systems: ${systemNames.join(', ')}`],
  [null, `convert: unknown system (received null); known systems: ${systemNames.join(', ')}`],
])('the system %j is wrong use', (system, message) => {
  expect(() => checkedSystem(system as never)).toThrow(new TypeError(message));
});

test('an error of a reader that is no DigestError is thrown', () => {
  expect(() => readSystem({ length: 1, startsWith: 1 } as never)).toThrow(TypeError);
});

test('what has a "$" and a beginning of a system may be one', () => {
  for (const text of texts.filter((one) => one.includes('$') && readSystem(one)?.credential !== undefined)) {
    expect(mayBeSystem(text), text).toBe(true);
    expect(mayBeSystem(`#${text}`), text).toBe(false);
    expect(mayBeSystem(text.replaceAll('$', '')), text).toBe(false);
  }
  expect(mayBeSystem('SHA9$x')).toBe(true);
  expect(mayBeSystem('sha$x')).toBe(false);
});

test.each<[SystemName, string, string | undefined]>([
  ['ldap', `{bcrypt}${BCRYPT}`, 'ldap'],
  ['spring', `{bcrypt}${BCRYPT}`, 'spring'],
  ['django', `{bcrypt}${BCRYPT}`, undefined],
  ['spring', '{noop}x', undefined],
  ['better-auth', `${MD5}:${MD5.repeat(4)}`, 'better-auth'],
  ['node-scrypt', `${MD5}:${MD5.repeat(4)}`, 'node-scrypt'],
  ['keycloak', `${MD5}:${MD5.repeat(4)}`, undefined],
  ['atlassian', '{PKCS5S2}?', undefined],
])('%s reads %s as its own', (system, text, expected) => {
  expect(readAs(system, text)?.system).toBe(expected);
});

test('each system has a title, by which documents and reports name it', () => {
  expect(Object.fromEntries(systems.map(({ system, title }) => [system, title]))).toMatchInlineSnapshot(`
    {
      "aspnet": "ASP.NET Identity",
      "atlassian": "Atlassian",
      "better-auth": "Better Auth",
      "crypt": "crypt(3)",
      "django": "Django",
      "drupal": "Drupal",
      "keycloak": "Keycloak",
      "kratos": "Ory Kratos",
      "ldap": "an LDAP directory",
      "mysql": "MySQL",
      "passlib": "passlib",
      "phc": "a PHC string",
      "phpbb": "phpBB",
      "spring": "Spring Security",
      "supabase": "Supabase",
      "umbraco": "Umbraco",
      "werkzeug": "Werkzeug",
      "wordpress": "WordPress",
      "workos": "WorkOS",
    }
  `);
});

test.each(['$md5$pf=abc', '$sha1$pf=', '$sm3$pf=abc$x', '$1$pf=a'])('%s is not of crypt(3)', (text) => {
  expect(systems.find(({ system }) => system === 'crypt')?.read(text)).toBeUndefined();
});

test.each(['$1$abc$pf=a', '$md5$rounds=1$x$pf=', '$5$$pf=x'])('%s is of crypt(3)', (text) => {
  expect(systems.find(({ system }) => system === 'crypt')?.read(text)).toBeDefined();
});

test('what is read as a system has its title, its credential and its findings', () => {
  const text = `${MD5}:${MD5.repeat(4)}`;
  const [own, other] = [readAs('better-auth', text), readAs('node-scrypt', text)];
  expect(own).toEqual({ system: 'better-auth', ...pick(readSystem(text)) });
  expect(other).toEqual(readSystem(text)?.others?.[0]);
  expect(readAs('spring', `{bcrypt}${BCRYPT}`)?.findings).toEqual([]);
});

function pick(reading: ReturnType<typeof readSystem>) {
  return { title: reading?.title, credential: reading?.credential, findings: reading?.findings };
}

function answers(read: (text: string) => unknown, text: string): boolean {
  try {
    return read(text) !== undefined;
  } catch {
    return true;
  }
}

test('only the first character of a text decides which systems are asked', () => {
  const texts = [
    ...conversionVectors().flatMap(({ groups }) => groups.flatMap(({ tests }) => tests.map(({ text }) => text))),
    ...clerkHashers.map(({ example }) => example.digest),
  ];
  const asked = (text: string) => {
    for (const system of systems) {
      try {
        const reading = system.read(text);
        if (reading !== undefined) return { system: system.system, title: reading.title };
      } catch (error) {
        if (!(error instanceof DigestError)) throw error;
        return { system: undefined, title: system.title };
      }
    }
    return undefined;
  };
  let read = 0;
  for (const text of texts) {
    for (const one of [text, text.slice(1), `x${text}`, text.toUpperCase(), text.toLowerCase(), `{CRYPT}${text}`]) {
      const reading = readSystem(one);
      expect(reading && { system: reading.system, title: reading.title }, one).toEqual(asked(one));
      if (reading !== undefined) read++;
    }
  }
  expect(read).toBeGreaterThan(200);
});
