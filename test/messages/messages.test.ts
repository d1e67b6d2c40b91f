/** One golden file shows every message once; elsewhere tests assert data. After a change: vitest run test/messages -u */
import { expect, test } from 'vitest';
import { clerkHashers } from '../../src/index.js';
import { block, type Message, messages } from './corpus.js';
import { isShownIn, otherTemplates, producedTemplates, shown } from './templates.js';

const HEAD = `# Every message of digestry once. Written by test/messages: after a change of a message, run
#   npx vitest run test/messages -u
# and read the difference. Part 1 is produced by running the library; part 2 are the templates of everything else.
`;

/** Templates of the rooms that the corpus covers, which it cannot produce: why. */
const NOT_PRODUCED: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [
    /thread|backend failed|in slices|waits for its kernels|backend in the worker|digestry worker/,
    'needs a thread that breaks: test/engine',
  ],
  [
    /yescrypt|a parameter is cut off|^N must|^unknown flags|^unexpected characters after the parameters|^t must be 0|^r and p must|new password/,
    'settings of yescrypt: test/encoding',
  ],
  [/too long for the kernel/, 'needs a message of megabytes: test/kdf'],
  [/^(?:argon2id?|hmac_sha256|pbkdf2_\w+|scrypt)\(/, 'a recipe'],
  [/needs little-endian byte order/, 'needs a processor of the other byte order'],
  [/location of digestry/, 'needs a bundle without a place: test/runtimes'],
  [
    /crypt\(3\) in LDAP|package django-scrypt|scrypt of AdonisJS|MD5 in Base64 has/,
    'a row of the table of known formats that another reader answers before, with words of its own',
  ],
];

test('every message is in the golden file once', async () => {
  const produced = (await messages()).map(block);
  const others = [...new Set(otherTemplates().map(shown))].sort();
  const text = [
    HEAD,
    '# 1. Produced',
    '',
    ...produced,
    '',
    '# 2. Templates of migration, capacity and the command line',
    '',
    ...others,
    '',
  ].join('\n');
  await expect(text).toMatchFileSnapshot('messages.golden');
});

test('no message begins with the name of a hasher: presentation adds it', async () => {
  const begins = ({ message }: Message) => clerkHashers.some(({ name }) => message.startsWith(`${name}: `));
  expect((await messages()).filter(begins)).toEqual([]);
});

test('each template of the library is produced by the corpus, or listed with a reason', async () => {
  const lines = (await messages()).flatMap(({ message, fix = '', hint = '' }) => [message, fix, hint]);
  const text = [...new Set(lines)].join('\n');
  const missing = producedTemplates().filter((template) => !isShownIn(template, text));
  const isListed = (line: string) => NOT_PRODUCED.some(([pattern]) => pattern.test(line));
  expect(missing.filter((template) => !isListed(shown(template))).map((one) => `${one.place}  ${shown(one)}`)).toEqual(
    [],
  );
  // A reason without its template is dead.
  expect(NOT_PRODUCED.filter(([pattern]) => !missing.some((template) => pattern.test(shown(template))))).toEqual([]);
});
