/** Tables of applications of their own, which no platform prescribes. */
import { digestsOf } from '../digests.js';
import { kindList } from '../kind-list.js';
import { argon2Params, bcryptParams } from '../params.js';
import type { Shape } from './contract.js';
import { cell } from './csv.js';
import { objectIds, uuids } from './ids.js';
import { dateOf, emailOf, personOf, sqlDateOf, timeOf } from './people.js';

const TABLE = { format: 'csv', extension: 'csv', between: '\n', foot: '\n', source: 'generic' } as const;

/** The table users of an adapter, with the column that a Credentials provider needs: any table may have these. */
export const authjs: Shape = {
  ...TABLE,
  title: 'table users of Auth.js with a column of passwords',
  urls: [
    'https://authjs.dev/getting-started/adapters/pg',
    'https://authjs.dev/getting-started/authentication/credentials',
  ],
  head: 'id,name,email,emailVerified,image,password\n',
  writer(pieces) {
    const { kinds, add, reject, empty } = kindList();
    const { bcrypt, argon2 } = digestsOf(pieces);
    add('bcrypt', 6000, bcrypt('2b', '10'), { ...bcryptParams('2b', 10), written: '' });
    add('bcrypt', 1000, bcrypt('2a', '12'), { ...bcryptParams('2a', 12), written: '' });
    add('argon2id', 500, argon2('argon2id', 'v=19$m=19456,t=2,p=1'), {
      ...argon2Params(19, 19_456, 2, 1),
      written: '',
    });
    empty('missing', '', 2500, '');
    reject(['ERR_MALFORMED', 'hash'], '', 5, (row) => bcrypt('2b', '10')(row).slice(0, 59), 'bcrypt');
    return {
      kinds,
      id: uuids(pieces),
      write(_, { row, id, person, digest, style }) {
        const { full } = personOf(person);
        const image = style < 4 ? `https://lh3.googleusercontent.com/a/AAcHTtd${row}=s96-c` : '';
        const verified = style === 5 ? '' : `${sqlDateOf(row)}+00`;
        return `${id},${cell(full)},${emailOf(person, row)},${verified},${image},${cell(digest)}`;
      },
    };
  },
};

/** `\copy users to … csv header` of any application. */
export const genericCsv: Shape = {
  ...TABLE,
  title: 'four columns of any application, no hasher named',
  urls: ['https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-FILE-FORMATS'],
  head: 'id,email,password_hash,created_at\n',
  writer(pieces) {
    const { kinds, add, reject, empty } = kindList();
    const { bcrypt } = digestsOf(pieces);
    add('bcrypt', 9000, bcrypt('2y', '10'), { ...bcryptParams('2y', 10), written: '' });
    add('bcrypt', 500, bcrypt('2b', '12'), { ...bcryptParams('2b', 12), written: '' });
    empty('missing', '', 400, '');
    reject(['ERR_MALFORMED', 'hash'], '', 5, (row) => bcrypt('2y', '10')(row).slice(0, 59), 'bcrypt');
    return {
      kinds,
      id: (row) => `${row + 1}`,
      write: (_, { row, id, person, digest }) => `${id},${emailOf(person, row)},${digest},${sqlDateOf(row)}`,
    };
  },
};

/** `mongoexport --jsonFormat=canonical` of an application with Mongoose. */
export const mongodb: Shape = {
  title: "a collection of Mongoose in MongoDB's canonical extended JSON",
  urls: [
    'https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/',
    'https://www.mongodb.com/docs/database-tools/mongoexport/',
    'https://mongoosejs.com/docs/guide.html#versionKey',
  ],
  format: 'ndjson',
  source: 'generic',
  extension: 'ndjson',
  head: '',
  between: '\n',
  foot: '\n',
  writer(pieces) {
    const { kinds, add, reject, empty } = kindList();
    const { bcrypt } = digestsOf(pieces);
    add('bcrypt', 8000, bcrypt('2b', '10'), { ...bcryptParams('2b', 10), written: '' });
    add('bcrypt', 500, bcrypt('2a', '10'), { ...bcryptParams('2a', 10), written: '' });
    empty('missing', '', 1500, '');
    reject(['ERR_MALFORMED', 'hash'], '', 5, (row) => bcrypt('2b', '10')(row).slice(0, 59), 'bcrypt');
    return {
      kinds,
      id: objectIds(pieces),
      write(_, { row, id, person, digest, style }) {
        const date = (time: number): string => `{"$date":{"$numberLong":"${time}"}}`;
        const password = digest === '' ? `"googleId":"1${String(row).padStart(20, '0')}",` : `"password":"${digest}",`;
        const key =
          style === 1 ? `"apiKey":{"$binary":{"base64":"${pieces.any('base64', 22)}==","subType":"00"}},` : '';
        const last = style === 2 ? `"lastLogin":"${dateOf(row)}",` : '';
        return (
          `{"_id":{"$oid":"${id}"},"name":${JSON.stringify(personOf(person).full)},"email":"${emailOf(person, row)}",` +
          `${password}${key}${last}"logins":{"$numberInt":"${row % 300}"},"createdAt":${date(timeOf(row))},` +
          `"updatedAt":${date(timeOf(row + 9))},"__v":{"$numberInt":"0"}}`
        );
      },
    };
  },
};

/** A sheet with its texts inline, as programs write that keep no table of them. */
export const workbook: Shape = {
  title: 'an Excel workbook with four columns',
  urls: [
    'https://learn.microsoft.com/en-us/openspecs/office_standards/ms-xlsx/',
    'https://ecma-international.org/publications-and-standards/standards/ecma-376/',
  ],
  format: 'xlsx',
  source: 'clerk',
  extension: 'xlsx',
  packed: 'xlsx',
  head:
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' +
    `<row r="1">${['id', 'email', 'password_hasher', 'password_digest'].map((name, i) => inline(i, 1, name)).join('')}</row>\n`,
  between: '\n',
  foot: '</sheetData></worksheet>',
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
      write({ written }, { row, id, person, digest }) {
        const cells = [id, emailOf(person, row), written, digest].map((text, i) => inline(i, row + 2, text));
        return `<row r="${row + 2}">${cells.join('')}</row>`;
      },
    };
  },
};

/** A cell; none for an empty text. */
function inline(column: number, row: number, text: string): string {
  const name = `${'ABCD'[column]}${row}`;
  return text === '' ? '' : `<c r="${name}" t="inlineStr"><is><t>${text}</t></is></c>`;
}
