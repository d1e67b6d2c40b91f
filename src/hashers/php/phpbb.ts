/** phpBB 3. */
import { bcrypt64, decimal, h64, hex, type Layout, layout, log2, mark, oneOf, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const setting = layout`${log2('rounds', 'h64', { min: 7, max: 30 })}${text('setting', { chars: 8, of: './0-9A-Za-z' })}`;
const cost = decimal('cost', { digits: 2, min: 4, max: 31 });
/** The salt of the row is another board's: these have names of their own. */
const bcryptSalt = bcrypt64('bcryptSalt', 16);

/** phpass of an expression, in bytes. */
const phpass = (password: string): string => `phpass_md5_raw(${password}, $setting, $rounds)`;

/** The first of them that is the hash: phpBB tries each. */
const firstOf = (first: string, ...others: readonly string[]): string =>
  others.length === 0 ? first : `either(${first}, ${firstOf(...(others as [string]))})`;

/** phpBB hashes its own digest again, or one of phpBB 2. */
const bcryptOfPhpass = (variant: string): string =>
  firstOf(
    ...(['$p', 'md5($p)'].map(
      (password) => `bcrypt_raw(h64(${phpass(password)}), $bcryptSalt, $cost, '${variant}')`,
    ) as [string]),
  );

const combined = (prefix: string, scheme: string): Layout =>
  layout`${word('scheme', { [prefix]: scheme })}${setting}$${cost}${'\\'}${bcryptSalt}$${bcrypt64('hash', 23)}`;

export const phpbbCp: Format = defineFormat({
  name: 'phpbb_cp',
  family: 'php',
  users: 1,
  layout: oneOf(
    layout`${word('scheme', { $H$: 'phpass', $P$: 'phpass' })}${setting}${h64('hash', 16)}`,
    combined('$H\\2y$', 'bcrypt_2y'),
    combined('$H\\2a$', 'bcrypt_2a'),
    layout`$CP$${word('scheme', { $H$: 'board_phpass', $P$: 'board_phpass' })}${setting}${h64('hash', 16)}`,
    layout`$CP$${hex('hash', 16)}${mark('scheme', 'board_md5')}`,
    layout`$CP$${hex('hash', 20)}${mark('scheme', 'board_sha1')}`,
    layout`$CP$${hex('hash', 32)}${mark('scheme', 'board_sha256')}`,
    layout`$CP$$${word('variant', ['2a', '2b', '2y', '2x'])}$${cost}$${bcryptSalt}${bcrypt64('hash', 23)}${mark('scheme', 'board_bcrypt')}`,
  ),
  recipe: {
    by: 'scheme',
    of: {
      phpass: phpass('$p'),
      bcrypt_2y: bcryptOfPhpass('2y'),
      bcrypt_2a: bcryptOfPhpass('2a'),
      board_phpass: firstOf(phpass('md5(addslashes($p))'), phpass('md5(cp1252(addslashes($p)))'), phpass('$p')),
      board_md5: firstOf(
        'md5_raw(addslashes($p))',
        'md5_raw(cp1252(addslashes($p)))',
        'md5_raw(md5($s).md5($p))',
        'md5_raw(md5($p).$s)',
      ),
      board_sha1: firstOf(
        'sha1_raw(lc(maybe($u)).$p)',
        'sha1_raw($p)',
        'sha1_raw($s.sha1($s.sha1($p)))',
        'sha1_raw(sha1($p).$s)',
      ),
      board_sha256: 'sha256(sha256($p).$s)',
      board_bcrypt: 'bcrypt(bcrypt($p, $bcryptSalt, $cost), $bcryptSalt, $cost)',
    },
  },
  companions: {
    salt: { field: text('salt', { min: 0 }), optional: true },
    username: { field: text('username', { min: 1 }), optional: true },
  },
  writers: 'phpBB 3.0 to 3.3, also of boards that it took over',
  traps: [
    '"$CP$" is a digest of another board: phpBB 2, SMF, MyBB, vBulletin, WoltLab or XenForo; each is tried',
    'the salt of the other board is in user_passwd_salt',
    'phpBB 2 escapes quotes, and hashes in Windows-1252',
  ],
  sources: ['https://github.com/phpbb/phpbb/tree/3.3.x/phpBB/phpbb/passwords/driver'],
  example: { password: 'password', digest: '$H$7MaSGQb0xe3Fp/a.Q.Ewpw.UKfCv.t0' },
});
