/** Exports of platforms as JSON. */
import { digestsOf, FIREBASE_KEY, unpadded } from '../digests.js';
import { kindList } from '../kind-list.js';
import { argon2Params, bcryptParams, pbkdf2Params } from '../params.js';
import type { Shape } from './contract.js';
import { objectIds, uuids } from './ids.js';
import { dateOf, emailOf, personOf, timeOf } from './people.js';

/** One user a line, with objects in it. */
export const auth0: Shape = {
  title: "the NDJSON of Auth0's support",
  urls: ['https://support.auth0.com/center/s/article/How-to-Use-the-Password-Hashes-Export-from-Auth0'],
  format: 'ndjson',
  source: 'auth0',
  extension: 'ndjson',
  head: '',
  between: '\n',
  foot: '\n',
  writer(pieces) {
    const { kinds, add, reject, empty } = kindList();
    const { bcrypt } = digestsOf(pieces);
    add('bcrypt', 9000, bcrypt('2b', '10'), bcryptParams('2b', 10));
    add('bcrypt', 500, bcrypt('2a', '10'), bcryptParams('2a', 10));
    empty('missing', '', 400, '');
    reject(['ERR_MALFORMED', 'hash'], 'bcrypt', 5, (row) => bcrypt('2b', '10')(row).slice(0, 59));
    add('bcrypt', 1, bcrypt('2b', '10'), {
      ...{ findings: ['ERR_ROW row'], hasher: null, salted: false, parses: false, damage: 'broken' },
    });
    return {
      kinds,
      id: objectIds(pieces),
      write({ damage }, { row, id, person, digest, style }) {
        const email = emailOf(person, row);
        const isVerified = style > 3;
        const hash = digest === '' ? '' : `"passwordHash":${JSON.stringify(digest)},`;
        const alt = style === 1 ? `,"alt_id":"crm-${row}"` : '';
        const text =
          `{"_id":{"$oid":"${id}"},"email_verified":${isVerified},"email":"${email}",${hash}` +
          `"password_set_date":{"$date":"${dateOf(row)}"},"tenant":"example-tenant",` +
          '"connection":"Username-Password-Authentication","_tmp_is_unique":true,' +
          `"identifiers":[{"type":"email","value":"${email}","verified":${isVerified}}]${alt}}`;
        return damage === undefined ? text : text.slice(0, -20);
      },
    };
  },
};

/** `JSON.stringify(user, null, 2)` for each user, as firebase-tools writes them. */
export const firebase: Shape = {
  title: "auth:export's JSON of Firebase",
  urls: ['https://github.com/firebase/firebase-tools/blob/master/src/accountExporter.ts'],
  format: 'json',
  source: 'firebase',
  extension: 'json',
  head: '{"users": [\n',
  between: ',\n',
  foot: ']}',
  firebaseConfig: `hash_config {
  algorithm: SCRYPT,
  base64_signer_key: ${FIREBASE_KEY},
  base64_salt_separator: Bw==,
  rounds: 8,
  mem_cost: 14,
}
`,
  writer(pieces) {
    const { kinds, add, reject, empty, off } = kindList();
    const { bytes16, bytes64 } = digestsOf(pieces);
    const hashAndSalt = (row: number): string => `${bytes64(row)} ${bytes16(row)}`;
    add('scrypt_firebase', 7000, hashAndSalt, {
      params: { rounds: 8, memCost: 14 },
      findings: ['NOTE_CONVERTED', 'NOTE_LOW_COST rounds'],
    });
    empty('missing', '', 2500, '');
    off(50, hashAndSalt);
    reject(['ERR_MALFORMED', 'hash'], 'scrypt_firebase', 5, (row) => `${bytes64(row).slice(0, 80)} ${bytes16(row)}`);
    return {
      kinds,
      id: (row) => pieces.unique('word', 28, row),
      write({ isOff }, { row, id, person, digest, style }) {
        const [passwordHash, salt] = digest === '' ? [] : digest.split(' ');
        const [displayName, email] = [personOf(person).full, emailOf(person, row)];
        const photoUrl = style < 4 ? `https://lh3.googleusercontent.com/a/AAcHTtd${row}=s96-c` : undefined;
        const google = {
          providerId: 'google.com',
          rawId: `1${String(row).padStart(20, '0')}`,
          email,
          displayName,
          photoUrl,
        };
        const user = {
          ...{ localId: id, email, emailVerified: style > 2, passwordHash, salt, displayName, photoUrl },
          ...{ lastSignedInAt: `${timeOf(row + 9)}`, createdAt: `${timeOf(row)}` },
          phoneNumber: style === 1 ? `+1212555${1000 + (row % 9000)}` : undefined,
          disabled: isOff,
          customAttributes: style === 2 ? '{"role":"admin","plan":"\\"pro\\""}' : undefined,
          providerUserInfo: digest === '' ? [google] : [],
        };
        return JSON.stringify(user, null, 2);
      },
    };
  },
};

