/** passlib's own notations. https://passlib.readthedocs.io/ */
import {
  ab64,
  b64,
  b64n,
  b64u,
  bcrypt64,
  bytes,
  decimal,
  hex,
  hexNumber,
  type Layout,
  layout,
  log2,
  mark,
  oneOf,
  optional,
  text,
  word,
} from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const DOCS = 'https://passlib.readthedocs.io/en/stable/lib/passlib.hash';

const PBKDF2_NAME = word('algorithm', { '': 'sha1', '-sha256': 'sha256', '-sha512': 'sha512' });
/** "+" as well as "." in Base64, padded or not: what other writers of the notation write. */
export const passlibPbkdf2Layout: Layout = oneOf(
  layout`$pbkdf2${PBKDF2_NAME}$${decimal('iterations', { min: 1 })}$${ab64('salt', { min: 0 })}$${ab64('hash')}`,
  layout`$pbkdf2${PBKDF2_NAME}$${decimal('iterations', { min: 1 })}$${b64n('salt', { min: 0 })}$${b64n('hash')}`,
);

export const passlibPbkdf2: Format = defineFormat({
  name: 'passlib_pbkdf2',
  family: 'python',
  users: 1,
  layout: passlibPbkdf2Layout,
  recipe: 'pbkdf2($algorithm, $p, $s, $iterations)',
  writers: 'passlib, and so Odoo, Frappe and ERPNext, Ansible, FastAPI applications; TYPO3, pbkdf2_elixir, GitLab',
  traps: ['"." stands for "+", without padding', 'no suffix is SHA-1'],
  sources: [`${DOCS}.pbkdf2_digest.html`],
  example: {
    password: 'password',
    digest: '$pbkdf2-sha256$12$cmFuZG9tc2FsdGlzaGFyZA$OFvEcLOIPFd/oq8egf10i.qJLI7A8nDjPLnolCWarQY',
  },
});

export const passlibScrypt: Format = defineFormat({
  name: 'passlib_scrypt',
  family: 'python',
  users: 2,
  layout: layout`$scrypt$ln=${log2('N', 'decimal', { min: 1, max: 63 })},r=${decimal('r', { min: 1 })},p=${decimal('parallel', { min: 1 })}$${b64n('salt', { min: 0 })}$${b64n('hash', { usual: 32 })}`,
  recipe: 'scrypt($p, $s, $N, $r, $parallel)',
  aliases: ['phc_scrypt'],
  writers: 'passlib; @phc/scrypt, passwap and other PHC libraries',
  traps: ['Kratos writes N itself as ln', 'AdonisJS writes n'],
  sources: [`${DOCS}.scrypt.html`],
  example: {
    password: 'password',
    digest: '$scrypt$ln=16,r=8,p=1$cmFuZG9tc2FsdGlzaGFyZA$Rh+NnJNo1I6nRwaNqbDm6kmADswD1+7FTKZ7Ln9D8nQ',
  },
});

const COST = { min: 4, max: 31 } as const;
const BCRYPT_TAIL = layout`$${bcrypt64('salt', 16)}$${bcrypt64('hash', 23)}`;

export const passlibBcryptSha256: Format = defineFormat({
  name: 'passlib_bcrypt_sha256',
  family: 'python',
  users: 2,
  layout: oneOf(
    layout`$bcrypt-sha256$v=2,t=${word('variant', ['2b', '2a', '2y'])},r=${decimal('cost', COST)}${mark('form', 2)}${BCRYPT_TAIL}`,
    layout`$bcrypt-sha256$${word('variant', ['2b', '2a', '2y'])},${decimal('cost', COST)}${mark('form', 1)}${BCRYPT_TAIL}`,
  ),
  recipe: {
    by: 'form',
    of: { 1: 'bcrypt(b64(sha256_raw($p)))', 2: 'bcrypt(b64(hmac_sha256_raw(bcrypt64($s), $p)))' },
  },
  writers: 'passlib 1.6 and later; FastAPI and Pyramid applications',
  traps: ['since passlib 1.7.3 the key of the HMAC is the 22 letters of the salt, not its bytes'],
  sources: [`${DOCS}.bcrypt_sha256.html`],
  example: {
    password: 'password',
    digest: '$bcrypt-sha256$2a,5$5Hg1DKFqPE8C2aflZ5vVoe$12BjNE0p7axMg55.Y/mHsYiVuFBDQyu',
  },
});

const SCRAM_HEAD = layout`$scram$${decimal('iterations', { min: 1 })}$${ab64('salt', { min: 0 })}$sha-1=`;

