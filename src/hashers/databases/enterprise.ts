/** Sybase, Lotus Domino, and SAP's older code versions. */
import { bytes, HEX, hex, layout, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const HASHCAT = 'https://hashcat.net/wiki/doku.php?id=example_hashes';

export const sybaseAse: Format = defineFormat({
  name: 'sybase_ase',
  family: 'databases',
  users: 5,
  layout: layout`0xc007${hex(bytes('salt', 8), bytes('hash', 32))}`,
  recipe: 'sha256(pad(utf16be($p), 510).$s)',
  insecure: true,
  writers: 'Sybase ASE 15.0.2 and later, SAP ASE',
  traps: ['the password must be text: it is hashed as UTF-16, big-endian'],
  sources: [HASHCAT],
  example: {
    password: 'hashcat',
    digest: '0xc0071808773188715731b69bd4e310b4129913aaf657356c5bdf3c46f249ed42477b5c74af6eaac4d15a',
  },
});

export const sapB: Format = defineFormat({
  name: 'sap_b',
  family: 'databases',
  users: 5,
  layout: layout`${text('username', { toLast: true })}$${HEX('hash', 8)}`,
  recipe: 'sap_b($p, $u)',
  insecure: true,
  writers: 'SAP, code versions B and D: USR02.BCODE',
  traps: [
    'user and password are taken in capitals, and the password is cut at 8 letters',
    'blanks after the user name are dropped',
  ],
  sources: [HASHCAT],
  example: { password: 'DDIC', digest: 'DDIC$C94E2F7DD0178374' },
});

export const sapG: Format = defineFormat({
  name: 'sap_g',
  family: 'databases',
  users: 5,
  layout: layout`${text('username', { toLast: true })}$${HEX('hash', 20)}`,
  recipe: 'sap_g($p, $u)',
  insecure: true,
  writers: 'SAP, code versions F and G: USR02.PASSCODE',
  traps: ['the user name is taken in capitals, without blanks after it'],
  sources: [HASHCAT],
  example: { password: 'DDIC', digest: 'DDIC$6066CD3147915331EC4C602847D27A75EB3E8F0A' },
});
