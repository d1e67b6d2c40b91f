/** The schemes of crypt(3), and phpass. Each gives its bytes in the order of its text. */
import { concat } from '../../encoding/bytes.js';
import type { Kdfs } from '../../jobs.js';
import { iteratedHashCost } from '../../kdf/cost.js';
import type { Cost } from '../../types.js';
import { bytes, defineFunction, number, type RecipeFunction } from './contract.js';

/** What `kdfs.crypt` takes. */
interface Job {
  readonly scheme: string;
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly rounds?: number;
  readonly magic?: Uint8Array | undefined;
}

function crypt(kdfs: Kdfs, job: Job): Promise<Uint8Array> {
  return (kdfs as unknown as { readonly crypt: (job: Job) => Promise<Uint8Array> }).crypt(job);
}

/** Calls of the hash function, about. */
function loopCost(algorithm: 'md5' | 'sha512', rounds: number, field: string): Cost {
  return iteratedHashCost(algorithm, rounds, { limit: 'hashIterations', field, param: 'iterations', value: rounds });
}

const MD5_CRYPT_ROUNDS = 1000;

const md5Crypt = defineFunction<[Uint8Array, Uint8Array, Uint8Array | undefined]>({
  name: 'md5_crypt',
  parameters: [bytes('password'), bytes('salt'), { name: 'magic', kind: 'bytes', optional: true }],
  nested: 'hex',
  costly: true,
  cost: () => loopCost('md5', MD5_CRYPT_ROUNDS, 'rounds'),
  run: ([password, salt, magic], kdfs) => crypt(kdfs, { scheme: 'md5_crypt', password, salt, magic }),
});

/** Those whose digest says the number of rounds. */
const withRounds = (['sha256_crypt', 'sha512_crypt', 'sha1_crypt', 'sun_md5_crypt', 'bsdi_crypt'] as const).map(
  (scheme) =>
    defineFunction<[Uint8Array, Uint8Array, number]>({
      name: scheme,
      parameters: [bytes('password'), bytes('salt'), number('rounds')],
      nested: 'hex',
      costly: true,
      cost: ([, , rounds], fields) => loopCost('sha512', rounds, fields[2] as string),
      run: ([password, salt, rounds], kdfs) => crypt(kdfs, { scheme, password, salt, rounds }),
    }),
);

const withoutRounds = (['des_crypt', 'bigcrypt'] as const).map((scheme) =>
  defineFunction<[Uint8Array, Uint8Array]>({
    name: scheme,
    parameters: [bytes('password'), bytes('salt')],
    nested: 'hex',
    costly: true,
    run: ([password, salt], kdfs) => crypt(kdfs, { scheme, password, salt }),
  }),
);

/** https://www.openwall.com/phpass/, and Drupal 7's with SHA-512. */
const phpass = (['md5', 'sha512'] as const).map((algorithm) =>
  defineFunction<[Uint8Array, Uint8Array, number]>({
    name: `phpass_${algorithm}`,
    parameters: [bytes('password'), bytes('salt'), number('rounds')],
    nested: 'hex',
    costly: true,
    cost: ([, , rounds], fields) => loopCost(algorithm, rounds, fields[2] as string),
    async run([password, salt, rounds], kdfs) {
      const first = concat(salt, password);
      try {
        return await kdfs.iteratedHash({ algorithm, first, suffix: password, rounds });
      } finally {
        first.fill(0);
      }
    },
  }),
);

export const cryptFunctions: readonly RecipeFunction[] = [md5Crypt, ...withRounds, ...withoutRounds, ...phpass];
