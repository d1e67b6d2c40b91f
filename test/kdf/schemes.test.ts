/** Small schemes against what products and crackers published or wrote. */
import { describe, expect, test } from 'vitest';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { computeBigcrypt, computeDesCrypt } from '../../src/kdf/des/crypt.js';
import { computeLmHash } from '../../src/kdf/des/lm-hash.js';
import { computeOracle10 } from '../../src/kdf/des/oracle10.js';
import { computeCiscoAsa, computeCiscoPix } from '../../src/kdf/products/cisco.js';
import { computeCramMd5 } from '../../src/kdf/products/cram-md5.js';
import { computeLotus5, computeLotus6, computeLotus8 } from '../../src/kdf/products/lotus.js';
import { computeMysql323 } from '../../src/kdf/products/mysql323.js';
import { computeSapB, computeSapG } from '../../src/kdf/products/sap.js';
import { selectBackends } from '../../src/kdf/select.js';
import { wrapInGost } from '../../src/kdf/yescrypt/gost.js';
import { type KdfFile, kdfVectors } from '../support/vectors.js';

type Inputs = KdfFile['tests'][number]['inputs'];

const kdfs = selectBackends(nodeCatalogue).kdfs();
const bytes = (value: string | number | undefined): Buffer => Buffer.from(String(value ?? ''), 'hex');
const text = (value: string | number | undefined): string => bytes(value).toString('utf8');

const SCHEMES: Readonly<Record<string, (inputs: Inputs) => Uint8Array | Promise<Uint8Array>>> = {
  des_crypt: ({ password, salt }) => computeDesCrypt(bytes(password), bytes(salt)),
  bigcrypt: ({ password, salt }) => computeBigcrypt(bytes(password), bytes(salt)),
  lm_hash: ({ password }) => computeLmHash(bytes(password)),
  oracle10: ({ password, username }) => computeOracle10(text(password), text(username)),
  mysql323: ({ password }) => computeMysql323(bytes(password)),
  cisco_pix: ({ password, username }) => computeCiscoPix(bytes(password), bytes(username), kdfs),
  cisco_asa: ({ password, username }) => computeCiscoAsa(bytes(password), bytes(username), kdfs),
  cram_md5: ({ password }) => computeCramMd5(bytes(password), kdfs),
  lotus5: ({ password }) => computeLotus5(bytes(password)),
  lotus6: ({ password, salt }) => computeLotus6(bytes(password), bytes(salt)),
  lotus8: ({ password, salt, rounds }) => computeLotus8(bytes(password), bytes(salt), Number(rounds), kdfs),
  bsdi_crypt: ({ password, salt, rounds }) =>
    kdfs.crypt({ scheme: 'bsdi_crypt', password: bytes(password), salt: bytes(salt), rounds: Number(rounds) }),
  yescrypt: ({ password, salt, ...rest }) =>
    kdfs.crypt({ ...readNumbers(rest), password: bytes(password), salt: bytes(salt) }),
  async gost_yescrypt({ password, salt, ...rest }) {
    const job = { ...readNumbers(rest), password: bytes(password), salt: bytes(salt) };
    return wrapInGost(await kdfs.crypt(job), job.password, job.salt, job, kdfs);
  },
  sap_b: ({ password, username }) => computeSapB(text(password), text(username), kdfs),
  sap_g: ({ password, username }) => computeSapG(text(password), text(username), kdfs),
};
const readNumbers = ({ flags, N, r, p, t }: Inputs) => ({
  scheme: 'yescrypt' as const,
  flags: Number(flags),
  N: Number(N),
  r: Number(r),
  p: Number(p),
  t: Number(t),
});
/** Digests hold less than the whole. */
const SHORTENED: Readonly<Record<string, number>> = { lotus6: 9 };

const files = kdfVectors()
  .filter(({ name }) => name.startsWith('scheme-'))
  .map((file) => ({ ...file, scheme: file.name.split('-')[1] as string }))
  .filter(({ scheme }) => Object.hasOwn(SCHEMES, scheme));

describe.each(files)('$name', ({ scheme, tests }) => {
  test.each(tests)('#$tcId $comment', async ({ inputs, output }) => {
    const found = await SCHEMES[scheme]?.(inputs);
    expect(Buffer.from(found?.subarray(0, SHORTENED[scheme]) ?? []).toString('hex')).toBe(output);
  });
});

test.each(Object.keys(SCHEMES))('%s has vectors of two sources', (scheme) => {
  const products = files.filter((file) => file.scheme === scheme).map(({ source }) => source.name);
  expect(new Set(products).size).toBeGreaterThanOrEqual(2);
});

describe('a password', () => {
  test('of des_crypt ends at a NUL, and counts in its first eight bytes', () => {
    const salt = Buffer.from('ab');
    const hash = computeDesCrypt(Buffer.from('pass\0word'), salt);
    expect(hash).toEqual(computeDesCrypt(Buffer.from('pass'), salt));
    expect(computeDesCrypt(Buffer.from('password1'), salt)).toEqual(computeDesCrypt(Buffer.from('password2'), salt));
    expect(computeDesCrypt(Buffer.from('\xe1bc', 'latin1'), salt)).toEqual(computeDesCrypt(Buffer.from('abc'), salt));
  });

  test('that is longer than a firewall takes matches no digest of its beginning', () => {
    const [user, long] = [new Uint8Array(), Buffer.alloc(33, 'a')];
    expect(computeCiscoPix(long.subarray(0, 17), user, kdfs)).not.toEqual(
      computeCiscoPix(long.subarray(0, 16), user, kdfs),
    );
    expect(computeCiscoAsa(long, user, kdfs)).not.toEqual(computeCiscoAsa(long.subarray(0, 32), user, kdfs));
  });

  test('stays as it was', () => {
    const given = Buffer.from('password');
    computeCramMd5(given, kdfs);
    computeLotus5(given);
    computeDesCrypt(given, Buffer.from('ab'));
    expect(given.toString()).toBe('password');
  });
});
