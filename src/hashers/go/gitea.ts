/** Gitea, Forgejo, Gogs and Grafana: 50 bytes in hexadecimal, the salt and Gitea's algorithm in other columns. */
import { decimal, hex, type Layout, layout, mark, oneOf, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const GITEA = 'https://github.com/go-gitea/gitea/tree/main/modules/auth/password/hash';
const HASH = hex('hash', 50);
/** Ten letters are text, longer ones hexadecimal: https://github.com/go-gitea/gitea/blob/main/modules/auth/password/hash/hash.go */
const SALT: Layout = oneOf(layout`${text('salt', 10)}`, layout`${hex('salt')}`);
const SALT_TRAP = 'a salt of 10 letters is text, a longer one is hexadecimal (Gitea 1.15 and later)';

export const giteaPbkdf2: Format = defineFormat({
  name: 'gitea_pbkdf2',
  family: 'go',
  users: 1,
  layout: layout`${HASH}`,
  recipe: 'pbkdf2_sha256($p, $s, $iterations)',
  companions: {
    salt: { layout: SALT },
    algorithm: {
      layout: oneOf(
        layout`pbkdf2$${decimal('iterations', { min: 1 })}$${decimal('length', { min: 1 })}`,
        layout`${word('iterations', { pbkdf2: '10000', pbkdf2_v1: '10000', pbkdf2_v2: '50000', pbkdf2_hi: '320000' })}`,
      ),
      default: 'pbkdf2$50000$50',
    },
  },
  writers: 'Gitea, Forgejo',
  traps: ['passwd_hash_algo "pbkdf2" alone means 10000 iterations; without it 50000 are meant here', SALT_TRAP],
  sources: [GITEA],
  example: {
    password: 'abcdef',
    digest: 'ab48d5471b7e6ed42d10001db88c852ff7303c788e49da5c3c7b63d5adf96360303724b74b679223a3dea8a242d10abb1913',
    salt: 'aaaaaaaaaa',
    params: { algorithm: 'pbkdf2' },
  },
});

export const giteaScrypt: Format = defineFormat({
  name: 'gitea_scrypt',
  family: 'go',
  users: 4,
  layout: layout`${HASH}`,
  recipe: 'scrypt($p, $s, $N, $r, $parallel)',
  companions: {
    salt: { layout: SALT },
    algorithm: {
      layout: oneOf(
        layout`scrypt$${decimal('N', { min: 2 })}$${decimal('r', { min: 1 })}$${decimal('parallel', { min: 1 })}$${decimal('length', { min: 1 })}`,
        layout`scrypt${mark('N', 65536)}${mark('r', 16)}${mark('parallel', 2)}`,
      ),
      default: 'scrypt',
    },
  },
  looksLike: 'gitea_pbkdf2',
  writers: 'Gitea, Forgejo with PASSWORD_HASH_ALGO = scrypt',
  traps: ['r is 16, p is 2', SALT_TRAP],
  sources: [GITEA],
  example: {
    password: 'abcdef',
    digest: '3b571d0c07c62d42b7bad3dbf18fb0cd67d4d8cd4ad4c6928e1090e5b2a4a84437c6fd2627d897c0e7e65025ca62b67a0002',
    salt: 'aaaaaaaaaa',
    params: { algorithm: 'scrypt' },
  },
});

export const giteaArgon2: Format = defineFormat({
  name: 'gitea_argon2',
  family: 'go',
  users: 4,
  layout: layout`${HASH}`,
  recipe: 'argon2id($p, $s, $m, $t, $lanes)',
  companions: {
    salt: { layout: SALT },
    algorithm: {
      layout: oneOf(
        layout`argon2$${decimal('t', { min: 1 })}$${decimal('m', { min: 8 })}$${decimal('lanes', { min: 1 })}$${decimal('length', { min: 1 })}`,
        layout`argon2${mark('t', 2)}${mark('m', 65536)}${mark('lanes', 8)}`,
      ),
      default: 'argon2',
    },
  },
  looksLike: 'gitea_pbkdf2',
  writers: 'Gitea 1.13 by default, Forgejo with PASSWORD_HASH_ALGO = argon2',
  traps: [SALT_TRAP],
  sources: [GITEA],
  example: {
    password: 'abcdef',
    digest: '551f089f570f989975b6f7c6a8ff3cf89bc486dd7bbe87ed4d80ad4362f8ee599ec8dda78dac196301b98456402bcda775dc',
    salt: 'aaaaaaaaaa',
    params: { algorithm: 'argon2$2$65536$8$50' },
  },
});

/** Of Grafana's own test. */
const EXAMPLE = 'e59c568621e57756495a468f47c74e07c911b037084dd464bb2ed72410970dc849cabd71b48c394faf08a5405dae53741ce9';

function grafanaLike(name: string, writers: string, source: string): Format {
  return defineFormat({
    name,
    family: 'go',
    users: 2,
    layout: layout`${hex('hash', 50)}`,
    recipe: 'pbkdf2_sha256($p, $s, 10000)',
    companions: { salt: { field: text('salt') }, algorithm: { field: text('algorithm'), optional: true } },
    looksLike: 'gitea_pbkdf2',
    writers,
    traps: ['the salt is text, whatever it looks like'],
    sources: [source],
    example: { password: 'iamgod', digest: EXAMPLE, salt: 'pepper' },
  });
}

export const grafana: Format = grafanaLike(
  'grafana',
  'Grafana',
  'https://github.com/grafana/grafana/blob/main/pkg/util/encoding.go',
);
export const gogsPbkdf2: Format = grafanaLike(
  'gogs_pbkdf2',
  'Gogs, Gitea before 1.15',
  'https://github.com/gogs/gogs/blob/main/internal/userutil/userutil.go',
);
