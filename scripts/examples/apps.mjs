/** How each example is started and asked. */
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const LAMBDA_HOST = fileURLToPath(new URL('lambda-host.mjs', import.meta.url));
/** What is sent of a body before an answer is waited for. */
const FIRST_CHARS = 10_000;
/** Only a server that hangs takes as long. */
const ANSWER_MS = 60_000;
const SECRET = 'only for the tests of the examples';

/** @returns a function that posts JSON to a path. */
function json(path) {
  return (base, body, leaveAfterMs) =>
    post(`${base}${path}`, body, { 'content-type': 'application/json' }, leaveAfterMs);
}

/** @param leaveAfterMs closes the connection then, without an answer. */
async function post(url, body, headers, leaveAfterMs) {
  const signal = AbortSignal.timeout(ANSWER_MS);
  const length = Buffer.byteLength(body);
  const sent = request(url, {
    method: 'POST',
    headers: { ...headers, 'content-length': length },
    agent: false,
    signal,
  });
  const answered = once(sent, 'response');
  sent.write(body.slice(0, FIRST_CHARS));
  if (leaveAfterMs !== undefined) {
    await Promise.race([answered, sleep(leaveAfterMs)]);
    answered.catch(() => {});
    sent.destroy();
    return { status: 0, shown: 'left', text: '' };
  }
  // A server that refuses a long body closes the connection: what is still sent then would be an error here.
  if (body.length > FIRST_CHARS) await Promise.race([answered, sleep(500)]);
  sent.on('error', () => {});
  sent.end(body.slice(FIRST_CHARS));
  const [response] = await answered;
  return { status: response.statusCode, headers: response.headersDistinct, text: await text(response) };
}

/** Auth.js answers a sign-in with a redirect: with an error in its query where it was refused. */
async function postToAuthjs(base, body, leaveAfterMs) {
  const page = await fetch(`${base}/auth/csrf`);
  const { csrfToken } = await page.json();
  const cookie = page.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const withToken = body.startsWith('{"email"') ? body.replace('{', `{"csrfToken":"${csrfToken}",`) : body;
  const headers = { 'content-type': 'application/json', cookie };
  const answer = await post(`${base}/auth/callback/credentials`, withToken, headers, leaveAfterMs);
  if (answer.status !== 302) return answer;
  const isSession = answer.headers['set-cookie']?.some((one) => one.startsWith('authjs.session-token='));
  if (isSession) return { status: 200, shown: 'session', text: '' };
  const [to = ''] = answer.headers.location ?? [];
  const query = new URL(to, base).searchParams;
  const error = query.get('error');
  if (query.get('code') === 'busy') return { status: 503, shown: '302 busy', text: to };
  // "Configuration" stands for every error that the provider threw.
  return { status: error === null || error === 'Configuration' ? 500 : 401, shown: `302 ${error}`, text: to };
}

/** As in the cloud: the bundle alone in its folder, but for a stranger's file of an unlucky name. */
function deployLambda(home) {
  const task = join(home, 'task');
  mkdirSync(task, { recursive: true });
  writeFileSync(join(task, 'package.json'), '{}\n');
  copyFileSync(join(home, 'dist/index.js'), join(task, 'index.js'));
  const stranger = "require('node:fs').writeFileSync(__dirname + '/started', '')";
  for (const name of ['worker.js', 'worker.mjs', 'worker.cjs']) writeFileSync(join(task, name), stranger);
  return task;
}

function strangerIsIdle({ cwd }) {
  return existsSync(join(cwd, 'started')) ? ["a stranger's worker.js was started"] : [];
}

/** Better Auth takes passwords of 128 characters: each of them has to count, and none may be an error. */
async function signUp({ base }) {
  const headers = { 'content-type': 'application/json' };
  const password = '\u20ac'.repeat(128);
  const account = { email: 'new@example.com', name: 'new', password };
  const answers = [];
  for (const [path, sent] of [
    ['sign-up', account],
    ['sign-in', account],
    ['sign-in', { ...account, password: password.slice(1) }],
  ]) {
    answers.push((await post(`${base}/api/auth/${path}/email`, JSON.stringify(sent), headers)).status);
  }
  return answers.join() === '200,200,401' ? [] : [`a new user with a long password is answered ${answers.join()}`];
}

/** `overload`: more logins at once than may wait; those with a code of their own for it. */
export const apps = {
  express: { post: json('/login'), overload: true },
  fastify: { post: json('/login') },
  hono: { post: json('/login') },
  passport: { post: json('/login'), overload: true },
  authjs: { post: postToAuthjs, env: () => ({ AUTH_SECRET: SECRET }), overload: true },
  'better-auth': {
    post: json('/api/auth/sign-in/email'),
    env: (base) => ({ BETTER_AUTH_SECRET: SECRET, BETTER_AUTH_URL: base }),
    check: signUp,
    overload: true,
  },
  adonisjs: { post: json('/login'), overload: true },
  'aws-lambda': {
    post: json('/'),
    prepare: deployLambda,
    command: [process.execPath, LAMBDA_HOST, 'index.js'],
    check: strangerIsIdle,
  },
  nextjs: { post: json('/api/login') },
  'cloudflare-worker': { post: json('/login'), overload: true },
};
