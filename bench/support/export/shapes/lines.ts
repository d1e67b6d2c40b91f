/** Exports of directories. */
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
