/** Windows, Active Directory, SQL Server and Azure AD Connect. */
import { anyHex, bytes, decimal, HEX, hex, layout, mark, oneOf, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const WIDE = 'the password must be text: it is hashed as UTF-16';
const NT = 'md4_raw(utf16($p))';
const HASHCAT = 'https://hashcat.net/wiki/doku.php?id=example_hashes';

export const nthash: Format = defineFormat({
  name: 'nthash',
  family: 'databases',
  users: 2,
  layout: layout`${anyHex('hash', 16)}`,
  recipe: 'md4(utf16($p))',
  insecure: true,
  looksLike: 'md5',
  writers: 'Active Directory, Samba, FreeRADIUS, Alfresco',
  traps: [WIDE, 'has no salt', '32 hexadecimal digits as MD5 has'],
  sources: ['https://passlib.readthedocs.io/en/stable/lib/passlib.hash.nthash.html'],
  example: { password: 'hashcat', digest: 'b4b9b02e6f09a9bd760f388b67351e2b' },
});

export const lmhash: Format = defineFormat({
  name: 'lmhash',
  family: 'databases',
  users: 5,
  layout: layout`${anyHex('hash', 16)}`,
  recipe: 'lm_hash($p)',
  companions: { username: { field: text('username'), optional: true } },
  insecure: true,
  looksLike: 'md5',
  writers: 'Windows to XP and Server 2003, Samba',
  traps: ['14 letters in capitals, in two halves', 'letters outside ASCII depend on a code page'],
  sources: ['https://passlib.readthedocs.io/en/stable/lib/passlib.hash.lmhash.html'],
  example: { password: 'password', digest: 'e52cac67419a9a224a3b108f3fa6cb6d' },
});

const USER = 'utf16(lc($u))';

export const msdcc: Format = defineFormat({
  name: 'msdcc',
  family: 'databases',
  users: 5,
  layout: layout`${anyHex('hash', 16)}`,
  recipe: `md4(${NT}.${USER})`,
  companions: { username: { field: text('username') } },
  insecure: true,
  looksLike: 'md5',
  writers: 'Windows XP and Server 2003: cached domain logons',
  traps: ['the user name in small letters is the salt', WIDE],
  sources: [HASHCAT, 'https://passlib.readthedocs.io/en/stable/lib/passlib.hash.msdcc.html'],
  example: { password: 'test1', digest: '64cd29e36a8431a2b111378564a10631', username: 'TEST1' },
});

export const msdcc2: Format = defineFormat({
  name: 'msdcc2',
  family: 'databases',
  users: 5,
  layout: oneOf(
    layout`$DCC2$${decimal('iterations')}#${text('username', { toLast: true })}#${anyHex('hash', 16)}`,
    layout`${mark('iterations', 10240)}${anyHex('hash', 16)}`,
  ),
  recipe: `pbkdf2_sha1(md4_raw(${NT}.${USER}), ${USER}, $iterations, 16)`,
  companions: { username: { field: text('username'), optional: true } },
  writers: 'Windows Vista and later: cached domain logons',
  traps: ['the user name in small letters is the salt', WIDE],
  sources: [HASHCAT, 'https://passlib.readthedocs.io/en/stable/lib/passlib.hash.msdcc2.html'],
  example: { password: 'test1', digest: '$DCC2$10240#test1#607bbe89611e37446e736f7856515bf8' },
});

const SQL_SERVER = 'https://learn.microsoft.com/en-us/sql/t-sql/functions/loginproperty-transact-sql';

export const mssql2000: Format = defineFormat({
  name: 'mssql2000',
  family: 'databases',
  users: 4,
  layout: layout`0x0100${HEX(bytes('salt', 4), bytes('mixedCase', 20), bytes('hash', 20))}`,
  recipe: 'sha1(utf16(uc($p)).$s)',
  insecure: true,
  writers: 'SQL Server 2000',
  traps: ['the second half, of the password in capitals, is compared: what a server without case does', WIDE],
  sources: [HASHCAT, 'https://passlib.readthedocs.io/en/stable/lib/passlib.hash.mssql2000.html'],
  example: {
    password: 'foo',
    digest: '0x0100A607BA7C54A24D17B565C59F1743776A10250F581D482DA8B6D6261460D3F53B279CC6913CE747006A2E3254',
  },
});

export const mssql2005: Format = defineFormat({
  name: 'mssql2005',
  family: 'databases',
  users: 4,
  layout: layout`0x0100${HEX(bytes('salt', 4), bytes('hash', 20))}`,
  recipe: 'sha1(utf16($p).$s)',
  insecure: true,
  writers: 'SQL Server 2005 to 2008 R2',
  traps: [WIDE],
  sources: [SQL_SERVER, HASHCAT],
  example: { password: 'toto', digest: '0x01004086CEB6BF932BC4151A1AF1F13CD17301D70816A8886908' },
});

export const mssql2012: Format = defineFormat({
  name: 'mssql2012',
  family: 'databases',
  users: 4,
  layout: layout`0x0200${HEX(bytes('salt', 4), bytes('hash', 64))}`,
  recipe: 'sha512(utf16($p).$s)',
  insecure: true,
  writers: 'SQL Server 2012 and later',
  traps: [WIDE],
  sources: [SQL_SERVER, HASHCAT],
  example: {
    password: 'openwall',
    digest:
      '0x0200AB3E1F9028A739EEF62ABF672427276A32D5EDD349E638E7F2CD81DAA247CFE20EE4E3B0A30B2D0AE3C3FA010E61752F1BF45E045041F1B988C083C7F118527E3E5F0562',
  },
});

export const azureadSync: Format = defineFormat({
  name: 'azuread_sync',
  family: 'databases',
  users: 4,
  layout: layout`v1;PPH1_MD4,${hex('salt', 10)},${decimal('iterations')},${hex('hash', 32)};`,
  recipe: `pbkdf2_sha256(utf16(HEX(${NT})), $s, $iterations)`,
  writers: 'Azure AD Connect, Microsoft Entra Connect: password hash synchronization',
  traps: ['the NT hash is taken as hexadecimal in capitals, as UTF-16', WIDE],
  sources: [
    'https://learn.microsoft.com/en-us/entra/identity/hybrid/connect/how-to-connect-password-hash-synchronization',
  ],
  example: {
    password: 'openwall',
    digest: 'v1;PPH1_MD4,724b754c4b6d30526f36,100,367ff0ac2a1cb334bb26609c8bfc8ae5f619d1eaf07568df040f407504a20241;',
  },
});
