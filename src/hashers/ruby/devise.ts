/** Encryptors of Devise, Authlogic, Sorcery and restful_authentication: chains of hexadecimal hashes. */
import { decimal, hex, layout, text } from '../../layout/index.js';
import { defineFormat, type Format, type FormatCore } from '../format.js';

type FormatExample = FormatCore['example'];

const DEVISE = 'https://github.com/heartcombo/devise-encryptable/tree/main/lib/devise/encryptable/encryptors';
const AUTHLOGIC = 'https://github.com/binarylogic/authlogic/tree/master/lib/authlogic/crypto_providers';

const SALT = { salt: { field: text('salt') } } as const;
const PEPPER = { pepper: { field: text('pepper', { min: 0 }), default: '' } } as const;
const stretches = (usual: number) =>
  ({ stretches: { field: decimal('stretches', { min: 1 }), default: String(usual) } }) as const;

function devise(algorithm: 'sha1' | 'sha512', size: number, example: FormatExample): Format {
  return defineFormat({
    name: `devise_${algorithm}`,
    family: 'ruby',
    users: 2,
    layout: layout`${hex('hash', size)}`,
    recipe: `iterate($stretches, $pepper, ${algorithm}('--'.$s.'--'.$x.'--'.$p.'--'.$pepper.'--'))`,
    companions: { ...SALT, ...PEPPER, ...stretches(10) },
    insecure: true,
    looksLike: `hex_${algorithm}`,
    writers: 'Devise to 1.5, devise-encryptable',
    traps: ['the salt is the column password_salt', 'a pepper that is nil is an empty text'],
    sources: [DEVISE],
    example,
  });
}

export const deviseSha1: Format = devise('sha1', 20, {
  password: 'correct horse battery staple',
  digest: '76efe09a7bfc4219d7ae4d42eda433eb08c69ac1',
  salt: '75c3546e2dc8e4afa63d',
  params: { stretches: 1 },
});
export const deviseSha512: Format = devise('sha512', 64, {
  password: 'correct horse battery staple',
  digest:
    '3133ccd17f3caab59ac91c74fe2921bc5e830c83cef33e01c13d19974c8680ce480c50d769cdeaf1a3705cd328fde8b3a3129d69862cf82e197cdd6addcdebbc',
  salt: '75c3546e2dc8e4afa63d',
  params: { stretches: 1 },
});

function authlogic(
  algorithm: 'md5' | 'sha256' | 'sha512',
  size: number,
  usual: number,
  example: FormatExample,
): Format {
  return defineFormat({
    name: `authlogic_${algorithm}`,
    family: 'ruby',
    users: 2,
    layout: layout`${hex('hash', size)}`,
    recipe: `iterate($stretches, $p.$s, ${algorithm}($x))`,
    companions: { ...SALT, ...stretches(usual) },
    insecure: true,
    looksLike: algorithm === 'sha512' ? 'hex_sha512' : algorithm,
    writers: 'Authlogic to 3.x, Spree and Solidus; devise-encryptable as authlogic_sha512',
    traps: [
      "Authlogic's V2 providers have raw bytes between the stretches",
      'a join token goes between password and salt',
    ],
    sources: [AUTHLOGIC],
    example,
  });
}

export const authlogicMd5: Format = authlogic('md5', 16, 1, {
  password: 'test',
  digest: '3d16884295a68fec30a2ae7ff0634b1e',
  salt: '7e3041ebc2fc05a40c60028e2c4901a81035d3cd',
  params: { stretches: 1 },
});
export const authlogicSha256: Format = authlogic('sha256', 32, 20, {
  password: 'test',
  digest: '3c4f802953726704088a3cd6d89237e9a279a8e8f43fa6de8549ca54b80b766c',
  salt: '7e3041ebc2fc05a40c60028e2c4901a81035d3cd',
  params: { stretches: 20 },
});
export const authlogicSha512: Format = authlogic('sha512', 64, 20, {
  password: 'test',
  digest:
    '9508ba2964d65501aa1d7798e8f250b35f50fadb870871f2bc1f390872e8456e785633d06e17ffa4984a04cfa1a0e1ec29f15c31187b991e591393c6c0bffb61',
  salt: '7e3041ebc2fc05a40c60028e2c4901a81035d3cd',
  params: { stretches: 20 },
});

