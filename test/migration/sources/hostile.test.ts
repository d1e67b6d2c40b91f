/** Whatever an export holds, its rows are read or a problem is told: nothing else is thrown, and no value stands in it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputProblem } from '../../../src/files/input-problem.js';
import { sources } from '../../../src/migration/sources/index.js';
import { rowsOf, textOf } from '../../support/fixtures.js';
import { runs } from '../../support/properties.js';

const FIREBASE = { signerKey: 'AAAA', saltSeparator: 'Bw==', rounds: 8, memCost: 14 };
const NAMES = [
  ...['firebase.csv', 'firebase.json', 'auth0-import.json', 'auth0.ndjson', 'supabase.csv', 'better-auth.json'],
  ...['django.json', 'wordpress.csv', 'keycloak.json', 'keycloak-credential.csv', 'symfony.csv', 'werkzeug.csv'],
  ...['ldif.ldif', 'shadow', 'htpasswd'],
];
const texts = await Promise.all(NAMES.map(textOf));
const options = fc.constantFrom({}, { firebase: FIREBASE }, { hasher: 'md5' });
const source = fc.option(fc.constantFrom(...sources.map(({ name }) => name)), { nil: undefined });

async function readOrTold(text: string, given: object, name: string | undefined): Promise<void> {
  try {
    for (const { line, id } of await rowsOf(text, given, name)) {
      expect(line).toBeGreaterThan(0);
      expect(typeof id).toBe('string');
    }
  } catch (error) {
    expect(error).toBeInstanceOf(InputProblem);
  }
}

test('any JSON, one a line or whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.json(), { minLength: 1, maxLength: 4 }),
      options,
      source,
      async (values, given, name) => {
        await readOrTold(values.join('\n'), given, name);
        await readOrTold(`{"users":[${values.join(',')}]}`, given, name);
      },
    ),
    runs(200),
  );
});

test('an export with pieces cut out and put in', async () => {
  const place = fc.nat(10_000);
  const piece = fc.constantFrom('', '"', ':', ',', '\n', '{', '}', '[', 'null', '$', '\\', '\u0000', '::', ' ', 'é');
  const edits = fc.array(fc.tuple(place, fc.nat(40), piece), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...texts), edits, options, source, async (text, changes, given, name) => {
      let changed = text;
      for (const [at, length, put] of changes) {
        const start = at % (changed.length + 1);
        changed = changed.slice(0, start) + put + changed.slice(start + length);
      }
      await readOrTold(changed, given, name);
    }),
    runs(300),
  );
});

test('fields of structures where a text should be', async () => {
  const odd = fc.constantFrom<unknown>(
    null,
    0,
    true,
    '',
    [],
    {},
    [null],
    { value: null },
    { value: {} },
    'x'.repeat(5000),
  );
  const field = fc.constantFrom(
    ...['id', 'password', 'passwordHash', 'salt', 'password_hash', 'custom_password_hash', 'encrypted_password'],
    ...['credentials', 'secretData', 'credentialData', 'username', 'fields', 'model', 'pk', 'user_pass', 'localId'],
    ...['__proto__', 'constructor', 'providerId', 'accountId', 'instance_id', 'disabled', 'type'],
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.dictionary(field, odd), { minLength: 1 }),
      options,
      source,
      async (users, given, name) => {
        await readOrTold(JSON.stringify(users), given, name);
        await readOrTold(JSON.stringify({ users: [{ username: 'x', credentials: users }] }), given, name);
      },
    ),
    runs(300),
  );
});
