/** MySQL's and MariaDB's user tables. */
import { bytes, constant, HEX, hex, hexNumber, layout, mark, oneOf, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

export const mysql323: Format = defineFormat({
  name: 'mysql323',
  family: 'databases',
  users: 4,
  layout: layout`${hex('hash', 8)}`,
  recipe: 'mysql323($p)',
  insecure: true,
  writers: 'MySQL to 4.0 and OLD_PASSWORD(), Zope {MYSQL}',
  traps: ['spaces and tabs of the password are skipped', '62 bits without a salt'],
  sources: ['https://mariadb.com/kb/en/old_password/'],
  example: { password: 'hashcat', digest: '7196759210defdc0' },
});

export const mysql41: Format = defineFormat({
  name: 'mysql41',
  family: 'databases',
  users: 2,
  layout: oneOf(layout`*${HEX('hash', 20)}`, layout`${HEX('hash', 20)}`),
  recipe: 'sha1(sha1_raw($p))',
  insecure: true,
  writers: 'MySQL 4.1 and later, MariaDB: PASSWORD(); web applications that call it; ClickHouse double_sha1',
  traps: ['has no salt', 'without its "*" it looks like SHA-1'],
  sources: ['https://dev.mysql.com/doc/refman/5.7/en/password-hashing.html', 'https://mariadb.com/kb/en/password/'],
  example: { password: 'password', digest: '*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19' },
});

const LETTERS = './0-9A-Za-z';
const THOUSANDS = hexNumber('thousands', { digits: 3, upper: true });

const HEX_ROW = layout`${HEX(constant('24412430303524'), bytes('salt', 20), bytes('hash', 43))}${mark('thousands', 5)}`;

export const mysqlCachingSha2: Format = defineFormat({
  name: 'mysql_caching_sha2',
  family: 'databases',
  users: 4,
  layout: oneOf(
    layout`$A$${THOUSANDS}$${text('salt', { chars: 20, latin1: true })}${text('hash', { chars: 43, of: LETTERS })}`,
    layout`$mysql$A$${THOUSANDS}*${HEX('salt', 20)}*${HEX('hash', 43)}`,
    // What SHOW CREATE USER writes of it: `$A$005$` and the rest in hexadecimal.
    layout`0x${HEX_ROW}`,
    layout`${HEX_ROW}`,
  ),
  // The text of the hash is what both notations hold.
  recipe: 'h64(sha256_crypt_raw($p, $s, 1000*$thousands))',
  writers: "MySQL 8's caching_sha2_password; SHOW CREATE USER and HEX() write it in hexadecimal, hashcat as $mysql$",
  traps: [
    'the salt is 20 bytes of any kind but "$" and NUL, control characters too',
    'the rounds are thousands in hexadecimal',
  ],
  sources: [
    'https://dev.mysql.com/doc/dev/mysql-server/latest/page_caching_sha2_authentication_exchanges.html',
    'https://github.com/pingcap/tidb/blob/master/pkg/parser/auth/caching_sha2.go',
  ],
  example: {
    password: 'hashcat',
    digest:
      '$mysql$A$005*F9CC98CE08892924F50A213B6BC571A2C11778C5*625479393559393965414D45316477456B484F41316E64484742577A2E3162785353526B7554584647562F',
  },
});
