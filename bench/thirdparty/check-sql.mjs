/**
 * A dump in SQL checked as a script does it that knows the table: readline, each row taken apart, and zod. Rows of other
 * tables are not looked at.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { file, finish, shape, take } from './users.mjs';

const TABLES = {
  mysqldump: {
    begins: 'INSERT INTO `wp_users` VALUES ',
    columns: ['ID', 'user_login', 'user_pass', 'user_nicename', 'user_email'],
  },
  'pg-dump': { begins: 'COPY public.users ', columns: ['id', 'email', 'encrypted_password'] },
  'sqlite-dump': {
    begins: 'INSERT INTO auth_user VALUES',
    columns: ['id', 'password', 'last_login', 'is_superuser', 'username', 'last_name', 'email'],
  },
};
const { begins, columns } = TABLES[shape];

function takeValues(values) {
  const row = {};
  for (let i = 0; i < columns.length; i++) row[columns[i]] = values[i];
  take(row);
}

/** The rows of an INSERT: `(1,'it''s',NULL),(…)`. */
function takeRows(text) {
  let values = [];
  for (let at = begins.length; at < text.length; ) {
    const character = text[at];
    if (character === '(') {
      values = [];
      at++;
    } else if (character === ')') {
      takeValues(values);
      at++;
    } else if (character === "'") {
      let value = '';
      for (at++; at < text.length; at++) {
        if (text[at] === '\\' && shape === 'mysqldump') value += text[++at];
        else if (text[at] !== "'") value += text[at];
        else if (text[at + 1] === "'") value += text[++at];
        else break;
      }
      values.push(value);
      at++;
    } else if (character === ',' || character === ';') at++;
    else {
      const start = at;
      while (at < text.length && text[at] !== ',' && text[at] !== ')') at++;
      values.push(text.slice(start, at));
    }
  }
}

let isCopied = false;
const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
lines.on('line', (line) => {
  if (isCopied) {
    if (line === '\\.') isCopied = false;
    else takeValues(line.split('\t'));
  } else if (line.startsWith(begins)) {
    if (shape === 'pg-dump') isCopied = true;
    else takeRows(line);
  }
});
lines.on('close', finish);
