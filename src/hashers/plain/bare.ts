/** A hash of the password alone, in hexadecimal. */
import { hex, layout } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

export const hexSha1: Format = defineFormat({
  name: 'hex_sha1',
  family: 'plain',
  users: 1,
  layout: layout`${hex('hash', 20)}`,
  recipe: 'sha1($p)',
  insecure: true,
  writers: 'web applications of all kinds; ownCloud before version 6',
  sources: ['https://www.rfc-editor.org/rfc/rfc3174'],
  example: { password: 'hashcat', digest: 'b89eaac7e61417341b710b727768294d0e6a277b' },
});
