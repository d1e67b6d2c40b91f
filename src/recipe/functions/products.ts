/** Schemes that are not an expression: crypt(3) over DES, yescrypt, and what some products computed. */
import { utf8Text } from '../../encoding/bytes.js';
import { findYescryptFault } from '../../encoding/yescrypt-settings.js';
import { type DigestError, digestError } from '../../errors.js';
import type { Kdfs, YescryptJob } from '../../jobs.js';
import { cryptCost, hashCost, pbkdf2Cost } from '../../kdf/cost.js';
import { encodeCodePage437 } from '../../kdf/des/code-page-437.js';
import { computeBigcrypt, computeDesCrypt, countBigcryptBytes } from '../../kdf/des/crypt.js';
import { computeLmHash } from '../../kdf/des/lm-hash.js';
import { computeOracle10 } from '../../kdf/des/oracle10.js';
import { computeCiscoAsa, computeCiscoPix } from '../../kdf/products/cisco.js';
import { computeCramMd5 } from '../../kdf/products/cram-md5.js';
import { computeLotus5, computeLotus6, computeLotus8 } from '../../kdf/products/lotus.js';
import { computeMysql323 } from '../../kdf/products/mysql323.js';
import { computeSapB, computeSapG } from '../../kdf/products/sap.js';
import { wrapInGost } from '../../kdf/yescrypt/gost.js';
import {
  bytes,
  defineFunction,
  HASH_BYTES,
  number,
  type Parameter,
  type RecipeFunction,
  renameField,
} from './contract.js';

const NOTHING = new Uint8Array();
const PASSWORD = bytes('password');
const SALT = bytes('salt');
const USERNAME = bytes('username', '$username');

/** About as many calls of MD5 take as long as one of `des_crypt`. */
const DES_CRYPT_CALLS = 14;

/** The texts of schemes that change the case or the alphabet of letters. */
function readTexts(password: Uint8Array, username: Uint8Array): [string, string] {
  const [p, u] = [utf8Text(password), utf8Text(username)];
  if (p === undefined) {
    throw passwordError('password must be UTF-8 text', 'pass the password as a string or as UTF-8 bytes');
  }
  if (u === undefined) {
    const fix = 'pass the username as a string or as UTF-8 bytes';
    throw digestError('ERR_MALFORMED', 'username must be UTF-8 text', { field: 'username', fix });
  }
  return [p, u];
}

function passwordError(problem: string, fix: string): DigestError {
  return digestError('ERR_PASSWORD', problem, { fix });
}

/** A scheme of one password, and of a salt or a user name. */
function cheap(
  name: string,
  second: Parameter | undefined,
  run: (password: Uint8Array, second: Uint8Array, kdfs: Kdfs) => Uint8Array,
  calls = 1,
): RecipeFunction {
  return defineFunction<[Uint8Array, Uint8Array?]>({
    name,
    parameters: second === undefined ? [PASSWORD] : [PASSWORD, second],
    nested: 'hex',
    cost: () => hashCost('md5', calls),
    run: ([password, value = NOTHING], kdfs) => run(password, value, kdfs),
  });
}

const lmHash = cheap('lm_hash', undefined, (password) => {
  const page = encodeCodePage437(readTexts(password, NOTHING)[0].toUpperCase());
  if (page === undefined) {
    throw passwordError(
      'password must have characters of code page 437 only',
      'verify it with the code page of the system that wrote the digest',
    );
  }
  const hash = computeLmHash(page);
  page.fill(0);
  return hash;
});

/** It has 8 bytes for each 8 bytes of the password: a digest of another length is of another password. */
const bigcrypt = defineFunction<[Uint8Array, Uint8Array, number]>({
  name: 'bigcrypt',
  parameters: [PASSWORD, bytes('salt', '$salt'), number('hashBytes', HASH_BYTES)],
  nested: 'hex',
  cost: ([, , hashBytes]) => hashCost('md5', Math.ceil((DES_CRYPT_CALLS * hashBytes) / 8)),
  run: ([password, salt, hashBytes]) =>
    countBigcryptBytes(password) === hashBytes ? computeBigcrypt(password, salt) : new Uint8Array(hashBytes),
});

const cheapFunctions: readonly RecipeFunction[] = [
  cheap('des_crypt', SALT, computeDesCrypt, DES_CRYPT_CALLS),
  bigcrypt,
  lmHash,
  cheap('oracle10', USERNAME, (password, username) => computeOracle10(...readTexts(password, username))),
  cheap('mysql323', undefined, computeMysql323),
  cheap('cisco_pix', USERNAME, computeCiscoPix),
  cheap('cisco_asa', USERNAME, computeCiscoAsa),
  cheap('cram_md5', undefined, (password, _, kdfs) => computeCramMd5(password, kdfs)),
  cheap('lotus5', undefined, computeLotus5),
  cheap('lotus6', SALT, computeLotus6),
  cheap('sap_b', USERNAME, (password, username, kdfs) => computeSapB(...readTexts(password, username), kdfs)),
  cheap('sap_g', USERNAME, (password, username, kdfs) => computeSapG(...readTexts(password, username), kdfs)),
];

const lotus8 = defineFunction<[Uint8Array, Uint8Array, number]>({
  name: 'lotus8',
  parameters: [PASSWORD, SALT, number('iterations')],
  nested: 'hex',
  costly: true,
  cost: ([, , iterations], fields) => renameField(pbkdf2Cost('sha1', iterations, 8), fields[2]),
  run: ([password, salt, iterations], kdfs) => computeLotus8(password, salt, iterations, kdfs),
});

const bsdiCrypt = defineFunction<[Uint8Array, Uint8Array, number]>({
  name: 'bsdi_crypt',
  parameters: [PASSWORD, SALT, number('rounds')],
  nested: 'hex',
  costly: true,
  cost: ([, , rounds], fields) => renameField(cryptCost({ scheme: 'bsdi_crypt', rounds }), fields[2]),
  run: ([password, salt, rounds], kdfs) => kdfs.crypt({ scheme: 'bsdi_crypt', password, salt, rounds }),
});

type YescryptArguments = [Uint8Array, Uint8Array, number, number, number, number, number];

function readSettings([, , flags, N, r, p, t]: YescryptArguments): Omit<YescryptJob, 'password' | 'salt'> {
  return { scheme: 'yescrypt', flags, N, r, p, t };
}

const yescryptFunctions = (['yescrypt', 'gost_yescrypt'] as const).map((name) =>
  defineFunction<YescryptArguments>({
    name,
    parameters: [
      ...[PASSWORD, SALT, number('flags', '$flags'), number('N', '$N'), number('r', '$r')],
      ...[number('p', '$parallelism'), number('t', '$t')],
    ],
    nested: 'hex',
    costly: true,
    cost: (args) => cryptCost(readSettings(args)),
    async run(args, kdfs) {
      const [password, salt] = args;
      const settings = readSettings(args);
      const fault = findYescryptFault(settings);
      if (fault !== undefined) throw digestError('ERR_UNSUPPORTED', `yescrypt: ${fault}`, { field: 'settings' });
      const hash = await kdfs.crypt({ ...settings, password, salt });
      if (name === 'yescrypt') return hash;
      const wrapped = wrapInGost(hash, password, salt, settings, kdfs);
      hash.fill(0);
      return wrapped;
    },
  }),
);

export const productFunctions: readonly RecipeFunction[] = [...cheapFunctions, lotus8, bsdiCrypt, ...yescryptFunctions];
