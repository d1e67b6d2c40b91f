/** The published answers of every primitive, from every backend that loads here and can do them. */
import { describe, expect, test } from 'vitest';
import type {
  Argon2Job,
  BcryptJob,
  BcryptVariant,
  CostlyJobs,
  CryptJob,
  HashAlgorithm,
  HashFunctions,
  Pbkdf2Job,
  ScryptJob,
} from '../../src/jobs.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { type Loaded, loadedBackends, NO_PAUSE } from '../support/loaded-backends.js';
import { type KdfFile, kdfVectors } from '../support/vectors.js';

type Test = KdfFile['tests'][number];

/** What the contract cannot ask, by file: whole files only, so that nothing else is left out with them. */
const INEXPRESSIBLE: Readonly<Record<string, string>> = {
  argon2: 'RFC 9106 gives its answers with a secret and associated data, which no stored password has',
};

/** Seconds on a portable backend; those take their turn with DIGESTRY_SLOW=1. */
const everySlow = process.env['DIGESTRY_SLOW'] === '1';
const SLOW_WORK = { bcrypt: 2 ** 10, pbkdf2: 100_000, scrypt: 2 ** 18, argon2: 2 ** 16, crypt: 10_000 } as const;
type Published = keyof typeof SLOW_WORK;
/** scrypt-js joins its p·128·r bytes by copying all of them for each 32: N=16, r=100, p=100 takes it minutes. */
const MOST_BLOCKS_OF_SCRYPT_JS = 256;

/** Schemes of products have a test of their own. */
const files = kdfVectors().filter(({ name }) => !name.startsWith('scheme-'));
const costly: { readonly [K in Published]: readonly Loaded<CostlyJobs[K]>[] } = {
  bcrypt: await loadedBackends(nodeCatalogue, 'bcrypt'),
  pbkdf2: await loadedBackends(nodeCatalogue, 'pbkdf2'),
  scrypt: await loadedBackends(nodeCatalogue, 'scrypt'),
  argon2: await loadedBackends(nodeCatalogue, 'argon2'),
  crypt: await loadedBackends(nodeCatalogue, 'crypt'),
};

const bytes = (value: string | number | undefined): Buffer => Buffer.from(String(value), 'hex');

describe.each(files.filter(({ name }) => !(name in INEXPRESSIBLE)))('$name', ({ name, tests }) => {
  const algorithm = name.replace(/^(?:hmac|pbkdf2)-/, '').replace(/-.*$/, '') as HashAlgorithm;
  if (name.startsWith('pbkdf2-')) {
    const prf = algorithm as Pbkdf2Job['prf'];
    runCostly('pbkdf2', tests, ({ P, S, c, dkLen }) => {
      const job = { prf, password: bytes(P), salt: bytes(S), c: Number(c), dkLen: Number(dkLen) };
      return { job, work: job.c };
    });
  } else if (name.startsWith('scrypt')) {
    runCostly('scrypt', tests, ({ P, S, N, r, p, dkLen }) => {
      const numbers = { N: Number(N), r: Number(r), p: Number(p), dkLen: Number(dkLen) };
      const job: ScryptJob = { password: bytes(P), salt: bytes(S), ...numbers };
      return { job, work: job.N * job.r * job.p };
    });
  } else if (name.startsWith('argon2-')) {
    runCostly('argon2', tests, ({ type, version, password, salt, m, t, p, tagLength }) => {
      const job: Argon2Job = {
        type: type as Argon2Job['type'],
        version: version as Argon2Job['version'],
        password: bytes(password),
        salt: bytes(salt),
        m: Number(m),
        t: Number(t),
        p: Number(p),
        dkLen: Number(tagLength),
      };
      return { job, work: job.m * job.t };
    });
  } else if (name.startsWith('crypt-')) {
    runCostly('crypt', tests, ({ scheme, password, salt, rounds, magic }) => {
      const job = {
        scheme,
        password: bytes(password),
        salt: bytes(salt),
        rounds: Number(rounds ?? 0),
        ...(magic !== undefined && { magic: bytes(magic) }),
      } as CryptJob;
      return { job, work: Number(rounds ?? 1000) };
    });
  } else if (name === 'bcrypt') {
    runCostly('bcrypt', tests, ({ variant, cost, salt, password }) => {
      const job: BcryptJob = {
        variant: variant as BcryptVariant,
        cost: Number(cost),
        salt: bytes(salt),
        password: bytes(password),
      };
      return { job, work: 2 ** job.cost };
    });
  } else if (name.startsWith('hmac-')) {
    runDigests(tests, (digests, { key, message }) => digests.hmac(algorithm, bytes(key), bytes(message)));
  } else if (name.startsWith('aes-256-ctr')) {
    runDigests(tests, (digests, { key, iv, plaintext }) => digests.aes256Ctr(bytes(key), bytes(iv), bytes(plaintext)));
  } else {
    runDigests(tests, (digests, { message }) => digests.hash(algorithm, bytes(message)));
  }
});

