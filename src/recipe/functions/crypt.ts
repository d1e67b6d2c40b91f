/** The schemes of crypt(3), and phpass. Each gives its bytes in the order of its text. */
import { concat } from '../../encoding/bytes.js';
import { cryptCost, iteratedHashCost } from '../../kdf/cost.js';
import { bytes, defineFunction, number, type RecipeFunction, renameField } from './contract.js';

const MD5_CRYPT = { scheme: 'md5_crypt' } as const;

const md5Crypt = defineFunction<[Uint8Array, Uint8Array, Uint8Array | undefined]>({
  name: 'md5_crypt',
  parameters: [bytes('password'), bytes('salt'), { name: 'magic', kind: 'bytes', optional: true }],
  nested: 'hex',
  costly: true,
  cost: () => cryptCost(MD5_CRYPT),
  run: ([password, salt, magic], kdfs) => kdfs.crypt({ ...MD5_CRYPT, password, salt, magic }),
});

/** Those whose digest says the number of rounds. */
const withRounds = (['sha256_crypt', 'sha512_crypt', 'sha1_crypt', 'sun_md5_crypt'] as const).map((scheme) =>
  defineFunction<[Uint8Array, Uint8Array, number]>({
    name: scheme,
    parameters: [bytes('password'), bytes('salt'), number('rounds')],
    nested: 'hex',
    costly: true,
    cost: ([, , rounds], fields) => renameField(cryptCost({ scheme, rounds }), fields[2]),
    run: ([password, salt, rounds], kdfs) => kdfs.crypt({ scheme, password, salt, rounds }),
  }),
);

/** https://www.openwall.com/phpass/, and Drupal 7's with SHA-512. */
const phpass = (['md5', 'sha512'] as const).map((algorithm) =>
  defineFunction<[Uint8Array, Uint8Array, number]>({
    name: `phpass_${algorithm}`,
    parameters: [bytes('password'), bytes('salt'), number('rounds')],
    nested: 'hex',
    costly: true,
    cost: ([, , rounds], fields) =>
      iteratedHashCost(algorithm, rounds, {
        limit: 'hashIterations',
        field: fields[2] as string,
        param: 'iterations',
        value: rounds,
      }),
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

export const cryptFunctions: readonly RecipeFunction[] = [md5Crypt, ...withRounds, ...phpass];