export const passlibScram: Format = defineFormat({
  name: 'passlib_scram',
  family: 'python',
  users: 5,
  layout: oneOf(
    layout`${SCRAM_HEAD}${ab64('sha1', 20)},sha-256=${ab64('hash', 32)}${mark('algorithm', 'sha256')}${optional`,sha-512=${ab64('sha512', 64)}`}`,
    layout`${SCRAM_HEAD}${ab64('sha1', 20)},sha-512=${ab64('hash', 64)}${mark('algorithm', 'sha512')}`,
    layout`${SCRAM_HEAD}${ab64('hash', 20)}${mark('algorithm', 'sha1')}`,
  ),
  recipe: 'pbkdf2($algorithm, saslprep($p), $s, $iterations)',
  writers: "passlib's scram",
  traps: ['one password has a hash for each algorithm; the strongest is compared'],
  sources: [`${DOCS}.scram.html`],
  example: {
    password: 'pencil',
    digest:
      '$scram$4096$QSXCR.Q6sek8bf92$sha-1=HZbuOlKbWl.eR8AfIposuKbhX30,sha-256=qXUXrlcvnaxxWG00DdRgVioR2gnUpuX5r.3EZ1rdhVY,sha-512=lzgniLFcvglRLS0gt.C4gy.NurS3OIOVRAU1zZOV4P.qFiVFO2/edGQSu/kD1LwdX0SNV/KsPdHSwEl5qRTuZQ',
  },
});

const FSHP: Layout = oneOf(
  ...(
    [
      ['1', 'sha256', 32],
      ['0', 'sha1', 20],
      ['2', 'sha384', 48],
      ['3', 'sha512', 64],
    ] as const
  ).map(
    ([variant, algorithm, size]) =>
      layout`{FSHP${variant}|${decimal('saltBytes', { min: 0 })}|${decimal('iterations', { min: 1 })}}${mark('algorithm', algorithm)}${b64(bytes('salt', { min: 0 }), bytes('hash', size))}`,
  ),
);

export const fshp: Format = defineFormat({
  name: 'fshp',
  family: 'python',
  users: 5,
  layout: FSHP,
  recipe: 'iterate($iterations, $s.$p, H_raw($algorithm, $x))',
  insecure: true,
  writers: 'the fshp package, passlib',
  traps: ['PBKDF1 with password and salt exchanged'],
  sources: [`${DOCS}.fshp.html`],
  example: { password: 'test', digest: '{FSHP0|0|1}qUqP5cyxm6YcTAhz05Hph5gvu9M=' },
});

const CTA_HEAD = layout`$p5k2$${hexNumber('iterations', { min: 1 })}$`;
/** Lengths whose Base64 has as much padding. */
const lengths = (rest: number): readonly number[] => Array.from({ length: 22 }, (_, i) => 3 * i + rest);
const CTA_HASH = layout`${b64u('hash', 20)}=`;

export const ctaPbkdf2Sha1: Format = defineFormat({
  name: 'cta_pbkdf2_sha1',
  family: 'python',
  users: 5,
  layout: oneOf(
    layout`${CTA_HEAD}${b64u('salt', { only: lengths(1) })}==$${CTA_HASH}`,
    layout`${CTA_HEAD}${b64u('salt', { only: lengths(2) })}=$${CTA_HASH}`,
    layout`${CTA_HEAD}${b64u('salt', { only: lengths(0) })}$${CTA_HASH}`,
  ),
  recipe: 'pbkdf2_sha1($p, $s, $iterations)',
  writers: "Cryptacular's PBKDF2, passlib",
  traps: ['the iterations are hexadecimal', 'dlitz_pbkdf2_sha1 has the same prefix'],
  sources: [`${DOCS}.cta_pbkdf2_sha1.html`],
  example: { password: 'password', digest: '$p5k2$1$$h1TDLGSw9ST8UMAPeIE13i0t12c=' },
});

export const dlitzPbkdf2Sha1: Format = defineFormat({
  name: 'dlitz_pbkdf2_sha1',
  family: 'python',
  users: 5,
  layout: oneOf(
    layout`$p5k2$${mark('iterations', 400)}$${text('salt', { not: '$', of: './0-9A-Za-z' })}$${ab64('hash', 24)}`,
    layout`$p5k2$${hexNumber('iterations', { min: 1 })}$${text('salt', { not: '$', of: './0-9A-Za-z' })}$${ab64('hash', 24)}`,
  ),
  recipe: 'pbkdf2_sha1($p, dlitz_salt($s, $iterations), $iterations)',
  writers: "dlitz's pbkdf2.py, used with PyCrypto; passlib",
  traps: ['the salt is the text of the digest up to the hash', 'without iterations 400 are meant'],
  sources: [`${DOCS}.dlitz_pbkdf2_sha1.html`],
  example: { password: 'cloadm', digest: '$p5k2$$exec$r1EWMCMk7Rlv3L/RNcFXviDefYa0hlql' },
});

export const roundup: Format = defineFormat({
  name: 'roundup',
  family: 'python',
  users: 5,
  layout: oneOf(
    layout`{SHA}${hex('hash', 20)}${mark('algorithm', 'sha1')}`,
    layout`{MD5}${hex('hash', 16)}${mark('algorithm', 'md5')}`,
  ),
  recipe: 'H($algorithm, $p)',
  insecure: true,
  writers: 'Roundup before 1.4.17',
  traps: ['hexadecimal after a scheme of LDAP, which has Base64'],
  sources: ['https://github.com/roundup-tracker/roundup/blob/master/roundup/password.py'],
  example: { password: 'password', digest: '{SHA}5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8' },
});
