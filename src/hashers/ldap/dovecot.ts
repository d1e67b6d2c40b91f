/** What Dovecot keeps for the mechanisms of SASL. */
import { b64, decimal, hex, layout, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

export const dovecotCramMd5: Format = defineFormat({
  name: 'dovecot_cram_md5',
  family: 'ldap',
  users: 4,
  layout: layout`{${word('scheme', ['CRAM-MD5', 'HMAC-MD5'])}}${hex('hash', 32)}`,
  recipe: 'cram_md5($p)',
  insecure: true,
  writers: 'Dovecot',
  traps: ["the MD5 states after the outer and the inner key; hashcat's example has zeros for the second half"],
  sources: ['https://github.com/dovecot/core/blob/main/src/lib/hmac-cram-md5.c'],
  example: {
    password: 'test',
    digest: '{CRAM-MD5}e02d374fde0dc75a17a557039a3a5338c7743304777dccd376f332bee68d2cf6',
  },
});

export const dovecotDigestMd5: Format = defineFormat({
  name: 'dovecot_digest_md5',
  family: 'ldap',
  users: 4,
  layout: layout`{DIGEST-MD5}${hex('hash', 16)}`,
  recipe: "md5(user_realm($u).':'.$p)",
  companions: { username: { field: text('username') } },
  insecure: true,
  writers: 'Dovecot; htdigest of Apache writes the same hash',
  traps: ['the realm is what follows the last "@" of the user name, and empty without one'],
  sources: [
    'https://github.com/dovecot/core/blob/main/src/lib-auth/password-scheme.c',
    'https://www.rfc-editor.org/rfc/rfc2831',
  ],
  example: { password: 'test', digest: '{DIGEST-MD5}77c1a8c437c9b08ba2f460fe5d58db5d', username: 'testuser1' },
});

function scram(label: string, hash: 'sha1' | 'sha256', hashBytes: number, digest: string): Format {
  return defineFormat({
    name: `dovecot_scram_${hash}`,
    family: 'ldap',
    users: 4,
    layout: layout`{SCRAM-${label}}${decimal('iterations')},${b64('salt')},${b64('hash', hashBytes)},${b64('serverKey', hashBytes)}`,
    recipe: `${hash}(hmac_${hash}_raw(pbkdf2_${hash}_raw($p, $s, $iterations, ${hashBytes}), 'Client Key'))`,
    writers: 'Dovecot 2.3 and later',
    traps: ['StoredKey is compared, ServerKey is not', 'Dovecot does not prepare the password with SASLprep'],
    sources: [
      'https://www.rfc-editor.org/rfc/rfc5802',
      'https://github.com/dovecot/core/blob/main/src/lib-auth/password-scheme-scram.c',
    ],
    example: { password: 'test', digest },
  });
}

export const dovecotScramSha1: Format = scram(
  'SHA-1',
  'sha1',
  20,
  '{SCRAM-SHA-1}4096,GetyLXdBuHzf1FWf8SLz2Q==,NA/OqmF4hhrsrB9KR7po+dliTGM=,QBiURvQaE6H6qYTmeghDHLANBFQ=',
);
export const dovecotScramSha256: Format = scram(
  'SHA-256',
  'sha256',
  32,
  '{SCRAM-SHA-256}4096,LfNGSFqiFykEZ1xDAYlnKQ==,HACNf9CII7cMz3XjRy/Oh3Ae2LHApoDyNw74d3YtFws=,AQH0j7Hf8J12g8eNBadvzlNB2am3PxgNwFCFd3RxEaw=',
);