const KEYCLOAK_HEAD = `{
  "id" : "5d1e2a7c-2f0b-4a3d-9a55-0c6f6f4c1f10",
  "realm" : "example",
  "notBefore" : 0,
  "enabled" : true,
  "sslRequired" : "external",
  "roles" : {
    "realm" : [ {
      "id" : "c1a2b7e0-5b8c-4f5e-8d64-0a0d6e7f0b11",
      "name" : "offline_access",
      "description" : "\${role_offline-access}",
      "composite" : false,
      "clientRole" : false,
      "containerId" : "5d1e2a7c-2f0b-4a3d-9a55-0c6f6f4c1f10",
      "attributes" : { }
    } ],
    "client" : {
      "account" : [ {
        "id" : "3f0c7d76-3d0c-4b43-8f6e-7d0a4f0e0c12",
        "name" : "view-profile",
        "composite" : false,
        "clientRole" : true,
        "containerId" : "e0a2f4c1-0b57-4a7a-8a3f-6c0d4f0f0d13",
        "attributes" : { }
      } ]
    }
  },
  "groups" : [ {
    "id" : "7d1f0a34-6c4f-4b0e-8d5b-1a0b3c5e0e14",
    "name" : "staff",
    "path" : "/staff",
    "attributes" : { },
    "realmRoles" : [ ],
    "clientRoles" : { },
    "subGroups" : [ ]
  } ],
  "requiredCredentials" : [ "password" ],
  "passwordPolicy" : "hashAlgorithm(pbkdf2-sha512)",
  "users" : [ `;
const KEYCLOAK_FOOT = ` ],
  "scopeMappings" : [ {
    "clientScope" : "offline_access",
    "roles" : [ "offline_access" ]
  } ],
  "clients" : [ {
    "id" : "e0a2f4c1-0b57-4a7a-8a3f-6c0d4f0f0d13",
    "clientId" : "account",
    "name" : "\${client_account}",
    "enabled" : true,
    "redirectUris" : [ "/realms/example/account/*" ],
    "webOrigins" : [ ],
    "notBefore" : 0,
    "protocol" : "openid-connect",
    "attributes" : { }
  } ],
  "smtpServer" : { },
  "eventsEnabled" : false,
  "keycloakVersion" : "26.0.0"
}`;

