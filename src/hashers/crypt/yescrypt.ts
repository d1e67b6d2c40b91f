/** yescrypt, https://www.openwall.com/yescrypt/, alone and within HMAC of GOST R 34.11-2012. */
import { defineFormat, type Format } from '../format.js';
import { GOST_YESCRYPT, YESCRYPT } from './layouts.js';

const SOURCES = ['https://www.openwall.com/yescrypt/', 'https://man7.org/linux/man-pages/man5/crypt.5.html'];

export const yescrypt: Format = defineFormat({
  name: 'yescrypt',
  family: 'crypt',
  users: 1,
  layout: YESCRYPT,
  recipe: 'yescrypt($p, $s)',
  writers: 'Linux since Debian 11, Ubuntu 22.04, Fedora 35, Arch and Kali: the default of shadow',
  traps: ['the parameters are numbers of one to six letters: "j9T" is N 4096, r 32', '16 MiB of memory by default'],
  sources: SOURCES,
  example: {
    password: 'correct horse battery staple',
    digest: '$y$j75$UOrFXq6ZNbggAoYZdf4.K.$VGB5LUx34g6qcXfdn/NnN35eBydOPVBtHxOiIiS0E47',
  },
});

export const gostYescrypt: Format = defineFormat({
  name: 'gost_yescrypt',
  family: 'crypt',
  users: 4,
  layout: GOST_YESCRYPT,
  recipe: 'gost_yescrypt($p, $s)',
  writers: 'ALT Linux, Astra Linux',
  traps: ['Streebog of 256 bits around yescrypt'],
  sources: SOURCES,
  example: {
    password: 'correct horse battery staple',
    digest: '$gy$j75$rozERalKM5ZgoPHO3Bf.2A2.$whgeKuOjSCCsiLTGPYIGYz/QgoSxYBqM45Fe0KZ22v3',
  },
});
