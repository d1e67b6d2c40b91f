/** Produces the messages of the library: digests, findings, wrong use. Each as the lines of the golden file. */
import { readFileSync } from 'node:fs';
import { decodePhc } from '../../src/encoding/phc.js';
import { createRequestEngine } from '../../src/engine/by-request.js';
import { overBudgetError } from '../../src/engine/engine.js';
import { createInProcessThread } from '../../src/engine/in-process.js';
import { closedError } from '../../src/engine/life.js';
import { queueFullError } from '../../src/engine/limiter.js';
import {
  type AnyHasher,
  clerkHashers,
  convert,
  createRegistry,
  createVerifier,
  type DigestError,
  defineHasher,
  type Finding,
  identify,
  md5Salted,
  parse,
  targets,
  validate,
  verify,
} from '../../src/index.js';
import type { BcryptJob, ScryptJob } from '../../src/jobs.js';
import { getAbortReason } from '../../src/kdf/abort.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { checkJob } from '../../src/kdf/check-job.js';
import type { Backend } from '../../src/kdf/contract.js';
import { BackendAbsent, type Executor } from '../../src/kdf/executor.js';
import { firstLine } from '../../src/kdf/in-process.js';
import { webCryptoPbkdf2 } from '../../src/kdf/pbkdf2/webcrypto.js';
import { selectBackends } from '../../src/kdf/select.js';
import { selfTest, testHashFunctions } from '../../src/kdf/self-test.js';
import { explainUnread } from '../../src/recognize/diagnose.js';
import { checkSpelling, checkTarget } from '../../src/targets/index.js';

export interface Message {
  readonly code: string;
  readonly field?: string | undefined;
  readonly message: string;
  readonly fix?: string | undefined;
  readonly hint?: string | undefined;
}

const { digests } = JSON.parse(readFileSync(new URL('digests.json', import.meta.url), 'utf8')) as {
  /** A hasher and a digest; without a hasher, a digest to identify. */
  readonly digests: readonly (readonly [hasher: string, digest: string])[];
};
const { formats } = JSON.parse(readFileSync(new URL('../fixtures/known-formats.json', import.meta.url), 'utf8')) as {
  readonly formats: readonly { readonly digest: string }[];
};
const example = (name: string) => clerkHashers.find((hasher) => hasher.name === name)?.example.digest as string;
const password = (name: string) => clerkHashers.find((hasher) => hasher.name === name)?.example.password as string;
const BCRYPT = { passwordHasher: 'bcrypt', passwordDigest: example('bcrypt') };

/** The parts of the corpus. Mutation testing runs those of its part only. */
export const sections = {
  digests: () =>
    [...digests, ...handmade()].flatMap(([hasher, digest]) =>
      hasher === '' ? fromIdentify(digest) : fromValidate(hasher, digest),
    ),
  targets: fromTargets,
  registry: fromRegistry,
  login: fromLogin,
  use: fromUse,
  kdfs: fromKdfs,
  engine: fromEngine,
} satisfies Readonly<Record<string, () => Message[] | Promise<Message[]>>>;

