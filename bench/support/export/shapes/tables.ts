/** Tables of users as CSV, as databases write them: `\copy TABLE to FILE csv header`. */
import { digestsOf } from '../digests.js';
import { kindList } from '../kind-list.js';
import { argon2Params, bcryptParams, pbkdf2Params } from '../params.js';
import { quoted } from '../spelling.js';
import type { Shape } from './contract.js';
import { cell } from './csv.js';
import { uuids } from './ids.js';
import { dateOf, emailOf, personOf, sqlDateOf, timeOf } from './people.js';

const TABLE = { format: 'csv', extension: 'csv', between: '\n', foot: '\n' } as const;

/** auth:export's: no header, 28 columns, a comma at the end of each row. */
export const firebaseCsv: Omit<Shape, 'firebaseConfig'> = {
  ...TABLE,
  title: "auth:export's CSV of Firebase, without a header",
  urls: ['https://github.com/firebase/firebase-tools/blob/master/src/accountExporter.ts'],
  source: 'firebase',
  head: '',
  writer(pieces) {
    const { kinds, add, reject, empty, off } = kindList();
    const { bytes16, bytes64 } = digestsOf(pieces);
    const hashAndSalt = (row: number): string => `${bytes64(row)},${bytes16(row)}`;
    add('scrypt_firebase', 7000, hashAndSalt, {
      params: { rounds: 8, memCost: 14 },
      findings: ['NOTE_CONVERTED', 'NOTE_LOW_COST rounds'],
    });
    empty('missing', '', 2500, ',');
    off(50, hashAndSalt);
    reject(['ERR_MALFORMED', 'hash'], 'scrypt_firebase', 5, (row) => `${bytes64(row).slice(0, 80)},${bytes16(row)}`);
    return {
      kinds,
      id: (row) => pieces.unique('word', 28, row),
      write({ isOff, verdict }, { row, id, person, digest, style }) {
        // firebase-tools quotes names with a comma, and doubles no quote in them.
        const name = personOf(person).full.replaceAll('"', '');
        const shown = name.includes(',') ? `"${name}"` : name;
        const email = emailOf(person, row);
        const google = verdict === 'missing' ? `1${String(row).padStart(20, '0')},${email},${shown},` : ',,,';
        const claims = style === 2 ? '"{""role"":""admin""}"' : '';
        return (
          `${id},${email},${style > 2},${digest},${shown},,${google},,,,,,,,,,,,,` +
          `${timeOf(row)},${timeOf(row + 9)},,${isOff ?? ''},${claims},`
        );
      },
    };
  },
};

export const djangoCsv: Shape = {
  ...TABLE,
  title: 'auth_user of Django',
  urls: ['https://docs.djangoproject.com/en/stable/ref/contrib/auth/#fields'],
  source: 'django',
  head: 'id,password,last_login,is_superuser,username,first_name,last_name,email,is_staff,is_active,date_joined\n',
  writer(pieces) {
    const { kinds, add, reject, empty, off } = kindList();
    const { argon2, bcrypt, bytes64, pbkdf2Django } = digestsOf(pieces);
    add('pbkdf2_sha256_django', 6000, pbkdf2Django(870_000), pbkdf2Params(870_000, 32));
    add('pbkdf2_sha256_django', 1000, pbkdf2Django(216_000), {
      ...pbkdf2Params(216_000, 32),
      findings: ['NOTE_LOW_COST iterations'],
    });
    add('argon2id', 800, (row) => `argon2${argon2('argon2id', 'v=19$m=102400,t=2,p=8')(row)}`, {
      ...argon2Params(19, 102_400, 2, 8),
      findings: ['NOTE_CONVERTED'],
    });
    add('bcrypt', 100, (row) => `bcrypt$${bcrypt('2b', '12')(row)}`, {
      ...bcryptParams('2b', 12),
      findings: ['NOTE_CONVERTED'],
    });
    const scrypt = (row: number): string => `scrypt$16384$${pieces.unique('word', 22, row)}$8$5$${bytes64(row)}`;
    add('scrypt_werkzeug', 100, scrypt, { params: { N: 16_384, r: 8, p: 5 }, findings: ['NOTE_CONVERTED'] });
    empty('disabled', '', 1000, '!m7Xk2QvLr9sTbYc4WnEaZp1FhGjUdKo6iRx3HqV8');
    off(500, pbkdf2Django(870_000));
    const crypt = (row: number): string => `crypt$$${pieces.unique('crypt', 13, row)}`;
    reject(['ERR_UNSUPPORTED', 'digest'], '', 5, crypt, 'unknown');
    return {
      kinds,
      id: (row) => `${row + 1}`,
      write({ isOff }, { row, id, person, digest, style }) {
        const { given, family, login } = personOf(person);
        const at = `${sqlDateOf(row)}.${100_000 + (row % 899_999)}+00`;
        const [staff, active] = [style === 1 ? 't' : 'f', isOff ? 'f' : 't'];
        return `${id},${cell(digest)},${style < 4 ? '' : at},${staff},${login}${row},${cell(given)},${cell(family)},${emailOf(person, row)},${staff},${active},${at}`;
      },
    };
  },
};

