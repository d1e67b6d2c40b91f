// npm packages that hash passwords, from MODULES (a folder with node_modules). Their random bytes are replaced by
// fixed ones, so that nothing changes between two runs.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const MODULES = process.env.MODULES;
const require = createRequire(join(MODULES, 'package.json'));
const crypto = require('node:crypto');

const IDS = ['typical', 'empty', 'one', 'len64', 'len73', 'nfc', 'nfd', 'emoji', 'spaces', 'separators'];
const table = JSON.parse(readFileSync(new URL('../passwords.json', import.meta.url), 'utf8'));
const LIST = IDS.map((id) => {
  const { comment, flag, utf8, repeat } = table.find((row) => row.id === id);
  const text = utf8 ?? repeat.text.repeat(repeat.bytes).slice(0, repeat.bytes);
  return { id, comment, flags: flag ? [flag] : [], text };
});
const FEW = LIST.filter(({ id }) => ['typical', 'one', 'len73', 'nfc', 'nfd', 'emoji'].includes(id));

let drawn = 0;
function fixedBytes(length) {
  const label = `digestry npm.mjs ${drawn}`;
  return createHash('shake256', { outputLength: length }).update(label).digest();
}
crypto.randomBytes = (length, then) => {
  drawn++;
  return then ? queueMicrotask(() => then(null, fixedBytes(length))) : fixedBytes(length);
};
globalThis.crypto.getRandomValues = (array) => {
  drawn++;
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(fixedBytes(array.byteLength));
  return array;
};

const versionOf = (name) => JSON.parse(readFileSync(join(MODULES, 'node_modules', name, 'package.json'), 'utf8'));
function source(name) {
  const { version, license = 'MIT' } = versionOf(name);
  return { name: `npm ${name}`, version, path: 'vectors/generators/lang/npm.mjs', license, method: 'generated' };
}
const vector = ({ id, comment, flags, text }, digest, more) => ({
  id,
  comment,
  flags,
  password: { utf8: text },
  digest,
  expect: 'match',
  ...more,
});
async function emit(hasher, name, list, make) {
  const tests = [];
  for (const [i, pw] of list.entries()) {
    const made = await make(pw.text, i);
    tests.push(typeof made === 'string' ? vector(pw, made) : vector(pw, made.digest, made.more));
  }
  process.stdout.write(`${JSON.stringify({ hasher, source: source(name), tests })}\n`);
}
const notEmpty = LIST.filter(({ text }) => text !== '');

const passwordHash = require('password-hash');
const ALGORITHMS = ['sha1', 'md5', 'sha256', 'sha512'];
await emit('npm_password_hash', 'password-hash', LIST, (text, i) =>
  passwordHash.generate(text, {
    algorithm: ALGORITHMS[i % 4],
    saltLength: [8, 16][i % 2],
    iterations: [1, 2, 40][i % 3],
  }),
);

await emit(
  'npm_credential',
  'credential',
  notEmpty,
  (text) =>
    new Promise((resolve, reject) => {
      const made = require('credential')({ work: 0.0001 });
      made.hash(text, (error, hash) =>
        error ? reject(error) : resolve(typeof hash === 'string' ? hash : JSON.stringify(hash)),
      );
    }),
);

const { default: scryptKdf } = await import(join(MODULES, 'node_modules/scrypt-kdf/scrypt.js'));
await emit('npm_scrypt_kdf', 'scrypt-kdf', LIST, async (text, i) => {
  const key = await scryptKdf.kdf(text, { logN: 4 + (i % 3), r: [8, 1][i % 2], p: [1, 2][i % 2] });
  return Buffer.from(key).toString('base64');
});

const securePassword = require('secure-password');
const secure = securePassword({ memlimit: securePassword.MEMLIMIT_MIN, opslimit: securePassword.OPSLIMIT_MIN });
await emit('npm_secure_password', 'secure-password', FEW, (text) =>
  secure.hashSync(Buffer.from(text)).toString('base64'),
);

const { Scrypt } = await import(join(MODULES, 'node_modules/lucia/dist/index.js'));
await emit('lucia_scrypt', 'lucia', FEW, async (text) => new Scrypt().hash(text));
await emit('lucia_scrypt', 'better-auth', FEW, async (text) => {
  const password = await import(join(MODULES, 'node_modules/better-auth/dist/crypto/password.mjs'));
  return password.hashPassword(text);
});
const legacy = await import(join(MODULES, 'node_modules/lucia-auth/utils/crypto.js'));
await emit('lucia_scrypt', 'lucia-auth', FEW, (text) => legacy.generateScryptHash(text));
// What Lucia 1 still verifies: no "s2:", and r = 8. Made here, and shown to it.
await emit('lucia_scrypt', 'lucia-auth', FEW.slice(0, 3), async (text, i) => {
  const salt = createHash('sha256').update(`legacy ${i}`).digest('hex').slice(0, 16);
  const digest = `${salt}:${crypto.scryptSync(text, salt, 64, { N: 16384, r: 8, p: 1, maxmem: 2 ** 26 }).toString('hex')}`;
  if (!(await legacy.validateScryptHash(text, digest))) throw new Error('lucia-auth refuses its old form');
  return { digest, more: { with: { params: { r: 8 } } } };
});

const phcPbkdf2 = require('@phc/pbkdf2');
await emit('phc_pbkdf2', '@phc/pbkdf2', notEmpty, (text, i) =>
  phcPbkdf2.hash(text, { iterations: 1 + i * 5, digest: ['sha512', 'sha256', 'sha1'][i % 3] }),
);

const { Scrypt: AdonisScrypt } = await import(join(MODULES, 'node_modules/@adonisjs/hash/build/src/drivers/scrypt.js'));
await emit('adonis_scrypt', '@adonisjs/hash', notEmpty, (text, i) =>
  new AdonisScrypt({
    cost: 16 << (i % 3),
    blockSize: [8, 1][i % 2],
    parallelization: 1,
    saltSize: 16,
    keyLength: [64, 96][i % 2],
  }).make(text),
);
const { Bcrypt: AdonisBcrypt } = await import(
  join(MODULES, 'node_modules/@adonisjs/hash/build/src/drivers/bcrypt.js')
).catch(() => ({}));
if (AdonisBcrypt) {
  await emit('phc_bcrypt', '@adonisjs/hash', notEmpty, (text) =>
    new AdonisBcrypt({ rounds: 4, saltSize: 16, version: 98 }).make(text),
  );
}

const { pbkdf2: mongoosePbkdf2 } = require(join(MODULES, 'node_modules/passport-local-mongoose/dist/lib/pbkdf2.js'));
await emit('passport_local_mongoose', 'passport-local-mongoose', LIST, async (text, i) => {
  const salt = createHash('sha256').update(`mongoose ${i}`).digest('hex');
  const hash = await mongoosePbkdf2(text, salt, { digestAlgorithm: 'sha256', iterations: 25000, keylen: 512 });
  return { digest: Buffer.from(hash).toString('hex'), more: { with: { salt } } };
});
