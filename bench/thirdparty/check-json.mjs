/** A file of JSON checked as most scripts do it: read and parsed as a whole, then zod looks at each user. */
import { readFileSync } from 'node:fs';
import { file, finish, take } from './users.mjs';

const value = JSON.parse(readFileSync(file, 'utf8'));
// Django's dump has records of other models.
const users = Array.isArray(value) ? value.filter(({ model }) => model === 'auth.user') : value.users;
for (const user of users) take(user);
finish();