export const betterAuth: Shape = {
  ...TABLE,
  title: 'table account of Better Auth',
  urls: ['https://www.better-auth.com/docs/concepts/database#core-schema'],
  source: 'better-auth',
  head:
    'id,accountId,providerId,userId,accessToken,refreshToken,idToken,accessTokenExpiresAt,refreshTokenExpiresAt,' +
    'scope,password,createdAt,updatedAt\n',
  writer(pieces) {
    const { kinds, add, reject, empty } = kindList();
    const { bcrypt } = digestsOf(pieces);
    const scrypt = (row: number): string => `${pieces.unique('hex', 32, row)}:${pieces.any('hex', 128)}`;
    add('scrypt_werkzeug', 7000, scrypt, {
      params: { N: 16_384, r: 16, p: 1 },
      findings: ['NOTE_CONVERTED', 'WARN_PASSWORD_FORM', 'NOTE_LOW_COST p'],
    });
    add('bcrypt', 200, bcrypt('2b', '10'), bcryptParams('2b', 10));
    empty('missing', '', 2500, '');
    reject(['ERR_MALFORMED', 'hash'], 'bcrypt', 5, (row) => `${bcrypt('2b', '10')(row).slice(0, 59)}*`);
    return {
      kinds,
      id: (row) => pieces.unique('word', 32, row),
      write({ verdict }, { row, id, digest }) {
        const time = sqlDateOf(row);
        return verdict === 'missing'
          ? `acc${row},1${String(row).padStart(20, '0')},google,${id},ya29.a0,,eyJhbGciOi,${time},,"openid,email,profile",,${time},${time}`
          : `acc${row},${id},credential,${id},,,,,,,${digest},${time},${time}`;
      },
    };
  },
};

/** JSON in quotes, and in it the digest in parts. */
export const keycloakTable: Shape = {
  ...TABLE,
  title: 'table credential of Keycloak, JSON in quotes',
  urls: [
    'https://github.com/keycloak/keycloak/blob/main/model/jpa/src/main/resources/META-INF/jpa-changelog-8.0.0.xml',
  ],
  source: 'keycloak',
  head: 'id,salt,type,user_id,created_date,user_label,secret_data,credential_data,priority\n',
  writer(pieces) {
    const { kinds, add, reject } = kindList();
    const { bytes16, bytes64 } = digestsOf(pieces);
    const pbkdf2 = (algorithm: string, iterations: number) => (row: number) =>
      [bytes16(row), bytes64(row), iterations, algorithm].join(' ');
    const LOW = ['NOTE_CONVERTED', 'NOTE_LOW_COST iterations'];
    add('pbkdf2_sha512_hex', 6000, pbkdf2('pbkdf2-sha512', 210_000), { ...pbkdf2Params(210_000, 64), findings: LOW });
    add('pbkdf2_sha256', 2000, pbkdf2('pbkdf2-sha256', 27_500), { ...pbkdf2Params(27_500, 64), findings: LOW });
    reject(['ERR_UNSUPPORTED', 'digest'], '', 5, pbkdf2('scram-sha256', 4096), 'unknown');
    const uuid = uuids(pieces);
    return {
      kinds,
      id: uuids(pieces),
      write(_, { row, id, digest, style }) {
        const [salt, value, hashIterations, algorithm] = digest.split(' ');
        const secret = quoted(JSON.stringify({ value, salt, additionalParameters: {} }));
        const data = quoted(
          JSON.stringify({ hashIterations: Number(hashIterations), algorithm, additionalParameters: {} }),
        );
        const password = `${uuid(row)},,password,${id},${timeOf(row)},,${secret},${data},10`;
        // A second credential of the same user, such as a one-time code.
        const otp = `\n${uuid(row)},,otp,${id},${timeOf(row)},phone,"{""value"":""made up""}","{""subType"":""totp"",""digits"":6}",20`;
        return style === 1 ? password + otp : password;
      },
    };
  },
};