function runDigests(tests: readonly Test[], run: (digests: HashFunctions, inputs: Test['inputs']) => Uint8Array): void {
  describe.each(nodeCatalogue.hashFunctions)('by $name', (digests) => {
    test.each(tests)('#$tcId $comment', ({ inputs, output }) => {
      expect(Buffer.from(run(digests, inputs)).toString('hex')).toBe(output);
    });
  });
}

function runCostly<K extends Published>(
  kdf: K,
  tests: readonly Test[],
  read: (inputs: Test['inputs']) => { readonly job: CostlyJobs[K]; readonly work: number },
): void {
  const cases = tests.map((one) => ({ ...one, ...read(one.inputs) }));
  const backends: readonly Loaded<CostlyJobs[K]>[] = costly[kdf];
  test.each(cases)('#$tcId $comment: a backend can do it', ({ job }) => {
    expect(backends.some((backend) => backend.unsupported?.(job) === undefined)).toBe(true);
  });
  // Lanes and browsers have a few hash functions of PBKDF2 only.
  const able = backends.filter((backend) => cases.some(({ job }) => backend.unsupported?.(job) === undefined));
  for (const [i, backend] of able.entries()) {
    const mine = cases.filter(
      ({ job, work }) =>
        backend.unsupported?.(job) === undefined &&
        (i === 0 || everySlow || (work <= SLOW_WORK[kdf] && !isTooSlow(backend.name, job))),
    );
    describe(`by ${backend.name}`, () => {
      test.each(mine)('#$tcId $comment', async ({ job, output }) => {
        const found = await backend.derive(job, NO_PAUSE);
        expect(Buffer.from(found).toString('hex')).toBe(output);
      });
    });
  }
}

function isTooSlow(backend: string, job: object): boolean {
  return (
    backend === 'scrypt-js' && 'N' in job && (job as ScryptJob).r * (job as ScryptJob).p > MOST_BLOCKS_OF_SCRYPT_JS
  );
}

test('every file that is left out is there', () => {
  const names = files.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(INEXPRESSIBLE)));
});

test('every primitive has published answers', () => {
  const kinds = ['md2', 'md4', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512_256', 'sha3_224'];
  kinds.push('sha3_256', 'sha3_384', 'sha3_512', 'keccak256', 'ripemd160', 'whirlpool', 'streebog256', 'streebog512');
  kinds.push('hmac-sha256', 'hmac-md4', 'hmac-streebog256', 'aes-256-ctr', 'pbkdf2-sha1', 'pbkdf2-sha256');
  const names = files.map(({ name }) => name);
  for (const kind of [...kinds, 'pbkdf2-sha512', 'scrypt', 'argon2-reference', 'bcrypt', 'crypt-libxcrypt']) {
    expect(names.some((name) => name === kind || name.startsWith(`${kind}-`))).toBe(true);
  }
});
