/** A hash of the password alone, in hexadecimal. */
import { hex, layout } from '../../layout/index.js';
import { defineFormat, type Format, type FormatData } from '../format.js';

type Bare = Pick<FormatData, 'name' | 'recipe' | 'writers' | 'sources' | 'example' | 'users' | 'traps' | 'looksLike'>;

function bare(bytes: number, format: Bare): Format {
  return defineFormat({ family: 'plain', insecure: true, layout: layout`${hex('hash', bytes)}`, ...format });
}

export const hexSha1: Format = bare(20, {
  name: 'hex_sha1',
  users: 1,
  recipe: 'sha1($p)',
  writers: 'web applications of all kinds; ownCloud before version 6',
  sources: ['https://www.rfc-editor.org/rfc/rfc3174'],
  example: { password: 'hashcat', digest: 'b89eaac7e61417341b710b727768294d0e6a277b' },
});

export const hexSha224: Format = bare(28, {
  name: 'hex_sha224',
  users: 1,
  recipe: 'sha224($p)',
  writers: 'web applications of their own',
  sources: ['https://www.rfc-editor.org/rfc/rfc6234'],
  example: { password: 'hashcat', digest: 'e4fa1555ad877bf0ec455483371867200eee89550a93eff2f95a6198' },
});

export const hexSha384: Format = bare(48, {
  name: 'hex_sha384',
  users: 1,
  recipe: 'sha384($p)',
  writers: 'web applications of their own',
  sources: ['https://www.rfc-editor.org/rfc/rfc6234'],
  example: {
    password: 'hashcat',
    digest: '07371af1ca1fca7c6941d2399f3610f1e392c56c6d73fddffe38f18c430a2817028dae1ef09ac683b62148a2c8757f42',
  },
});

export const hexSha512: Format = bare(64, {
  name: 'hex_sha512',
  users: 1,
  recipe: 'sha512($p)',
  writers: 'web applications of all kinds',
  sources: ['https://www.rfc-editor.org/rfc/rfc6234'],
  example: {
    password: 'hashcat',
    digest:
      '82a9dda829eb7f8ffe9fbe49e45d47d2dad9664fbb7adf72492e3c81ebd3e29134d9bc12212bf83c6840f10e8246b9db54a4859b7ccd0123d86e5872c1e5082f',
  },
});

export const hexMd4: Format = bare(16, {
  name: 'hex_md4',
  users: 1,
  recipe: 'md4($p)',
  looksLike: 'md5',
  writers: 'web applications of their own',
  traps: ['32 digits are much more often MD5, or the NT hash, which is MD4 of UTF-16'],
  sources: ['https://www.rfc-editor.org/rfc/rfc1320'],
  example: { password: 'hashcat', digest: 'afe04867ec7a3845145579a95f72eca7' },
});

export const sha3256: Format = bare(32, {
  name: 'sha3_256',
  users: 1,
  recipe: 'sha3_256($p)',
  looksLike: 'sha256',
  writers: 'web applications of their own',
  traps: ['64 digits are more often SHA-256; Keccak-256 of Ethereum pads otherwise'],
  sources: ['https://csrc.nist.gov/pubs/fips/202/final'],
  example: { password: 'hashcat', digest: 'd60fcf6585da4e17224f58858970f0ed5ab042c3916b76b0b828e62eaf636cbd' },
});

export const sha3512: Format = bare(64, {
  name: 'sha3_512',
  users: 1,
  recipe: 'sha3_512($p)',
  looksLike: 'hex_sha512',
  writers: 'web applications of their own',
  traps: ['128 digits are more often SHA-512'],
  sources: ['https://csrc.nist.gov/pubs/fips/202/final'],
  example: {
    password: 'hashcat',
    digest:
      '7c2dc1d743735d4e069f3bda85b1b7e9172033dfdd8cd599ca094ef8570f3930c3f2c0b7afc8d6152ce4eaad6057a2ff22e71934b3a3dd0fb55a7fc84a53144e',
  },
});
