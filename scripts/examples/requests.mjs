/** The requests that every example answers alike, and what is wrong with an answer. */
import { setTimeout as sleep } from 'node:timers/promises';

const PASSWORD = 'correct horse battery staple';
const GUESS = 'a guess, and not a right one';

const signIn = (name, password) => JSON.stringify({ email: `${name}@example.com`, password });

const OK = [200];
const REFUSED = [401];
const INVALID = [400, 401];
const TOO_LARGE = [400, 401, 413];

/**
 * In their order: the first right password upgrades ada's digest. `alike` answers are equal to the last byte.
 * `upgrades`: how many digests were replaced when it was answered.
 */
export const CASES = [
  // While the backends are still loaded and tested: what a first request began and left must not stop the next.
  { title: 'client leaves', body: signIn('nobody', GUESS), leaveAfterMs: 30, expect: [0] },
  { title: 'unknown user', body: signIn('nobody', GUESS), expect: REFUSED, alike: true },
  { title: 'wrong password', body: signIn('ada', GUESS), expect: REFUSED, alike: true },
  { title: 'null digest', body: signIn('linus', GUESS), expect: REFUSED, alike: true },
  { title: 'null digest, empty password', body: signIn('linus', ''), expect: INVALID },
  { title: 'disabled user', body: signIn('margaret', GUESS), expect: REFUSED, alike: true },
  { title: 'digest cut off', body: signIn('barbara', GUESS), expect: REFUSED, alike: true },
  { title: 'the digest as the password', body: signIn('margaret', '!gG4bQzWm1xTn'), expect: REFUSED, alike: true },
  { title: 'email __proto__', body: JSON.stringify({ email: '__proto__', password: GUESS }), expect: INVALID },
  { title: '{ password: 5 }', body: signIn('ada', 5), expect: INVALID },
  { title: '{ password: null }', body: signIn('ada', null), expect: INVALID },
  { title: '{ password: [text] }', body: signIn('ada', [PASSWORD]), expect: INVALID },
  { title: '{ password: {} }', body: signIn('ada', { length: 28 }), expect: INVALID },
  { title: 'password missing', body: signIn('ada', undefined), expect: INVALID },
  { title: 'email is an object', body: JSON.stringify({ email: { $gt: '' }, password: PASSWORD }), expect: INVALID },
  { title: 'password of 5 kB', body: signIn('ada', 'x'.repeat(5_000)), expect: INVALID },
  { title: 'password of 1 MB', body: signIn('ada', 'x'.repeat(2 ** 20)), expect: TOO_LARGE },
  { title: 'body is []', body: '[]', expect: INVALID },
  { title: 'body is null', body: 'null', expect: INVALID },
  { title: 'body is cut off', body: '{"email":"ada@exa', expect: INVALID },
  { title: 'body is empty', body: '', expect: INVALID },
  { title: 'right password', body: signIn('ada', PASSWORD), expect: OK, upgrades: 1 },
  { title: 'right password, upgraded', body: signIn('ada', PASSWORD), expect: OK, upgrades: 1 },
  { title: 'wrong password, upgraded', body: signIn('ada', GUESS), expect: REFUSED, alike: true },
  { title: 'wrong password, ten at once', body: signIn('ada', GUESS), times: 10, expect: REFUSED, alike: true },
  { title: 'ten clients leave', body: signIn('ada', GUESS), times: 10, leaveAfterMs: 10, expect: [0] },
  { title: 'right password, twice at once', body: signIn('grace', PASSWORD), times: 2, expect: OK, upgrades: 2 },
];

/**
 * @typedef {object} App
 * @property {string} base
 * @property {() => string} output of the process until now
 * @property {() => boolean} isRunning
 */

/** @returns {Promise<{ answers: string[], problems: string[] }>} */
export async function examine(app, { post, check, overload }) {
  const answers = [];
  const problems = [];
  let refusal;
  for (const { title, body, expect, alike, times = 1, leaveAfterMs, upgrades } of CASES) {
    const got = await Promise.all(
      Array.from({ length: times }, () => answerOf(() => post(app.base, body, leaveAfterMs), leaveAfterMs)),
    );
    answers.push([...new Set(got.map(({ shown, status }) => shown ?? status))].join(' '));
    for (const { status, text } of got) {
      if (!expect.includes(status))
        problems.push(`${title}: ${status}, not ${expect.join(' or ')}: ${text.slice(0, 300)}`);
    }
    if (alike) {
      refusal ??= got[0].text;
      if (got[0].text !== refusal) problems.push(`${title}: "${got[0].text}" is not "${refusal}"`);
    }
    const saved = upgrades === undefined ? undefined : await upgradesIn(app, upgrades);
    if (saved !== upgrades) problems.push(`${title}: ${saved} upgrades, not ${upgrades}`);
  }
  problems.push(...((await check?.(app)) ?? []));
  if (overload) {
    const [shown, busy] = await overloaded(app, post);
    answers.push(shown);
    if (busy !== undefined) problems.push(busy);
  }
  if (!app.isRunning()) problems.push('the process has ended');
  const secret = [PASSWORD, GUESS, '4a6a28af5cbb750d7ac04d22add5dc3c', '$argon2id$'].find((one) =>
    app.output().includes(one),
  );
  if (secret !== undefined) problems.push(`the output has a secret: ${secret}`);
  if (problems.length > 0) problems.push(`output:\n${app.output()}`);
  return { answers, problems };
}

/** The examples let 200 logins wait: one more is answered at once, and is no error. */
export const OVERLOAD = '300 logins at once';

async function overloaded(app, post) {
  const bodies = Array.from({ length: 300 }, (_, i) => signIn(i % 2 === 0 ? 'nobody' : 'grace', GUESS));
  const got = await Promise.all(bodies.map((body) => post(app.base, body).catch(noAnswer)));
  const statuses = [...new Set(got.map(({ status }) => status))].sort();
  const wrong = statuses.join() === '401,503' ? undefined : `${OVERLOAD}: ${statuses.join()}, not 401 and 503`;
  return [statuses.join(' '), wrong];
}

/**
 * A server may refuse a large body and close before it has read all of it; then the client may find the connection reset
 * before it has read the answer, and asks again.
 */
async function answerOf(ask, leaveAfterMs) {
  for (let tries = leaveAfterMs === undefined ? 4 : 0; tries > 0; tries--) {
    try {
      return await ask();
    } catch {
      await sleep(50);
    }
  }
  return ask().catch(noAnswer);
}

function noAnswer(error) {
  return { status: -1, shown: 'none', text: error.message };
}

/** Examples print a line for each digest that was replaced; it may come after the answer. */
async function upgradesIn(app, wanted) {
  const count = () => app.output().match(/^upgraded /gm)?.length ?? 0;
  for (let tries = 0; tries < 100 && count() < wanted; tries++) await sleep(20);
  return count();
}
