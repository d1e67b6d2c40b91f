/** PBKDF2, scrypt, Argon2 and bcrypt. */
import { encodeBcrypt64 } from '../../encoding/bcrypt64.js';
import { concat, latin1 } from '../../encoding/bytes.js';
import { digestError } from '../../errors.js';
import type { Argon2Job, BcryptJob, BcryptVariant, Kdfs, Pbkdf2Prf } from '../../jobs.js';
import { argon2Cost, bcryptCost, pbkdf2Cost, scryptCost } from '../../kdf/cost.js';
import { bytes, defineFunction, HASH_BYTES, number, type RecipeFunction, renameField, word } from './contract.js';
import { algorithm, hashNamed } from './hash.js';

const PRFS: readonly Pbkdf2Prf[] = [
  ...(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512_256'] as const),
  ...(['sha3_224', 'sha3_256', 'sha3_384', 'sha3_512'] as const),
];

/** @throws {DigestError} ERR_UNSUPPORTED where the word names another one. */
function prfNamed(text: string): Pbkdf2Prf {
  const name = hashNamed(text);
  const prf = PRFS.find((one) => one === name);
  if (prf !== undefined) return prf;
  throw digestError('ERR_UNSUPPORTED', `PBKDF2 with ${name} is not supported`, { field: 'algorithm' });
}

/** Bytes: the longest hash of a product is 512. */
const MAX_DERIVED_BYTES = 4096;

function checkDerived(dkLen: number, field = 'dkLen'): void {
  if (dkLen >= 1 && dkLen <= MAX_DERIVED_BYTES) return;
  throw digestError('ERR_LIMIT', `a derived key must be 1 to ${MAX_DERIVED_BYTES} bytes (is ${dkLen})`, { field });
}

const PBKDF2_PARAMETERS = [bytes('password'), bytes('salt'), number('c'), number('dkLen', HASH_BYTES)];
type Pbkdf2Arguments = [Uint8Array, Uint8Array, number, number];

function pbkdf2(prf: Pbkdf2Prf, [password, salt, c, dkLen]: Pbkdf2Arguments, kdfs: Kdfs): Promise<Uint8Array> {
  return kdfs.pbkdf2({ prf, password, salt, c, dkLen });
}

const pbkdf2Functions: readonly RecipeFunction[] = [
  defineFunction<[string, ...Pbkdf2Arguments]>({
    name: 'pbkdf2',
    parameters: [algorithm('prf'), ...PBKDF2_PARAMETERS],
    nested: 'hex',
    costly: true,
    cost([prf, , , c, dkLen], fields) {
      checkDerived(dkLen, fields[4]);
      return renameField(pbkdf2Cost(prfNamed(prf), c, dkLen), fields[3]);
    },
    run: ([prf, ...args], kdfs) => pbkdf2(prfNamed(prf), args, kdfs),
  }),
  ...PRFS.map((prf) =>
    defineFunction<Pbkdf2Arguments>({
      name: `pbkdf2_${prf}`,
      parameters: PBKDF2_PARAMETERS,
      nested: 'hex',
      costly: true,
      cost([, , c, dkLen], fields) {
        checkDerived(dkLen, fields[3]);
        return renameField(pbkdf2Cost(prf, c, dkLen), fields[2]);
      },
      run: (args, kdfs) => pbkdf2(prf, args, kdfs),
    }),
  ),
];

function wrongNumber(field: string, problem: string) {
  return digestError('ERR_MALFORMED', problem, { field });
}

const scrypt = defineFunction<[Uint8Array, Uint8Array, number, number, number, number]>({
  name: 'scrypt',
  parameters: [
    ...[bytes('password'), bytes('salt'), number('N'), number('r'), number('p')],
    number('dkLen', HASH_BYTES),
  ],
  nested: 'hex',
  costly: true,
  cost([, , N, r, p, dkLen], fields) {
    checkDerived(dkLen, fields[5]);
    const [memory = 'N', block = 'r', work = 'p'] = fields.slice(2);
    if (N < 2 || !Number.isInteger(Math.log2(N))) throw wrongNumber(memory, 'N must be a power of 2, at least 2');
    if (r < 1) throw wrongNumber(block, 'r must be at least 1');
    // RFC 7914 §2.
    if (p < 1 || r * p >= 2 ** 30) throw wrongNumber(work, 'p must be at least 1, and r·p less than 2^30');
    return scryptCost({ N, r, p }, { memory, work });
  },
  run: ([password, salt, N, r, p, dkLen], kdfs) => kdfs.scrypt({ password, salt, N, r, p, dkLen }),
});

type Argon2Arguments = [Uint8Array, Uint8Array, number, number, number, number, number | undefined];

/** RFC 9106 §3.1 */
const MIN_ARGON2_SALT = 8;

const argon2Functions = (['argon2id', 'argon2i', 'argon2d'] as const).map((type) =>
  defineFunction<Argon2Arguments>({
    name: type,
    parameters: [
      ...[bytes('password'), bytes('salt'), number('m'), number('t'), number('p'), number('dkLen', HASH_BYTES)],
      { name: 'version', kind: 'number', default: '$version', optional: true },
    ],
    nested: 'hex',
    costly: true,
    cost([, , m, t, p, dkLen], fields) {
      checkDerived(dkLen, fields[5]);
      if (m < 8 * p) {
        throw wrongNumber(fields[2] ?? 'm', 'm must be at least 8·p (8 KiB for each lane)');
      }
      return argon2Cost({ m, t, p });
    },
    run([password, salt, m, t, p, dkLen, version = 19], kdfs) {
      if (type === 'argon2d') {
        throw digestError('ERR_UNSUPPORTED', 'Argon2d is not supported: its memory access depends on the password', {
          fix: 'keep it, and verify it at login with libargon2',
        });
      }
      if (salt.length < MIN_ARGON2_SALT) {
        throw digestError(
          'ERR_UNSUPPORTED',
          `salt has under ${MIN_ARGON2_SALT} bytes: libargon2 refuses it, Go does not`,
          {
            field: 'salt',
          },
        );
      }
      return kdfs.argon2({ type, version: version as Argon2Job['version'], password, salt, m, t, p, dkLen });
    },
  }),
);

type BcryptArguments = [Uint8Array, Uint8Array, number, string | undefined];

const BCRYPT_PARAMETERS = [
  ...[bytes('password'), bytes('salt', '$s'), number('cost', '$cost')],
  { ...word('variant', '$variant'), optional: true },
] as const;

function bcryptJob([password, salt, cost, variant = '2b']: BcryptArguments): BcryptJob {
  return { password, salt, cost, variant: variant as BcryptVariant };
}

const bcryptFunctions: readonly RecipeFunction[] = [
  defineFunction<BcryptArguments>({
    name: 'bcrypt',
    parameters: BCRYPT_PARAMETERS,
    nested: 'bcrypt_text',
    costly: true,
    cost: ([, , cost], fields) => renameField(bcryptCost({ cost }), fields[2]),
    run: (args, kdfs) => kdfs.bcrypt(bcryptJob(args)),
  }),
  defineFunction<BcryptArguments>({
    name: 'bcrypt_text',
    parameters: BCRYPT_PARAMETERS,
    costly: true,
    cost: ([, , cost], fields) => renameField(bcryptCost({ cost }), fields[2]),
    async run(args, kdfs) {
      const job = bcryptJob(args);
      const hash = await kdfs.bcrypt(job);
      const head = latin1(`$${job.variant}$${String(job.cost).padStart(2, '0')}$${encodeBcrypt64(job.salt)}`);
      return concat(head, latin1(encodeBcrypt64(hash)));
    },
  }),
];

export const kdfFunctions: readonly RecipeFunction[] = [
  ...pbkdf2Functions,
  scrypt,
  ...argon2Functions,
  ...bcryptFunctions,
];
