/** PBKDF2 of Discourse, GitLab and Pow. */
import { ab64, b64, decimal, hex, layout, oneOf, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

export const discourse: Format = defineFormat({
  name: 'discourse',
  family: 'ruby',
  users: 1,
  layout: layout`${hex('hash', 32)}`,
  recipe: 'pbkdf2_sha256($p, $s, $iterations)',
  companions: {
    salt: { field: text('salt') },
    algorithm: {
      layout: layout`$pbkdf2-sha256$i=${decimal('iterations', { min: 1 })},l=32$`,
      default: '$pbkdf2-sha256$i=64000,l=32$',
    },
  },
  looksLike: 'sha256',
  writers: 'Discourse',
  traps: [
    'the column password_algorithm is there since 2023: 64000 iterations before',
    'the salt is text, whatever it looks like',
  ],
  sources: ['https://github.com/discourse/discourse/blob/main/lib/password_hasher.rb'],
  example: {
    password: 'mypass',
    digest: '8d4f9a685ff73eef7b06e07ab5889784775290a0a9cebb6eb4492a695c93a51e',
    salt: 'mysalt',
    params: { algorithm: '$pbkdf2-sha256$i=3,l=32$' },
  },
});

const HEAD = layout`$pbkdf2-sha512$${decimal('iterations', { min: 1 })}$`;

export const gitlabPbkdf2Sha512: Format = defineFormat({
  name: 'gitlab_pbkdf2_sha512',
  family: 'ruby',
  users: 3,
  layout: oneOf(layout`${HEAD}${ab64('salt')}$${ab64('hash', 64)}`, layout`${HEAD}${hex('salt')}$${hex('hash', 64)}`),
  recipe: 'pbkdf2_sha512($p, $s, $iterations)',
  looksLike: 'passlib_pbkdf2',
  writers: 'GitLab where FIPS is on (devise-pbkdf2-encryptable)',
  traps: ["the notation is passlib's; hexadecimal is read as well"],
  sources: ['https://gitlab.com/gitlab-org/gitlab/-/tree/master/vendor/gems/devise-pbkdf2-encryptable'],
  example: {
    password: 'correct horse battery staple',
    digest:
      '$pbkdf2-sha512$20$dcNUbi3I5K.mPWU2PEgaBw$en2ijDUuSC25qomeMhIp3j4xonXwT.daiA6i6q8qnqEVP4tH/h6rZwKPaqHJcZsT9ZS6p8zqtMkKO91jbmMcRg',
  },
});

export const powPbkdf2: Format = defineFormat({
  name: 'pow_pbkdf2',
  family: 'ruby',
  users: 3,
  layout: layout`$pbkdf2-${word('algorithm', ['sha512', 'sha256', 'sha384'])}$${decimal('iterations', { min: 1 })}$${b64('salt')}$${b64('hash')}`,
  recipe: 'pbkdf2($algorithm, $p, $s, $iterations)',
  looksLike: 'passlib_pbkdf2',
  writers: 'Pow (Phoenix)',
  traps: ['padded standard Base64 where passlib has its own without padding'],
  sources: ['https://github.com/danschultzer/pow/blob/main/lib/pow/ecto/schema/password.ex'],
  example: {
    password: 'correct horse battery staple',
    digest:
      '$pbkdf2-sha512$1$11ae3y1sTGa0veJ/QVpjRw==$FIe9vOpGPOqIj7U+oJP7S25nU72Io/nDMCp7M2Nt/DxYRkWOPT41HtblmtyL6maYf0JvG66wVl3DpCwRb2Swtw==',
  },
});
