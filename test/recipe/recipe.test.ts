/** Recipes as text: read, printed and computed. Digests are those that other programs publish. */
import { createHash, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../src/encoding/bytes.js';
import { encodeHex } from '../../src/encoding/hex.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { createInProcessExecutor } from '../../src/kdf/in-process.js';
import { selectBackends } from '../../src/kdf/select.js';
import { compileRecipe, parseRecipe } from '../../src/recipe/index.js';
import type { Params } from '../../src/types.js';

const kdfs = selectBackends(nodeCatalogue, {}, createInProcessExecutor(Number.POSITIVE_INFINITY)).kdfs();

interface Given {
  readonly p?: string;
  readonly s?: string | Uint8Array;
  readonly u?: string;
  readonly params?: Params;
  readonly hashBytes?: number;
}

async function derive(recipe: string, { p = 'hashcat', s = '', u = '', params = {}, hashBytes = 0 }: Given = {}) {
  const salt = typeof s === 'string' ? utf8(s) : s;
  const input = { password: utf8(p), bytes: { salt, username: utf8(u) }, params, hashBytes };
  return encodeHex(await compileRecipe(parseRecipe(recipe)).derive(input, kdfs));
}

const hash = (algorithm: string, text: string | Uint8Array) => createHash(algorithm).update(text).digest('hex');

describe('a recipe of hash functions', () => {
  // https://hashcat.net/wiki/doku.php?id=example_hashes
  test.each([
    ['md5($p)', '8743b52063cd84097a65d1633f5c74f5', ''],
    ['md5($p.$s)', '01dfae6e5d4d90d9892622325959afbe', '7050461'],
    ['md5($s.$p)', 'f0fda58630310a6dd91a7d8f0a4ceda2', '4225637426'],
    ['md5(utf16($p).$s)', 'b31d032cfdcf47a399990a71e43c5d2a', '144816'],
    ['hmac_md5($p, $s)', 'fc741db0a2968c39d9c2a5cc75b05370', '1234'],
    ['hmac_md5($s, $p)', 'bfd280436f45fa38eaacac3b00518f29', '1234'],
    ['sha1($p.$s)', '2fc5a684737ce1bf7b3b239df432416e0dd07357', '2014'],
    ['sha1($s.$p)', 'cac35ec206d868b7d7cb0b55f31d9425b075082b', '5363620024'],
    ['sha256($p.$s)', 'c73d08de890479518ed60cf670d17faa26a4a71f995c1dcc978165399401a6c4', '53743528'],
    ['md5(md5(md5($p)))', '9882d0778518b095917eb589f6998441', ''],
    ['md5($s.md5($p))', '95248989ec91f6d0439dbde2bd0140be', '1234'],
    ['md5(md5($p).md5($s))', '250920b3a5e31318806a032a4674df7e', '1234'],
    ['md5(sha1($p))', '288496df99b33f8f75a7ce4837d1b480', ''],
    ['sha1(sha1($p))', '3db9184f5da4e463832b086211af8d2314919951', ''],
    ['sha1(md5($p))', '92d85978d884eb1d99a51652b1139c8279fa8663', ''],
    ['md5(MD5($p))', 'b8c385461bb9f9d733d3af832cf60b27', ''],
  ])('computes %s', async (recipe, digest, s) => {
    expect(await derive(recipe, { s })).toBe(digest);
  });

  test('takes a nested hash as its text, in capitals, as bytes or as Base64', async () => {
    const inner = createHash('sha256').update('hashcat').digest();
    expect(await derive('sha1(sha256($p))')).toBe(hash('sha1', inner.toString('hex')));
    expect(await derive('sha1(SHA256($p))')).toBe(hash('sha1', inner.toString('hex').toUpperCase()));
    expect(await derive('sha1(sha256_raw($p))')).toBe(hash('sha1', inner));
    expect(await derive('sha1(sha256_64($p))')).toBe(hash('sha1', inner.toString('base64').replace('=', '')));
    expect(await derive('sha1(b64(sha256_raw($p)))')).toBe(hash('sha1', inner.toString('base64')));
  });

  test('takes the name of its hash function from the digest', async () => {
    expect(await derive('H($algorithm, $p)', { params: { algorithm: 'SHA-256' } })).toBe(hash('sha256', 'hashcat'));
    const wanted = createHmac('sha512', 'key').update('hashcat').digest('hex');
    expect(await derive('hmac($algorithm, $s, $p)', { s: 'key', params: { algorithm: 'HmacSHA512' } })).toBe(wanted);
  });
});

describe('a recipe of KDFs', () => {
  test('derives as long a key as the hash of the digest', async () => {
    const wanted = pbkdf2Sync('hashcat', 'salt', 1000, 40, 'sha256').toString('hex');
    const given = { s: 'salt', params: { rounds: 10 }, hashBytes: 40 };
    expect(await derive('pbkdf2_sha256($p, $s, 100*$rounds)', given)).toBe(wanted);
    expect(await derive("pbkdf2('sha256', $p, $s, 1000, 40)", { s: 'salt' })).toBe(wanted);
  });

  test('hashes over a key', async () => {
    const key = pbkdf2Sync('hashcat', 'saltAUTH', 4, 64, 'sha512');
    const wanted = hash('sha512', Buffer.concat([key, Buffer.from('salt')]));
    expect(await derive("sha512(pbkdf2_sha512_raw($p, $s.'AUTH', 4, 64).$s)", { s: 'salt' })).toBe(wanted);
  });

  test('computes scrypt', async () => {
    const wanted = scryptSync('hashcat', 'salt', 16, { N: 1024, r: 8, p: 1 }).toString('hex');
    expect(await derive('scrypt($p, $s, 2^$ln, 8, 1, 16)', { s: 'salt', params: { ln: 10 } })).toBe(wanted);
  });
});

describe('iterate', () => {
  const chain = (steps: number, step: (x: string | Buffer) => string | Buffer, first: string | Buffer) => {
    let x = first;
    for (let i = 0; i < steps; i++) x = step(x);
    return x;
  };

  test.each([1, 3, 2000])('hashes the text of the step before %i times', async (times) => {
    const wanted = chain(times, (x) => hash('sha512', x as string), 'hashcat');
    expect(await derive(`iterate(${times}, $p, sha512($x))`)).toBe(wanted);
    expect(await derive(`sha1(iterate(${times}, $p, sha512($x)))`)).toBe(hash('sha1', wanted as string));
  });

  test.each([1, 3, 2000])('hashes the bytes of the step before %i times', async (times) => {
    const wanted = chain(times, (x) => createHash('sha256').update(x).digest(), 'hashcat') as Buffer;
    expect(await derive(`iterate(${times}, $p, sha256_raw($x))`)).toBe(wanted.toString('hex'));
  });

  test.each(['md5', 'sha1', 'sha256', 'sha512'])(
    'runs a long chain of %s with a suffix as one job',
    async (algorithm) => {
      const step = (x: string | Buffer) => createHash(algorithm).update(x).update('hashcat').digest();
      const first = createHash(algorithm).update('salthashcat').digest();
      const jobs: number[] = [];
      const spying = {
        ...kdfs,
        iteratedHash: (job: Parameters<typeof kdfs.iteratedHash>[0]) => {
          jobs.push(job.rounds);
          return kdfs.iteratedHash(job);
        },
      };
      const recipe = compileRecipe(parseRecipe(`iterate(2048, ${algorithm}_raw($s.$p), ${algorithm}_raw($x.$p))`));
      const input = { password: utf8('hashcat'), bytes: { salt: utf8('salt') }, params: {}, hashBytes: 0 };
      expect(encodeHex(await recipe.derive(input, spying))).toBe((chain(2048, step, first) as Buffer).toString('hex'));
      expect(jobs).toEqual([2048]);
    },
  );

  test('gives the bytes of its first value where it has no steps', async () => {
    expect(await derive('iterate(0, md5($p), md5($x))')).toBe(hash('md5', 'hashcat'));
  });
});
