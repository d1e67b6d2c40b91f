/** digestry/hashers: each hasher by its name, for a registry of a few. A bundler leaves out those that are not imported. */
export * from './hashers/crypt/index.js';
export * from './hashers/databases/index.js';
export * from './hashers/dotnet/index.js';
export * from './hashers/go/index.js';
export * from './hashers/identity-providers/index.js';
export {
  argon2i,
  argon2id,
  awscognito,
  bcrypt,
  bcryptPeppered,
  bcryptSha256Django,
  clerkHashers,
  defineFormat,
  type Family,
  type Format,
  type FormatContext,
  type FormatCore,
  type FormatData,
  hmacSha256Utf16B64,
  ldapSsha,
  md5,
  md5Phpass,
  md5Salted,
  pbkdf2Sha1,
  pbkdf2Sha256,
  pbkdf2Sha256Django,
  pbkdf2Sha512,
  pbkdf2Sha512Hex,
  phpass,
  scryptFirebase,
  scryptWerkzeug,
  sha256,
  sha256Salted,
  sha512Symfony,
} from './hashers/index.js';
export * from './hashers/javascript/index.js';
export * from './hashers/jvm/index.js';
export * from './hashers/ldap/index.js';
export * from './hashers/php/index.js';
export * from './hashers/plain/index.js';
export * from './hashers/python/index.js';
export * from './hashers/ruby/index.js';
export {
  ab64,
  anyCase,
  anyHex,
  b64,
  b64any,
  b64n,
  b64u,
  bcrypt64,
  bytes,
  cisco64,
  constant,
  decimal,
  flag,
  HEX,
  h64,
  h64be,
  hex,
  hexNumber,
  jsonLayout,
  type Layout,
  layout,
  log2,
  oneOf,
  optional,
  text,
  u8,
  u32be,
  u32le,
  word,
} from './layout/index.js';