export const devise: Shape = {
  ...TABLE,
  title: 'users of Devise',
  urls: [
    'https://github.com/heartcombo/devise/blob/main/lib/generators/active_record/templates/migration.rb',
    'https://github.com/heartcombo/devise/blob/main/lib/generators/active_record/devise_generator.rb',
  ],
  source: 'devise',
  head:
    'id,email,encrypted_password,reset_password_token,reset_password_sent_at,remember_created_at,sign_in_count,' +
    'current_sign_in_at,last_sign_in_at,current_sign_in_ip,last_sign_in_ip,created_at,updated_at\n',
  writer(pieces) {
    const { kinds, add, reject, empty } = kindList();
    const { bcrypt } = digestsOf(pieces);
    add('bcrypt', 7000, bcrypt('2a', '12'), bcryptParams('2a', 12));
    add('bcrypt', 1500, bcrypt('2a', '11'), bcryptParams('2a', 11));
    add('bcrypt', 500, bcrypt('2a', '10'), bcryptParams('2a', 10));
    empty('missing', '', 500, '');
    reject(['ERR_MALFORMED', 'hash'], 'bcrypt', 5, (row) => bcrypt('2a', '12')(row).slice(0, 59));
    return {
      kinds,
      id: (row) => `${row + 1}`,
      write(_, { row, id, person, digest, style }) {
        const time = sqlDateOf(row);
        const token = style === 1 ? pieces.any('hex', 64) : '';
        return `${id},${emailOf(person, row)},${digest || '""'},${token},${token && time},,${row % 300},${time},${time},203.0.113.${row % 250},203.0.113.${row % 250},${time},${time}`;
      },
    };
  },
};

export const symfony: Shape = {
  ...TABLE,
  title: "fos_user of Symfony's FOSUserBundle",
  urls: [
    'https://github.com/FriendsOfSymfony/FOSUserBundle/blob/v2.0.0/Resources/config/doctrine-mapping/User.orm.xml',
  ],
  source: 'symfony',
  head:
    'id,username,username_canonical,email,email_canonical,enabled,salt,password,last_login,confirmation_token,' +
    'password_requested_at,roles\n',
  writer(pieces) {
    const { kinds, add, empty, off } = kindList();
    const { bcrypt, bytes64 } = digestsOf(pieces);
    const sha512 = (row: number): string => `${pieces.unique('word', 31, row)},${bytes64(row)}`;
    add('sha512_symfony', 6000, sha512, {
      params: { iterations: 5000 },
      findings: ['NOTE_CONVERTED', 'NOTE_INSECURE'],
    });
    add('bcrypt', 3000, (row) => `,${bcrypt('2y', '13')(row)}`, bcryptParams('2y', 13));
    empty('missing', '', 50, ',');
    off(500, sha512);
    return {
      kinds,
      id: (row) => `${row + 1}`,
      write({ isOff }, { row, id, person, digest, style }) {
        const [login, email] = [`${personOf(person).login}${row}`, emailOf(person, row)];
        const roles = style === 1 ? '"a:1:{i:0;s:10:""ROLE_ADMIN"";}"' : 'a:0:{}';
        return `${id},${login},${login},${email},${email},${isOff ? 0 : 1},${digest},${sqlDateOf(row)},,,${roles}`;
      },
    };
  },
};

export const werkzeug: Shape = {
  ...TABLE,
  title: 'users of a Flask application, digests of Werkzeug',
  urls: ['https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.security.generate_password_hash'],
  source: 'werkzeug',
  head: 'id,username,email,password_hash,created_at\n',
  writer(pieces) {
    const { kinds, add, reject, empty } = kindList();
    const { werkzeug: scrypt } = digestsOf(pieces);
    const pbkdf2 = (iterations: number) => (row: number) =>
      `pbkdf2:sha256:${iterations}$${pieces.unique('word', 16, row)}$${pieces.any('hex', 64)}`;
    add('scrypt_werkzeug', 6000, scrypt(32_768), {
      params: { N: 32_768, r: 8, p: 1 },
      findings: ['NOTE_LOW_COST p'],
    });
    add('pbkdf2_sha256_django', 3000, pbkdf2(600_000), {
      ...pbkdf2Params(600_000, 32),
      findings: ['NOTE_CONVERTED'],
    });
    add('pbkdf2_sha256_django', 500, pbkdf2(260_000), {
      ...pbkdf2Params(260_000, 32),
      findings: ['NOTE_CONVERTED', 'NOTE_LOW_COST iterations'],
    });
    empty('missing', '', 200, '');
    const hmac = (row: number): string => `sha256$${pieces.unique('word', 8, row)}$${pieces.any('hex', 64)}`;
    reject(['ERR_UNSUPPORTED', 'digest'], '', 50, hmac, 'unknown');
    reject(['ERR_MALFORMED', 'hash'], 'scrypt_werkzeug', 5, (row) => scrypt(32_768)(row).slice(0, -1));
    return {
      kinds,
      id: (row) => `${row + 1}`,
      write: (_, { row, id, person, digest }) =>
        `${id},${personOf(person).login}${row},${emailOf(person, row)},${digest},${dateOf(row)}`,
    };
  },
};
