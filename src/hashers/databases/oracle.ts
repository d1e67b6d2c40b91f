/** Oracle Database's SYS.USER$: `password` and `spare4`; PeopleSoft. */
import { b64, bytes, HEX, layout, oneOf, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const HASHCAT = 'https://hashcat.net/wiki/doku.php?id=example_hashes';

export const oracle10: Format = defineFormat({
  name: 'oracle10',
  family: 'databases',
  users: 4,
  layout: layout`${HEX('hash', 8)}`,
  recipe: 'oracle10($p, $u)',
  companions: { username: { field: text('username') } },
  insecure: true,
  writers: 'Oracle Database to 10g, and later while old clients are allowed',
  traps: ['user and password are hashed together in capitals'],
  sources: [HASHCAT, 'https://passlib.readthedocs.io/en/stable/lib/passlib.hash.oracle10.html'],
  example: { password: 'THALES', digest: '9EEDFA0AD26C6D52', username: 'SYSTEM' },
});

const OF_11 = HEX(bytes('hash', 20), bytes('salt', 10));
const OF_12 = HEX(bytes('hash', 64), bytes('salt', 16));
const HEX_DIGITS = '0-9A-F';
/** The other verifiers of a whole `spare4`, which holds up to three. */
const OTHER_11 = text('verifier11', { chars: 60, of: HEX_DIGITS });
const OTHER_DIGEST = text('verifierDigest', { chars: 32, of: HEX_DIGITS });
const OTHER_12 = text('verifier12', { chars: 160, of: HEX_DIGITS });

export const oracle11: Format = defineFormat({
  name: 'oracle11',
  family: 'databases',
  users: 4,
  layout: oneOf(
    layout`S:${OF_11}`,
    layout`${OF_11}`,
    layout`S:${OF_11};T:${OTHER_12}`,
    layout`S:${OF_11};H:${OTHER_DIGEST};T:${OTHER_12}`,
    layout`S:${OF_11};H:${OTHER_DIGEST}`,
  ),
  recipe: 'sha1($p.$s)',
  insecure: true,
  writers: 'Oracle Database 11g and later: S: of spare4, alone or with its other verifiers',
  sources: [HASHCAT, 'https://passlib.readthedocs.io/en/stable/lib/passlib.hash.oracle11.html'],
  example: { password: 'oracle', digest: 'S:3437FF72BD69E3FB4D10C750B92B8FB90B155E26227B9AB62D94F54E5951' },
});

export const oracle12c: Format = defineFormat({
  name: 'oracle12c',
  family: 'databases',
  users: 4,
  layout: oneOf(
    layout`T:${OF_12}`,
    layout`${OF_12}`,
    layout`S:${OTHER_11};T:${OF_12}`,
    layout`S:${OTHER_11};H:${OTHER_DIGEST};T:${OF_12}`,
    layout`H:${OTHER_DIGEST};T:${OF_12}`,
  ),
  recipe: "sha512(pbkdf2_sha512_raw($p, $s.'AUTH_PBKDF2_SPEEDY_KEY', 4096, 64).$s)",
  writers: 'Oracle Database 12c and later: T: of spare4, alone or with its other verifiers',
  traps: ['the salt is used twice, the first time with a text appended'],
  sources: [
    HASHCAT,
    'https://www.trustwave.com/en-us/resources/blogs/spiderlabs-blog/changes-in-oracle-database-12c-password-hashes/',
  ],
  example: {
    password: 'hashcat',
    digest:
      'T:8F75FBD166AFDB6D7587DAB89C2F15672AAC031C5B0B5E65C0835FB130555F6FF4E0E5764976755558112246FFF306450C22F6B7746B9E9831ED97B373992F9157436180438417080374881414745255',
  },
});

export const peoplesoft: Format = defineFormat({
  name: 'peoplesoft',
  family: 'databases',
  users: 4,
  layout: layout`${b64('hash', 20)}`,
  recipe: 'sha1(utf16($p))',
  insecure: true,
  writers: 'PeopleSoft, PSOPRDEFN before PeopleTools 8.53',
  traps: ['the password must be text: it is hashed as UTF-16', 'newer ones have a salt in another column'],
  sources: [HASHCAT],
  example: { password: 'hashcat', digest: 'uXmFVrdBvv293L9kDR3VnRmx4ZM=' },
});