export const authlogicSha1: Format = defineFormat({
  name: 'authlogic_sha1',
  family: 'ruby',
  users: 3,
  layout: layout`${hex('hash', 20)}`,
  recipe: "iterate($stretches, $p, sha1($x.'--'.$s))",
  companions: { ...SALT, ...stretches(10) },
  insecure: true,
  looksLike: 'hex_sha1',
  writers: 'Authlogic with its Sha1 provider',
  traps: ['the salt enters each round'],
  sources: [AUTHLOGIC],
  example: {
    password: 'test',
    digest: '5723d69f7ca1f8d63122c9cef4cf3c10d0482d3e',
    salt: '7e3041ebc2fc05a40c60028e2c4901a81035d3cd',
    params: { stretches: 10 },
  },
});

export const sorcerySha1: Format = defineFormat({
  name: 'sorcery_sha1',
  family: 'ruby',
  users: 3,
  layout: layout`${hex('hash', 20)}`,
  recipe: 'iterate($stretches, $p, sha1($x.$joinToken.$s))',
  companions: { ...SALT, joinToken: { field: text('joinToken', { min: 0 }), default: '--' }, ...stretches(1) },
  insecure: true,
  looksLike: 'hex_sha1',
  writers: 'Sorcery with encryption_algorithm :sha1',
  traps: ['one stretch where Authlogic has ten'],
  sources: ['https://github.com/Sorcery/sorcery/tree/main/lib/sorcery/crypto_providers'],
  example: {
    password: 'correct horse battery staple',
    digest: 'a2a64181e71cced9130a91bb75550806684778ec',
    salt: '75c3546e2dc8e4afa63d',
    params: { stretches: 1 },
  },
});

export const restfulAuthenticationSha1: Format = defineFormat({
  name: 'restful_authentication_sha1',
  family: 'ruby',
  users: 3,
  layout: layout`${hex('hash', 20)}`,
  recipe: "iterate($stretches, $pepper, sha1($x.'--'.$s.'--'.$p.'--'.$pepper))",
  companions: { ...SALT, ...PEPPER, ...stretches(10) },
  insecure: true,
  looksLike: 'hex_sha1',
  writers: 'restful-authentication; devise-encryptable as restful_authentication_sha1',
  traps: ['the pepper is REST_AUTH_SITE_KEY', 'no dashes at the ends'],
  sources: [
    'https://github.com/technoweenie/restful-authentication/blob/master/lib/authentication/by_password.rb',
    DEVISE,
  ],
  example: {
    password: '123mudar',
    digest: '93110f71309ce91366375ea44e2a6f5cc73fa8d4',
    salt: '48901d2b247a54088acb7f8ea3e695e50fe6791b',
    pepper: 'fee9a51ec0a28d11be380ca6dee6b4b760c1a3bf',
    params: { stretches: 10 },
  },
});

function dashed(name: string, writers: string, example: FormatExample): Format {
  return defineFormat({
    name,
    family: 'ruby',
    users: 3,
    layout: layout`${hex('hash', 20)}`,
    recipe: "sha1('--'.$s.'--'.$p.'--')",
    companions: { ...SALT, stretches: { field: decimal('stretches'), optional: true } },
    insecure: true,
    looksLike: 'hex_sha1',
    writers,
    sources: [DEVISE],
    example,
  });
}

export const clearanceSha1: Format = dashed(
  'clearance_sha1',
  'Clearance to 0.8; devise-encryptable as clearance_sha1',
  {
    password: '123mudar',
    digest: '0f40bbae18ddefd7066276c3ef209d40729b0378',
    salt: '65c58472c207c829f28c68619d3e3aefed18ab3f',
  },
);
export const restfulAuthenticationSimple: Format = dashed(
  'restful_authentication_simple',
  'restful-authentication without a site key, acts_as_authenticated, SonarQube to 7.2',
  {
    password: '123mudar',
    digest: '0f40bbae18ddefd7066276c3ef209d40729b0378',
    salt: '65c58472c207c829f28c68619d3e3aefed18ab3f',
  },
);
