/** A hash of the password in UTF-16, as programs of Windows have it, in hexadecimal. */
import { hex, layout } from '../../layout/index.js';
import { defineFormat, type Format, type FormatData } from '../format.js';

function ofUtf16(bytes: number, format: Pick<FormatData, 'name' | 'recipe' | 'looksLike' | 'example'>): Format {
  return defineFormat({
    family: 'plain',
    users: 4,
    layout: layout`${hex('hash', bytes)}`,
    insecure: true,
    writers: 'applications of their own, in .NET and on SQL Server',
    traps: ['a password that is not UTF-8 text has no UTF-16'],
    sources: ['https://hashcat.net/wiki/doku.php?id=example_hashes'],
    ...format,
  });
}

export const sha1Utf16le: Format = ofUtf16(20, {
  name: 'sha1_utf16le',
  recipe: 'sha1(utf16($p))',
  looksLike: 'hex_sha1',
  example: { password: 'hashcat', digest: 'b9798556b741befdbddcbf640d1dd59d19b1e193' },
});

export const sha256Utf16le: Format = ofUtf16(32, {
  name: 'sha256_utf16le',
  recipe: 'sha256(utf16($p))',
  looksLike: 'sha256',
  example: { password: 'hashcat', digest: '9e9283e633f4a7a42d3abc93701155be8afe5660da24c8758e7d3533e2f2dc82' },
});

export const sha512Utf16le: Format = ofUtf16(64, {
  name: 'sha512_utf16le',
  recipe: 'sha512(utf16($p))',
  looksLike: 'hex_sha512',
  example: {
    password: 'hashcat',
    digest:
      '79bba09eb9354412d0f2c037c22a777b8bf549ab12d49b77d5b25faa839e4378d8f6fa11aceb6d9413977ae5ad5d011568bad2de4f998d75fd4ce916eda83697',
  },
});