/** A realm with its users in it; passwords as JSON within JSON. */
export const keycloak: Shape = {
  title: 'a realm of Keycloak with its users',
  urls: ['https://www.keycloak.org/server/importExport', 'https://zitadel.com/docs/guides/migrate/sources/keycloak'],
  format: 'json',
  source: 'keycloak',
  extension: 'json',
  head: KEYCLOAK_HEAD,
  between: ', ',
  foot: KEYCLOAK_FOOT,
  writer(pieces) {
    const { kinds, add, reject, empty, off } = kindList();
    const { bytes16, bytes32, bytes64 } = digestsOf(pieces);
    /** Salt, hash, iterations, algorithm and its parameters. */
    const pbkdf2 = (algorithm: string, iterations: number) => (row: number) =>
      [bytes16(row), bytes64(row), iterations, algorithm, '{}'].join(' ');
    const argon2Parameters =
      '{"hashLength":["32"],"memory":["7168"],"type":["id"],"version":["1.3"],"parallelism":["1"]}';
    const argon2 = (row: number) => [bytes16(row), bytes32(row), 5, 'argon2', argon2Parameters].join(' ');
    const SHA512 = pbkdf2('pbkdf2-sha512', 210_000);
    const LOW = ['NOTE_CONVERTED', 'NOTE_LOW_COST iterations'];
    add('pbkdf2_sha512_hex', 5000, SHA512, { ...pbkdf2Params(210_000, 64), findings: LOW });
    add('pbkdf2_sha256', 1500, pbkdf2('pbkdf2-sha256', 27_500), { ...pbkdf2Params(27_500, 64), findings: LOW });
    add('argon2id', 2000, argon2, { ...argon2Params(19, 7168, 5, 1), findings: ['NOTE_CONVERTED'] });
    add('pbkdf2_sha1', 50, pbkdf2('pbkdf2', 20_000), { ...pbkdf2Params(20_000, 64), findings: LOW });
    empty('missing', '', 1000, '');
    off(50, SHA512);
    reject(['ERR_UNSUPPORTED', 'digest'], '', 5, pbkdf2('scram-sha256', 4096), 'unknown');
    reject(['ERR_MALFORMED', 'digest'], '', 5, (row) => SHA512(row).replace('==', '='), 'unknown');
    return {
      kinds,
      id: uuids(pieces),
      write({ isOff }, { row, id, person, digest, style }) {
        const { given, family, login } = personOf(person);
        return `{
    "id" : "${id}",
    "username" : "${login}${row}",
    "firstName" : ${JSON.stringify(given)},
    "lastName" : ${JSON.stringify(family)},
    "email" : "${emailOf(person, row)}",
    "emailVerified" : ${style > 3},
    "createdTimestamp" : ${timeOf(row)},
    "enabled" : ${!isOff},
    "totp" : ${style === 1},
    "credentials" : [ ${keycloakCredentials(digest, row, style === 1)}],
    "disableableCredentialTypes" : [ ],
    "requiredActions" : [ ],
    "realmRoles" : [ "default-roles-example" ],
    "notBefore" : 0,
    "groups" : [ ]
  }`;
      },
    };
  },
};

function keycloakCredentials(digest: string, row: number, hasOtp: boolean): string {
  const data = (value: unknown): string => JSON.stringify(JSON.stringify(value));
  const otp = `{
      "id" : "0a5b7c21-7d0e-4a3f-9b0a-${String(row).padStart(12, '0')}",
      "type" : "otp",
      "userLabel" : "phone",
      "createdDate" : ${timeOf(row)},
      "secretData" : ${data({ value: 'made up' })},
      "credentialData" : ${data({ subType: 'totp', digits: 6, counter: 0, period: 30, algorithm: 'HmacSHA1' })}
    }`;
  if (digest === '') return '';
  const [salt, value, iterations, algorithm, parameters = ''] = digest.split(' ');
  const secret = data({ value, salt, additionalParameters: {} });
  const about = { hashIterations: Number(iterations), algorithm, additionalParameters: JSON.parse(parameters) };
  const password = `{
      "id" : "1a5b7c21-7d0e-4a3f-9b0a-${String(row).padStart(12, '0')}",
      "type" : "password",
      "createdDate" : ${timeOf(row)},
      "secretData" : ${secret},
      "credentialData" : ${data(about)}
    }`;
  return hasOtp ? `${otp}, ${password} ` : `${password} `;
}

