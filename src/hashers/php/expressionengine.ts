/** ExpressionEngine. */
import { hex, layout } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { saltColumn } from '../templates/columns.js';

export const expressionengineSha512: Format = defineFormat({
  name: 'expressionengine_sha512',
  family: 'php',
  users: 4,
  layout: layout`${hex('hash', 64)}`,
  recipe: 'sha512(sized($s, 128).$p)',
  companions: saltColumn,
  looksLike: 'hex_sha512',
  insecure: true,
  writers: 'ExpressionEngine 2 to 5',
  traps: ['the salt has 128 printable characters; one of another length counts as none'],
  sources: [
    'https://github.com/ExpressionEngine/ExpressionEngine/blob/7.x/system/ee/legacy/libraries/Auth.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: {
    password: 'correct horse battery staple',
    digest:
      'd65e6d2f11bc367c095eeb99431d687883ff8c2b9d5e9826eaabb44983a84a82c3c2e71d3d3f1c86e522abf3d20a52bbb775ca3cc243d26c0e51f4697adfbc7d',
    salt: '0T_s;Oa!n8)upI]jHi]66I[#-!7DJ\'?O916^POqej)=[ox`}3"`=\\oVCq`RI{h;-^Lhf9=@bHs:rvoK(#!^.;\\\\18``8T`BGE!@%DU:OooTSZxF6]CTTEd-J`6rH\\!{D',
  },
});
