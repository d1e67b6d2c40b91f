/** Exports of directories, and password files of systems. */
import { digestsOf } from '../digests.js';
import { kindList } from '../kind-list.js';
import { argon2Params, bcryptParams } from '../params.js';
import type { Shape } from './contract.js';
import { uuids } from './ids.js';
import { dateOf, emailOf, personOf } from './people.js';

const SUFFIX = 'ou=people,dc=example,dc=com';

/** `slapcat`: folded at 78 characters, what is not safe as Base64, operational attributes last. */
export const ldif: Shape = {
  title: 'LDIF of OpenLDAP by slapcat',
  urls: ['https://www.rfc-editor.org/rfc/rfc2849', 'https://gist.github.com/davidsan/9980d1ab6d5c85199a0d43b47dbb929e'],
  format: 'ldif',
  source: 'ldif',
  extension: 'ldif',
  head: `dn: dc=example,dc=com
objectClass: top
objectClass: dcObject
objectClass: organization
o: Example
dc: example
structuralObjectClass: organization

dn: ${SUFFIX}
objectClass: organizationalUnit
ou: people
structuralObjectClass: organizationalUnit

`,
  between: '\n\n',
  foot: '\n\n',
  writer(pieces) {
    const { kinds, add, reject, empty, off } = kindList();
    const { argon2, bcrypt, ssha, bytes16 } = digestsOf(pieces);
    const WEAK = ['NOTE_LOW_COST'];
    add('ldap_ssha', 7000, ssha, { params: {}, findings: WEAK });
    add('ldap_ssha', 20, (row) => ssha(row).replace('{SSHA}', '{ssha}'), {
      params: {},
      findings: ['WARN_NONCANONICAL scheme', ...WEAK],
    });
    add('argon2id', 1000, (row) => `{ARGON2}${argon2('argon2id', 'v=19$m=65536,t=2,p=1')(row)}`, {
      ...argon2Params(19, 65_536, 2, 1),
      findings: ['NOTE_CONVERTED'],
    });
    add('bcrypt', 300, (row) => `{CRYPT}${bcrypt('2b', '10')(row)}`, {
      ...bcryptParams('2b', 10),
      findings: ['NOTE_CONVERTED'],
    });
    add('md5', 50, (row) => `{MD5}${bytes16(row)}`, {
      ...{ params: {}, salted: false, findings: ['NOTE_CONVERTED', 'NOTE_INSECURE'] },
    });
    const sha512Crypt = (row: number): string =>
      `{CRYPT}$6$${pieces.unique('crypt', 16, row)}$${pieces.any('crypt', 86)}`;
    reject(['ERR_UNSUPPORTED', 'digest'], '', 300, sha512Crypt, 'unknown');
    reject(['ERR_UNSUPPORTED', 'digest'], '', 10, (row) => `{SASL}user${row}@EXAMPLE.COM`, 'unknown');
    reject(['ERR_MALFORMED', 'hash'], 'ldap_ssha', 5, (row) => ssha(row).slice(0, -6));
    empty('missing', '', 200, '');
    off(50, ssha);
    add('ldap_ssha', 1, ssha, {
      ...{ findings: ['ERR_ROW row'], hasher: null, salted: false, parses: false, damage: 'broken' },
    });
    const uuid = uuids(pieces);
    return {
      kinds,
      id: (row) => `user${row}`,
      write({ isOff, damage }, { row, id, person, digest, style }) {
        const { family, full } = personOf(person);
        const time = `${dateOf(row).replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
        const lines = [
          attribute('dn', `uid=${id},${SUFFIX}`),
          'objectClass: top',
          'objectClass: inetOrgPerson',
          attribute('uid', id),
          attribute('cn', full),
          attribute('sn', family),
          attribute('mail', emailOf(person, row)),
        ];
        if (damage !== undefined) lines.push('a line without an attribute');
        // OpenLDAP writes userPassword as Base64 whatever is in it.
        if (digest !== '') lines.push(encoded('userPassword', digest));
        if (isOff) lines.push('nsAccountLock: TRUE');
        if (style === 1) lines.push(attribute('description', `${full} of the office in the third street, `.repeat(3)));
        lines.push('structuralObjectClass: inetOrgPerson', `entryUUID: ${uuid(row)}`, `createTimestamp: ${time}`);
        return lines.join('\n');
      },
    };
  },
};

/** A file of Apache, by `htpasswd -B` and older versions. */
export const htpasswd: Shape = {
  title: 'a password file of Apache',
  urls: ['https://httpd.apache.org/docs/2.4/misc/password_encryptions.html'],
  format: 'colons',
  source: 'htpasswd',
  extension: 'htpasswd',
  head: '',
  between: '\n',
  foot: '\n',
  writer(pieces) {
    const { kinds, add, reject } = kindList();
    const { bcrypt, bytes16 } = digestsOf(pieces);
    add('bcrypt', 6000, bcrypt('2y', '05'), { ...bcryptParams('2y', 5), findings: ['NOTE_LOW_COST cost'] });
    add('bcrypt', 2000, bcrypt('2y', '10'), bcryptParams('2y', 10));
    const apr1 = (row: number): string => `$apr1$${pieces.unique('crypt', 8, row)}$${pieces.any('crypt', 22)}`;
    reject(['ERR_UNSUPPORTED', 'digest'], '', 500, apr1, 'unknown');
    reject(
      ['ERR_UNSUPPORTED', 'digest'],
      '',
      100,
      (row) => `{SHA}${bytes16(row).slice(0, 21)}${pieces.any('base64', 6)}A=`,
      'unknown',
    );
    reject(['ERR_UNSUPPORTED', 'digest'], '', 20, (row) => pieces.unique('crypt', 13, row), 'unknown');
    reject(['ERR_MALFORMED', 'hash'], 'bcrypt', 5, (row) => `${bcrypt('2y', '05')(row).slice(0, 59)}*`);
    return {
      kinds,
      id: (row) => `user${row}`,
      write: (_, { id, digest }) => `${id}:${digest}`,
    };
  },
};

/** shadow(5). */
export const shadow: Shape = {
  title: '/etc/shadow',
  urls: ['https://man7.org/linux/man-pages/man5/shadow.5.html', 'https://man7.org/linux/man-pages/man5/crypt.5.html'],
  format: 'colons',
  source: 'shadow',
  extension: 'shadow',
  head: '',
  between: '\n',
  foot: '\n',
  writer(pieces) {
    const { kinds, add, reject, empty } = kindList();
    const { bcrypt } = digestsOf(pieces);
    const yescrypt = (row: number): string => `$y$j9T$${pieces.unique('crypt', 22, row)}$${pieces.any('crypt', 43)}`;
    const sha512 = (row: number): string => `$6$${pieces.unique('crypt', 16, row)}$${pieces.any('crypt', 86)}`;
    reject(['ERR_UNSUPPORTED', 'digest'], '', 3000, yescrypt, 'unknown');
    reject(['ERR_UNSUPPORTED', 'digest'], '', 3000, sha512, 'unknown');
    add('bcrypt', 3000, bcrypt('2b', '12'), bcryptParams('2b', 12));
    empty('disabled', '', 500, '*');
    empty('disabled', '', 500, '!');
    empty('missing', '', 20, '');
    return {
      kinds,
      id: (row) => `user${row}`,
      write: (_, { row, id, digest }) => `${id}:${digest}:${19_000 + (row & 1023)}:0:99999:7:::`,
    };
  },
};

function attribute(name: string, value: string): string {
  return /^\p{ASCII}*$/u.test(value) && !/^[ :<]|[ ]$|[\r\n]/.test(value)
    ? folded(`${name}: ${value}`)
    : encoded(name, value);
}

function encoded(name: string, value: string): string {
  return folded(`${name}:: ${Buffer.from(value).toString('base64')}`);
}

const WIDTH = 78;

function folded(line: string): string {
  if (line.length <= WIDTH) return line;
  let text = line.slice(0, WIDTH);
  for (let at = WIDTH; at < line.length; at += WIDTH - 1) text += `\n ${line.slice(at, at + WIDTH - 1)}`;
  return text;
}
