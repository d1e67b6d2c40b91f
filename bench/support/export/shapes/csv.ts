/** Exports of platforms as CSV. */
import { digestsOf, FIREBASE_KEY } from '../digests.js';
import { kindList } from '../kind-list.js';
import { argon2Params, bcryptParams, pbkdf2Params } from '../params.js';
import { quoted } from '../spelling.js';
import type { Shape } from './contract.js';
import { uuids } from './ids.js';
import { dateOf, emailOf, personOf, sqlDateOf } from './people.js';

const LINES = { format: 'csv', extension: 'csv', between: '\n', foot: '\n' } as const;

/** Quoted where it has to be, as RFC 4180 and most writers have it. */
export function cell(text: string): string {
  return /[",\r\n]/.test(text) ? quoted(text) : text;
}

/** The dashboard's export. Users are imported with the hashers of other systems, and those of social logins have none. */
export const clerk: Shape = {
  ...LINES,
  title: "Clerk's dashboard, 13 columns",
  urls: [
    'https://clerk.com/docs/guides/development/migrating/export-from-clerk',
    'https://github.com/workos/migrate-clerk-users',
  ],
  source: 'clerk',
  head:
    'id,first_name,last_name,username,primary_email_address,primary_phone_number,verified_email_addresses,' +
    'unverified_email_addresses,verified_phone_numbers,unverified_phone_numbers,totp_secret,password_digest,password_hasher\n',
  writer(pieces) {
    const { kinds, add, reject, empty } = kindList();
    const { bcrypt, argon2, pbkdf2Django, phpass } = digestsOf(pieces);
    add('bcrypt', 6000, bcrypt('2a', '10'), bcryptParams('2a', 10));
    add('bcrypt', 500, bcrypt('2b', '12'), bcryptParams('2b', 12));
    add('argon2id', 300, argon2('argon2id', 'v=19$m=65536,t=3,p=4'), argon2Params(19, 65_536, 3, 4));
    add('pbkdf2_sha256_django', 300, pbkdf2Django(600_000), pbkdf2Params(600_000, 32));
    add('phpass', 200, phpass('P'), { params: { cost: 13 }, findings: ['NOTE_LOW_COST'] });
    add('md5', 50, (row) => pieces.unique('hex', 32, row), { params: {}, findings: ['NOTE_INSECURE'], salted: false });
    empty('missing', '', 2500, '');
    empty('disabled', 'bcrypt', 5, '!');
    reject(['ERR_MALFORMED', 'hash'], 'bcrypt', 5, (row) => bcrypt('2a', '10')(row).slice(0, 59));
    reject(['ERR_WRONG_HASHER', 'digest'], 'md5', 2, bcrypt('2a', '10'));
    reject(['ERR_UNKNOWN_HASHER', 'passwordHasher'], 'BCrypt', 2, bcrypt('2a', '10'), 'unknown');
    return {
      kinds,
      id: (row) => `user_2${pieces.unique('word', 26, row)}`,
      write({ written }, { row, id, person, digest, style }) {
        const { given, family, login } = personOf(person);
        const email = emailOf(person, row);
        const [phone, secret] = style === 1 ? [`+1212555${1000 + (row % 9000)}`, 'JBSWY3DPEHPK3PXP'] : ['', ''];
        return `${id},${cell(given)},${cell(family)},${login}${row},${email},${phone},${email},,${phone},,${secret},${cell(digest)},${written}`;
      },
    };
  },
};

const SUPABASE_COLUMNS =
  'instance_id,id,aud,role,email,encrypted_password,email_confirmed_at,invited_at,confirmation_token,' +
  'confirmation_sent_at,recovery_token,recovery_sent_at,email_change_token_new,email_change,email_change_sent_at,' +
  'last_sign_in_at,raw_app_meta_data,raw_user_meta_data,is_super_admin,created_at,updated_at,phone,phone_confirmed_at,' +
  'phone_change,phone_change_token,phone_change_sent_at,confirmed_at,email_change_token_current,' +
  'email_change_confirm_status,banned_until,reauthentication_token,reauthentication_sent_at,is_sso_user,deleted_at,' +
  'is_anonymous';
const NIL = '00000000-0000-0000-0000-000000000000';

/** `\copy (select * from auth.users) to … csv header`: NULL is empty, and an empty text is "". */
export const supabase: Shape = {
  ...LINES,
  title: 'auth.users of Supabase by \\copy, 35 columns, JSON in quotes',
  urls: [
    'https://github.com/supabase/auth/tree/master/migrations',
    'https://github.com/statisticsnorway/statbus/blob/master/doc/db/table/auth_users.md',
  ],
  source: 'supabase',
  head: `${SUPABASE_COLUMNS}\n`,
  writer(pieces) {
    const { kinds, add, reject, empty, off } = kindList();
    const { bcrypt, argon2, bytes16, bytes64 } = digestsOf(pieces);
    const firebase = (row: number): string =>
      `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=${FIREBASE_KEY}$${bytes16(row)}$${bytes64(row)}`;
    add('bcrypt', 7000, bcrypt('2a', '10'), bcryptParams('2a', 10));
    add('bcrypt', 300, bcrypt('2b', '12'), bcryptParams('2b', 12));
    add('argon2id', 100, argon2('argon2id', 'v=19$m=65536,t=3,p=4'), argon2Params(19, 65_536, 3, 4));
    add('scrypt_firebase', 50, firebase, {
      params: { rounds: 8, memCost: 14 },
      findings: ['NOTE_CONVERTED', 'NOTE_LOW_COST rounds'],
    });
    empty('missing', '', 2500, '');
    off(20, bcrypt('2a', '10'));
    reject(['ERR_MALFORMED', 'hash'], 'bcrypt', 5, (row) => bcrypt('2a', '10')(row).slice(0, 59));
    return {
      kinds,
      id: uuids(pieces),
      write({ isOff }, { row, id, person, digest, style }) {
        const { full } = personOf(person);
        const email = emailOf(person, row);
        const at = `${sqlDateOf(row)}.${100_000 + (row % 899_999)}+00`;
        const provider = digest === '' ? 'google' : 'email';
        const app = quoted(`{"provider": "${provider}", "providers": ["${provider}"]}`);
        const user = quoted(
          `{"sub": "${id}", "email": "${email}", "full_name": ${JSON.stringify(full)}, "email_verified": true, "phone_verified": false}`,
        );
        const invited = style === 1 ? at : '';
        return (
          `${NIL},${id},authenticated,authenticated,${email},${cell(digest)},${at},${invited},"",,"",,"","",,${at},` +
          `${app},${user},,${at},${at},,,"","",,${at},"",0,,"",,f,${isOff ? at : ''},f`
        );
      },
    };
  },
};

/** phpMyAdmin's CSV: every field in quotes. */
export const wordpress: Shape = {
  ...LINES,
  title: 'wp_users of WordPress, every field quoted',
  urls: ['https://github.com/WordPress/wordpress-develop/blob/trunk/src/wp-admin/includes/schema.php'],
  source: 'wordpress',
  head:
    '"ID","user_login","user_pass","user_nicename","user_email","user_url","user_registered","user_activation_key",' +
    '"user_status","display_name"\n',
  writer(pieces) {
    const { kinds, add, reject, empty } = kindList();
    const { bcrypt, phpass } = digestsOf(pieces);
    const CHAIN = { params: { cost: 13 }, findings: ['NOTE_LOW_COST'] };
    add('phpass', 8000, phpass('P'), CHAIN);
    add('phpass', 50, phpass('H'), { ...CHAIN, findings: ['WARN_NONCANONICAL prefix', 'NOTE_LOW_COST'] });
    add('bcrypt', 300, bcrypt('2y', '10'), bcryptParams('2y', 10));
    add('md5', 100, (row) => pieces.unique('hex', 32, row), { params: {}, findings: ['NOTE_INSECURE'], salted: false });
    reject(['ERR_UNSUPPORTED', 'digest'], '', 1000, (row) => `$wp${bcrypt('2y', '10')(row)}`, 'unknown');
    empty('missing', '', 100, '');
    empty('disabled', '', 5, '*');
    reject(['ERR_MALFORMED', 'hash'], 'phpass', 5, (row) => phpass('P')(row).slice(0, 33));
    return {
      kinds,
      id: (row) => `${row + 1}`,
      write(_, { row, id, person, digest, style }) {
        const { full, login } = personOf(person);
        const url = style === 1 ? `https://${login}.example.com` : '';
        const key = style === 2 ? `1700000000:${digest}` : '';
        return [
          id,
          `${login}${row}`,
          digest,
          `${login}${row}`,
          emailOf(person, row),
          url,
          sqlDateOf(row),
          key,
          '0',
          full,
        ]
          .map(quoted)
          .join(',');
      },
    };
  },
};

const FOUR = ['id', 'email', 'password_hasher', 'password_digest'];

/** What a spreadsheet of most of Europe writes. */
export const semicolon: Shape = {
  ...LINES,
  title: 'four columns with ; and CRLF, as a spreadsheet writes them',
  urls: ['https://learn.microsoft.com/en-us/office/vba/api/excel.workbook.saveas'],
  source: 'clerk',
  newline: '\r\n',
  head: `${FOUR.join(';')}\n`,
  writer: (pieces) => {
    const { kinds, add, reject, empty } = kindList();
    const { bcrypt } = digestsOf(pieces);
    add('bcrypt', 9000, bcrypt('2b', '10'), bcryptParams('2b', 10));
    add('bcrypt', 500, bcrypt('2a', '12'), bcryptParams('2a', 12));
    empty('missing', '', 400, '');
    empty('disabled', 'bcrypt', 10, '!');
    reject(['ERR_MALFORMED', 'hash'], 'bcrypt', 5, (row) => bcrypt('2b', '10')(row).slice(0, 59));
    return {
      kinds,
      id: (row) => `user_${row}`,
      write: ({ written }, { row, id, person, digest }) => `${id};${emailOf(person, row)};${written};${digest}`,
    };
  },
};

/** Digests with commas, so that each is quoted. */
export const argon2: Shape = {
  ...LINES,
  title: 'four columns, Argon2 digests in quotes',
  urls: ['https://clerk.com/docs/guides/development/migrating/overview'],
  source: 'clerk',
  head: `${FOUR.join(',')}\n`,
  writer(pieces) {
    const { kinds, add, reject, empty } = kindList();
    const { argon2: make } = digestsOf(pieces);
    add('argon2id', 8000, make('argon2id', 'v=19$m=65536,t=3,p=4'), argon2Params(19, 65_536, 3, 4));
    add('argon2id', 1000, make('argon2id', 'v=19$m=19456,t=2,p=1'), argon2Params(19, 19_456, 2, 1));
    add('argon2i', 100, make('argon2i', 'v=19$m=65536,t=4,p=1'), argon2Params(19, 65_536, 4, 1));
    add('argon2id', 100, make('argon2id', 'v=19$m=4096,t=3,p=1'), {
      ...argon2Params(19, 4096, 3, 1),
      findings: ['NOTE_LOW_COST m'],
    });
    empty('missing', '', 400, '');
    reject(['ERR_WRONG_HASHER', 'digest'], 'bcrypt', 5, make('argon2id', 'v=19$m=65536,t=3,p=4'), 'bcrypt');
    return {
      kinds,
      id: (row) => `user_${row}`,
      write: ({ written }, { row, id, person, digest }) => `${id},${emailOf(person, row)},${written},${cell(digest)}`,
    };
  },
};

/** The worst of RFC 4180 in each row: a quoted field with doubled quotes and a newline. */
export const newlines: Shape = {
  ...LINES,
  title: 'a quoted field with doubled quotes and a newline in every row',
  urls: ['https://www.rfc-editor.org/rfc/rfc4180#section-2'],
  source: 'clerk',
  head: 'id,note,password_hasher,password_digest\n',
  writer(pieces) {
    const { kinds, add, reject, empty } = kindList();
    const { bcrypt } = digestsOf(pieces);
    add('bcrypt', 9000, bcrypt('2b', '10'), bcryptParams('2b', 10));
    add('bcrypt', 500, bcrypt('2a', '12'), bcryptParams('2a', 12));
    empty('missing', '', 400, '');
    reject(['ERR_MALFORMED', 'hash'], 'bcrypt', 5, (row) => bcrypt('2b', '10')(row).slice(0, 59));
    return {
      kinds,
      id: (row) => `user_${row}`,
      write: ({ written }, { row, id, person, digest }) =>
        `${id},"${personOf(person).login} said ""hello""\nsince ${dateOf(row)}",${written},${digest}`,
    };
  },
};
