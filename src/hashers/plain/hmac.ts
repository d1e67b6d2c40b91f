/** HMAC of the password and a salt, in hexadecimal. */
import { defineFormat, type Format, type FormatData } from '../format.js';
import { saltColumn, saltedHex } from '../templates/columns.js';

function keyed(bytes: number, format: Pick<FormatData, 'name' | 'recipe' | 'example'>): Format {
  return defineFormat({
    family: 'plain',
    users: 2,
    layout: saltedHex(bytes),
    companions: saltColumn,
    insecure: true,
    writers:
      'Kohana; imports of Firebase (HMAC_…), Auth0 (hmac) and FusionAuth (salted-hmac-sha256); applications of their own',
    traps: ['which of the two is the key cannot be seen'],
    sources: ['https://www.rfc-editor.org/rfc/rfc2104', 'https://hashcat.net/wiki/doku.php?id=example_hashes'],
    ...format,
  });
}

export const hmacMd5KeySalt: Format = keyed(16, {
  name: 'hmac_md5_key_salt',
  recipe: 'hmac_md5($s, $p)',
  example: { password: 'hashcat', digest: '7f51edecfa6fb401a0b5e63d33fc8c0e', salt: '84143' },
});

export const hmacMd5KeyPass: Format = keyed(16, {
  name: 'hmac_md5_key_pass',
  recipe: 'hmac_md5($p, $s)',
  example: { password: 'hashcat', digest: 'e28e4e37e972a945e464b5226053bac0', salt: '40' },
});

export const hmacSha1KeySalt: Format = keyed(20, {
  name: 'hmac_sha1_key_salt',
  recipe: 'hmac_sha1($s, $p)',
  example: { password: 'hashcat', digest: '8d7cb4d4a27a438059bb83a34d1e6cc439669168', salt: '2134817' },
});

export const hmacSha1KeyPass: Format = keyed(20, {
  name: 'hmac_sha1_key_pass',
  recipe: 'hmac_sha1($p, $s)',
  example: { password: 'hashcat', digest: '02b256705348a28b1d6c0f063907979f7e0c82f8', salt: '10323' },
});

export const hmacSha256KeySalt: Format = keyed(32, {
  name: 'hmac_sha256_key_salt',
  recipe: 'hmac_sha256($s, $p)',
  example: {
    password: 'hashcat',
    digest: '8b9472281c36c3a693703de0e0f1ffab8fc0ecdd3bc5ead04c76dd74ef431e49',
    salt: '70108387805',
  },
});

export const hmacSha256KeyPass: Format = keyed(32, {
  name: 'hmac_sha256_key_pass',
  recipe: 'hmac_sha256($p, $s)',
  example: {
    password: 'hashcat',
    digest: 'b435ffbacea34d5eb0dbc4d69a92f0152f2cf4cd364d34c2ece322ca22d8b334',
    salt: '21217',
  },
});

export const hmacSha512KeySalt: Format = keyed(64, {
  name: 'hmac_sha512_key_salt',
  recipe: 'hmac_sha512($s, $p)',
  example: {
    password: 'hashcat',
    digest:
      '7d02921299935179d509e6dd4f3d0f2944e3451ea9de3af16baead6a7297e5653577d2473a0fff743d9fe78a89bd49296114319989dc7e7870fc7f62bc96accb',
    salt: '114',
  },
});

export const hmacSha512KeyPass: Format = keyed(64, {
  name: 'hmac_sha512_key_pass',
  recipe: 'hmac_sha512($p, $s)',
  example: {
    password: 'hashcat',
    digest:
      '138c00f17a1a0363f274817c91118f019aff09f937bfdaea844280a0c0e7811267cc4735d967d8640eed1218268c1c4a76fec8f7aa551491b353829f3a654270',
    salt: '885142',
  },
});