/** Every message that the corpus produces, each once, in the order of code, field and text. */
export async function messages(): Promise<Message[]> {
  const all: Message[] = [];
  for (const section of Object.values(sections)) all.push(...(await section()));
  const keyOf = ({ code, field = '', message, fix = '', hint = '' }: Message) =>
    [code, field, message, fix, hint].join('\n');
  const unique = new Map(all.map((one) => [keyOf(one), one]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

export function onOneLine(text: string): string {
  return text.replaceAll('\n', '\\n');
}

/** As the lines of the golden file. */
export function block({ code, field, message, fix, hint }: Message): string {
  const lines = [`${code}${field === undefined ? '' : ` ${field}`}`, `  ${onOneLine(message)}`];
  if (fix !== undefined) lines.push(`  fix: ${onOneLine(fix)}`);
  if (hint !== undefined) lines.push(`  hint: ${onOneLine(hint)}`);
  return lines.join('\n');
}

/** By the registry, which explains, and by the hasher alone. */
/** Among the 22, and among all: the same digest has other explanations. */
const REGISTRIES = [{ registry: createRegistry(clerkHashers) }, {}];

function fromValidate(passwordHasher: string, passwordDigest: string): Message[] {
  return REGISTRIES.flatMap((options) => fromValidateAmong(options, passwordHasher, passwordDigest));
}

function fromValidateAmong(options: object, passwordHasher: string, passwordDigest: string): Message[] {
  const result = validate({ passwordHasher, passwordDigest }, options);
  if (result.ok) return [...result.warnings];
  try {
    clerkHashers.find(({ name }) => name === passwordHasher)?.parse(passwordDigest);
    return [result.error];
  } catch (error) {
    return [result.error, asMessage(error)];
  }
}

/** Digests made from examples, next to those of digests.json. */
function handmade(): [hasher: string, digest: string][] {
  const bcrypt = example('bcrypt');
  const md5 = example('md5');
  const firebase = example('scrypt_firebase').split('$');
  const changed = (at: number, value: string) => firebase.map((field, i) => (i === at ? value : field)).join('$');
  const argon2id = (params: string) => `$argon2id$v=19$${params}$EBESExQVFhcYGRobHB0eHw$${'A'.repeat(43)}`;
  const hex = (digits: number) => '0f'.repeat(digits / 2);
  const key = Buffer.alloc(32, 7).toString('base64');
  return [
    ['phpass', example('phpass').replace(/.$/, 'z')],
    ['awscognito', 'awscognito##client#user'],
    ['bcrypt_peppered', `${bcrypt}$`],
    ['bcrypt_peppered', `${bcrypt}$one\ntwo`],
    ['argon2id', '$argon2id$v=19$m=16,t=2,p=1$AAAA$'.padEnd(80, 'A').slice(0, 76)],
    ['argon2id', argon2id('m=16,t=2,p=1,keyid=1')],
    ['argon2id', argon2id('m=16,m=16,t=2,p=1')],
    ['argon2id', argon2id('m=16,t=2')],
    [
      'argon2id',
      example('argon2id')
        .replaceAll('$', '$')
        .replace(/(\$[^$]*)$/, '$1='),
    ],
    ['md5', Buffer.from('0123456789abcdef').toString('hex')],
    ['md5', (md5.match(/..../g) ?? []).join(' ')],
    ['md5', Buffer.from(md5, 'hex').toString('base64')],
    ['md5_salted', ` a$${md5}`],
    ['md5_salted', `,a$${md5}`],
    ['md5_salted', `md5$a$${md5}`],
    ['md5_salted', `$SHA$a$${md5}`],
    ['pbkdf2_sha256', `pbkdf2_sha256$1000$${key}$${hex(64)}`],
    ['pbkdf2_sha256', `pbkdf2_sha256$1000$${key}$${key.slice(0, -1)}`],
    ['pbkdf2_sha256', `pbkdf2_sha256$1000$${key}$AAAA=`],
    ['hmac_sha256_utf16_b64', `${'A'.repeat(43)}==`],
    ['pbkdf2_sha1', `pbkdf2_sha1$1000$0a0b$${hex(64)}$64`],
    ['scrypt_firebase', changed(2, 'AAAA')],
    ['scrypt_firebase', [...firebase.slice(0, 4), '1', '16'].join('$')],
    ['scrypt_werkzeug', `scrypt:65536:1:1$a$${hex(128)}`],
    [
      'sha512_symfony',
      example('sha512_symfony').replace(/\$[^$]*\$([^$]*)$/, (_, hash) => ['', '{a}', hash].join('$')),
    ],
    ['bcrypt', `${bcrypt},`],
    ['bcrypt', `{BCRYPT}${bcrypt}`],
    ['bcrypt', '<app.models.Password object at 0x7f3a5c0d1e80>'],
    ...formats.map(({ digest }): [string, string] => ['bcrypt', digest]),
    ...[
      '{PBKDF2_SHA256}AAAA',
      '{NT}8846F7EAEE8FB117AD06BDD830B7586C',
      '{MYSQL}6f8c114b58f2ce9e',
      'wcf2:$2a$08$abc',
      'scrypt$abc',
      'sha1$abc',
      'crypt$abc',
      '{CRYPT}abc',
      '$scrypt$n=16384,r=8,p=1$abc$def',
      '$pbkdf2-sha224$1000$abc$def',
      hex(60),
      hex(160),
      hex(1024),
      `${'A'.repeat(86)}==`,
      `${'A'.repeat(22)}==`,
      '{PKCS5S2}AAAA',
      `$pbkdf2$f=SHA384,w=600000,l=16$${'A'.repeat(22)}$${'A'.repeat(22)}`,
      `abcdefghij012345:${hex(128)}`,
      `${hex(32)}:${hex(128)}`,
      '$pbkdf2-sha256$i=1000,x=2$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA',
      `$scrypt:16384:8:1$salt$${hex(128)}`,
      `scrypt$16384$8$1$salt$${hex(128)}`,
      JSON.stringify({
        credentialData: { hashIterations: 10, algorithm: 'bcrypt' },
        secretData: { value: bcrypt, salt: '' },
      }),
    ].flatMap((digest): [string, string][] => [
      ['bcrypt', digest],
      ['md5', digest],
      ['nope', digest],
      ['', digest],
    ]),
  ];
}

function fromIdentify(digest: string): Message[] {
  const error = explainUnread(clerkHashers, digest);
  const candidates = REGISTRIES.flatMap((options) =>
    identify(digest, options).flatMap(({ certainty, reason, findings }) => [
      { code: `identify: ${certainty}`, message: reason },
      ...findings,
    ]),
  );
  return error === undefined ? candidates : [error, ...candidates];
}

/** Each rule of each profile, with a value that it refuses and with the spellings that it refuses. */
function fromTargets(): Message[] {
  const found: Message[] = [];
  const note = (answer: DigestError | readonly Finding[] | undefined) => {
    if (answer !== undefined) found.push(...('length' in answer ? answer : [answer]));
  };
  for (const target of targets) {
    for (const name of [...clerkHashers.map((hasher) => hasher.name), 'other']) {
      note(checkTarget(target, name, {}));
      for (const [param, { oneOf, max, min }] of Object.entries(target.rules[name]?.params ?? {})) {
        const wrong = typeof oneOf?.[0] === 'string' ? ['2z'] : [(max ?? 0) + 1, (min ?? 0) - 1];
        for (const value of wrong) note(checkTarget(target, name, { [param]: value }));
      }
      for (const code of ['WARN_NONCANONICAL', 'WARN_EMPTY'] as const) {
        for (const field of [...(target.rules[name]?.canonical ?? []), ...(target.rules[name]?.nonEmpty ?? [])]) {
          note(checkSpelling(target, name, [{ code, severity: 'warning', field, message: '' }]));
        }
      }
    }
    found.push(...texts(target).map((message) => ({ code: `profile: ${target.name}`, message })));
  }
  return found;
}

/** The prose of a profile: titles, notes, sources, fixes. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return value.includes(' ') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

function fromRegistry(): Message[] {
  const alone = createRegistry(clerkHashers.filter(({ name }) => name === 'bcrypt'));
  const proxy = new Proxy(new Uint8Array(1), {});
  const stored: readonly unknown[] = [
    { passwordHasher: 'bcrypt', passwordDigest: 5 },
    { passwordHasher: 'bcrypt', passwordDigest: Uint8Array.of(255) },
    { passwordHasher: 'bcrypt', passwordDigest: new Uint8Array(20_000) },
    { passwordHasher: 'bcrypt', passwordDigest: 'x'.repeat(5000) },
    { passwordHasher: BCRYPT.passwordDigest, passwordDigest: 'bcrypt' },
    {
      get passwordDigest() {
        throw new Error('gone');
      },
    },
    {},
    null,
    'text',
    { passwordHasher: 'bcrypt', passwordDigest: detached() },
    { passwordHasher: 'bcrypt', passwordDigest: proxy },
  ];
  return [
    ...stored.map((one) => thrown(() => parse(one as never))),
    thrown(() => alone.parse({ passwordHasher: 'bcrypt', passwordDigest: `{MD5}${example('md5')}` })),
    thrown(() => alone.parse({ passwordHasher: 'md5', passwordDigest: `{MD5}${example('md5')}` })),
    thrown(() => createRegistry([md5Salted(), md5Salted()])),
    thrown(() => createRegistry(5 as never)),
    thrown(() => createRegistry(['bcrypt'] as never)),
    thrown(() => md5Salted({ order: 'none' as never })),
    ...definitions().map((definition) => thrown(() => defineHasher(definition as never))),
    ...plugIns(),
  ];
}

function detached(): Uint8Array {
  const bytes = new Uint8Array(8);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

function definitions(): unknown[] {
  const { parse, serialize, cost, derive } = clerkHashers[0] as AnyHasher;
  const whole = { name: 'mine', example: { digest: 'mine$' }, parse, serialize, cost, derive };
  return [
    null,
    { ...whole, name: 'Mine' },
    { ...whole, prefixes: [5] },
    { ...whole, example: {} },
    { ...whole, derive: undefined },
  ];
}

/** What a plug-in's methods may do wrong. */
function plugIns(): Message[] {
  const base = clerkHashers.find(({ name }) => name === 'sha512_symfony') as AnyHasher;
  const { digest } = base.example;
  const own = (part: object) => defineHasher({ ...base, ...part } as never) as AnyHasher;
  const parsed = base.parse(digest);
  const salted = clerkHashers.find(({ name }) => name === 'md5_salted') as AnyHasher;
  const causes = [
    thrown(() => own({ parse: () => undefined }).parse(digest)),
    thrown(() => own({ parse: () => ({ params: 5 }) }).parse(digest)),
    thrown(() => own({ parse: () => ({ params: {}, salt: 5 }) }).parse(digest)),
    thrown(() =>
      own({ parse: () => ({ params: {}, salt: new Uint8Array(), hash: new Uint8Array(), warnings: 5 }) }).parse(digest),
    ),
    thrown(() => own({ serialize: () => 5 }).serialize(parsed)),
    thrown(() => own({ cost: () => 5 }).cost({})),
  ];
  return [
    ...causes,
    ...causes.map(({ cause }) => asMessage(cause)),
    thrown(() => salted.serialize({ ...salted.parse(salted.example.digest), salt: Uint8Array.of(255) } as never)),
    thrown(() => base.serialize({ ...parsed, params: { iterations: 1.5 } } as never)),
    thrown(() => own({ serialize: () => digest.replace('$5000$', '$6000$') }).serialize(parsed)),
  ];
}

async function fromLogin(): Promise<Message[]> {
  const wrong: readonly object[] = [
    { normalize: 'NFD' },
    { threads: 0 },
    { maxQueue: 'x' },
    { equalize: 5 },
    { hooks: { onVerify: 5 } },
    { hooks: { onverify: () => {} } },
    { limits: { bcryptCost: -1 } },
    { limits: 5 },
    { unknown: true },
    { registry: 5 },
    { pepper: '' },
    { pepper: 'a\nb' },
    { pepper: 'x', registry: createRegistry([md5Salted()]) },
    { upgradeTo: 'md5' },
    { upgradeTo: 'bcrypt:12' },
    { upgradeTo: null },
    { upgradeTo: { hasher: 'bcrypt', m: 5 } },
    { upgradeTo: { hasher: 'bcrypt', cost: '12' } },
    { upgradeTo: { hasher: 'bcrypt', cost: 3 } },
    { upgradeTo: 'bcrypt_peppered' },
    { upgradeTo: 'bcrypt', registry: createRegistry([md5Salted()]) },
    { backends: 5 },
    { backends: { pbkdf1: 'native' } },
    { backends: { bcrypt: 'openssl' } },
  ];
  const found = wrong.map((options) => thrown(() => createVerifier(options as never)));
  await using verifier = createVerifier({ limits: { passwordBytes: 100 } });
  await using peppered = createVerifier({ pepper: 'pepper' });
  await using normal = createVerifier({ normalize: 'NFC' });
  const NFD = 'e\u0301';
  const decomposed = await new Promise<string>((resolve) => resolve(NFD));
  const calls: readonly (() => Promise<unknown>)[] = [
    () => verifier.verify('x', BCRYPT, { priority: 'none' as never }),
    () => verifier.verify('x', BCRYPT, { signal: 5 as never }),
    () => verifier.verify('x', BCRYPT, { signal: AbortSignal.abort() }),
    () => verifier.verify('x'.repeat(101), BCRYPT),
    () => verifier.verify(detached(), BCRYPT),
    () => verifier.verify(new Proxy(new Uint8Array(1), {}), BCRYPT),
    () => verifier.verify(example('md5'), { passwordHasher: 'md5', passwordDigest: 'x' }),
    () => verifier.verify(5 as never, BCRYPT),
    () => verifier.verify('x', { passwordHasher: 'awscognito', passwordDigest: example('awscognito') }),
    () =>
      verifier.verify(Uint8Array.of(255), {
        passwordHasher: 'hmac_sha256_utf16_b64',
        passwordDigest: example('hmac_sha256_utf16_b64'),
      }),
    () => verifier.verifyAny('x', 'no digest', { salt: 5 as never }),
    () => verifier.verifyAny('x', 'no digest', { sale: '' } as never),
    () => verifier.verifyAny('x', 'q'.repeat(30)),
    () => createVerifier({ registry: createRegistry([md5Salted()]) }).verifyAny('x', 'q'.repeat(30)),
    () => verifier.hash('x'.repeat(73)),
    () => verifier.hash('x\0'),
    () => peppered.hash('x'.repeat(73)),
    () => verifier.verifyAndUpgrade('x', BCRYPT, 5 as never),
    () => rows(verifier.verifyMany([5 as never])),
    () => rows(verifier.verifyMany([{ passwordHasher: 'md5', passwordDigest: example('md5'), password: 5 } as never])),
    () => rows(verifier.verifyMany([throwing()])),
    () => rows(verifier.verifyMany(5 as never)),
    () => rows(verifier.verifyMany([], { concurrency: 0 })),
    () => rows(verifier.verifyMany([{ password: 'x', ...BCRYPT }], { signal: AbortSignal.abort() })),
    async () => normal.verify(decomposed, await hashOf(decomposed)),
  ];
  for (const call of calls) found.push(...(await outcome(call)));
  found.push(...(await failedUpgrades()));
  return found;
}

async function hashOf(password: string) {
  await using verifier = createVerifier({ upgradeTo: { hasher: 'bcrypt', cost: 4 } });
  return await verifier.hash(password);
}

function throwing(): never {
  return {
    get password() {
      throw new Error('gone');
    },
  } as never;
}

async function rows(all: AsyncIterable<{ readonly verdict: unknown }>): Promise<unknown> {
  for await (const { verdict } of all) return verdict;
  return undefined;
}

/** Reasons to rehash, and a save that answers neither true nor false. */
async function failedUpgrades(): Promise<Message[]> {
  const found: Message[] = [];
  const weak = await hashOf('x');
  const md5 = { passwordHasher: 'md5', passwordDigest: '9dd4e461268c8034f5c8564e155c67a6' };
  for (const upgradeTo of ['bcrypt', 'argon2id', { hasher: 'bcrypt', cost: 5 }] as const) {
    await using verifier = createVerifier({ upgradeTo: upgradeTo as never });
    for (const credential of [weak, md5]) {
      found.push(...(await outcome(() => verifier.verify('x', credential))));
      const result = await verifier.verifyAndUpgrade('x', credential, (async () => 5) as never);
      if ('upgradeError' in result) found.push(asMessage(result.upgradeError));
    }
  }
  return found;
}

async function fromUse(): Promise<Message[]> {
  await using upgradeable = createVerifier({ upgradeTo: { hasher: 'bcrypt', cost: 12 } });
  return [
    thrown(() => identify(5 as never)),
    thrown(() => convert('x', { system: 'djang' as never })),
    thrown(() => convert('x', { to: 'rot13' })),
    thrown(() => convert('x', { system: 'zzzzzzzzz' as never })),
    thrown(() => validate(BCRYPT, { target: 'clark' as never })),
    thrown(() => validate(BCRYPT, { target: 5 as never })),
    thrown(() => validate(BCRYPT, 5 as never)),
    thrown(() => validate(BCRYPT, { limit: {} } as never)),
    ...(await outcome(() => verify('x', BCRYPT, { signals: 5 } as never))),
    ...(await outcome(() => verify('x', { ...BCRYPT, passwordDigest: '$2b$31$'.padEnd(60, '.') }))),
    ...(await outcome(() => upgradeable.verify(password('bcrypt'), BCRYPT))),
    ...(await outcome(() =>
      verify(password('phpass'), { passwordHasher: 'phpass', passwordDigest: example('phpass') }),
    )),
    thrown(() => decodePhc('x')),
    ...(await brokenPlugIns()),
    ...(await outcome(() =>
      verify('x', { passwordHasher: 'scrypt_werkzeug', passwordDigest: `scrypt:1048576:8:1$a$${'0'.repeat(128)}` }),
    )),
  ];
}

/** Hashers whose derive fails, or answers another length. */
async function brokenPlugIns(): Promise<Message[]> {
  const base = clerkHashers.find(({ name }) => name === 'bcrypt') as AnyHasher;
  const found: Message[] = [];
  for (const derive of [() => new Uint8Array(1), () => Promise.reject(new Error('broken'))]) {
    const registry = createRegistry([defineHasher({ ...base, derive } as never) as AnyHasher]);
    await using verifier = createVerifier({ registry, upgradeTo: 'bcrypt' });
    found.push(...(await outcome(() => verifier.verify('x', BCRYPT))), ...(await outcome(() => verifier.hash('x'))));
  }
  return found;
}

async function fromKdfs(): Promise<Message[]> {
  const bytes = new Uint8Array(16);
  const bcrypt: BcryptJob = { password: Uint8Array.of(255), salt: bytes, cost: 4, variant: '2x' };
  const scrypt: ScryptJob = { password: bytes, salt: bytes, N: 3, r: 1, p: 1, dkLen: 4 };
  const huge = { ...scrypt, N: 2 ** 24, r: 8 };
  const argon2 = {
    type: 'argon2id',
    version: 16,
    password: bytes,
    salt: bytes,
    m: 2 ** 23,
    t: 1,
    p: 256,
    dkLen: 4,
  } as const;
  const { costly, hashFunctions: digests } = nodeCatalogue;
  const loops = [
    { algorithm: 'sha1', first: bytes, suffix: bytes, rounds: 1 },
    { algorithm: 'md5', first: bytes, prefix: bytes, suffix: bytes, rounds: 1 },
  ] as const;
  const unsupported = [
    ...loops.flatMap((loop) => costly.iteratedHash.map((backend) => backend.unsupported?.(loop))),
    ...costly.pbkdf2.map((backend) =>
      backend.unsupported?.({ prf: 'md5', password: bytes, salt: bytes, c: 1, dkLen: 4 }),
    ),
    webCryptoPbkdf2({}).unsupported?.({ prf: 'md5', password: bytes, salt: bytes, c: 5, dkLen: 4 }),
    ...costly.bcrypt.flatMap((backend) => [
      backend.unsupported?.(bcrypt),
      backend.unsupported?.({ ...bcrypt, variant: '2b' }),
    ]),
    ...costly.scrypt.flatMap((backend) => [backend.unsupported?.(scrypt), backend.unsupported?.(huge)]),
    ...costly.argon2.map((backend) => backend.unsupported?.(argon2)),
    webCryptoPbkdf2({ maxIterations: { sha1: 1, sha256: 1, sha512: 1 } }).unsupported?.({
      prf: 'sha1',
      password: bytes,
      salt: bytes,
      c: 5,
      dkLen: 4,
    }),
  ];
  const absent: Executor = {
    run: () => Promise.reject(new BackendAbsent('not there')),
    probe: async () => 'not there',
  };
  const job = { prf: 'sha1', password: bytes, salt: bytes, c: 1, dkLen: 4 } as const;
  const kdfs = (choice: object) => selectBackends(nodeCatalogue, choice, absent).kdfs();
  const broken = { ...digests[0], hash: () => bytes } as never;
  const [pbkdf2] = costly.pbkdf2 as unknown as readonly [Backend<never>];
  return [
    ...unsupported.flatMap((message) => (message === undefined ? [] : [{ code: 'backend', message }])),
    ...(await outcome(() => kdfs({}).pbkdf2(job))),
    ...(await outcome(() => kdfs({ pbkdf2: 'portable' }).pbkdf2(job))),
    ...(await outcome(() => kdfs({}).argon2({ ...argon2, p: 1, m: 8, version: 19 }))),
    thrown(() => selectBackends({ costly, hashFunctions: [broken] })),
    thrown(() => selectBackends({ costly, hashFunctions: [broken] }, { hash: 'node:crypto' })),
    thrown(() => testHashFunctions(broken)),
    ...(await outcome(() => selfTest('pbkdf2', pbkdf2, (() => bytes) as never))),
    ...(await outcome(() => webCryptoPbkdf2({ subtle: () => undefined }).load() as Promise<unknown>)),
    thrown(() => checkJob('pbkdf2', { ...job, c: -1 })),
    thrown(() => checkJob('crypt', { scheme: 'rot13' as never, password: bytes, salt: bytes, rounds: 1 })),
    thrown(() => checkJob('pbkdf2', { ...job, salt: 'x' as never })),
    { code: 'backend', message: firstLine(undefined) },
    asMessage(new BackendAbsent('not there')),
    asMessage(getAbortReason({ aborted: true } as never)),
  ];
}

function fromEngine(): Message[] {
  const engine = createRequestEngine();
  const reason = engine.remark?.({ blocking: true } as never) ?? engine.stats().threadless;
  void createInProcessThread;
  return [
    overBudgetError(1000, 0, 2000),
    overBudgetError(1000, 500, 800),
    queueFullError(10),
    closedError(),
    ...(reason === undefined ? [] : [{ code: 'remark', message: String(reason) }]),
  ];
}

/** A verdict's error or reasons, a rejection, or nothing. */
async function outcome(call: () => Promise<unknown>): Promise<Message[]> {
  try {
    const verdict = (await call()) as {
      readonly error?: DigestError;
      readonly rehash?: readonly { readonly reason: string; readonly message: string }[];
    };
    if (verdict?.error !== undefined) return [verdict.error];
    return (verdict?.rehash ?? []).map(({ reason, message }) => ({ code: `rehash: ${reason}`, message }));
  } catch (error) {
    return [asMessage(error)];
  }
}

function thrown(call: () => unknown): Message & { readonly cause?: unknown } {
  try {
    call();
  } catch (error) {
    return asMessage(error);
  }
  throw new Error('the corpus expects an error here');
}

function asMessage(error: unknown): Message & { readonly cause?: unknown } {
  const { name, message, cause, ...detail } = error as Error & Partial<Finding> & { readonly code?: string };
  void detail;
  const one = error as Partial<DigestError> & Error;
  return { code: one.code ?? name, field: one.field, message, fix: one.fix, hint: one.hint, cause };
}
