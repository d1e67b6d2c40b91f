/** PunBB. */
import { defineFormat, type Format } from '../format.js';
import { saltColumn, saltedHex } from '../templates/columns.js';

export const punbb: Format = defineFormat({
  name: 'punbb',
  family: 'php',
  users: 1,
  layout: saltedHex(20),
  recipe: 'sha1($s.sha1($p))',
  companions: saltColumn,
  insecure: true,
  writers: 'PunBB 1.3; FluxBB',
  sources: [
    'https://github.com/fluxbb/fluxbb/blob/master/include/functions.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'hashcat', digest: '9038129c474caa3f0de56f38db84033d0fe1d4b8', salt: '365563602032' },
});