/** `manage.py dumpdata`, one line; records of other models come first. */
export const django: Shape = {
  title: "dumpdata's JSON of Django",
  urls: [
    'https://docs.djangoproject.com/en/stable/ref/django-admin/#dumpdata',
    'https://docs.djangoproject.com/en/stable/topics/serialization/#serialization-formats-json',
  ],
  format: 'json',
  source: 'django',
  extension: 'json',
  head:
    '[{"model": "contenttypes.contenttype", "pk": 1, "fields": {"app_label": "auth", "model": "user"}}, ' +
    '{"model": "auth.group", "pk": 1, "fields": {"name": "editors", "permissions": [1, 2]}}, ',
  between: ', ',
  foot: ']',
  writer(pieces) {
    const { kinds, add, reject, empty, off } = kindList();
    const { argon2, bcrypt, pbkdf2Django } = digestsOf(pieces);
    const old = pbkdf2Params(260_000, 32);
    add('pbkdf2_sha256_django', 4000, pbkdf2Django(600_000), pbkdf2Params(600_000, 32));
    add('pbkdf2_sha256_django', 2000, pbkdf2Django(1_000_000), pbkdf2Params(1_000_000, 32));
    add('pbkdf2_sha256_django', 1000, pbkdf2Django(260_000), { ...old, findings: ['NOTE_LOW_COST iterations'] });
    add('argon2id', 800, (row) => `argon2${argon2('argon2id', 'v=19$m=102400,t=2,p=8')(row)}`, {
      ...argon2Params(19, 102_400, 2, 8),
      findings: ['NOTE_CONVERTED'],
    });
    add('bcrypt_sha256_django', 300, (row) => `bcrypt_sha256$${bcrypt('2b', '12')(row)}`, bcryptParams('2b', 12));
    empty('disabled', '', 1000, '!m7Xk2QvLr9sTbYc4WnEaZp1FhGjUdKo6iRx3HqV8');
    empty('missing', '', 50, '');
    off(500, pbkdf2Django(600_000));
    const sha1 = (row: number): string => `sha1$${pieces.unique('word', 12, row)}$${pieces.any('hex', 40)}`;
    reject(['ERR_UNSUPPORTED', 'digest'], '', 20, sha1, 'unknown');
    const cut = (row: number): string => pbkdf2Django(600_000)(row).slice(0, -5);
    reject(['ERR_MALFORMED', 'hash'], 'pbkdf2_sha256_django', 5, cut);
    return {
      kinds,
      id: (row) => `${row + 1}`,
      write({ isOff }, { row, id, person, digest, style }) {
        const { given, family, login } = personOf(person);
        const lastLogin = style < 4 ? 'null' : `"${dateOf(row + 9)}"`;
        return (
          `{"model": "auth.user", "pk": ${id}, "fields": {"password": "${digest}", "last_login": ${lastLogin}, ` +
          `"is_superuser": ${style === 1}, "username": "${login}${row}", "first_name": ${ascii(given)}, ` +
          `"last_name": ${ascii(family)}, "email": "${emailOf(person, row)}", "is_staff": ${style === 1}, ` +
          `"is_active": ${!isOff}, "date_joined": "${dateOf(row)}", "groups": ${style === 2 ? '[1]' : '[]'}, "user_permissions": []}}`
        );
      },
    };
  },
};

