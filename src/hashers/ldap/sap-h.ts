/** SAP's code version H, PWDSALTEDHASH. */
import { b64, bytes, decimal, layout, mark, oneOf } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const SCHEMES = [
  ['x-issha', 'sha1', 20],
  ['x-isSHA256', 'sha256', 32],
  ['x-isSHA384', 'sha384', 48],
  ['x-isSHA512', 'sha512', 64],
] as const;

export const sapH: Format = defineFormat({
  name: 'sap_h',
  family: 'ldap',
  users: 3,
  layout: oneOf(
    ...[', ', ','].flatMap((separator) =>
      SCHEMES.map(
        ([scheme, algorithm, hashBytes]) =>
          layout`{${scheme}${separator}${decimal('iterations')}}${b64(bytes('hash', hashBytes), bytes('salt'))}${mark('algorithm', algorithm)}`,
      ),
    ),
  ),
  recipe: {
    by: 'algorithm',
    of: Object.fromEntries(
      SCHEMES.map(([, hash]) => [hash, `iterate($iterations-1, ${hash}_raw($p.$s), ${hash}_raw($p.$x))`]),
    ),
  },
  writers: 'SAP NetWeaver, S/4HANA',
  traps: ['the password is hashed again in each round'],
  sources: ['https://hashcat.net/wiki/doku.php?id=example_hashes'],
  example: { password: 'hashcat', digest: '{x-issha, 1024}BnjXMqcNTwa3BzdnUOf1iAu6dw02NzU4MzE2MTA=' },
});
