/** ASP.NET membership and what resembles it. */
import { b64, b64n, bytes, constant, HEX, hex, layout, mark, oneOf, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const MEMBERSHIP =
  'https://github.com/microsoft/referencesource/blob/master/System.Web/Security/SQLMembershipProvider.cs';
const SALT = { salt: { field: b64('salt') } } as const;
const TRAPS = ['the column PasswordSalt is Base64', 'PasswordFormat is 1: 0 is plain text, 2 is encrypted'];

export const aspnetMembershipSha1: Format = defineFormat({
  name: 'aspnet_membership_sha1',
  family: 'dotnet',
  users: 1,
  layout: layout`${b64('hash', 20)}`,
  recipe: 'sha1($s.utf16($p))',
  companions: SALT,
  insecure: true,
  writers: 'SqlMembershipProvider of .NET 2 to 3.5: DNN, Sitecore, Kentico, Umbraco 4, EPiServer',
  traps: TRAPS,
  sources: [MEMBERSHIP],
  example: {
    password: 'correct horse battery staple',
    digest: '+NC2gyikZlExSxnG7a8wGiWRekI=',
    salt: 'iN9xresiA//Iy0w4cTT3pw==',
  },
});

export const aspnetMembershipSha256: Format = defineFormat({
  name: 'aspnet_membership_sha256',
  family: 'dotnet',
  users: 3,
  layout: layout`${b64('hash', 32)}`,
  recipe: 'sha256($s.utf16($p))',
  companions: SALT,
  insecure: true,
  writers: 'SqlMembershipProvider with hashAlgorithmType SHA256',
  traps: TRAPS,
  sources: [MEMBERSHIP],
  example: {
    password: 'correct horse battery staple',
    digest: 'D4IQXYofa2iGetfZlmtgeeOLdnY97OFD3CBXpthNzGU=',
    salt: 'iN9xresiA//Iy0w4cTT3pw==',
  },
});

export const aspnetMembershipHmacsha256: Format = defineFormat({
  name: 'aspnet_membership_hmacsha256',
  family: 'dotnet',
  users: 3,
  layout: layout`${b64('hash', 32)}`,
  recipe: 'hmac_sha256(slice(repeat($s, 64), 0, 64), utf16($p))',
  companions: SALT,
  insecure: true,
  looksLike: 'aspnet_membership_sha256',
  writers: 'SqlMembershipProvider of .NET 4 by default (HMACSHA256)',
  traps: [...TRAPS, 'the key is the salt again and again, 64 bytes of it'],
  sources: [MEMBERSHIP],
  example: {
    password: 'correct horse battery staple',
    digest: 'DIW4rU1PLUUqUDTiuQJ4tsmfhi79FXLO1zDp4FHe9AY=',
    salt: 'iN9xresiA//Iy0w4cTT3pw==',
  },
});

export const episerver: Format = defineFormat({
  name: 'episerver',
  family: 'dotnet',
  users: 3,
  layout: oneOf(
    layout`$episerver$*0*${b64('salt')}*${b64n('hash', 20)}${mark('algorithm', 'sha1')}`,
    layout`$episerver$*1*${b64('salt')}*${b64n('hash', 32)}${mark('algorithm', 'sha256')}`,
  ),
  recipe: 'H($algorithm, $s.utf16($p))',
  insecure: true,
  writers: 'tools that export EPiServer, in the notation of hashcat and John',
  traps: ['version 0 is SHA-1, 1 is SHA-256'],
  sources: ['https://hashcat.net/wiki/doku.php?id=example_hashes'],
  example: { password: 'hashcat', digest: '$episerver$*0*MjEwNA==*ZUgAmuaYTqAvisD0A427FA3oaWU' },
});

export const umbracoHmacSha1: Format = defineFormat({
  name: 'umbraco_hmac_sha1',
  family: 'dotnet',
  users: 3,
  layout: layout`${b64('hash', 20)}`,
  recipe: 'hmac_sha1(utf16($p), utf16($p))',
  insecure: true,
  looksLike: 'aspnet_membership_sha1',
  writers: 'Umbraco 4 to 7.5',
  traps: ['the password is key and message', 'no salt', 'the form with SHA-256 is hmac_sha256_utf16_b64'],
  sources: ['https://hashcat.net/wiki/doku.php?id=example_hashes'],
  example: { password: 'hashcat', digest: '8uigXlGMNI7BzwLCJlDbcKR2FP4=' },
});

export const aspnetIdentityV2: Format = defineFormat({
  name: 'aspnet_identity_v2',
  family: 'dotnet',
  users: 1,
  layout: layout`${b64(constant('00'), bytes('salt', 16), bytes('hash', 32))}`,
  recipe: 'pbkdf2_sha1($p, $s, 1000)',
  writers: 'ASP.NET Identity 1 and 2, ASP.NET Core Identity in its compatibility mode',
  sources: ['https://github.com/dotnet/aspnetcore/blob/main/src/Identity/Extensions.Core/src/PasswordHasher.cs'],
  example: { password: 'my password', digest: 'AAABAgMEBQYHCAkKCwwNDg+ukCEMDf0yyQ29NYubggHIVY0sdEUfdyeM+E1LtH1uJg==' },
});

export const nopcommerce: Format = defineFormat({
  name: 'nopcommerce',
  family: 'dotnet',
  users: 3,
  layout: oneOf(
    layout`${HEX('hash', 64)}${mark('algorithm', 'sha512')}`,
    layout`${HEX('hash', 20)}${mark('algorithm', 'sha1')}`,
    layout`${HEX('hash', 32)}${mark('algorithm', 'sha256')}`,
  ),
  recipe: 'H($algorithm, $p.$s)',
  companions: {
    salt: { field: text('salt') },
    algorithm: {
      field: word('algorithm', { SHA1: 'sha1', SHA512: 'sha512', SHA256: 'sha256' }),
      optional: true,
    },
  },
  insecure: true,
  looksLike: 'hex_sha512',
  writers: 'nopCommerce',
  traps: ['capitals', 'the salt is text although it is Base64'],
  sources: [
    'https://github.com/nopSolutions/nopCommerce/blob/develop/src/Libraries/Nop.Services/Security/EncryptionService.cs',
  ],
  example: {
    password: 'correct horse battery staple',
    digest: '8DF56219599BB2DC4EC48D58828A5C7E569E9851',
    salt: 'iN9xresi',
    params: { algorithm: 'SHA1' },
  },
});

export const hmailserver: Format = defineFormat({
  name: 'hmailserver',
  family: 'dotnet',
  users: 4,
  layout: layout`${text('salt', { chars: 6, of: '0-9a-f' })}${hex('hash', 32)}`,
  recipe: 'sha256($s.$p)',
  insecure: true,
  writers: 'hMailServer',
  traps: ['the salt is text although it is hexadecimal'],
  sources: [
    'https://github.com/hmailserver/hmailserver/blob/master/hmailserver/source/Server/Common/Util/Hashing/HashCreator.cpp',
  ],
  example: { password: 'hashcat', digest: '8fe7ca27a17adc337cd892b1d959b4e487b8f0ef09e32214f44fb1b07e461c532e9ec3' },
});
