/** bcrypt of the hexadecimal text of a fast hash: its digests look like those of bcrypt. */
import { defineFormat, type Format, type FormatData } from '../format.js';
import { bcryptBody } from '../templates/bodies.js';

function bcryptOf(format: Pick<FormatData, 'name' | 'recipe' | 'writers' | 'example'>): Format {
  return defineFormat({
    family: 'plain',
    users: 1,
    layout: bcryptBody,
    looksLike: 'bcrypt',
    traps: ['nothing in the digest shows that the password was hashed first'],
    sources: ['https://hashcat.net/wiki/doku.php?id=example_hashes'],
    ...format,
  });
}

export const bcryptMd5: Format = bcryptOf({
  name: 'bcrypt_md5',
  recipe: 'bcrypt(md5($p))',
  writers: 'Matomo; tables of MD5 that were wrapped',
  example: { password: 'hashcat', digest: '$2a$05$/VT2Xs2dMd8GJKfrXhjYP.DkTjOVrY12yDN7/6I8ZV0q/1lEohLru' },
});

export const bcryptSha1: Format = bcryptOf({
  name: 'bcrypt_sha1',
  recipe: 'bcrypt(sha1($p))',
  writers: 'tables of SHA-1 that were wrapped',
  example: { password: 'hashcat', digest: '$2a$05$Uo385Fa0g86uUXHwZxB90.qMMdRFExaXePGka4WGFv.86I45AEjmO' },
});

export const bcryptSha256Hex: Format = bcryptOf({
  name: 'bcrypt_sha256_hex',
  recipe: 'bcrypt(sha256($p))',
  writers: 'Meteor; Rocket.Chat',
  example: { password: 'hashcat', digest: '$2b$10$FxDtpTNaL303lLcWtd6LFO2U6Gc63VJ07qycHcfqbQQ71GhO/qSzu' },
});

export const bcryptSha512Hex: Format = bcryptOf({
  name: 'bcrypt_sha512_hex',
  recipe: 'bcrypt(sha512($p))',
  writers: 'NodeBB',
  example: { password: 'hashcat', digest: '$2a$12$KhivLhCuLhSyMBOxLxCyLu78x4z2X/EJdZNfS3Gy36fvRt56P2jbS' },
});