/** An array for the import job, indented. */
export const auth0Import: Shape = {
  title: "JSON for Auth0's bulk import",
  urls: [
    'https://auth0.com/docs/manage-users/user-migration/bulk-user-import-database-schema-and-examples',
    'https://auth0.com/docs/users/bulk-importing-users-into-auth0',
  ],
  format: 'json',
  source: 'auth0',
  extension: 'json',
  head: '[\n',
  between: ',\n',
  foot: '\n]\n',
  writer(pieces) {
    const { kinds, add, reject, empty, off } = kindList();
    const { argon2, bcrypt, bytes16, bytes32 } = digestsOf(pieces);
    const custom = (algorithm: string, value: (row: number) => string) => (row: number) =>
      JSON.stringify({ algorithm, hash: { value: value(row), encoding: 'utf8' } });
    add('bcrypt', 6000, bcrypt('2b', '10'), bcryptParams('2b', 10));
    add('bcrypt', 1000, custom('bcrypt', bcrypt('2y', '12')), bcryptParams('2y', 12));
    add('argon2id', 1000, custom('argon2', argon2('argon2id', 'v=19$m=65536,t=3,p=4')), argon2Params(19, 65_536, 3, 4));
    const phc = (row: number): string =>
      `$pbkdf2-sha256$i=600000,l=32$${unpadded(bytes16(row))}$${unpadded(bytes32(row))}`;
    add('pbkdf2_sha256', 1000, custom('pbkdf2', phc), { ...pbkdf2Params(600_000, 32), findings: ['NOTE_CONVERTED'] });
    empty('missing', '', 1000, '');
    off(50, bcrypt('2b', '10'));
    const md4 = (row: number): string => pieces.unique('hex', 32, row);
    reject(['ERR_UNSUPPORTED', 'digest'], '', 5, custom('md4', md4), 'unknown');
    return {
      kinds,
      id: (row) => `auth0|${pieces.unique('hex', 24, row)}`,
      write({ isOff }, { row, id, person, digest, style }) {
        const { given, family, full } = personOf(person);
        const user = {
          ...{ user_id: id, email: emailOf(person, row), email_verified: style > 3, name: full },
          ...{ given_name: given, family_name: family, blocked: isOff },
          ...(digest.startsWith('{') ? { custom_password_hash: JSON.parse(digest) } : {}),
          ...(digest.startsWith('$') ? { password_hash: digest } : {}),
          ...{ app_metadata: { roles: style === 1 ? ['admin'] : [], plan: 'free' }, user_metadata: { theme: 'light' } },
        };
        return JSON.stringify(user, null, 2);
      },
    };
  },
};

/** `mongoexport --collection users`: bcrypt of a SHA-256, three objects deep. */
export const meteor: Shape = {
  title: 'users of Meteor by mongoexport',
  urls: [
    'https://github.com/meteor/meteor/blob/devel/packages/accounts-password/password_server.js',
    'https://docs.meteor.com/api/accounts.html',
  ],
  format: 'ndjson',
  source: 'meteor',
  extension: 'ndjson',
  head: '',
  between: '\n',
  foot: '\n',
  writer(pieces) {
    const { kinds, add, reject, empty } = kindList();
    const { bcrypt } = digestsOf(pieces);
    add('bcrypt_sha256_django', 8000, bcrypt('2b', '10'), {
      ...bcryptParams('2b', 10),
      findings: ['NOTE_CONVERTED'],
    });
    empty('missing', '', 1500, '');
    reject(['ERR_MALFORMED', 'hash'], 'bcrypt_sha256_django', 5, (row) => bcrypt('2b', '10')(row).slice(0, 59));
    return {
      kinds,
      id: (row) => pieces.unique('word', 17, row),
      write(_, { row, id, person, digest, style }) {
        const password = digest === '' ? undefined : { bcrypt: digest };
        const google = digest === '' ? { id: `1${row}`, email: emailOf(person, row) } : undefined;
        const loginTokens = [{ when: { $date: dateOf(row) }, hashedToken: pieces.any('base64', 43) }];
        const user = {
          ...{ _id: id, createdAt: { $date: dateOf(row) }, username: `${personOf(person).login}${row}` },
          services: { password, google, resume: { loginTokens: style < 8 ? loginTokens : [] } },
          emails: [{ address: emailOf(person, row), verified: style > 3 }],
          profile: { name: personOf(person).full },
        };
        return JSON.stringify(user);
      },
    };
  },
};

/** Django escapes what is not ASCII. */
function ascii(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
