/** The small hexadecimal text of one hash, hashed again. */
import { hex, layout } from '../../layout/index.js';
import { defineFormat, type Format, type FormatData } from '../format.js';

type Bare = Pick<FormatData, 'name' | 'recipe' | 'writers' | 'sources' | 'example' | 'users' | 'traps' | 'looksLike'>;

function nested(bytes: number, format: Bare): Format {
  return defineFormat({ family: 'plain', insecure: true, layout: layout`${hex('hash', bytes)}`, ...format });
}

export const md5Md5: Format = nested(16, {
  name: 'md5_md5',
  users: 3,
  recipe: 'md5(md5($p))',
  looksLike: 'md5',
  writers: 'home-made PHP; e107; PHP-Fusion 6',
  traps: ['32 digits are more often MD5'],
  sources: ['https://hashcat.net/wiki/doku.php?id=example_hashes'],
  example: { password: 'hashcat', digest: 'a936af92b0ae20b1ff6c3347a72e5fbe' },
});

export const md5Sha1: Format = nested(16, {
  name: 'md5_sha1',
  users: 3,
  recipe: 'md5(sha1($p))',
  looksLike: 'md5',
  writers: 'home-made PHP; CraftMyWebsite',
  traps: ['32 digits are more often MD5'],
  sources: ['https://hashcat.net/wiki/doku.php?id=example_hashes'],
  example: { password: 'hashcat', digest: '288496df99b33f8f75a7ce4837d1b480' },
});

export const sha1Md5: Format = nested(20, {
  name: 'sha1_md5',
  users: 3,
  recipe: 'sha1(md5($p))',
  looksLike: 'hex_sha1',
  writers: 'home-made PHP',
  traps: ['40 digits are more often SHA-1'],
  sources: ['https://hashcat.net/wiki/doku.php?id=example_hashes'],
  example: { password: 'hashcat', digest: '92d85978d884eb1d99a51652b1139c8279fa8663' },
});

export const sha1Sha1: Format = nested(20, {
  name: 'sha1_sha1',
  users: 3,
  recipe: 'sha1(sha1($p))',
  looksLike: 'hex_sha1',
  writers: 'home-made PHP',
  traps: ["40 digits are more often SHA-1; MySQL's PASSWORD() hashes the bytes of the first hash"],
  sources: ['https://hashcat.net/wiki/doku.php?id=example_hashes'],
  example: { password: 'hashcat', digest: '3db9184f5da4e463832b086211af8d2314919951' },
});

export const sha256Md5: Format = nested(32, {
  name: 'sha256_md5',
  users: 3,
  recipe: 'sha256(md5($p))',
  looksLike: 'sha256',
  writers: 'home-made PHP',
  traps: ['64 digits are more often SHA-256'],
  sources: ['https://hashcat.net/wiki/doku.php?id=example_hashes'],
  example: { password: 'hashcat', digest: '74ee1fae245edd6f27bf36efc3604942479fceefbadab5dc5c0b538c196eb0f1' },
});
